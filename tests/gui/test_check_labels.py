"""Check labels: scans go in, verdicts come out, and nothing that was scanned is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QTableView

from tests.gui.hands import act, button, click, combo, edit, press, rows, said, type_in
from tests.gui.test_pages_are_named import check
from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.core.drafts import NoteLabelsPrinted, Print
from uidmanager.core.errors import LedgerLockedError
from uidmanager.core.events import LabelChecked, LabelMissed
from uidmanager.core.print_runs import print_run
from uidmanager.core.records import LabelState
from uidmanager.gui.dialogs import ReasonDialog
from uidmanager.gui.dialogs.check_labels import CheckLabelsDialog, keeping
from uidmanager.gui.dialogs.check_labels.keeping import OpenChecks
from uidmanager.gui.pages.installations import InstallationsPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt
    from uidmanager.core.drafts import Draft
    from uidmanager.core.events import Event
    from uidmanager.gui.session import Session

SERIALS = ("0372764", "9", "372765")


@pytest.fixture
def printed(stocked: Service, register: Callable[[Draft], Receipt]) -> int:
    """Labels of three units were printed; the number of the entry."""
    receipt = register(NoteLabelsPrinted(tuple(Print(serial, serial) for serial in SERIALS), "a4-3x8"))
    assert receipt.entry
    return receipt.entry.n


@pytest.fixture
def checks(printed: int, session: Session) -> OpenChecks:
    return OpenChecks(session, session)


@pytest.fixture
def dialog(qtbot: QtBot, checks: OpenChecks, session: Session) -> Iterator[CheckLabelsDialog]:
    made = shown(qtbot, CheckLabelsDialog(session, checks))
    yield made
    made.reject()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()


def opened(qtbot: QtBot, session: Session, checks: OpenChecks, entry: int | None = None) -> CheckLabelsDialog:
    made = CheckLabelsDialog(session, checks, entry)
    qtbot.addWidget(made)
    return shown(qtbot, made)


def shown(qtbot: QtBot, dialog: CheckLabelsDialog) -> CheckLabelsDialog:
    dialog.open()
    qtbot.waitUntil(lambda: dialog.runs.count() > 0 or not dialog.runs.isEnabled())
    return dialog


def scan(dialog: CheckLabelsDialog, *texts: str) -> list[str]:
    """Scan, as a scanner does, with CR and LF behind each; what the verdicts were."""
    words = []
    for text in texts:
        type_in(edit(dialog, "label_scan_edit"), text)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press(edit(dialog, "label_scan_edit"), key)
        words.append(said(dialog, "verdict_word"))
    return words


def missing(dialog: CheckLabelsDialog) -> list[str]:
    return [row[0] for row in rows(dialog, "missing_table")]


def last_events(service: Service) -> tuple[Event, ...]:
    with service.look() as registry:
        return registry.entries[-1].events


def rest(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.is_writing)


def test_each_scan_says_what_it_is_in_words_and_with_a_sign(dialog: CheckLabelsDialog) -> None:
    assert scan(dialog, "0372764", "0372764", "10", "nonsense") == [
        "Match",
        "Twice",
        "Not in this batch",
        "Not in this batch",
    ]
    assert rows(dialog, "scans_table") == [
        ["4", "✕ Not in this batch", "nonsense"],
        ["3", "✕ Not in this batch", "10"],
        ["2", "◐ Twice", "0372764"],
        ["1", "✓ Match", "0372764"],
    ]
    assert missing(dialog) == ["9", "372765"]
    assert said(dialog, "check_counter") == "1 of 3 checked, 2 missing"
    assert edit(dialog, "label_scan_edit").text() == ""
    assert dialog.isVisible()


def test_the_last_label_completes_the_run_and_writes_it(
    qtbot: QtBot, dialog: CheckLabelsDialog, stocked: Service, session: Session, printed: int
) -> None:
    scan(dialog, "10", *SERIALS)
    rest(qtbot, session)
    assert said(dialog, "check_counter") == "Complete: 3 of 3 checked."
    assert last_events(stocked) == (
        *(LabelChecked(serial.lstrip("0"), printed, serial) for serial in SERIALS),
        LabelMissed(printed, "10", "not in this batch"),
    )
    with stocked.look() as registry:
        run = print_run(registry, printed)
        assert run
        assert run.is_complete
        assert all(unit.label is LabelState.CHECKED for unit in registry.installations if unit.serial in SERIALS)
        position = registry.position
    dialog.reject()
    assert not dialog.isVisible()
    with stocked.look() as registry:
        assert registry.position == position


def test_what_there_is_so_far_is_written_when_the_dialog_is_closed(
    qtbot: QtBot, dialog: CheckLabelsDialog, stocked: Service, session: Session, printed: int
) -> None:
    scan(dialog, "9")
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
    assert last_events(stocked) == (LabelChecked("9", printed, "9"),)
    again = opened(qtbot, session, OpenChecks(session, session))
    assert said(again, "check_counter") == "1 of 3 checked, 2 missing"
    assert scan(again, "9") == ["Twice"]
    again.reject()
    rest(qtbot, session)


def test_a_closed_dialog_in_which_nothing_was_scanned_writes_nothing(
    dialog: CheckLabelsDialog, stocked: Service
) -> None:
    before = last_events(stocked)
    dialog.close()
    assert not dialog.isVisible()
    assert last_events(stocked) == before


def test_a_write_that_fails_loses_no_scan(
    qtbot: QtBot,
    dialog: CheckLabelsDialog,
    checks: OpenChecks,
    stocked: Service,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    printed: int,
) -> None:
    def refuse(_self: Service, _draft: Draft, _shown: object = None) -> Receipt:
        raise LedgerLockedError("acme.jsonl", 5.0, "anna at LINE-4")

    scan(dialog, "9", "nonsense")
    with monkeypatch.context() as patch:
        patch.setattr(Service, "submit", refuse)
        dialog.reject()
        rest(qtbot, session)
        assert dialog.isVisible()
        assert "is kept in this window" in said(dialog, "check_problems")
        assert "LINE-4" in said(dialog, "check_problems")
        assert scan(dialog, "0372764") == ["Match"]
        dialog.reject()
        rest(qtbot, session)
        dialog.reject()
        assert not dialog.isVisible()
    checks.let_go()
    again = opened(qtbot, session, checks)
    assert len(rows(again, "scans_table")) == 3
    assert missing(again) == ["372765"]
    with qtbot.waitSignal(again.finished):
        again.reject()
    assert last_events(stocked) == (
        LabelChecked("9", printed, "9"),
        LabelChecked("372764", printed, "0372764"),
        LabelMissed(printed, "nonsense", "not in this batch"),
    )


def test_a_write_that_failed_is_tried_again_by_itself_even_after_the_dialog_is_closed(
    qtbot: QtBot, printed: int, stocked: Service, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Service, _draft: Draft, _shown: object = None) -> Receipt:
        raise LedgerLockedError("acme.jsonl", 5.0, "anna at LINE-4")

    checks = OpenChecks(session, session)
    dialog = opened(qtbot, session, checks)
    scan(dialog, "9")
    with monkeypatch.context() as patch:
        patch.setattr(Service, "submit", refuse)
        for _ in range(2):
            dialog.reject()
            rest(qtbot, session)
    assert not dialog.isVisible()
    kept = checks.of_run(printed)
    assert kept
    pause = kept.findChild(QTimer)
    assert isinstance(pause, QTimer)
    pause.setInterval(1)
    qtbot.waitUntil(lambda: last_events(stocked) == (LabelChecked("9", printed, "9"),))
    rest(qtbot, session)
    checks.let_go()
    assert checks.are_kept


def test_after_a_pause_what_was_scanned_is_written(
    qtbot: QtBot, printed: int, stocked: Service, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PAUSE_MS", 1)
    dialog = opened(qtbot, session, OpenChecks(session, session))
    scan(dialog, "9")
    qtbot.waitUntil(lambda: last_events(stocked) == (LabelChecked("9", printed, "9"),))
    rest(qtbot, session)
    assert dialog.isVisible()
    assert missing(dialog) == ["0372764", "372765"]
    dialog.reject()


def test_after_so_many_scans_they_are_written(
    qtbot: QtBot, dialog: CheckLabelsDialog, stocked: Service, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_UNWRITTEN", 2)
    scan(dialog, "a", "b")
    rest(qtbot, session)
    assert len(last_events(stocked)) == 2


def test_a_unit_that_another_station_voids_is_missing_no_longer(
    qtbot: QtBot, dialog: CheckLabelsDialog, register: Callable[[Draft], Receipt], session: Session, stocked: Service
) -> None:
    scan(dialog, "9", "0372764")
    register(d.VoidInstallation("372765", "wrong plate"))
    register(d.VoidInstallation("9", "wrong plate"))
    qtbot.waitUntil(lambda: said(dialog, "check_counter") == "Complete: 1 of 3 checked, 2 void.")
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
    assert [type(event) for event in last_events(stocked)] == [LabelChecked, LabelMissed]


def test_what_was_written_elsewhere_a_moment_before_takes_one_scan_with_it_and_no_other(
    qtbot: QtBot, dialog: CheckLabelsDialog, register: Callable[[Draft], Receipt], stocked: Service, printed: int
) -> None:
    scan(dialog, "9", "0372764")
    register(d.VoidInstallation("9", "wrong plate"))  # the window has not heard of it yet
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
    assert last_events(stocked) == (
        LabelChecked("372764", printed, "0372764"),
        LabelMissed(printed, "9", "not in this batch"),
    )


def test_a_missing_unit_can_be_voided_here(
    qtbot: QtBot, dialog: CheckLabelsDialog, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args: "plate spoiled")
    assert not button(dialog, "void_missing_button").isEnabled()
    table = dialog.findChild(QTableView, "missing_table")
    assert table
    table.selectRow(1)
    click(button(dialog, "void_missing_button"))
    rest(qtbot, session)
    qtbot.waitUntil(lambda: missing(dialog) == ["0372764", "372765"])
    assert said(dialog, "check_counter") == "0 of 3 checked, 1 void, 2 missing"
    assert dialog.focusWidget() is edit(dialog, "label_scan_edit")


def test_the_unit_first_then_its_label(dialog: CheckLabelsDialog) -> None:
    box = dialog.findChild(QCheckBox, "units_first_check")
    assert box
    box.click()
    assert dialog.focusWidget() is edit(dialog, "label_scan_edit")
    root = "1.2.826.0.1.3680043.2.50.2."
    assert scan(dialog, "9", f"{root}372764", f"{root}9") == ["Now its label", "Wrong unit", "Match"]
    scan(dialog, "372765")
    press(edit(dialog, "label_scan_edit"), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert said(dialog, "verdict_word") == "Ready"
    press(edit(dialog, "label_scan_edit"), Qt.Key.Key_Escape)


def test_another_run_is_chosen_and_the_one_before_is_written(
    qtbot: QtBot,
    dialog: CheckLabelsDialog,
    register: Callable[[Draft], Receipt],
    session: Session,
    stocked: Service,
    printed: int,
) -> None:
    scan(dialog, "9")
    register(NoteLabelsPrinted((Print("10", "10"),), "roll"))
    runs = combo(dialog, "print_run_combo")
    qtbot.waitUntil(lambda: runs.count() == 2)
    assert runs.currentData() == printed
    assert runs.currentText().startswith(f"Entry {printed}: 3 labels on a4-3x8, ")
    runs.setCurrentIndex(0)
    rest(qtbot, session)
    assert last_events(stocked) == (LabelChecked("9", printed, "9"),)
    assert missing(dialog) == ["10"]
    assert rows(dialog, "scans_table") == []


def test_what_is_typed_while_a_list_has_the_focus_goes_into_the_field(dialog: CheckLabelsDialog) -> None:
    table = dialog.findChild(QTableView, "missing_table")
    assert table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_9)
    assert dialog.focusWidget() is edit(dialog, "label_scan_edit")
    assert edit(dialog, "label_scan_edit").text() == "9"
    edit(dialog, "label_scan_edit").clear()


def test_where_nothing_waits_it_says_what_to_do(qtbot: QtBot, stocked: Service, session: Session) -> None:
    dialog = opened(qtbot, session, OpenChecks(session, session))
    assert said(dialog, "verdict_sentence").startswith("No label waits to be checked.")
    assert not edit(dialog, "label_scan_edit").isEnabled()
    dialog.reject()


def test_a_run_that_is_complete_can_be_looked_at(
    qtbot: QtBot, printed: int, register: Callable[[Draft], Receipt], session: Session
) -> None:
    register(d.NoteLabelsChecked(printed, tuple(d.Check(serial, serial) for serial in SERIALS)))
    dialog = opened(qtbot, session, OpenChecks(session, session), printed)
    assert said(dialog, "check_counter") == "Complete: 3 of 3 checked."
    dialog.reject()


def test_every_part_has_its_name_and_no_enter_presses_a_button(dialog: CheckLabelsDialog) -> None:
    check(dialog)
    buttons = dialog.findChildren(QPushButton)
    assert buttons
    assert not any(each.isDefault() or each.autoDefault() for each in buttons)
    scan(dialog, "9")
    assert dialog.isVisible()


def test_it_opens_from_the_page_and_the_table_shows_what_came_of_it(
    qtbot: QtBot, printed: int, session: Session
) -> None:
    page = InstallationsPage(session)
    qtbot.addWidget(page)
    page.show()
    labels = {row[0]: row[4] for row in rows(page, "installations_table")}
    assert labels == {"0372764": "◐ labelled", "9": "◐ labelled", "372765": "◐ labelled"}
    act(page, "check_labels_action")
    dialog = page.findChild(CheckLabelsDialog)
    assert isinstance(dialog, QDialog)
    qtbot.waitUntil(lambda: edit(dialog, "label_scan_edit").isEnabled())
    scan(dialog, "9")
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
    labels = {row[0]: row[4] for row in rows(page, "installations_table")}
    assert labels["9"] == "● checked"
    page.table.choose("9")
    assert said(page, "fact_label") == f"● checked; print run: entry {printed}"
    assert "Label checked" in said(page, "details_history")
