"""The history in the window: read, filtered, followed live, verified."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QFileDialog, QLineEdit

from tests.gui.hands import button, click, press, rows, said, sent_by, type_in
from uidmanager.core import drafts as d
from uidmanager.core.errors import CancelledError, LedgerMissingError
from uidmanager.core.records import Installation
from uidmanager.gui.pages import history
from uidmanager.gui.pages.history import HistoryPage
from uidmanager.gui.tables import history_rows
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.session import Session


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> HistoryPage:
    made = HistoryPage(session)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show()
    qtbot.waitUntil(lambda: made.model.total == 11)
    return made


def combo(page: HistoryPage, name: str) -> QComboBox:
    found = page.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def told(page: HistoryPage) -> list[str]:
    found = page.findChild(ProblemList, "verify_problems")
    assert isinstance(found, ProblemList)
    return [problem.message for problem in found.problems]


def choose(page: HistoryPage, name: str, text: str) -> None:
    box = combo(page, name)
    assert box.findText(text) >= 0, [box.itemText(i) for i in range(box.count())]
    box.setCurrentIndex(box.findText(text))


def test_the_newest_comes_first(page: HistoryPage) -> None:
    shown = rows(page, "history_table")
    assert [row[0] for row in shown] == ["10", "9", "8", "8", "7", "6", "5", "4", "3", "2", "1"]
    assert shown[0][2:6] == ["anna", "LINE-3", "installation retired", "10"]
    assert shown[0][8] == "scrapped"
    assert shown[-1][4:6] == ["registry founded", "Acme Imaging"]


def test_filters_by_text_by_what_and_by_who(qtbot: QtBot, page: HistoryPage) -> None:
    page.focus_first()
    field = page.findChild(QLineEdit, "filter_edit")
    assert isinstance(field, QLineEdit)
    type_in(field, "0372764")
    assert [row[0] for row in rows(page, "history_table")] == ["7"]
    press(field, Qt.Key.Key_Escape)
    assert len(rows(page, "history_table")) == 11
    choose(page, "history_what_combo", "product registered")
    assert [row[7] for row in rows(page, "history_table")] == ["CT Console", "Viewer"]
    choose(page, "history_who_combo", "anna")
    assert len(rows(page, "history_table")) == 2
    type_in(field, "console")
    assert [row[0] for row in rows(page, "history_table")] == ["3"]
    assert said(page, "filter_count") == "1 of 11"
    combo(page, "history_what_combo").setCurrentIndex(0)
    field.clear()
    assert len(rows(page, "history_table")) == 11


def test_filters_by_period(page: HistoryPage) -> None:
    for period in ("Today", "Last 7 days", "Last 30 days", "From … to …"):
        choose(page, "history_period_combo", period)
        assert len(rows(page, "history_table")) == 11, period
    first, last = (page.findChild(QDateEdit, f"history_{end}_edit") for end in ("from", "to"))
    assert isinstance(first, QDateEdit)
    assert isinstance(last, QDateEdit)
    assert first.isVisible()
    last.setDate(QDate(2026, 11, 20))
    assert rows(page, "history_table") == []
    last.setDate(QDate(2026, 11, 24))
    first.setDate(QDate(2026, 11, 21))
    assert len(rows(page, "history_table")) == 11
    first.setDate(QDate(2026, 11, 24))
    assert rows(page, "history_table") == []
    choose(page, "history_period_combo", "At any time")
    assert len(rows(page, "history_table")) == 11
    assert not first.isVisible()


def test_the_details_of_a_line_are_whole(page: HistoryPage, session: Session) -> None:
    page.table.choose((10, 0))
    with session.service.look() as registry:
        entry = registry.entries[-1]
    assert said(page, "entry_hash").replace("\u200b", "") == entry.h
    assert said(page, "entry_id").replace("\u200b", "") == entry.id
    assert said(page, "entry_time") == entry.at.replace("T", " ").replace("Z", " UTC")
    assert said(page, "entry_why") == "scrapped"
    page.table.choose((8, 1))
    assert said(page, "entry_entry") == "8, change 2 of 2"


def test_enter_opens_the_record(qtbot: QtBot, page: HistoryPage) -> None:
    page.table.choose((10, 0))
    with qtbot.waitSignal(page.opened) as opened:
        press(page.table, Qt.Key.Key_Return)
    record = sent_by(opened)
    assert isinstance(record, Installation)
    assert record.serial == "10"
    page.table.choose((1, 0))
    with qtbot.assertNotEmitted(page.opened):
        press(page.table, Qt.Key.Key_Return)


def test_new_entries_appear_on_top_and_the_chosen_stays(
    qtbot: QtBot, page: HistoryPage, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    page.table.choose((10, 0))
    register(d.VoidInstallation("9", reason="misread"))
    session._publish()
    assert [row[0] for row in rows(page, "history_table")][:2] == ["11", "10"]
    assert page.table.chosen.entry.n == 10
    choose(page, "history_what_combo", "installation voided")
    assert len(rows(page, "history_table")) == 1


def test_a_batch_of_hundreds_appears_at_once(
    page: HistoryPage, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    register(d.AssignInstallations(tuple(str(n) for n in range(1000, 1500))))
    session._publish()
    assert page.model.total == 511
    page.table.sortByColumn(5, Qt.SortOrder.AscendingOrder)


def test_another_name_of_a_product_is_told_in_old_lines_too(
    qtbot: QtBot, page: HistoryPage, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    register(d.CorrectProduct("CT Console", "CT Station", reason="as on the case"))
    session._publish()
    register(d.AssignInstallations(("77",)))
    session._publish()  # while the history is read anew
    qtbot.waitUntil(lambda: page.model.total == 13)
    qtbot.waitUntil(lambda: "CT Station 4.6" in {row[5] for row in rows(page, "history_table")})
    assert rows(page, "history_table")[0][5] == "77"
    page.filter.bar.edit.setText("CT Console 4.6")
    assert rows(page, "history_table") == []


def test_what_is_written_while_it_is_read_first_is_there(
    qtbot: QtBot, stocked: Service, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    page = HistoryPage(session)
    qtbot.addWidget(page)
    page.show()
    register(d.AssignInstallations(("77",)))
    session._publish()
    qtbot.waitUntil(lambda: page.model.total == 12)


def test_verifies_the_whole_ledger_and_says_the_head(qtbot: QtBot, page: HistoryPage, session: Session) -> None:
    with qtbot.waitSignal(session.verified):
        click(button(page, "verify_button"))
    with session.service.look() as registry:
        head = registry.head
    assert said(page, "verify_result") == f"All 10 entries verified, head {head[:12]}…"
    assert told(page) == []
    with qtbot.waitSignal(page.copied):
        button(page, "copy_head_button").click()
    assert QApplication.clipboard().text() == head
    assert session.verification is not None
    again = HistoryPage(session)
    qtbot.addWidget(again)
    assert said(again, "verify_result").startswith("All 10 entries verified")


def test_an_anchor_is_written_and_held_against_the_ledger_later(
    qtbot: QtBot, page: HistoryPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "monday.anchor"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(where), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(where), ""))
    assert not button(page, "write_anchor_button").isVisible()
    with qtbot.waitSignal(session.verified):
        button(page, "verify_button").click()
    click(button(page, "write_anchor_button"))
    qtbot.waitUntil(lambda: page.verify_strip.saved.where == where)
    with qtbot.waitSignal(session.verified):
        click(button(page, "verify_anchor_button"))
    assert said(page, "verify_result").startswith("All 10 entries verified and extend the anchor")
    where.write_bytes(where.read_bytes().replace(b'"entries": 10', b'"entries": 11'))
    with qtbot.waitSignal(session.verified):
        click(button(page, "verify_anchor_button"))
    assert "has 10 entries; when the anchor was made it had 11" in told(page)[0]
    assert not button(page, "write_anchor_button").isVisible()


def test_what_is_no_anchor_is_said_and_nothing_else_happens(page: HistoryPage, tmp_path: Path) -> None:
    page.verify_strip.verify_against(tmp_path / "nowhere")
    assert "cannot be used as an anchor" in told(page)[0]
    assert said(page, "verify_result") == "Not verified in this window yet"


def test_an_anchor_never_takes_the_place_of_a_ledger(
    qtbot: QtBot, page: HistoryPage, session: Session, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ledger_path.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(ledger_path), ""))
    with qtbot.waitSignal(session.verified):
        button(page, "verify_button").click()
    button(page, "write_anchor_button").click()
    qtbot.waitUntil(lambda: bool(told(page)))
    assert "never overwritten" in told(page)[0]
    assert ledger_path.read_bytes() == before


def test_a_changed_ledger_is_found_out(qtbot: QtBot, page: HistoryPage, session: Session, ledger_path: Path) -> None:
    lines = ledger_path.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b"4.6", b"4.7")
    ledger_path.write_bytes(b"".join(lines))
    with qtbot.waitSignal(session.verified):
        button(page, "verify_button").click()
    assert said(page, "verify_result").startswith("Only 5 entries can be trusted")
    assert "Line 6" in told(page)[0]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CancelledError(), "Stopped; what was not read is not verified."),
        (LedgerMissingError("x"), "There is no ledger"),
    ],
)
def test_a_verification_that_ends_early_says_why(
    qtbot: QtBot,
    page: HistoryPage,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    sentence: str,
) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(session.service, "verify", fail)
    button(page, "verify_button").click()
    qtbot.waitUntil(lambda: bool(told(page)))
    assert told(page)[0].startswith(sentence)
    assert button(page, "verify_button").isVisible()


def test_a_verification_is_stopped(
    qtbot: QtBot, page: HistoryPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(progress: Callable[[str, float], None], _anchor: object) -> None:
        while True:
            progress("Verifying", 0.5)

    monkeypatch.setattr(session.service, "verify", endless)
    button(page, "verify_button").click()
    stop = button(page, "verify_progress_cancel_button")
    assert stop.isVisible()
    button(page, "verify_button").click()  # is under way: nothing happens
    stop.click()
    qtbot.waitUntil(lambda: told(page) == ["Stopped; what was not read is not verified."])


def test_shows_no_record_as_its_own(page: HistoryPage, session: Session) -> None:
    with session.service.look() as registry:
        assert not page.show_record(next(iter(registry.installations)))


def extent(page: HistoryPage) -> tuple[str, bool]:
    return said(page, "history_extent_label"), button(page, "show_older_button").isVisible()


def test_of_a_long_history_the_newest_part_is_listed_and_more_when_asked(
    qtbot: QtBot, stocked: Service, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_PORTION", 4)
    monkeypatch.setattr(history_rows, "_BATCH", 2)
    page = HistoryPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.model.total == 5)
    assert [row[0] for row in rows(page, "history_table")] == ["10", "9", "8", "8", "7"]
    assert extent(page) == ("Entries from 7 on are listed, and a filter looks only at them.", True)
    click(button(page, "show_older_button"))
    qtbot.waitUntil(lambda: page.model.total == 9)
    assert extent(page) == ("Entries from 3 on are listed, and a filter looks only at them.", True)
    stocked.submit(d.RegisterProduct("MR Console"))
    qtbot.waitUntil(lambda: page.model.total == 10)
    click(button(page, "show_older_button"))
    qtbot.waitUntil(lambda: page.model.total == 12)
    assert not button(page, "show_older_button").isVisible()


def test_reading_the_history_can_be_stopped_and_taken_up_again(
    qtbot: QtBot, stocked: Service, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = history_rows.newest_rows
    reached, go_on = Event(), Event()

    def slow(*arguments: Any) -> list[Any]:
        reached.set()
        assert go_on.wait(10)
        return read(*arguments)

    monkeypatch.setattr(history, "newest_rows", slow)
    page = HistoryPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(reached.is_set)
    qtbot.waitUntil(lambda: button(page, "history_progress_cancel_button").isVisible())
    click(button(page, "history_progress_cancel_button"))
    go_on.set()
    qtbot.waitUntil(lambda: not session.reading.is_busy)
    assert extent(page) == ("Nothing of the history is listed.", True)
    click(button(page, "show_older_button"))
    qtbot.waitUntil(lambda: page.model.total == 11)
    assert not button(page, "show_older_button").isVisible()
