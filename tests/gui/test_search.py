from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget

from tests.gui.hands import edit, press, rows, type_in
from uidmanager.core import drafts as d
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.tables.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Service
    from uidmanager.gui.search import SearchPalette

ROOT = "1.2.826.0.1.3680043.2.50"


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, stocked: Service, ledger_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(desk, WindowState())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    with qtbot.waitSignal(made.registry_shown):
        made.open_ledger(str(ledger_path))
    qtbot.waitUntil(lambda: bool(rows(made, "installations_table")))
    yield made
    made.close()


def palette(window: MainWindow) -> SearchPalette:
    assert window.view is not None
    return window.view.search


def search(qtbot: QtBot, window: MainWindow, text: str) -> list[str]:
    """Open the search, type, and wait until it has come to an end."""
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found = palette(window)
    qtbot.waitUntil(found.isVisible)
    found.edit.clear()
    type_in(found.edit, text)
    qtbot.waitUntil(lambda: not found.is_searching)
    return [found.results.item(row).text() for row in range(found.results.count())]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0372764", "0372764"),
        ("372764", "0372764"),
        ("demo room", "9"),
        ("ct con", "CT Console"),
        ("4.5.0.3", "4.5.0.3"),
        (f"{ROOT}.1.2.4.5.0.3", "4.5.0.3"),
        (f"{ROOT}.2.372764.20261122.1", "0372764"),
        ("1.2.840.10008.1.1", "Verification SOP Class"),
        ("register a rel", "Register a release"),
    ],
)
def test_it_finds(qtbot: QtBot, window: MainWindow, text: str, words: str) -> None:
    assert any(words in line for line in search(qtbot, window, text))


def test_enter_opens_the_installation_on_its_page(qtbot: QtBot, window: MainWindow) -> None:
    assert window.view is not None
    window.view.go_to(3)
    search(qtbot, window, "0372764")
    press(palette(window).edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not palette(window).isVisible())
    pages = window.findChild(QListWidget, "page_list")
    assert isinstance(pages, QListWidget)
    assert pages.currentItem().text() == "Installations"
    table = window.findChild(RecordTable, "installations_table")
    assert isinstance(table, RecordTable)
    assert table.chosen.serial == "0372764"


def test_what_is_hidden_on_its_page_is_shown_when_it_was_searched_for(qtbot: QtBot, window: MainWindow) -> None:
    assert all(row[0] != "10" for row in rows(window, "installations_table"))
    search(qtbot, window, f"{ROOT}.2.10")
    press(palette(window).edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(row[0] == "10" for row in rows(window, "installations_table")))


def test_escape_closes_it_and_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    serial = edit(window, "serial_edit")
    search(qtbot, window, "ct")
    press(palette(window).edit, Qt.Key.Key_Escape)
    assert not palette(window).isVisible()
    assert serial.hasFocus()


def test_nothing_found_says_so(qtbot: QtBot, window: MainWindow) -> None:
    assert search(qtbot, window, "no such thing") == []
    message = window.findChild(QLabel, "search_message")
    assert isinstance(message, QLabel)
    assert message.isVisible()
    assert message.text()


def test_no_more_is_listed_than_can_be_looked_at(qtbot: QtBot, window: MainWindow, stocked: Service) -> None:
    stocked.submit(d.AssignInstallations(tuple(f"7{number:04}" for number in range(400))))
    qtbot.waitUntil(lambda: len(rows(window, "installations_table")) > 400, timeout=5000)
    assert 0 < len(search(qtbot, window, "7")) <= 50
