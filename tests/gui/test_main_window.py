from __future__ import annotations

import os
import signal
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget, QWidget

from tests.gui.hands import button, edit, press, problems, rows, said, type_in
from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.core.errors import LedgerLockedError
from uidmanager.gui.app import Dresser, begin
from uidmanager.gui.fault_hook import FaultHook
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.main_window.registry_view import TITLES
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.theme import Appearance, is_dark
from uidmanager.gui.widgets.banner import Banner
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.settings import read_preferences, remember_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk

ROOT = "1.2.826.0.1.3680043.2.50"


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Iterator[MainWindow]:
    """A window with nothing open in it yet."""
    made = MainWindow(desk, WindowState())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path) -> MainWindow:
    """The window on the stocked registry."""
    open_in(qtbot, window, ledger_path)
    return window


def open_in(qtbot: QtBot, window: MainWindow, where: Path) -> None:
    with qtbot.waitSignal(window.registry_shown):
        window.open_ledger(str(where))
    qtbot.waitUntil(lambda: is_at_rest(window))


def is_at_rest(window: MainWindow) -> bool:
    session = window.view.session if window.view else None
    return session is not None and not session.jobs.is_busy and not session.reading.is_busy


def banner(window: MainWindow, name: str) -> Banner:
    found = window.findChild(Banner, name)
    assert isinstance(found, Banner)
    return found


def trigger(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, name)
    assert isinstance(action, QAction)
    assert action.isEnabled()
    action.trigger()


def test_the_title_names_the_organisation_and_its_root(opened: MainWindow) -> None:
    assert opened.windowTitle() == f"Acme Imaging — {ROOT} — UID Manager"


def test_the_foot_tells_the_ledger_its_entries_and_its_state(opened: MainWindow, ledger_path: Path) -> None:
    assert said(opened, "status_ledger") == ledger_path.name
    assert said(opened, "status_entries") == "10 entries"
    assert said(opened, "status_verified").startswith("✓ verified")
    assert said(opened, "status_person") == "anna · LINE-3"


def test_the_main_job_from_the_keyboard_a_serial_is_typed_and_enter_assigns_it(
    qtbot: QtBot, opened: MainWindow, stocked: Service
) -> None:
    serial = edit(opened, "serial_edit")
    assert serial.hasFocus()
    type_in(serial, "0555")
    preview = page_of(serial).findChild(QLabel, "uid_preview")
    assert isinstance(preview, QLabel)
    assert preview.accessibleDescription() == f"{ROOT}.2.555"
    assert problems(page_of(serial)) == ["serial.leading_zeros"]
    press(serial, Qt.Key.Key_Return)
    press(serial, Qt.Key.Key_Enter)  # a scanner's CR and LF
    qtbot.waitUntil(lambda: serial.text() == "")
    qtbot.waitUntil(lambda: any(row[0] == "0555" for row in rows(opened, "installations_table")))
    assert serial.hasFocus()
    stocked.refresh()
    with stocked.look() as registry:
        assert registry.position == 11, "two Enters, one entry"
        held = registry.installation("555")
    assert held is not None
    assert held.serial == "0555"
    assert said(opened, "status_entries") == "11 entries"


def page_of(widget: QWidget) -> QWidget:
    form = widget.parentWidget()
    assert form is not None
    return form


def test_a_serial_that_is_refused_stays_in_the_field_with_the_reason(opened: MainWindow, stocked: Service) -> None:
    serial = edit(opened, "serial_edit")
    type_in(serial, "372764")
    press(serial, Qt.Key.Key_Return)
    assert serial.text() == "372764"
    assert "serial.taken" in problems(page_of(serial))
    with stocked.look() as registry:
        assert registry.position == 10


def test_two_windows_on_one_ledger_see_each_other_without_losing_what_is_typed(
    qtbot: QtBot, opened: MainWindow, desk: Desk, ledger_path: Path
) -> None:
    second = MainWindow(desk, WindowState())
    qtbot.addWidget(second)
    second.show()
    open_in(qtbot, second, ledger_path)
    here, there = edit(opened, "serial_edit"), edit(second, "serial_edit")
    type_in(here, "888")
    type_in(there, "777")
    press(there, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(row[0] == "777" for row in rows(opened, "installations_table")), timeout=5000)
    assert here.text() == "888"
    second.close()


def test_a_preview_changes_when_another_window_takes_the_serial(
    qtbot: QtBot, opened: MainWindow, stocked: Service
) -> None:
    serial = edit(opened, "serial_edit")
    type_in(serial, "0777")
    stocked.submit(d.AssignInstallations(("777",)))
    qtbot.waitUntil(lambda: "serial.taken" in problems(page_of(serial)), timeout=5000)
    assert serial.text() == "0777"


@pytest.mark.parametrize("title", ["Installations", "Releases", "Identify", "History", "Reports", "Files"])
def test_each_page_has_a_shortcut(qtbot: QtBot, opened: MainWindow, title: str) -> None:
    number = TITLES.index(title)
    trigger(opened, f"page_{number + 1}_action")
    pages = opened.findChild(QListWidget, "page_list")
    assert isinstance(pages, QListWidget)
    assert pages.currentItem().text() == title
    action = opened.findChild(QAction, f"page_{number + 1}_action")
    assert isinstance(action, QAction)
    assert action.shortcut().toString() == f"Ctrl+{number + 1}"
    qtbot.waitUntil(lambda: is_at_rest(opened))


def test_the_commands_lead_to_their_fields(opened: MainWindow) -> None:
    for name in ("serial_edit", "product_name_edit", "version_edit", "identify_edit"):
        trigger(opened, f"go_to_{name}_action")
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.objectName() == name


def test_find_puts_the_focus_into_the_filter_of_the_page(opened: MainWindow) -> None:
    trigger(opened, "find_action")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert "filter" in focus.objectName()


def test_everything_that_takes_the_focus_says_its_name_on_every_page(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.view is not None
    opened.tell_fault(ZeroDivisionError("ours"))
    seen = 0
    for index in range(len(TITLES)):
        opened.view.go_to(index)
        qtbot.waitUntil(lambda: is_at_rest(opened))
        takers = [
            widget
            for widget in opened.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not widget.objectName().startswith("qt_")
        ]
        silent = [
            f"{type(widget).__name__} {widget.objectName()}"
            for widget in takers
            if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
        ]
        assert silent == [], TITLES[index]
        seen += len(takers)
    assert seen > 50


def test_a_ledger_that_is_not_there_is_said_and_the_welcome_page_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.open_ledger(str(tmp_path / "nowhere.jsonl"))
    qtbot.waitUntil(lambda: "no ledger at" in banner(window, "remark_banner").text)
    assert window.view is None
    assert edit(window, "root_edit").isVisible()


def test_a_damaged_ledger_is_shown_and_cannot_be_written(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    lines = ledger_path.read_bytes().splitlines(keepends=True)
    lines[6] = lines[6].replace(b"0372764", b"0372765")
    ledger_path.write_bytes(b"".join(lines))
    open_in(qtbot, window, ledger_path)
    assert "Line 7" in banner(window, "trouble_banner").text
    assert not button(window, "assign_button").isEnabled()
    assert said(window, "status_verified") == "⚠ not writable"
    assert len(rows(window, "products_table")) == 2


def test_what_is_opened_is_offered_next_time(opened: MainWindow, ledger_path: Path) -> None:
    assert read_preferences().recent == (str(ledger_path),)


def test_another_ledger_may_be_opened_in_its_place(
    qtbot: QtBot, opened: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    other = tmp_path / "other.jsonl"
    Service(desk.ledger_at(str(other)), desk.world).found(d.FoundRegistry("1.2.826.0.1.8407369", "Beta"))
    open_in(qtbot, opened, other)
    assert opened.windowTitle().startswith("Beta — 1.2.826.0.1.8407369")
    assert opened.view is not None
    assert rows(opened.view, "installations_table") == []


def test_the_window_begins_where_it_was_left(qtbot: QtBot, desk: Desk, stocked: Service, ledger_path: Path) -> None:
    first = MainWindow(desk, WindowState())
    qtbot.addWidget(first)
    first.show()
    open_in(qtbot, first, ledger_path)
    trigger(first, "page_4_action")
    first.resize(1111, 701)
    qtbot.waitUntil(lambda: is_at_rest(first))
    first.close()
    again = MainWindow(desk, WindowState())
    qtbot.addWidget(again)
    again.show()
    with qtbot.waitSignal(again.registry_shown):
        begin(again, None)
    assert again.size().height() == 701
    pages = again.findChild(QListWidget, "page_list")
    assert isinstance(pages, QListWidget)
    assert pages.currentRow() == 3
    qtbot.waitUntil(lambda: is_at_rest(again))
    again.close()


def test_without_any_ledger_the_window_says_welcome(qtbot: QtBot, window: MainWindow) -> None:
    begin(window, None)
    assert edit(window, "root_edit").isVisible()


def test_a_ledger_of_before_that_is_gone_leads_to_the_welcome_page(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    remember_ledger(str(tmp_path / "gone.jsonl"))
    begin(window, None)
    qtbot.waitUntil(lambda: "no ledger at" in banner(window, "remark_banner").text)


def test_a_newcomer_founds_a_registry_and_is_ready_to_assign(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.show_welcome()
    type_in(edit(window, "organisation_edit"), "Acme Imaging")
    type_in(edit(window, "root_edit"), ROOT)
    edit(window, "ledger_path_edit").setText(str(tmp_path / "new.jsonl"))
    with qtbot.waitSignal(window.registry_shown):
        button(window, "found_button").click()
    qtbot.waitUntil(lambda: is_at_rest(window))
    assert (tmp_path / "new.jsonl").exists()
    assert edit(window, "serial_edit").hasFocus()


def test_an_exception_that_nobody_caught_is_told_calmly_and_nothing_typed_is_lost(
    qtbot: QtBot, opened: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = FaultHook()
    hook.caught.connect(opened.tell_fault)
    serial = edit(opened, "serial_edit")
    type_in(serial, "0555")
    error = ZeroDivisionError("ours")
    hook._from_anywhere(ZeroDivisionError, error, None)
    assert "fault of its own" in banner(opened, "fault_banner").text
    assert serial.text() == "0555"
    assert "ZeroDivisionError" in capsys.readouterr().err
    button(opened, "copy_report_button").click()
    assert "ZeroDivisionError: ours" in QApplication.clipboard().text()


def test_the_appearance_is_changed_from_the_menu_and_kept(qapp: QApplication, qtbot: QtBot, window: MainWindow) -> None:
    dresser = Dresser(qapp, WindowState())
    window.appearance_chosen.connect(dresser.choose)
    try:
        trigger(window, "appearance_dark_action")
        qtbot.waitUntil(lambda: is_dark(window))
        assert WindowState().appearance is Appearance.DARK
    finally:
        trigger(window, "appearance_light_action")
    qtbot.waitUntil(lambda: not is_dark(window))


@pytest.mark.parametrize("name", ["show_shortcuts_action", "show_about_action"])
def test_help_opens_and_closes(qtbot: QtBot, window: MainWindow, name: str) -> None:
    trigger(window, name)
    dialog = window.findChild(QDialog)
    assert isinstance(dialog, QDialog)
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_closing_the_window_waits_for_a_write_that_is_under_way(
    qtbot: QtBot, opened: MainWindow, stocked: Service
) -> None:
    serial = edit(opened, "serial_edit")
    type_in(serial, "0556")
    press(serial, Qt.Key.Key_Return)
    opened.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    stocked.refresh()
    with stocked.look() as registry:
        assert registry.installation("556") is not None


def test_a_write_that_fails_while_the_window_closes_keeps_it_open_and_is_said(
    qtbot: QtBot, opened: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened.view is not None
    service = opened.view.session.service

    def locked(*_arguments: object) -> None:
        raise LedgerLockedError("acme.jsonl", 10, "bob on LINE-4")

    monkeypatch.setattr(service, "submit", locked)
    serial = edit(opened, "serial_edit")
    type_in(serial, "0556")
    press(serial, Qt.Key.Key_Return)
    assert not opened.close()
    assert opened.isVisible()
    assert serial.text() == "0556"
    found = page_of(serial).findChild(ProblemList, "preview_problems")
    assert isinstance(found, ProblemList)
    assert "bob on LINE-4" in found.problems[0].message
    monkeypatch.undo()


def test_the_uid_of_the_chosen_row_is_copied_from_the_menu(qtbot: QtBot, opened: MainWindow) -> None:
    QApplication.clipboard().clear()
    trigger(opened, "copy_chosen_uid_action")
    assert QApplication.clipboard().text() == ""
    table = opened.findChild(RecordTable, "installations_table")
    assert isinstance(table, RecordTable)
    table.choose("372764")
    trigger(opened, "copy_chosen_uid_action")
    assert QApplication.clipboard().text() == f"{ROOT}.2.372764"
    assert opened.statusBar().currentMessage() == f"Copied: {ROOT}.2.372764"


def test_the_ledger_can_be_read_again_once_it_was_repaired(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    good = ledger_path.read_bytes()
    ledger_path.write_bytes(good.replace(b'"9"', b'"8"', 1))
    open_in(qtbot, window, ledger_path)
    assert "Line" in banner(window, "trouble_banner").text
    ledger_path.write_bytes(good)
    with qtbot.waitSignal(window.registry_shown):
        button(window, "read_again_button").click()
    qtbot.waitUntil(lambda: is_at_rest(window))
    assert banner(window, "trouble_banner").text == ""
    assert said(window, "status_entries") == "10 entries"


def test_who_looks_for_another_registry_can_go_back_to_the_one_that_is_open(opened: MainWindow) -> None:
    serial = edit(opened, "serial_edit")
    type_in(serial, "055")
    trigger(opened, "show_welcome_action")
    assert not serial.isVisible()
    assert banner(opened, "remark_banner").text == "The registry of Acme Imaging is still open."
    button(opened, "back_to_registry_button").click()
    assert serial.isVisible()
    assert serial.text() == "055"
    assert banner(opened, "remark_banner").text == ""


def test_a_ledger_that_cannot_be_opened_leaves_the_one_that_is_open(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    opened.open_ledger(str(tmp_path / "nowhere.jsonl"))
    qtbot.waitUntil(lambda: "no ledger at" in banner(opened, "remark_banner").text)
    assert edit(opened, "serial_edit").isVisible()
    assert opened.windowTitle().startswith("Acme Imaging")


def test_reading_can_be_cancelled(qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path) -> None:
    window.open_ledger(str(ledger_path))
    button(window, "cancel_opening_button").click()
    qtbot.waitUntil(lambda: edit(window, "root_edit").isVisible() or window.view is not None)


def test_a_verification_is_told_at_the_foot(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.view is not None
    session = opened.view.session
    with qtbot.waitSignal(session.verified):
        session.verify(lambda _found: None, raise_it, lambda _message, _fraction: None)
    assert said(opened, "status_verified").startswith("✓ verified")
    assert session.verification is not None


def raise_it(error: Exception) -> None:
    raise error


def test_the_head_is_copied_whole_from_the_foot(opened: MainWindow, stocked: Service) -> None:
    head = button(opened, "status_head")
    assert len(head.text()) == 12
    head.click()
    with stocked.look() as registry:
        assert QApplication.clipboard().text() == registry.head


def test_columns_splitters_and_hidden_columns_are_as_they_were_left(
    qtbot: QtBot, desk: Desk, stocked: Service, ledger_path: Path
) -> None:
    first = MainWindow(desk, WindowState())
    qtbot.addWidget(first)
    first.show()
    open_in(qtbot, first, ledger_path)
    table = first.findChild(RecordTable, "installations_table")
    assert isinstance(table, RecordTable)
    table.setColumnHidden(5, True)
    table.setColumnWidth(0, 177)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    first.close()
    again = MainWindow(desk, WindowState())
    qtbot.addWidget(again)
    again.show()
    open_in(qtbot, again, ledger_path)
    table = again.findChild(RecordTable, "installations_table")
    assert isinstance(table, RecordTable)
    assert table.isColumnHidden(5)
    assert table.columnWidth(0) == 177
    assert [row[0] for row in rows(again, "installations_table")] == ["9", "0372764", "372765"]
    again.close()


def test_a_state_that_cannot_be_read_is_no_state(tmp_path: Path, desk: Desk, qtbot: QtBot) -> None:
    file = tmp_path / "window.ini"
    file.write_bytes(b"\x00[[[view\nappearance=purple\n[window]\ngeometry=@ByteArray(rubbish)\npage=nowhere\n")
    state = WindowState(file)
    assert state.appearance is Appearance.SYSTEM
    window = MainWindow(desk, state)
    qtbot.addWidget(window)
    window.show()
    assert window.width() <= window.screen().availableSize().width()
    window.close()


def test_an_exception_on_another_thread_is_told_in_the_window(
    qtbot: QtBot, opened: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = FaultHook()
    hook.caught.connect(opened.tell_fault)
    error = ZeroDivisionError("ours")
    thread = Thread(target=hook._from_anywhere, args=(ZeroDivisionError, error, None))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "ZeroDivisionError: ours" in banner(opened, "fault_banner").text)
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl+C is another thing there")
def test_ctrl_c_in_the_terminal_ends_the_program_cleanly(
    qtbot: QtBot, stocked: Service, ledger_path: Path, home: Path
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "uidmanager", "--ledger", str(ledger_path), "gui"]
    program = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        is_shown = home / "etc" / "uidmanager" / "preferences.json"  # it remembers what it has opened
        qtbot.waitUntil(is_shown.exists, timeout=20000)
        program.send_signal(signal.SIGINT)
        _out, errors = program.communicate(timeout=20)
    finally:
        program.kill()
    assert program.returncode == 0
    assert "Traceback" not in errors
    assert (home / "etc" / "uidmanager" / "window.ini").exists()
