from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget, QTableView, QWidget

from tests.gui.hands import button, edit, press, problems, rows, said, type_in
from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.gui.app import Dresser, FaultHook, begin
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.main_window.registry_view import TITLES
from uidmanager.gui.theme import Appearance, is_dark
from uidmanager.gui.widgets.banner import Banner
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


@pytest.mark.parametrize("title", ["Installations", "Releases", "Identify", "History", "Reports"])
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


def test_everything_that_takes_the_focus_says_its_name(opened: MainWindow) -> None:
    assert opened.view is not None
    silent = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in opened.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, QLineEdit | QTableView | QListWidget)
        and not widget.objectName().startswith("qt_")
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert silent == []


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
    assert rows(opened, "installations_table") == []


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
