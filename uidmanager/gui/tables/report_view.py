"""A report as it is seen before it is saved: its pictures, its rows, or that there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from uidmanager.gui.tables.report_table import ReportTable
from uidmanager.gui.widgets.charts_panel import ChartsPanel
from uidmanager.gui.widgets.empty_page import EmptyPage
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.report_model import ReportModel

if TYPE_CHECKING:
    from uidmanager.core.reports import Report

_NO_ROWS: Final = (
    "Nothing that is registered is of this kind and passes the filter above. The report can be saved all the same: "
    "it says that there is nothing."
)
_SHARES: Final = (560, 380)  # of the pictures and of the table beside them


class ReportView(QStackedWidget):
    """Shows one report; another one replaces it whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ReportModel(self)
        self.table = ReportTable(self.model)
        self.charts = ChartsPanel()
        self.empty = named(EmptyPage("No rows", _NO_ROWS), "no_rows_page")
        self._parts = named(QSplitter(childrenCollapsible=False), "report_splitter")
        self._parts.addWidget(self.charts)
        self._parts.addWidget(self.table)
        self._parts.setSizes(_SHARES)
        self.charts.hide()
        self.addWidget(self.empty)
        self.addWidget(self._parts)

    def show_report(self, report: Report) -> None:
        """Show this report; the same kind again stays where it was scrolled to."""
        before, scroll = self.model.report, self.table.verticalScrollBar()
        is_same_kind = before is not None and before.kind is report.kind
        at = scroll.value()
        self.charts.show_charts(report.charts)
        self.charts.setVisible(bool(report.charts))
        self._parts.refresh()  # so that the columns are fitted to the room that they get
        self.setCurrentWidget(self._parts if report.rows else self.empty)
        self.model.show_report(report)
        if not is_same_kind:
            self.table.fit_columns()
        scroll.setValue(at if is_same_kind else 0)
