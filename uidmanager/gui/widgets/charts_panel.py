"""The pictures of a report, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from uidmanager.gui.theme import AIR, GAP, ROOM, TIGHT
from uidmanager.gui.widgets.bar_chart import BarChart
from uidmanager.gui.widgets.card import heading
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.reports import Chart

_NARROWEST: Final = 300
_TITLE_SCALE: Final = 1.1


class ChartsPanel(QScrollArea):
    """Shows charts under their titles; other ones replace them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "report_charts", "Pictures of the report")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(_NARROWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: tuple[Chart, ...] = ()

    def show_charts(self, charts: Sequence[Chart]) -> None:
        """Show these instead of the ones before."""
        if tuple(charts) == self._shown:
            return
        self._shown = tuple(charts)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, ROOM, GAP)
        column.setSpacing(TIGHT)
        for number, chart in enumerate(charts, 1):
            title: QLabel = heading(chart.title, _TITLE_SCALE)
            title.setWordWrap(True)
            column.addWidget(title)
            column.addWidget(BarChart(chart, f"report_chart_{number}"))
            column.addSpacing(AIR - TIGHT)
        column.addStretch(1)
        self.setWidget(inner)
