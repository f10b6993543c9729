"""What is dropped on the window: scanned, or looked through as text, wherever it falls."""

from __future__ import annotations

import multiprocessing
from sqlite3 import ProgrammingError
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from tests.gui.hands import act, edit, open_in, rows
from uidmanager.gui.main_window import field_errands
from uidmanager.gui.main_window.field_errands import text_in
from uidmanager.gui.pages.files import FilesPage
from uidmanager.gui.pages.identify import IdentifyPage
from uidmanager.gui.widgets.banner import Banner

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.main_window import MainWindow

ROOT = "1.2.826.0.1.3680043.2.50"
BOTH = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path) -> MainWindow:
    open_in(qtbot, window, ledger_path)
    return window


def carried(*urls: QUrl) -> QMimeData:
    """As file managers tell it: the names stand there as text too, which a field would take."""
    data = QMimeData()
    data.setUrls(list(urls))
    data.setText("\n".join(url.toString() for url in urls))
    return data


def drop(window: MainWindow, data: QMimeData, at: QPoint | None = None) -> Qt.DropAction | None:
    """Enter and drop, as the window system tells it; a move is offered first. Answers what became of it."""
    place = at or QPoint(5, 5)
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    handle = window.windowHandle()
    enter = QDragEnterEvent(place, BOTH, data, buttons, keys)
    QApplication.sendEvent(handle, enter)
    event = QDropEvent(QPointF(place), BOTH, data, buttons, keys)
    event.setDropAction(Qt.DropAction.MoveAction)
    if not enter.isAccepted():
        return None
    QApplication.sendEvent(handle, event)
    return event.dropAction() if event.isAccepted() else None


def drop_files(window: MainWindow, *paths: Path, at: QPoint | None = None) -> Qt.DropAction | None:
    return drop(window, carried(*(QUrl.fromLocalFile(str(path)) for path in paths)), at)


def files_page(window: MainWindow) -> FilesPage:
    assert window.view is not None
    page = window.view.current_page
    assert isinstance(page, FilesPage)
    return page


def warned(window: MainWindow) -> str:
    found = window.findChild(Banner, "remark_banner")
    assert isinstance(found, Banner)
    return found.text


def scanned(qtbot: QtBot, window: MainWindow) -> list[str]:
    qtbot.waitUntil(files_page(window).files_button.isEnabled, timeout=60_000)
    return [row[0] for row in rows(files_page(window), "scan_table")]


def test_a_folder_that_is_dropped_is_scanned_on_its_page(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "field").mkdir()
    (tmp_path / "field" / "letter").write_bytes(b"Dear all,")
    became = drop_files(opened, tmp_path / "field")
    assert became == Qt.DropAction.CopyAction, "or a file manager takes away what it has moved"
    assert scanned(qtbot, opened) == [str(tmp_path / "field" / "letter")]
    assert opened.statusBar().currentMessage() == "Scanned as files: field"


def test_a_file_that_falls_on_a_text_field_is_scanned_and_not_typed(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "one.dcm").write_bytes(b"Dear all,")
    serial = edit(opened, "serial_edit")
    drop_files(opened, tmp_path / "one.dcm", at=serial.mapTo(opened, serial.rect().center()))
    assert scanned(qtbot, opened) == [str(tmp_path / "one.dcm")]
    assert serial.text() == ""


@pytest.mark.parametrize(
    ("name", "coding"), [("a.log", "utf-8"), ("b.TXT", "utf-16"), ("c.json", "utf-8-sig"), ("d.xml", "utf-8")]
)
def test_a_text_that_is_dropped_is_looked_through(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, name: str, coding: str
) -> None:
    (tmp_path / name).write_bytes(f"seen: {ROOT}.2.9.1".encode(coding))
    drop_files(opened, tmp_path / name)
    qtbot.waitUntil(lambda: opened.statusBar().currentMessage() == f"Looked through as text: {name}")
    assert opened.view is not None
    page = opened.view.current_page
    assert isinstance(page, IdentifyPage)
    assert rows(page, "identify_result")[0][0] == f"{ROOT}.2.9.1"


def test_texts_among_other_files_are_scanned_with_them(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    for name in ("a.log", "b.dcm"):
        (tmp_path / name).write_bytes(b"Dear all,")
    drop_files(opened, tmp_path / "a.log", tmp_path / "b.dcm")
    assert len(scanned(qtbot, opened)) == 2


def test_a_text_that_cannot_be_read_or_is_too_long_is_said(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.log"
    file.write_text("1.2.3 1.2.4")
    monkeypatch.setattr(field_errands, "_MOST", 10)
    drop_files(opened, file)
    qtbot.waitUntil(lambda: "identify --file" in warned(opened))
    assert text_in([str(file)], lambda _message, _fraction: None) is None

    def gone(*_arguments: object) -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(field_errands, "text_in", gone)
    drop_files(opened, file)
    qtbot.waitUntil(lambda: "a.log cannot be read (No such file or directory)" in warned(opened))


def test_while_no_registry_is_open_a_sentence_says_so(window: MainWindow, tmp_path: Path) -> None:
    window.show_welcome()
    assert drop_files(window, tmp_path) == Qt.DropAction.CopyAction
    assert warned(window) == "Open or found a registry first: what is dropped is held against it."


def test_what_is_no_file_here_is_left_to_whoever_it_falls_on(opened: MainWindow) -> None:
    drop(opened, carried(QUrl("https://acme.example/one.dcm")))
    text = QMimeData()
    text.setText("0815")
    drop(opened, text)
    assert opened.view is not None
    assert not isinstance(opened.view.current_page, FilesPage)


def test_nothing_is_taken_while_a_dialog_waits(opened: MainWindow, tmp_path: Path) -> None:
    act(opened, "show_about_action")
    drop_files(opened, tmp_path)
    assert opened.view is not None
    assert not isinstance(opened.view.current_page, FilesPage)
    dialog = opened.findChild(QDialog)
    assert isinstance(dialog, QDialog)
    dialog.reject()


def test_the_menu_asks_for_files_and_for_a_folder(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "letter"
    file.write_bytes(b"Dear all,")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(file)], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path))
    act(opened, "scan_files_action")
    assert scanned(qtbot, opened) == [str(file)]
    act(opened, "scan_folder_action")
    assert str(file) in scanned(qtbot, opened)


def test_no_two_commands_have_the_same_keys(opened: MainWindow) -> None:
    keys = [action.shortcut().toString() for action in opened.findChildren(QAction) if not action.shortcut().isEmpty()]
    ours = [key for key in keys if key != "Ctrl+C"]  # of each table, while the focus is in it
    assert sorted(set(ours)) == sorted(ours)


def test_what_is_dropped_while_a_scan_runs_is_not_said_to_be_scanned(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        drop_files(opened, tmp_path / name)
    assert "A scan is under way" in files_page(opened).problems.problems[0].message
    assert opened.statusBar().currentMessage() == "Scanned as files: one"
    assert scanned(qtbot, opened) == []


def test_closing_the_window_ends_the_scan_its_readers_and_its_rows(opened: MainWindow, tmp_path: Path) -> None:
    drop_files(opened, tmp_path)
    scan = files_page(opened)._scan
    assert scan is not None
    assert opened.close()
    assert multiprocessing.active_children() == []
    with pytest.raises(ProgrammingError, match="closed"):
        scan.spool.count()
