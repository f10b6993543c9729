"""Reports in the window: what is asked for, what is shown, on which state of the ledger it stands."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCalendarWidget, QTableView

from tests.gui.hands import button, combo, edit, page_in, pick, press, problems, rows, said, type_in
from uidmanager.core import drafts as d
from uidmanager.core.errors import CancelledError, LedgerError
from uidmanager.core.reports import COLUMNS, TITLES, Kind, report
from uidmanager.gui.pages.reports import ReportsPage
from uidmanager.gui.tables.report_table import ReportTable
from uidmanager.gui.widgets.report_model import ReportModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Filter, Report
    from uidmanager.gui.session import Session


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> ReportsPage:
    made = ReportsPage(session)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.view.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    choose(made, Kind.INSTALLATIONS)
    made.show()
    qtbot.waitUntil(lambda: made.view.model.rowCount() == 4)
    return made


def choose(page: ReportsPage, kind: Kind) -> None:
    pick(page, "report_kind_combo", TITLES[kind])


def headings(page: ReportsPage) -> list[str]:
    table = page.findChild(QTableView, "report_table")
    assert isinstance(table, QTableView)
    model, across = table.model(), Qt.Orientation.Horizontal
    return [str(model.headerData(column, across)) for column in range(model.columnCount())]


def serials(page: ReportsPage) -> list[str]:
    return [row[0] for row in rows(page, "report_table")]


def shows(page: ReportsPage, kind: Kind) -> bool:
    return page.view.model.report is not None and page.view.model.report.kind is kind


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (Kind.IDENTIFIERS, 7),
        (Kind.RELEASES, 3),
        (Kind.PRODUCTS, 2),
        (Kind.HISTORY, 11),
        (Kind.EXCEPTIONS, 1),
        (Kind.INSTALLATIONS, 4),
    ],
)
def test_shows_every_kind_under_the_headings_for_a_reader(
    qtbot: QtBot, page: ReportsPage, kind: Kind, count: int
) -> None:
    choose(page, kind)
    qtbot.waitUntil(lambda: shows(page, kind))
    assert headings(page) == [column.title for column in COLUMNS[kind]]
    assert said(page, "report_count") == f"{count} {'row' if count == 1 else 'rows'}"
    assert len(rows(page, "report_table")) == count
    assert page.view.charts.isHidden()


def test_a_time_is_written_for_a_reader_and_stands_whole_in_the_tip(page: ReportsPage) -> None:
    column = headings(page).index("When (UTC)")
    index = page.view.model.index(0, column)
    whole = index.data(Qt.ItemDataRole.ToolTipRole)
    assert len(whole) == len("2026-11-22T21:06:42.123456Z")
    assert index.data() == whole[:19].replace("T", " ")
    assert page.view.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == (
        "“at” in CSV and JSON"
    )


def test_each_field_of_the_filter_narrows_the_rows(qtbot: QtBot, page: ReportsPage) -> None:
    pick(page, "report_product_combo", "1 Viewer")
    qtbot.waitUntil(lambda: serials(page) == ["9", "10"])
    pick(page, "report_state_combo", "retired")
    qtbot.waitUntil(lambda: serials(page) == ["10"])
    button(page, "report_clear_button").click()
    qtbot.waitUntil(lambda: len(serials(page)) == 4)
    edit(page, "report_filter_edit").setText("demo")
    qtbot.waitUntil(lambda: serials(page) == ["9", "10"])
    pick(page, "report_station_combo", "LINE-3")
    edit(page, "report_until_edit").setText("2026-11-21")
    qtbot.waitUntil(lambda: said(page, "report_count") == "0 rows")
    assert page_in(page.view) == "no_rows_page"
    edit(page, "report_until_edit").setText("2026-11-22")
    edit(page, "report_since_edit").setText("2026-11-22")
    qtbot.waitUntil(lambda: serials(page) == ["9", "10"])


def test_no_state_can_be_asked_for_where_rows_are_in_none(qtbot: QtBot, page: ReportsPage) -> None:
    pick(page, "report_state_combo", "retired")
    choose(page, Kind.HISTORY)
    qtbot.waitUntil(lambda: shows(page, Kind.HISTORY))
    assert not combo(page, "report_state_combo").isEnabled()
    assert "in no state" in combo(page, "report_state_combo").toolTip()
    assert len(rows(page, "report_table")) == 11
    choose(page, Kind.INSTALLATIONS)
    qtbot.waitUntil(lambda: serials(page) == ["10"])


def test_what_is_wrong_with_a_day_stands_under_it_and_nothing_can_be_saved(
    qtbot: QtBot, page: ReportsPage, session: Session
) -> None:
    edit(page, "report_since_edit").setText("2026-02-30")
    qtbot.waitUntil(lambda: problems(page, "report_since_problems") == ["filter.not_a_day"])
    assert problems(page, "report_until_problems") == []
    qtbot.waitUntil(lambda: not session.reading.is_busy)
    assert not button(page, "save_report_button").isEnabled()
    edit(page, "report_since_edit").setText("2026-11-23")
    edit(page, "report_until_edit").setText("2026-11-22")
    qtbot.waitUntil(lambda: problems(page, "report_until_problems") == ["filter.days_reversed"])
    assert problems(page, "report_since_problems") == []
    edit(page, "report_since_edit").clear()
    qtbot.waitUntil(button(page, "save_report_button").isEnabled)
    assert problems(page, "report_until_problems") == []
    assert len(serials(page)) == 4


def test_half_a_day_is_scolded_only_once_it_is_left(qtbot: QtBot, page: ReportsPage) -> None:
    page.activateWindow()
    field = edit(page, "report_since_edit")
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    type_in(field, "2026-11")
    with qtbot.waitSignal(page._pause.timeout):
        pass
    assert problems(page, "report_since_problems") == []
    assert not button(page, "save_report_button").isEnabled()
    edit(page, "report_filter_edit").setFocus()
    qtbot.waitUntil(lambda: problems(page, "report_since_problems") == ["filter.not_a_day"])


def test_says_on_which_state_it_stands_and_verifies_it(qtbot: QtBot, page: ReportsPage, session: Session) -> None:
    with session.service.look() as registry:
        head = registry.head
    foot = said(page, "report_foot")
    assert "Acme Imaging" in foot
    assert f"entry 10, head {head[:12]}…" in foot
    assert "not verified for this report" in foot
    button(page, "verify_report_button").click()
    qtbot.waitUntil(lambda: "✓ the whole ledger was verified up to entry 10" in said(page, "report_foot"))
    assert not button(page, "verify_report_button").isVisible()


def test_a_later_entry_takes_the_proof_away_and_verifying_again_gives_it_back(
    qtbot: QtBot, page: ReportsPage, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    button(page, "verify_report_button").click()
    qtbot.waitUntil(lambda: "✓" in said(page, "report_foot"))
    register(d.AssignInstallations(("77",)))
    session._publish()
    qtbot.waitUntil(lambda: "entry 11" in said(page, "report_foot"))
    assert "not verified for this report" in said(page, "report_foot")
    register(d.AssignInstallations(("78",)))  # nobody has told the page yet, but the whole ledger is read
    button(page, "verify_report_button").click()
    qtbot.waitUntil(lambda: "✓ the whole ledger was verified up to entry 12" in said(page, "report_foot"))


def test_verifying_can_be_stopped_and_what_goes_wrong_is_told(
    qtbot: QtBot, page: ReportsPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, sentence in ((CancelledError(), "Stopped"), (LedgerError("/x", "It is gone."), "It is gone.")):

        def fail(*_arguments: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(session.service, "verify", fail)
        button(page, "verify_report_button").click()
        qtbot.waitUntil(lambda: not page.foot.progress.isVisible())
        assert sentence in page.foot.problems.problems[0].message
        assert button(page, "verify_report_button").isVisible()


def test_follows_what_is_written(
    qtbot: QtBot, page: ReportsPage, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    register(d.AssignInstallations(("77",)))
    session._publish()
    qtbot.waitUntil(lambda: said(page, "report_count") == "5 rows")
    page.hide()
    register(d.AssignInstallations(("78",)))
    register(d.RegisterProduct("MR Console"))
    session._publish()
    page.show()
    qtbot.waitUntil(lambda: said(page, "report_count") == "6 rows")
    assert combo(page, "report_product_combo").findText("3 MR Console") > 0


def test_long_work_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, is_stopped = Event(), Event()

    def slowly(_registry: Registry, _kind: Kind, _wanted: Filter, *, progress: Callable[[str, float], None]) -> Report:
        progress("Making the rows", 0.5)
        may_go_on.wait(10)
        try:
            while True:
                progress("Making the rows", 0.6)
        except CancelledError:
            is_stopped.set()
            raise

    monkeypatch.setattr("uidmanager.gui.pages.reports.report", slowly)
    choose(page, Kind.RELEASES)
    qtbot.waitUntil(page.progress.isVisible)
    assert not button(page, "save_report_button").isEnabled()
    button(page, "report_progress_cancel_button").click()
    may_go_on.set()
    qtbot.waitUntil(lambda: not page.progress.isVisible())
    assert is_stopped.is_set()
    assert "not those that are asked for" in page.problems.problems[0].message
    assert not button(page, "save_report_button").isEnabled()
    monkeypatch.undo()
    choose(page, Kind.PRODUCTS)
    qtbot.waitUntil(lambda: shows(page, Kind.PRODUCTS))
    assert page.problems.problems == ()


def test_only_the_last_choice_counts(qtbot: QtBot, page: ReportsPage) -> None:
    for kind in Kind:
        choose(page, kind)
    qtbot.waitUntil(button(page, "save_report_button").isEnabled)
    assert shows(page, tuple(Kind)[-1])


def test_a_fault_of_ours_is_told_and_raised(qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("uidmanager.gui.pages.reports.report", fail)
    with qtbot.captureExceptions() as raised:
        choose(page, Kind.RELEASES)
        qtbot.waitUntil(lambda: bool(page.problems.problems))
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]
    assert not page.progress.isVisible()


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard", extend=True)  # offscreen
def test_a_day_is_chosen_from_a_calendar_by_key(qtbot: QtBot, page: ReportsPage) -> None:
    field = edit(page, "report_since_edit")
    field.setText("2026-11-22")
    press(field, Qt.Key.Key_F4)
    calendar = field.findChild(QCalendarWidget, "day_calendar")
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.isVisible()
    assert calendar.selectedDate() == QDate(2026, 11, 22)
    calendar.setSelectedDate(QDate(2026, 11, 20))
    calendar.activated.emit(calendar.selectedDate())
    assert not calendar.isVisible()
    assert field.text() == "2026-11-20"
    press(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert calendar.isVisible()
    press(calendar, Qt.Key.Key_Escape)
    assert field.text() == "2026-11-20"


class Counting(ReportModel):
    """Notes which rows it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[int] = set()

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.asked.add(index.row())
        return super().data(index, role)


def test_columns_are_fitted_to_a_few_rows_only(
    qtbot: QtBot, stocked: Service, register: Callable[[Draft], Receipt]
) -> None:
    register(d.AssignInstallations(tuple(str(serial) for serial in range(1000, 4000))))
    model = Counting()
    table = ReportTable(model)  # not shown: Qt would measure every row of a table that is not to be seen
    qtbot.addWidget(table)
    with stocked.look() as registry:
        model.show_report(report(registry, Kind.INSTALLATIONS))
    table.fit_columns()
    assert 0 < len(model.asked) < 300
    assert table.columnWidth(2) > table.columnWidth(0)
