"""The pictures of the summary: the core's values, spoken in full, in colours that can be told from the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from tests.gui.hands import pick, rows
from tests.gui.test_theme import contrast
from uidmanager.core.reports import TITLES, Bar, Chart, Kind
from uidmanager.gui.pages.reports import ReportsPage
from uidmanager.gui.theme import Appearance, apply_theme
from uidmanager.gui.widgets.bar_chart import BarChart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.session import Session

ACROSS = Chart("By product", (Bar("Viewer", 3000), Bar("CT Console", 1), Bar("Magnetresonanz-Arbeitsplatz " * 4, 0)))
UPRIGHT = Chart(
    "Characters used",
    tuple(Bar(str(length), length * 100_000) for length in range(18, 50)),
    is_row=True,
    marks=((2, "DCMTK 20"), (30, "pydicom 48 and a long word at the edge")),
)
DAYS = Chart("By day", tuple(Bar(f"2026-11-{day:02}", 7) for day in range(1, 25)), is_row=True)
NOTHING = Chart("By station", ())


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, Appearance.LIGHT)


def drawn(qtbot: QtBot, chart: Chart) -> BarChart:
    made = BarChart(chart, "a_chart")
    qtbot.addWidget(made)
    made.resize(400, made.sizeHint().height())
    made.show()
    return made


def test_the_summary_shows_its_pictures_beside_its_figures(qtbot: QtBot, stocked: Service, session: Session) -> None:
    page = ReportsPage(session)
    qtbot.addWidget(page)
    page.resize(824, 600)
    page.show()
    pick(page, "report_kind_combo", TITLES[Kind.SUMMARY])
    qtbot.waitUntil(page.view.charts.isVisible)
    report = page.view.model.report
    assert report is not None
    shown = [chart.chart for chart in page.findChildren(BarChart)]
    assert shown == list(report.charts)
    figures = {(section, what): value for section, what, value in rows(page, "report_table")}
    for chart in shown:
        for bar in chart.bars:
            assert figures.get((chart.title, bar.label), "0") == str(bar.value)
    pick(page, "report_kind_combo", TITLES[Kind.PRODUCTS])
    qtbot.waitUntil(lambda: not page.view.charts.isVisible())


def test_every_value_is_spoken(qtbot: QtBot) -> None:
    chart = drawn(qtbot, ACROSS)
    assert chart.accessibleName() == "By product"
    assert "Viewer: 3,000; CT Console: 1" in chart.accessibleDescription()
    assert drawn(qtbot, NOTHING).accessibleDescription() == "nothing"


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("chart", [ACROSS, UPRIGHT, DAYS])
def test_bars_can_be_told_from_the_ground(
    qtbot: QtBot, qapp: QApplication, appearance: Appearance, chart: Chart
) -> None:
    apply_theme(qapp, appearance)
    made = drawn(qtbot, chart)
    picture = made.grab().toImage()
    (_, place), *_ = list(made._places())
    if chart.is_row:
        bar = picture.pixelColor(int(place.center().x()), picture.height() - made.fontMetrics().height() - 3)
    else:
        bar = picture.pixelColor(picture.width() // 2 + 40, int(place.center().y()))
    ground = picture.pixelColor(picture.width() - 1, 0)
    assert contrast(QColor(bar), QColor(ground)) >= 4.5


@pytest.mark.parametrize("chart", [ACROSS, UPRIGHT, DAYS, NOTHING])
@pytest.mark.parametrize("width", [40, 180, 900])
def test_it_is_drawn_in_any_width(qtbot: QtBot, chart: Chart, width: int) -> None:
    made = drawn(qtbot, chart)
    made.setMinimumWidth(1)
    made.resize(width, made.sizeHint().height())
    assert not made.grab().isNull()
    assert made.minimumSizeHint().height() == made.sizeHint().height()


def test_the_bar_under_the_pointer_tells_its_value(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def note(_at: QPoint, text: str, _widget: QWidget) -> None:
        told.append(text)

    monkeypatch.setattr(QToolTip, "showText", note)
    across, upright = drawn(qtbot, ACROSS), drawn(qtbot, UPRIGHT)
    for chart, at in ((across, QPoint(5, 5)), (upright, QPoint(399, 50)), (across, QPoint(5, 5000))):
        QApplication.sendEvent(chart, QHelpEvent(QHelpEvent.Type.ToolTip, at, at))
    assert told == ["Viewer: 3,000", "49: 4,900,000", ""]
