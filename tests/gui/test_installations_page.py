"""The page of manufacturing: everything about pieces of equipment, by keyboard and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from tests.gui.hands import act, button, edit, press, problems, rows, said, type_in
from tests.gui.scanner import Wedge
from uidmanager.core import drafts as d
from uidmanager.core.errors import DiskFullError
from uidmanager.gui.dialogs import CorrectInstallationDialog, DecisionDialog, ReasonDialog
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.tables.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.session import Session

ROOT = "1.2.826.0.1.3680043.2.50"
STATE = 6


def open_page(qtbot: QtBot, session: Session) -> InstallationsPage:
    made = InstallationsPage(session)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: not session.reading.is_busy)
    return made


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> InstallationsPage:
    return open_page(qtbot, session)


def table(page: QWidget) -> RecordTable:
    found = page.findChild(RecordTable, "installations_table")
    assert isinstance(found, RecordTable)
    return found


def serials(page: QWidget) -> list[str]:
    return [row[0] for row in rows(page, "installations_table")]


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.is_writing and not session.reading.is_busy)


def with_dialog(use: Callable[[DecisionDialog], None]) -> None:
    """Use the dialog as soon as it comes up; it never outlives that, or the test would wait for ever."""

    def when_there() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DecisionDialog)
        try:
            use(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, when_there)


def answer(kind: type[DecisionDialog], fill: Callable[[DecisionDialog], None], *, accept: bool) -> None:
    """Fill in the dialog as soon as it comes up, and end it."""

    def use(dialog: DecisionDialog) -> None:
        assert isinstance(dialog, kind)
        fill(dialog)
        name = "dialog_accept_button" if accept else "dialog_cancel_button"
        ending = dialog.findChild(QPushButton, name)
        assert isinstance(ending, QPushButton)
        assert ending.isEnabled()
        ending.click()

    with_dialog(use)


def reason(text: str) -> Callable[[DecisionDialog], None]:
    def fill(dialog: DecisionDialog) -> None:
        type_in(edit(dialog, "reason_edit"), text)

    return fill


# -- the table ---------------------------------------------------------------------------------------------------------


def test_the_newest_stands_first_and_what_is_out_of_use_is_hidden(page: InstallationsPage) -> None:
    assert serials(page) == ["372765", "9", "0372764"]
    assert said(page, "filter_count") == "3 of 4"
    check = page.findChild(QCheckBox, "show_hidden_check")
    assert isinstance(check, QCheckBox)
    assert check.text().replace("&", "") == "Show retired and void (1 hidden)"
    check.setChecked(True)
    assert serials(page) == ["372765", "10", "9", "0372764"]


def test_serials_and_roots_are_sorted_as_numbers(page: InstallationsPage) -> None:
    for column in (0, 1):
        table(page).sortByColumn(column, Qt.SortOrder.AscendingOrder)
        assert serials(page) == ["9", "0372764", "372765"]


def test_a_row_tells_everything_in_local_time_with_the_exact_one_behind_it(page: InstallationsPage) -> None:
    row = rows(page, "installations_table")[1]
    assert row[:3] == ["9", f"{ROOT}.2.9", "Viewer"]
    assert row[4:] == ["○ assigned", "active", "anna", "LINE-3", "demo room"]
    tooltip = page.model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert tooltip.startswith("2026-11-22 21:06:")
    assert tooltip.endswith(" UTC")


@pytest.mark.parametrize(
    ("text", "found"),
    [("3727", ["372765", "0372764"]), ("CT con", ["0372764"]), ("demo", ["9"]), (f"{ROOT}.2.9", ["9"]), ("x", [])],
)
def test_the_filter_looks_in_every_column_and_escape_clears_it(
    page: InstallationsPage, text: str, found: list[str]
) -> None:
    bar = edit(page, "filter_edit")
    type_in(bar, text)
    assert serials(page) == found
    press(bar, Qt.Key.Key_Escape)
    assert len(serials(page)) == 3


def test_down_leads_from_the_filter_into_the_table_and_tab_out_of_it(page: InstallationsPage) -> None:
    bar = edit(page, "filter_edit")
    bar.setFocus()
    press(bar, Qt.Key.Key_Down)
    assert table(page).hasFocus()
    assert table(page).chosen.serial == "372765"
    press(table(page), Qt.Key.Key_Tab)
    assert not table(page).hasFocus()


def test_copy_of_several_rows_is_one_a_line(page: InstallationsPage) -> None:
    table(page).selectAll()
    table(page).copy_actions[1].trigger()
    assert QApplication.clipboard().text() == "372765\n9\n0372764"


def test_an_empty_page_says_what_to_do_and_gives_way_to_the_first_row(
    qtbot: QtBot, service: Service, session: Session
) -> None:
    page = open_page(qtbot, session)
    empty = page.findChild(QWidget, "installations_empty")
    assert isinstance(empty, QWidget)
    assert empty.isVisible()
    type_in(edit(page, "serial_edit"), "0372764")
    press(edit(page, "serial_edit"), Qt.Key.Key_Return)
    settle(qtbot, session)
    assert not empty.isVisible()
    assert serials(page) == ["0372764"]


# -- what was assigned is seen -----------------------------------------------------------------------------------------


def test_a_new_row_is_chosen_even_when_a_filter_would_hide_it(
    qtbot: QtBot, page: InstallationsPage, session: Session
) -> None:
    type_in(edit(page, "filter_edit"), "viewer")
    type_in(edit(page, "serial_edit"), "0555")
    press(edit(page, "serial_edit"), Qt.Key.Key_Return)
    settle(qtbot, session)
    assert table(page).chosen.serial == "0555"
    assert edit(page, "filter_edit").text() == ""


def test_show_record_finds_what_is_hidden_and_knows_what_is_not_its_own(
    page: InstallationsPage, stocked: Service
) -> None:
    with stocked.look() as registry:
        retired, product = registry.installation("10"), registry.product(1)
    assert retired is not None
    assert product is not None
    assert page.show_record(retired)
    assert table(page).chosen.serial == "10"
    assert not page.show_record(product)


def test_a_record_that_is_asked_for_before_the_table_is_filled_is_shown_then(
    qtbot: QtBot, stocked: Service, session: Session
) -> None:
    with stocked.look() as registry:
        retired = registry.installation("10")
    assert retired is not None
    page = InstallationsPage(session)
    qtbot.addWidget(page)
    assert page.show_record(retired)
    qtbot.waitUntil(lambda: not session.reading.is_busy)
    assert table(page).chosen.serial == "10"


def test_what_others_wrote_while_the_table_was_filled_is_in_it(
    qtbot: QtBot, stocked: Service, session: Session
) -> None:
    page = InstallationsPage(session)
    qtbot.addWidget(page)
    receipt = stocked.submit(d.AssignInstallations(("700",)))
    assert receipt.entry is not None
    session.took_in.emit((receipt.entry,))
    qtbot.waitUntil(lambda: "700" in serials(page))
    settle(qtbot, session)


def test_a_product_that_is_called_otherwise_is_so_in_every_row(
    qtbot: QtBot, page: InstallationsPage, stocked: Service
) -> None:
    stocked.submit(d.CorrectProduct("Viewer", "Reader", reason="new name"))
    qtbot.waitUntil(lambda: any("Reader" in row for row in rows(page, "installations_table")), timeout=5000)
    type_in(edit(page, "filter_edit"), "reader")
    qtbot.waitUntil(lambda: serials(page) == ["9"])


# -- details and deeds -------------------------------------------------------------------------------------------------


def test_the_details_tell_the_whole_history(page: InstallationsPage, stocked: Service) -> None:
    with stocked.look() as registry:
        retired = registry.installation("10")
    assert retired is not None
    page.show_record(retired)
    history = said(page, "details_history")
    assert "Installation assigned" in history
    assert "Installation retired" in history
    assert "scrapped" in history
    assert said(page, "fact_state") == "retired"
    button(page, "copy_uid_button").click()
    assert QApplication.clipboard().text() == f"{ROOT}.2.10"


def test_only_what_is_possible_is_offered(page: InstallationsPage, stocked: Service) -> None:
    def offered() -> list[str]:
        names = ("correct", "retire", "void", "reinstate")
        actions = [page.findChild(QAction, f"{name}_installation_action") for name in names]
        return [name for name, action in zip(names, actions, strict=True) if action and action.isEnabled()]

    assert offered() == []
    table(page).choose("9")
    assert offered() == ["correct", "retire", "void"]
    assert button(page, "retire_installation_button").isVisible()
    with stocked.look() as registry:
        retired = registry.installation("10")
    assert retired is not None
    page.show_record(retired)
    assert offered() == ["correct", "reinstate"]
    assert not button(page, "retire_installation_button").isVisible()


@pytest.mark.parametrize(("name", "state"), [("retire", "retired"), ("void", "void")])
def test_taking_out_of_use_needs_a_reason_and_hides_the_row(
    qtbot: QtBot, page: InstallationsPage, session: Session, stocked: Service, name: str, state: str
) -> None:
    table(page).choose("9")
    answer(ReasonDialog, reason("told by the customer"), accept=True)
    act(page, f"{name}_installation_action")
    settle(qtbot, session)
    assert "9" not in serials(page)
    with stocked.look() as registry:
        held = registry.installation("9")
        entry = registry.entries[-1]
    assert held is not None
    assert held.state.value == state
    assert entry.why == "told by the customer"


def test_reinstating_shows_the_row_again(
    qtbot: QtBot, page: InstallationsPage, session: Session, stocked: Service
) -> None:
    with stocked.look() as registry:
        retired = registry.installation("10")
    assert retired is not None
    page.show_record(retired)
    answer(ReasonDialog, reason("it was another one"), accept=True)
    act(page, "reinstate_installation_action")
    settle(qtbot, session)
    assert table(page).chosen.state.value == "active"
    assert "installation reinstated" in said(page, "details_history").lower()


def test_without_a_reason_the_button_is_off_and_cancel_changes_nothing(
    qtbot: QtBot, page: InstallationsPage, session: Session, stocked: Service
) -> None:
    def look(dialog: DecisionDialog) -> None:
        accept = dialog.accept_button
        assert not accept.isEnabled()
        assert accept.toolTip()
        type_in(edit(dialog, "reason_edit"), "   ")
        assert not accept.isEnabled()
        assert problems(dialog, "dialog_problems") == ["reason.missing"]

    table(page).choose("9")
    answer(ReasonDialog, look, accept=False)
    act(page, "retire_installation_action")
    with stocked.look() as registry:
        assert registry.position == 10


def test_a_dialog_is_used_from_the_keyboard_alone(
    qtbot: QtBot, page: InstallationsPage, session: Session, stocked: Service
) -> None:
    def type_and_enter(dialog: DecisionDialog) -> None:
        field = edit(dialog, "reason_edit")
        assert dialog.focusWidget() is field
        press(field, Qt.Key.Key_Return)
        assert dialog.isVisible(), "Enter without a reason neither accepts nor cancels"
        type_in(field, "scrapped")
        press(field, Qt.Key.Key_Tab)
        assert dialog.focusWidget() is dialog.accept_button
        press(field, Qt.Key.Key_Return)

    table(page).choose("9")
    with_dialog(type_and_enter)
    act(page, "retire_installation_action")
    settle(qtbot, session)
    with stocked.look() as registry:
        held = registry.installation("9")
    assert held is not None
    assert held.state.value == "retired"


def test_messages_in_a_dialog_do_not_squeeze_its_fields(qtbot: QtBot, page: InstallationsPage) -> None:
    def look(dialog: DecisionDialog) -> None:
        fields = dialog.findChildren(QLineEdit)
        heights = [field.height() for field in fields]
        type_in(edit(dialog, "reason_edit"), "  ")
        QApplication.processEvents()
        assert dialog.problems.isVisible()
        assert [field.height() for field in fields] == heights
        assert all(field.height() >= field.sizeHint().height() for field in fields)

    table(page).choose("9")
    answer(CorrectInstallationDialog, look, accept=False)
    act(page, "correct_installation_action")


def test_a_product_and_a_note_are_put_right_and_the_old_values_stay_to_be_seen(
    qtbot: QtBot, page: InstallationsPage, session: Session
) -> None:
    def fill(dialog: DecisionDialog) -> None:
        combo = dialog.findChild(QComboBox, "correct_product_combo")
        assert isinstance(combo, QComboBox)
        assert combo.currentText() == "Viewer"
        combo.setCurrentIndex(0)
        note = dialog.findChild(QLineEdit, "correct_note_edit")
        assert isinstance(note, QLineEdit)
        assert note.text() == "demo room"
        note.setText("ward 3")
        type_in(edit(dialog, "reason_edit"), "mixed up")

    table(page).choose("9")
    answer(CorrectInstallationDialog, fill, accept=True)
    act(page, "correct_installation_action")
    settle(qtbot, session)
    row = next(row for row in rows(page, "installations_table") if row[0] == "9")
    assert (row[2], row[8]) == ("", "ward 3")
    history = said(page, "details_history")
    assert "Viewer → nothing" in history
    assert "demo room → ward 3" in history
    assert "mixed up" in history


def test_nothing_is_corrected_where_nothing_was_changed(qtbot: QtBot, page: InstallationsPage) -> None:
    def look(dialog: DecisionDialog) -> None:
        type_in(edit(dialog, "reason_edit"), "no reason at all")
        assert not dialog.accept_button.isEnabled()
        assert problems(dialog, "dialog_problems") == ["change.none"]

    table(page).choose("9")
    answer(CorrectInstallationDialog, look, accept=False)
    act(page, "correct_installation_action")


def test_a_deed_that_fails_says_so_on_the_page(
    qtbot: QtBot, page: InstallationsPage, session: Session, stocked: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFullError("acme.jsonl")

    monkeypatch.setattr(stocked, "submit", full)
    table(page).choose("9")
    answer(ReasonDialog, reason("gone"), accept=True)
    act(page, "retire_installation_action")
    settle(qtbot, session)
    label = page.findChild(QLabel, "installations_problems")
    assert isinstance(label, QLabel)
    assert "no room left" in label.accessibleDescription()
    assert table(page).chosen.state.value == "active"


def test_while_the_ledger_is_out_of_reach_nothing_is_offered(
    qtbot: QtBot, page: InstallationsPage, session: Session, ledger_path: Path
) -> None:
    table(page).choose("9")
    away = ledger_path.with_suffix(".away")
    with qtbot.waitSignal(session.trouble_found):
        ledger_path.rename(away)
    action = page.findChild(QAction, "retire_installation_action")
    assert isinstance(action, QAction)
    assert not action.isEnabled()
    with qtbot.waitSignal(session.trouble_passed):
        away.rename(ledger_path)
    assert action.isEnabled()


def test_the_filter_does_not_change_its_width_with_what_is_found(page: InstallationsPage) -> None:
    field = edit(page, "filter_edit")
    width = field.width()
    type_in(field, "no such thing")
    QApplication.processEvents()
    assert said(page, "filter_count") == "0 of 4"
    assert field.width() == width


def test_words_may_stand_in_different_columns_and_a_date_is_found_by_its_dash(page: InstallationsPage) -> None:
    for text, found in (("viewer room 9", ["9"]), ("2026-11-22 line-3", ["372765", "9", "0372764"]), ("2026", [])):
        edit(page, "filter_edit").clear()
        type_in(edit(page, "filter_edit"), text)
        assert serials(page) == found


def test_what_was_scanned_is_shown_beside_the_installation_and_in_its_history(
    qtbot: QtBot, page: InstallationsPage, session: Session
) -> None:
    Wedge().scan("]d2010952110153000121100500\x1d10LOT7")
    settle(qtbot, session)
    assert table(page).chosen.serial == "100500"
    assert said(page, "fact_scanned") == "]d2010952110153000121100500[GS]10LOT7"
    assert "Barcode read" in said(page, "details_history")
    table(page).choose("9")
    assert page.findChild(QLabel, "fact_scanned") is None
