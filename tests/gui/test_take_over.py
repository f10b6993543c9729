"""A spreadsheet imported in the window: step by step, nothing lost by going back, nothing written before the last."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QSpinBox

from tests.gui.hands import button, click, combo, edit, open_in, pick, press, problems, rows, sent_by, type_in
from tests.gui.test_pages_are_named import check
from tests.sheets.made import workbook
from uidmanager.core import drafts as d
from uidmanager.core.errors import LedgerLockedError
from uidmanager.core.events import SpreadsheetImported
from uidmanager.gui.dialogs import TakeOverDialog
from uidmanager.gui.pages.files import FilesPage
from uidmanager.gui.pages.identify import IdentifyPage
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.tables.sheet_rows import SheetModel
from uidmanager.gui.tables.verdict_rows import verdict_model
from uidmanager.gui.theme import fixed_font
from uidmanager.settings.mappings import StationMappings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.main_window import MainWindow
    from uidmanager.gui.session import Session

ROOT = "1.2.826.0.1.3680043.2.50"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Two that are good, one with a caution, one typing error, one that is there."""

    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Serial", "Product", "Remarks", "Colour"])
        for row, cells in enumerate(
            (("0100", "Viewer", "", "red"), ("0101", "Viewer", "spare", ""), ("x", "Viewer", "", "")), 1
        ):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
        sheet.write_number(4, 0, 102)
        sheet.write_string(5, 0, "372765")

    return workbook(tmp_path / "units.xlsx", fill)


@pytest.fixture
def dialog(qtbot: QtBot, stocked: Service, session: Session) -> TakeOverDialog:
    made = TakeOverDialog(session)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def look_at(qtbot: QtBot, dialog: TakeOverDialog, file: Path) -> None:
    dialog.look_at(file)
    qtbot.waitUntil(lambda: not dialog._latest.is_busy)


def go_on(qtbot: QtBot, dialog: TakeOverDialog) -> None:
    click(dialog.next_button)
    qtbot.waitUntil(lambda: not dialog._latest.is_busy and not dialog._is_writing)


def judged(qtbot: QtBot, dialog: TakeOverDialog, file: Path) -> None:
    look_at(qtbot, dialog, file)
    go_on(qtbot, dialog)
    go_on(qtbot, dialog)
    assert dialog.stack.currentIndex() == 2


def save_report(qtbot: QtBot, dialog: TakeOverDialog, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(where), ""))
    strip = dialog.verdicts_pane.save_strip
    click(strip.save_button)
    qtbot.waitUntil(lambda: not strip.is_busy)
    assert strip.saved.where == where


def only_good(dialog: TakeOverDialog) -> QCheckBox:
    found = dialog.findChild(QCheckBox, "takeover_only_good_box")
    assert isinstance(found, QCheckBox)
    return found


def imported(service: Service) -> list[SpreadsheetImported]:
    with service.look() as registry:
        events = [event for entry in registry.entries for event in entry.events]
    return [event for event in events if isinstance(event, SpreadsheetImported)]


def test_the_file_is_shown_as_it_was_read(qtbot: QtBot, dialog: TakeOverDialog, units: Path) -> None:
    assert not dialog.next_button.isEnabled()
    look_at(qtbot, dialog, units)
    QAbstractItemModelTester(dialog.file_pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = rows(dialog, "takeover_preview_table")
    assert shown[0] == ["Serial", "Product", "Remarks", "Colour"]
    assert shown[4][:2] == ["102", ""]
    model = dialog.file_pane.model
    assert model.index(4, 0).data(Qt.ItemDataRole.ToolTipRole) == "Stored as a number"
    assert model.index(4, 0).data(Qt.ItemDataRole.FontRole).italic()
    assert model.index(0, 0).data(Qt.ItemDataRole.FontRole).bold()
    assert combo(dialog, "takeover_kind_combo").currentData() == "installations"
    assert combo(dialog, "takeover_sheet_combo").currentText() == "Units"
    assert not combo(dialog, "takeover_encoding_combo").isVisible()
    assert dialog.next_button.isEnabled()


def test_each_step_can_be_spoken_and_worked_with_keys_alone(qtbot: QtBot, dialog: TakeOverDialog, units: Path) -> None:
    check(dialog)
    look_at(qtbot, dialog, units)
    check(dialog)
    press(dialog, Qt.Key.Key_Return)
    assert dialog.stack.currentIndex() == 1
    check(dialog)
    press(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == 2)
    check(dialog)
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_encoding_and_delimiter_are_shown_and_changed(qtbot: QtBot, dialog: TakeOverDialog, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes("Seriennummer;Gerät\r\n1;Viewer\r\n".encode("cp1252"))
    look_at(qtbot, dialog, file)
    assert combo(dialog, "takeover_encoding_combo").currentData() == "windows-1252"
    assert combo(dialog, "takeover_delimiter_combo").currentText() == "Semicolon"
    assert problems(dialog, "takeover_file_problems") == ["sheet.encoding_guessed", "sheet.delimiter_said"]
    pick(dialog, "takeover_encoding_combo", "Windows-1251 (Cyrillic)")
    qtbot.waitUntil(lambda: not dialog._latest.is_busy)
    assert rows(dialog, "takeover_preview_table")[0] == ["Seriennummer", "Gerдt"]
    pick(dialog, "takeover_delimiter_combo", "Comma")
    qtbot.waitUntil(lambda: not dialog._latest.is_busy)
    assert rows(dialog, "takeover_preview_table")[0] == ["Seriennummer;Gerдt"]
    pick(dialog, "takeover_encoding_combo", "UTF-8")
    qtbot.waitUntil(lambda: not dialog._latest.is_busy)
    assert "no text in UTF-8" in dialog.problems.problems[0].message
    assert not dialog.next_button.isEnabled()


def test_another_sheet_is_chosen(qtbot: QtBot, dialog: TakeOverDialog, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string(0, 0, "Serial")
        sheet.write_string(1, 0, "1")
        other = book.add_worksheet("Old")
        other.hide()
        other.write_string(0, 0, "Version")

    look_at(qtbot, dialog, workbook(tmp_path / "a.xlsx", fill))
    pick(dialog, "takeover_sheet_combo", "Old (hidden)")
    qtbot.waitUntil(lambda: not dialog._latest.is_busy)
    assert rows(dialog, "takeover_preview_table") == [["Version"]]
    assert "sheet.hidden_sheet" in problems(dialog, "takeover_file_problems")
    assert combo(dialog, "takeover_sheet_combo").currentText() == "Old (hidden)"


def test_a_file_that_is_none_is_told_and_another_can_be_chosen(
    qtbot: QtBot, dialog: TakeOverDialog, tmp_path: Path, units: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "units.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    look_at(qtbot, dialog, file)
    assert "old kind (.xls)" in dialog.problems.problems[0].message
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(units), ""))
    click(dialog.file_pane.choose_button)
    qtbot.waitUntil(dialog.next_button.isEnabled)
    assert not dialog.problems.problems
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    click(dialog.file_pane.choose_button)
    assert edit(dialog, "takeover_file_edit").text() == str(units)


def test_a_file_that_is_not_there_and_not_wanted_any_more_is_no_fault(
    qtbot: QtBot, dialog: TakeOverDialog, tmp_path: Path, units: Path
) -> None:
    dialog.look_at(tmp_path / "none.xlsx")
    look_at(qtbot, dialog, units)
    assert dialog.next_button.isEnabled()
    assert not dialog.problems.problems


def test_columns_are_recognised_and_chosen_otherwise(qtbot: QtBot, dialog: TakeOverDialog, units: Path) -> None:
    look_at(qtbot, dialog, units)
    go_on(qtbot, dialog)
    chosen = {name: combo(dialog, f"takeover_{name}_combo").currentText() for name in ("serial", "product", "note")}
    assert chosen == {"serial": "A: Serial", "product": "B: Product", "note": "C: Remarks"}
    assert problems(dialog, "takeover_columns_problems") == ["takeover.columns_left"]
    pick(dialog, "takeover_serial_combo", "— not imported —")
    assert "takeover.column_missing" in problems(dialog, "takeover_columns_problems")
    assert not dialog.next_button.isEnabled()
    pick(dialog, "takeover_serial_combo", "A: Serial")
    pick(dialog, "takeover_note_combo", "D: Colour")
    labels = [label.text() for label in dialog.columns_pane.findChildren(QLabel)]
    assert "for instance red" in labels


def test_what_was_chosen_is_not_lost_by_going_back(qtbot: QtBot, dialog: TakeOverDialog, units: Path) -> None:
    look_at(qtbot, dialog, units)
    go_on(qtbot, dialog)
    pick(dialog, "takeover_note_combo", "D: Colour")
    go_on(qtbot, dialog)
    type_in(edit(dialog, "takeover_reason_edit"), "taken over")
    for _ in range(2):
        click(dialog.back_button)
    assert not dialog.back_button.isEnabled()
    pick(dialog, "takeover_kind_combo", "Products: one product in each row")
    pick(dialog, "takeover_kind_combo", "Installations: one piece of equipment in each row")
    go_on(qtbot, dialog)
    assert combo(dialog, "takeover_note_combo").currentText() == "D: Colour"
    go_on(qtbot, dialog)
    assert edit(dialog, "takeover_reason_edit").text() == "taken over"


def test_the_row_of_the_headings_can_be_said(qtbot: QtBot, dialog: TakeOverDialog, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("Nummer,Art\n7,Viewer\n", encoding="utf-8")
    look_at(qtbot, dialog, file)
    spin = dialog.findChild(QSpinBox, "takeover_heading_spin")
    assert isinstance(spin, QSpinBox)
    assert (spin.value(), spin.text()) == (0, "none")
    spin.setValue(1)
    go_on(qtbot, dialog)
    pick(dialog, "takeover_serial_combo", "A: Nummer")
    go_on(qtbot, dialog)
    assert [row[:3] for row in rows(dialog, "takeover_table")] == [["2", "● new", "7"]]


def test_every_row_has_its_verdict_and_those_to_look_at_come_first(
    qtbot: QtBot, dialog: TakeOverDialog, units: Path
) -> None:
    judged(qtbot, dialog, units)
    pane = dialog.verdicts_pane
    assert pane.summary.text.startswith("5 rows: 3 new, 1 there already, 1 of them with a caution, 1 refused.")
    assert [row[:3] for row in rows(dialog, "takeover_table")] == [["4", "✕ refused", "x"], ["5", "◐ new", "102"]]
    assert problems(dialog, "takeover_row_problems") == ["serial.not_numeric"]
    assert pane.filter is not None
    pane.filter.show_faint()
    assert [row[1] for row in rows(dialog, "takeover_table")] == [
        "● new",
        "● new",
        "✕ refused",
        "◐ new",
        "● there already",
    ]
    type_in(pane.filter.edit, "spare")
    assert [row[0] for row in rows(dialog, "takeover_table")] == ["3"]
    assert not dialog.next_button.isEnabled()


def test_what_is_said_of_a_row_is_copied(qtbot: QtBot, dialog: TakeOverDialog, units: Path) -> None:
    judged(qtbot, dialog, units)
    table = dialog.verdicts_pane.table
    assert table is not None
    table.copy_actions[0].trigger()
    assert QApplication.clipboard().text().startswith("Row 4: “x” at position 0")


def test_the_good_rows_alone_are_imported_once_the_report_is_saved(
    qtbot: QtBot,
    dialog: TakeOverDialog,
    units: Path,
    stocked: Service,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged(qtbot, dialog, units)
    only_good(dialog).setChecked(True)
    go_on(qtbot, dialog)
    assert "Save the report" in dialog.verdicts_pane.problems.problems[0].message
    assert not imported(stocked)
    dialog.verdicts_pane.save_strip.form_combo.choose("csv")
    save_report(qtbot, dialog, tmp_path / "left.csv", monkeypatch)
    with (tmp_path / "left.csv").open(encoding="utf-8", newline="") as opened:
        assert [row["row"] for row in csv.DictReader(opened)] == ["4", "5"]
    type_in(edit(dialog, "takeover_reason_edit"), "taken over")
    with qtbot.waitSignal(dialog.taken_over) as blocker:
        click(dialog.next_button)
    assert sent_by(blocker) == "Imported 3 installations from units.xlsx in entry 11; 1 left out"
    assert not dialog.isVisible()
    assert [(event.rows, event.left_out, event.sheet) for event in imported(stocked)] == [(4, 1, "Units")]
    with stocked.look() as registry:
        assert registry.entries[-1].why == "taken over"
        assert registry.installation("101") is not None


def test_the_columns_are_remembered_for_the_next_time(
    qtbot: QtBot, dialog: TakeOverDialog, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "units.csv"
    file.write_text("Serial,Remarks,Colour\n7,a,b\n", encoding="utf-8")
    look_at(qtbot, dialog, file)
    go_on(qtbot, dialog)
    pick(dialog, "takeover_note_combo", "C: Colour")
    go_on(qtbot, dialog)
    with qtbot.waitSignal(dialog.taken_over):
        click(dialog.next_button)
    assert StationMappings().mapping("installations", ["Serial", "Remarks", "Colour"]) is not None
    again = TakeOverDialog(session)
    qtbot.addWidget(again)
    again.show()
    look_at(qtbot, again, file)
    go_on(qtbot, again)
    assert combo(again, "takeover_note_combo").currentText() == "C: Colour"
    again.reject()


def test_what_others_wrote_meanwhile_is_judged_anew(
    qtbot: QtBot, dialog: TakeOverDialog, stocked: Service, register: Callable[[Draft], Receipt], tmp_path: Path
) -> None:
    file = tmp_path / "units.csv"
    file.write_text("Serial\n7\n8\n", encoding="utf-8")
    judged(qtbot, dialog, file)
    register(d.AssignInstallations(("007",)))
    click(dialog.next_button)
    qtbot.waitUntil(lambda: not dialog._latest.is_busy and not dialog._is_writing)
    assert "judged anew" in dialog.problems.problems[0].message
    assert [row[:3] for row in rows(dialog, "takeover_table")] == [["2", "✕ refused", "7"]]
    assert not imported(stocked)


def test_a_ledger_that_cannot_be_written_loses_nothing_of_what_was_chosen(
    qtbot: QtBot, dialog: TakeOverDialog, stocked: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "units.csv"
    file.write_text("Serial\n7\n", encoding="utf-8")
    judged(qtbot, dialog, file)

    def locked(*_args: object) -> None:
        raise LedgerLockedError("acme.jsonl", 10, "LINE-4")

    monkeypatch.setattr(stocked, "submit", locked)
    click(dialog.next_button)
    qtbot.waitUntil(lambda: not dialog._is_writing)
    assert "LINE-4" in dialog.problems.problems[0].message
    assert dialog.next_button.isEnabled()
    monkeypatch.undo()
    with qtbot.waitSignal(dialog.taken_over):
        click(dialog.next_button)


def test_reading_and_judging_can_be_stopped(
    qtbot: QtBot, dialog: TakeOverDialog, units: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at(qtbot, dialog, units)
    go_on(qtbot, dialog)
    click(dialog.next_button)
    dialog.strip.cancel_asked.emit()
    qtbot.waitUntil(lambda: not dialog._latest.is_busy)
    assert dialog.stack.currentIndex() in {1, 2}
    assert dialog.next_button.isEnabled() or dialog.stack.currentIndex() == 2


def test_the_verdicts_hold_under_the_model_tester(qtbot: QtBot, dialog: TakeOverDialog, units: Path) -> None:
    judged(qtbot, dialog, units)
    found = dialog._judged
    assert found is not None
    model = verdict_model(found.judgement.fields, fixed_font())
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.replace(found.judgement.verdicts)
    model.narrow("refused", hides_faint=True)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.rowCount() == 1
    empty = SheetModel()
    QAbstractItemModelTester(empty, QAbstractItemModelTester.FailureReportingMode.Fatal)
    empty.show_table(found.table, 1)
    empty.show_table(None, None)


# -- in the window ---------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path) -> MainWindow:
    open_in(qtbot, window, ledger_path)
    return window


def dialog_of(qtbot: QtBot, window: MainWindow) -> TakeOverDialog:
    qtbot.waitUntil(lambda: window.findChild(TakeOverDialog) is not None)
    found = window.findChild(TakeOverDialog)
    assert isinstance(found, TakeOverDialog)
    qtbot.waitUntil(lambda: not found._latest.is_busy)
    return found


def drop(window: MainWindow, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    place, action = QPoint(5, 5), Qt.DropAction.CopyAction
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QApplication.sendEvent(window.windowHandle(), QDragEnterEvent(place, action, data, buttons, keys))
    QApplication.sendEvent(window.windowHandle(), QDropEvent(QPointF(place), action, data, buttons, keys))


def test_the_menu_and_the_page_open_it(qtbot: QtBot, opened: MainWindow) -> None:
    for open_it in (_by_menu, _by_button):
        open_it(opened)
        found = dialog_of(qtbot, opened)
        assert found.isVisible()
        found.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _by_menu(window: MainWindow) -> None:
    action = window.findChild(QAction, "import_a_spreadsheet_action")
    assert isinstance(action, QAction)
    action.trigger()


def _by_button(window: MainWindow) -> None:
    assert window.view is not None
    click(button(window.view.show_page(InstallationsPage), "import_spreadsheet_button"))


@pytest.mark.parametrize("name", ["units.csv", "units.tsv", "units.xlsx"])
def test_a_spreadsheet_that_is_dropped_is_imported(
    qtbot: QtBot, opened: MainWindow, units: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    if not file.exists():
        file.write_text("Serial\n7\n", encoding="utf-8")
    drop(opened, file)
    found = dialog_of(qtbot, opened)
    assert edit(found, "takeover_file_edit").text() == str(file)
    found.reject()


def test_where_texts_are_looked_through_csv_is_a_text(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    assert opened.view is not None
    opened.view.show_page(IdentifyPage)
    file = tmp_path / "log.csv"
    file.write_text(f"{ROOT}.2.372764,x\n", encoding="utf-8")
    drop(opened, file)
    reading = opened.view.session.reading
    qtbot.waitUntil(lambda: not reading.is_busy)
    assert opened.findChild(TakeOverDialog) is None
    opened.view.show_page(FilesPage)
    workbook(tmp_path / "a.xlsx", lambda _book, sheet: sheet.write_string(0, 0, "Serial"))
    drop(opened, tmp_path / "a.xlsx")
    dialog_of(qtbot, opened).reject()


def test_what_was_imported_is_told_and_shown(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("Serial\n7\n", encoding="utf-8")
    drop(opened, file)
    found = dialog_of(qtbot, opened)
    go_on(qtbot, found)
    go_on(qtbot, found)
    with qtbot.waitSignal(found.taken_over):
        click(found.next_button)
    assert opened.view is not None
    assert any(row[0] == "7" for row in rows(opened.view.show_page(InstallationsPage), "installations_table"))


def test_closing_the_window_closes_it(qtbot: QtBot, opened: MainWindow, units: Path) -> None:
    drop(opened, units)
    found = dialog_of(qtbot, opened)
    opened.close()
    assert not found.isVisible()
