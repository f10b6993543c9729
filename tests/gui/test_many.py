"""Many serials at once: every row is previewed, then all or none are assigned, and nothing typed is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from tests.gui.hands import button, click, combo, edit, open_in, pick, press, problems, rows, said, type_in
from tests.gui.test_pages_are_named import check
from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.core.batches import Terms
from uidmanager.core.errors import LedgerReadOnlyError
from uidmanager.core.events import InstallationAssigned
from uidmanager.gui.dialogs.many import ManyDialog, Wish, checking
from uidmanager.gui.main_window.registry_view import RegistryView
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.signed_sentence import Sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.core.records import Installation
    from uidmanager.gui.main_window import MainWindow
    from uidmanager.gui.session import Session

ROOT = "1.2.826.0.1.3680043.2.50"
SERIAL, COMPONENT, UID, LENGTH, TOOLKITS, VERDICT = 1, 2, 3, 4, 5, 6


@pytest.fixture
def dialog(qtbot: QtBot, stocked: Service, session: Session) -> Iterator[ManyDialog]:
    """On a registry with 0372764, 9, 10 (retired) and 372765."""
    made = ManyDialog(session, Wish())
    qtbot.addWidget(made)
    made.open()
    yield made
    made.reject()


def write(dialog: ManyDialog, text: str) -> None:
    dialog.fields.list_edit.setPlainText(text)


def column(dialog: ManyDialog, number: int) -> list[str]:
    return [row[number] for row in rows(dialog, "many_table")]


def entries(service: Service) -> int:
    with service.look() as registry:
        return registry.position


def settle(qtbot: QtBot, dialog: ManyDialog) -> None:
    qtbot.waitUntil(lambda: not dialog._checker.is_busy, timeout=20_000)


# -- the preview -----------------------------------------------------------------------------------------------------


def test_every_row_stands_there_before_anything_is_written(dialog: ManyDialog, stocked: Service) -> None:
    before = entries(stocked)
    write(dialog, "0098-0099, 1001+1\n0372764 SN-A17")
    assert column(dialog, SERIAL) == ["0098", "0099", "1001", "1002", "0372764", "SN-A17"]
    assert column(dialog, COMPONENT) == ["98", "99", "1001", "1002", "372764", ""]
    assert column(dialog, UID)[0] == f"{ROOT}.2.98"
    assert column(dialog, LENGTH)[:3] == ["29", "29", "31"]
    assert column(dialog, TOOLKITS)[0] == "● ● ◐ ◐ ✕ ✕"
    assert column(dialog, VERDICT)[:4] == [
        "✓ new. Leading zeros dropped: 0098 → 98.",
        "✓ new. Leading zeros dropped: 0099 → 99.",
        "✓ new",
        "✓ new",
    ]
    assert column(dialog, VERDICT)[4].startswith("ℹ has its root already")
    assert column(dialog, VERDICT)[5].startswith("✕ “S” at position 0")
    tip = dialog.rows.model.index(0, TOOLKITS).data(Qt.ItemDataRole.ToolTipRole)
    assert "✕ DCMTK: " in tip
    assert entries(stocked) == before


def test_it_is_counted_what_stands_in_the_way_and_said_what_to_do(dialog: ManyDialog, stocked: Service) -> None:
    before = entries(stocked)
    write(dialog, "1001-1003 372764 1050-1001")
    assert dialog.summary.text.startswith("2 of 5 rows have a problem. Mend them in the list, or take them out")
    assert dialog.summary.sign is Sign.REFUSED
    assert not dialog.assign_button.isEnabled()
    dialog.assign()
    assert entries(stocked) == before
    write(dialog, "1001-1003 372764")
    assert dialog.summary.text.startswith("1 of 4 rows has a problem. Mend it")
    write(dialog, "1001-1003")
    assert dialog.summary.text == "3 serials, 1001 to 1003: all can be assigned, in one entry."
    assert (dialog.summary.sign, dialog.assign_button.text()) == (Sign.FITS, "&Assign 3")
    write(dialog, "1001 0372764")
    assert dialog.summary.text == "2 serials, 1001 to 0372764: 1 can be assigned, 1 has its root already."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1-99999999999999", "batch.too_large"),
        ("1,100001-300000", "batch.too_large"),
    ],
)
def test_far_too_many_are_refused_at_once(dialog: ManyDialog, qtbot: QtBot, text: str, code: str) -> None:
    write(dialog, text)
    settle(qtbot, dialog)
    assert problems(dialog, "many_problems") == [code]
    assert rows(dialog, "many_table") == []
    assert not dialog.assign_button.isEnabled()


def test_an_empty_list_is_not_scolded(dialog: ManyDialog) -> None:
    assert problems(dialog, "many_problems") == []
    assert dialog.summary.text == ""
    assert not dialog.assign_button.isEnabled()
    write(dialog, " ,\n")
    assert problems(dialog, "many_problems") == []


def test_product_and_note_are_judged_with_the_rows(dialog: ManyDialog) -> None:
    write(dialog, "0372764 ~+1")
    assert column(dialog, SERIAL) == ["0372764", "372766", "372767"]
    pick(dialog, "many_product_combo", "Viewer")
    assert column(dialog, SERIAL) == ["0372764", "11", "12"]
    assert column(dialog, VERDICT)[0].startswith("✕ Serial 0372764 was assigned")
    edit(dialog, "many_note_edit").setText("x" * 1001)
    assert problems(dialog, "many_problems") == ["text.too_long"]


def test_only_problems_are_shown_copied_and_told_in_full(qtbot: QtBot, dialog: ManyDialog) -> None:
    write(dialog, "1001-1003 372764 SN-A17")
    dialog.rows.only_problems.setChecked(True)
    assert column(dialog, SERIAL) == ["372764", "SN-A17"]
    dialog.rows.table.choose(4)
    assert [problem.code for problem in dialog.rows.problems.problems] == ["serial.taken"]
    dialog.rows.only_problems.setChecked(False)
    dialog.rows.filter.edit.setText("1002")
    assert column(dialog, SERIAL) == ["1002"]
    click(button(dialog, "copy_problems_button"))
    copied = QApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in copied] == ["372764", "SN-A17"]
    assert copied[0].startswith("372764\t✕ Serial 372764 has the same root as 0372764")
    assert dialog.outcome.text == "Copied: 2 lines"
    assert column(dialog, SERIAL) == ["372764", "SN-A17"]
    dialog.rows.filter.edit.setText("zzz")
    assert "No row contains “zzz”" in said(dialog, "no_row_found")
    dialog.rows.filter.edit.clear()
    write(dialog, "1001")
    assert not button(dialog, "copy_problems_button").isEnabled()
    assert column(dialog, SERIAL) == ["1001"], "once the last problem is mended all rows are seen again"


def test_a_row_leads_to_its_place_in_the_list(dialog: ManyDialog) -> None:
    write(dialog, "𝟙, 1001\n1050-1001")
    dialog.rows.table.choose(3)
    dialog.rows.table.activated.emit(dialog.rows.table.currentIndex())
    assert dialog.fields.list_edit.textCursor().selectedText() == "1050-1001"


@pytest.mark.parametrize("expected", [["1001", "SN-A17"], ["SN-A17"]])
def test_the_rows_are_saved_as_they_are_shown(
    qtbot: QtBot,
    dialog: ManyDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected: list[str],
) -> None:
    file = tmp_path / "rows.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    write(dialog, "1001 SN-A17")
    dialog.rows.only_problems.setChecked(len(expected) == 1)
    assert combo(dialog, "batch_format_combo").currentText() == "CSV"
    click(button(dialog, "save_batch_button"))
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: dialog.rows.save_strip.saved.where == file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("row,serial,component,uid,length,toolkits,verdict,why")
    assert [line.split(",")[1] for line in lines[1:]] == expected


def test_the_table_keeps_its_promises_whatever_is_typed(qtbot: QtBot, dialog: ManyDialog) -> None:
    """Qt's own tester watches it, and ends the process at the first promise that is broken."""
    model = dialog.rows.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
    for text in ("1-40 x 9 9", "5", "", "100-90", "1-600"):
        write(dialog, text)
        settle(qtbot, dialog)
        for column_number in range(-1, len(model.columns)):
            dialog.rows.table.sortByColumn(column_number, Qt.SortOrder.DescendingOrder)
        dialog.rows.only_problems.setChecked(not dialog.rows.only_problems.isChecked())
        dialog.rows.filter.edit.setText("9")
    dialog.rows.only_problems.setChecked(False)
    dialog.rows.filter.edit.clear()
    assert sorted(column(dialog, SERIAL), key=int) == [str(serial) for serial in range(1, 601)]


# -- long lists ------------------------------------------------------------------------------------------------------


def test_ten_thousand_rows_are_checked_behind_the_window(qtbot: QtBot, dialog: ManyDialog) -> None:
    shown = dialog.findChild(ProgressStrip, "many_progress")
    assert isinstance(shown, ProgressStrip)
    write(dialog, "1-10000")
    assert shown.isVisible()
    assert rows(dialog, "many_table") == []
    dialog.assign()
    assert "still being checked" in dialog.outcome.text
    settle(qtbot, dialog)
    assert dialog.rows.model.rowCount() == 10_000
    assert not shown.isVisible()
    assert dialog.summary.text.startswith("1 of 10,000 rows has a problem")  # 10 is retired
    dialog.rows.only_problems.setChecked(True)
    assert column(dialog, SERIAL) == ["10"]


def test_a_check_that_is_under_way_gives_way_to_the_next_key(qtbot: QtBot, dialog: ManyDialog) -> None:
    write(dialog, "1-90000")
    write(dialog, "20001-20003")
    assert column(dialog, SERIAL) == ["20001", "20002", "20003"]
    write(dialog, "1-90000")
    write(dialog, "1-5000")
    settle(qtbot, dialog)
    assert dialog.rows.model.rowCount() == 5000


def test_a_check_ends_though_others_write_all_the_time(
    qtbot: QtBot, dialog: ManyDialog, session: Session, stocked: Service
) -> None:
    write(dialog, "20001-80000")
    shown: list[int] = []
    dialog._checker.checked.connect(lambda checked: shown.append(checked.batch.refused))
    with stocked.look() as registry:
        entry = registry.entries[-1]
    qtbot.waitUntil(lambda: dialog._checker._latest.is_busy)
    assert stocked.submit(d.AssignInstallations(("020001",))).entry is not None
    session.took_in.emit([entry])
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=20_000)
    assert shown == [0, 1], "first as the registry was, then as it has become"


def test_the_next_of_a_product_is_looked_for_behind_the_window_where_there_are_very_many(
    qtbot: QtBot, dialog: ManyDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_MANY", 3)
    pick(dialog, "many_product_combo", "Viewer")
    write(dialog, "~")
    assert rows(dialog, "many_table") == []
    settle(qtbot, dialog)
    assert column(dialog, SERIAL) == ["11"]


def test_a_check_can_be_cancelled_and_asked_for_again(qtbot: QtBot, dialog: ManyDialog) -> None:
    write(dialog, "20001-90000")
    click(button(dialog, "many_progress_cancel_button"))
    qtbot.waitUntil(lambda: "not checked" in dialog.summary.text)
    assert dialog.fields.list_edit.toPlainText() == "20001-90000"
    assert dialog.assign_button.isEnabled()
    click(dialog.assign_button)
    settle(qtbot, dialog)
    assert dialog.rows.model.rowCount() == 70_000


def test_a_hundred_thousand_pasted_lines_are_taken_in(qtbot: QtBot, dialog: ManyDialog) -> None:
    pasted = QMimeData()
    pasted.setText("\n".join(map(str, range(500_000, 600_000))))
    dialog.fields.list_edit.insertFromMimeData(pasted)
    settle(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.rows.model.rowCount() == 100_000, timeout=60_000)
    assert dialog.summary.text == "100,000 serials, 500000 to 599999: all can be assigned, in one entry."


def test_closing_it_stops_what_is_under_way(qtbot: QtBot, stocked: Service, session: Session) -> None:
    made = ManyDialog(session, Wish("1-90000"))
    qtbot.addWidget(made)
    made.open()
    made.reject()
    assert not made._checker.is_busy


# -- assigning -------------------------------------------------------------------------------------------------------


def test_all_are_assigned_in_one_entry_by_the_keyboard_alone(
    qtbot: QtBot, dialog: ManyDialog, stocked: Service
) -> None:
    pick(dialog, "many_product_combo", "CT Console")
    edit(dialog, "many_note_edit").setText("order 815")
    type_in(dialog.fields.list_edit, "0998-1000 0372764")
    assert dialog.summary.text.startswith("1 of 4 rows")
    edit(dialog, "many_note_edit").clear()
    with qtbot.waitSignal(dialog.assigned) as told:
        press(dialog.fields.list_edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args
    batch: list[Installation] = told.args[0]
    assert [(each.serial, each.product) for each in batch] == [("0998", 2), ("0999", 2), ("1000", 2), ("0372764", 2)]
    with stocked.look() as registry:
        events = registry.entries[-1].events
    given = (("0998", "998"), ("0999", "999"), ("1000", "1000"))
    assert events == tuple(InstallationAssigned(serial, component, 2) for serial, component in given)
    expected = f"Assigned 3 serials in entry {entries(stocked)}: 0998-1000, 0372764. 1 of them had their roots already."
    assert dialog.outcome.text == expected
    assert dialog.fields.list_edit.toPlainText() == ""
    assert rows(dialog, "many_table") == []
    assert dialog.isVisible()
    type_in(dialog.fields.list_edit, "5")
    assert dialog.outcome.text == ""


def test_what_has_its_root_already_is_told_and_not_written(qtbot: QtBot, dialog: ManyDialog, stocked: Service) -> None:
    before = entries(stocked)
    write(dialog, "0372764 372765")
    assert dialog.summary.text.endswith("all have their roots already. Nothing would be written.")
    with qtbot.waitSignal(dialog.assigned) as told:
        click(dialog.assign_button)
    assert told.args
    assert [each.serial for each in told.args[0]] == ["0372764", "372765"]
    assert dialog.outcome.text == "All 2 had their roots already: 0372764, 372765. Nothing was written."
    assert entries(stocked) == before


def test_another_station_was_faster(
    qtbot: QtBot, dialog: ManyDialog, stocked: Service, desk: Desk, ledger_path: Path
) -> None:
    write(dialog, "1001-1003")
    other = Service(desk.ledger_at(str(ledger_path)), desk.world)
    other.open()
    assert other.submit(d.AssignInstallations(("01002",))).entry
    click(dialog.assign_button)
    qtbot.waitUntil(lambda: "Meanwhile another station" in dialog.outcome.text)
    assert dialog.fields.list_edit.toPlainText() == "1001-1003"
    assert dialog.summary.text.startswith("1 of 3 rows has a problem")


def test_what_would_have_been_next_is_not_given_to_two_units(
    qtbot: QtBot, dialog: ManyDialog, stocked: Service, desk: Desk, ledger_path: Path
) -> None:
    """The other station has assigned the very serial that is meant here: it is on another machine."""
    write(dialog, "~+1")
    assert column(dialog, SERIAL) == ["372766", "372767"]
    other = Service(desk.ledger_at(str(ledger_path)), desk.world)
    other.open()
    assert other.submit(d.AssignInstallations(("372766",))).entry
    before = entries(other)
    click(dialog.assign_button)
    qtbot.waitUntil(lambda: "Meanwhile another station" in dialog.outcome.text)
    assert column(dialog, SERIAL) == ["372767", "372768"]
    assert entries(stocked) == before


def test_what_another_station_writes_is_seen_in_the_rows(
    qtbot: QtBot, dialog: ManyDialog, desk: Desk, ledger_path: Path
) -> None:
    write(dialog, "1001-1003")
    other = Service(desk.ledger_at(str(ledger_path)), desk.world)
    other.open()
    assert other.submit(d.RegisterProduct("MR")).entry
    assert other.submit(d.AssignInstallations(("01002",))).entry
    qtbot.waitUntil(lambda: dialog.summary.text.startswith("1 of 3 rows has a problem"))
    assert combo(dialog, "many_product_combo").findText("MR") > 0


def test_a_ledger_that_cannot_be_written_loses_nothing_that_was_typed(
    qtbot: QtBot, dialog: ManyDialog, stocked: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_draft: object, _shown: object) -> None:
        raise LedgerReadOnlyError("acme.jsonl", "it is on a CD")

    write(dialog, "1001-1003")
    monkeypatch.setattr(stocked, "submit", refuse)
    click(dialog.assign_button)
    qtbot.waitUntil(lambda: "it is on a CD" in dialog.outcome.text)
    assert dialog.outcome.sign is Sign.REFUSED
    assert dialog.fields.list_edit.toPlainText() == "1001-1003"
    assert dialog.assign_button.isEnabled()


def test_a_fault_of_ours_loses_nothing_that_was_typed(
    qtbot: QtBot, dialog: ManyDialog, stocked: Service, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_draft: object, _shown: object) -> None:
        raise ZeroDivisionError

    write(dialog, "1001-1003")
    monkeypatch.setattr(stocked, "submit", fail)
    with qtbot.waitSignal(session.fault_found):
        click(dialog.assign_button)
    assert "the fault is the program's" in dialog.outcome.text
    assert dialog.fields.list_edit.toPlainText() == "1001-1003"


def test_while_the_ledger_is_in_trouble_the_rows_are_shown_and_none_is_assigned(
    dialog: ManyDialog, stocked: Service, session: Session
) -> None:
    stocked.trouble = LedgerReadOnlyError("acme.jsonl", "it is on a CD")
    session.trouble_found.emit(stocked.trouble)
    write(dialog, "1001-1003")
    assert len(rows(dialog, "many_table")) == 3
    assert "Nothing can be assigned" in dialog.fields.problems.problems[0].message
    assert not dialog.assign_button.isEnabled()


def test_clearing_can_be_taken_back(dialog: ManyDialog) -> None:
    write(dialog, "1001-1003")
    click(dialog.clear_button)
    assert dialog.fields.list_edit.toPlainText() == ""
    dialog.fields.list_edit.undo()
    assert dialog.fields.list_edit.toPlainText() == "1001-1003"


def test_every_widget_is_named(dialog: ManyDialog) -> None:
    write(dialog, "1001-1003 SN-A17")
    check(dialog)


# -- from the page ---------------------------------------------------------------------------------------------------


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> InstallationsPage:
    made = InstallationsPage(session)
    qtbot.addWidget(made)
    made.show()
    return made


def opened(page: QWidget) -> ManyDialog:
    found = [each for each in page.findChildren(ManyDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_what_was_typed_is_there_again_after_closing_by_mistake(page: InstallationsPage) -> None:
    click(button(page, "range_button"))
    made = opened(page)
    made.fields.fill(Wish("1001-1003 x", Terms("2", "order 815")))
    made.reject()
    click(button(page, "range_button"))
    made = opened(page)
    assert made.wish == Wish("1001-1003 x", Terms("2", "order 815"))
    made.clear()
    made.reject()
    click(button(page, "range_button"))
    assert opened(page).wish.text == ""
    opened(page).reject()


def test_it_begins_with_what_was_typed_for_one(page: InstallationsPage) -> None:
    edit(page, "serial_edit").setText("1001-1003")
    pick(page, "installation_product_combo", "Viewer")
    click(button(page, "range_button"))
    assert opened(page).wish == Wish("1001-1003", Terms("1", None))
    assert len(rows(opened(page), "many_table")) == 3
    opened(page).reject()


def test_the_page_has_the_batch_chosen(qtbot: QtBot, page: InstallationsPage) -> None:
    page.filter.edit.setText("372764")
    click(button(page, "range_button"))
    made = opened(page)
    write(made, "1001-1003, 0372764")
    with qtbot.waitSignal(made.assigned):
        click(made.assign_button)
    made.reject()
    chosen = [each.serial for each in page.table.chosen_records()]
    assert sorted(chosen) == ["0372764", "1001", "1002", "1003"]
    assert page.table.chosen.serial == "1001"
    assert page.filter.edit.text() == ""


def test_the_menu_opens_it_from_any_page(qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path) -> None:
    open_in(qtbot, window, ledger_path)
    view = window.findChild(RegistryView)
    assert isinstance(view, RegistryView)
    view.go_to(3)
    action = window.findChild(QAction, "assign_many_action")
    assert isinstance(action, QAction)
    assert action.shortcut().toString() == "Ctrl+R"
    action.trigger()
    made = opened(window)
    assert isinstance(view.current_page, InstallationsPage)
    assert isinstance(made.focusWidget(), QPlainTextEdit)
    made.reject()
