"""A scan that goes where none belongs: it is recognised, nothing is lost, nothing is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from tests.gui.hands import act, button, combo, edit, open_in, pick, press, type_in
from tests.gui.scanner import CR, CR_LF, SUFFIXES, Wedge
from uidmanager.core.barcodes import GS
from uidmanager.gui.dialogs import ReasonDialog
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.scan_edit import ScanEdit
from uidmanager.gui.widgets.stray_scan import StrayScan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.main_window import MainWindow
    from uidmanager.gui.session import Session

UNIT = "]d2010952110153000121100500"


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> InstallationsPage:
    made = InstallationsPage(session)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: not session.reading.is_busy)
    return made


def stray(page: QWidget) -> StrayScan:
    found = page.findChild(StrayScan, "stray_scan")
    assert isinstance(found, StrayScan)
    return found


def is_offered(page: QWidget) -> bool:
    return stray(page).isVisible()


def count(service: Service) -> int:
    with service.look() as registry:
        return len(registry.installations)


@pytest.mark.parametrize("suffix", SUFFIXES.values(), ids=SUFFIXES.keys())
def test_a_scan_into_the_note_assigns_nothing_and_can_be_taken_over(
    page: InstallationsPage, stocked: Service, suffix: tuple[Qt.Key, ...]
) -> None:
    type_in(edit(page, "serial_edit"), "100777")
    note = edit(page, "installation_note_edit")
    note.setText("demo ")
    note.setFocus()
    Wedge().scan(UNIT, suffix)
    assert note.text() == "demo "
    assert note.hasFocus()
    assert is_offered(page)
    button(page, "take_stray_scan_button").click()
    assert note.text() == "demo "
    assert edit(page, "serial_edit").text() == UNIT
    assert edit(page, "serial_edit").hasFocus()
    assert not is_offered(page)
    edit(page, "serial_edit").undo()
    assert edit(page, "serial_edit").text() == "100777"
    assert count(stocked) == 4


def test_a_scan_into_the_note_can_be_meant(page: InstallationsPage) -> None:
    note = edit(page, "installation_note_edit")
    note.setFocus()
    Wedge().scan("WO-2026-1117", CR_LF)
    assert note.text() == ""
    button(page, "leave_stray_scan_button").click()
    assert note.text() == "WO-2026-1117"
    assert note.hasFocus()
    assert not is_offered(page)


def test_a_separator_that_the_note_drops_is_not_lost(page: InstallationsPage) -> None:
    edit(page, "installation_note_edit").setFocus()
    Wedge().scan(f"{UNIT}{GS}10LOT7", CR_LF)
    button(page, "take_stray_scan_button").click()
    assert edit(page, "serial_edit").text() == f"{UNIT}␝10LOT7"


def test_nothing_of_a_stray_scan_is_lost_where_characters_repeat(page: InstallationsPage) -> None:
    edit(page, "installation_note_edit").setFocus()
    Wedge().scan("100000077", CR_LF)
    button(page, "take_stray_scan_button").click()
    assert edit(page, "serial_edit").text() == "100000077"


def test_a_scan_into_the_products_chooses_none(page: InstallationsPage) -> None:
    pick(page, "installation_product_combo", "CT Console")
    combo(page, "installation_product_combo").setFocus()
    Wedge().scan("Viewer", CR)
    assert combo(page, "installation_product_combo").currentText() == "CT Console"
    button(page, "take_stray_scan_button").click()
    assert edit(page, "serial_edit").text() == "Viewer"


def test_a_scan_into_the_table_chooses_no_other_row(page: InstallationsPage) -> None:
    table = page.findChild(RecordTable, "installations_table")
    assert isinstance(table, RecordTable)
    table.choose("9")
    table.setFocus()
    Wedge().scan("0372764", CR)
    assert table.chosen.serial == "9"
    button(page, "take_stray_scan_button").click()
    assert edit(page, "serial_edit").text() == "0372764"


def test_several_that_went_astray_wait_until_each_was_taken(page: InstallationsPage) -> None:
    table = page.findChild(RecordTable, "installations_table")
    assert isinstance(table, RecordTable)
    table.setFocus()
    wedge = Wedge()
    wedge.scan("100500", CR_LF)
    wedge.scan("100501", CR_LF)
    button(page, "take_stray_scan_button").click()
    assert edit(page, "serial_edit").text() == "100500"
    assert is_offered(page)
    button(page, "take_stray_scan_button").click()
    assert edit(page, "serial_edit").text() == "100501"
    assert not is_offered(page)


def test_a_scan_with_an_identifier_needs_no_end(qtbot: QtBot, page: InstallationsPage) -> None:
    edit(page, "filter_edit").setFocus()
    Wedge().scan(UNIT, ())
    qtbot.waitUntil(lambda: is_offered(page))
    assert edit(page, "filter_edit").text() == ""


def test_what_a_person_types_is_no_scan(qtbot: QtBot, page: InstallationsPage, session: Session) -> None:
    type_in(edit(page, "serial_edit"), "100500")
    note = edit(page, "installation_note_edit")
    note.setFocus()
    Wedge(80).scan("typed with care", CR)
    assert not is_offered(page)
    qtbot.waitUntil(lambda: not session.is_writing)
    assert edit(page, "serial_edit").text() == ""


def test_a_scan_into_its_own_field_is_none_that_went_astray(
    qtbot: QtBot, page: InstallationsPage, session: Session, stocked: Service
) -> None:
    edit(page, "serial_edit").setFocus()
    Wedge().scan("100500", CR_LF)
    qtbot.waitUntil(lambda: not session.is_writing)
    assert not is_offered(page)
    assert count(stocked) == 5


# -- during a dialog ---------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path) -> MainWindow:
    open_in(qtbot, window, ledger_path)
    return window


@pytest.fixture
def dialog(qtbot: QtBot, opened: MainWindow) -> Iterator[ReasonDialog]:
    """A dialog whose button Enter would press."""
    made = ReasonDialog("Void 9", "The root was assigned by mistake.", "Void", parent=opened)
    made.open()
    qtbot.waitUntil(made.edit.hasFocus)
    yield made
    made.reject()


@pytest.mark.parametrize("suffix", SUFFIXES.values(), ids=SUFFIXES.keys())
def test_a_scan_presses_no_button_of_a_dialog(dialog: ReasonDialog, suffix: tuple[Qt.Key, ...]) -> None:
    Wedge().scan(UNIT, suffix)
    assert dialog.isVisible()
    assert dialog.edit.hasFocus()
    assert dialog.edit.text() == UNIT
    problems = dialog.findChild(ProblemList)
    assert isinstance(problems, ProblemList)
    assert "looks like a scan" in problems.problems[0].message


def test_a_scan_with_blanks_presses_no_button_that_has_the_focus(dialog: ReasonDialog) -> None:
    pressed: list[bool] = []
    cancel = dialog.findChild(QPushButton, "dialog_cancel_button")
    assert isinstance(cancel, QPushButton)
    cancel.clicked.connect(pressed.append)
    cancel.setFocus()
    Wedge().scan("SN 100 500", CR_LF)
    assert not pressed
    assert dialog.isVisible()


def test_enter_of_a_person_presses_it(dialog: ReasonDialog) -> None:
    type_in(dialog.edit, "told by the customer")
    press(dialog.edit, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_a_scan_registers_no_product(qtbot: QtBot, opened: MainWindow, stocked: Service) -> None:
    act(opened, "go_to_product_name_edit_action")
    name = edit(opened, "product_name_edit")
    qtbot.waitUntil(name.hasFocus)
    Wedge().scan(UNIT, CR_LF)
    assert name.text() == UNIT
    with stocked.look() as registry:
        assert len(registry.products) == 2
    problems = opened.findChild(ProblemList, "product_problems")
    assert isinstance(problems, ProblemList)
    assert "looks like a scan" in problems.problems[0].message
    name.clear()


def test_a_field_for_scans_in_a_dialog_takes_them(dialog: ReasonDialog) -> None:
    field = ScanEdit()
    dialog.fields.addRow("Scan", field)
    field.show()
    field.setFocus()
    ended: list[str] = []
    field.returnPressed.connect(lambda: ended.append(field.text()))
    Wedge().scan("100500", CR_LF)
    assert ended == ["100500"]
    assert dialog.isVisible()
    assert isinstance(QApplication.focusWidget(), QLineEdit)
