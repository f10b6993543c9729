"""The start of the window: painted first, then loaded and filled; what goes wrong meanwhile ends it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from uidmanager.app.ports import no_note
from uidmanager.app.service import Service
from uidmanager.gui.app import Furnishing
from uidmanager.gui.main_window import MainWindow, WindowState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk, FaultNote

HEAVY = {"msgspec", "click", "filelock", "uidmanager.core", "uidmanager.stores", "uidmanager.gui.pages"}
STOPS = """
import sys
from uidmanager.gui.app import run_window
def furniture():
    print(*sys.modules)
    raise KeyError("no furniture")
run_window(furniture, None)
"""


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window that is not shown yet, and empty."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = MainWindow(None, WindowState())
    qtbot.addWidget(made)
    yield made
    made.close()


def test_the_window_is_painted_before_what_goes_into_it_is_loaded(home: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", STOPS], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    loaded = set(done.stdout.split())
    assert "uidmanager.gui.main_window.window" in loaded
    assert HEAVY & loaded == set()
    assert (done.returncode, "KeyError: 'no furniture'" in done.stderr) == (1, True)


def test_the_ledger_is_opened_once_the_window_is_painted(
    qtbot: QtBot, window: MainWindow, desk: Desk, stocked: Service, ledger_path: Path
) -> None:
    seen: list[str] = []
    window.painted.connect(lambda: seen.append("painted"))

    def furniture() -> tuple[Desk, FaultNote]:
        seen.append("asked for furniture")
        return desk, no_note

    furnishing = Furnishing(window, furniture, str(ledger_path))
    with qtbot.waitSignal(window.registry_shown):
        window.show()
    furnishing.end()
    assert seen == ["painted", "asked for furniture"]
    assert window.findChild(QLineEdit, "serial_edit") is not None


def test_a_window_that_is_closed_at_once_is_not_filled(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    furnishing = Furnishing(window, lambda: (desk, no_note), None)
    window.painted.connect(window.close, Qt.ConnectionType.QueuedConnection)
    window.show()
    qtbot.waitUntil(lambda: not window.isVisible() and not furnishing._turn.isActive())
    assert window.menuBar().actions() == []


def test_a_window_that_is_never_painted_is_filled_all_the_same(
    qtbot: QtBot, window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "_is_painted", True)  # so that it does not tell
    furnishing = Furnishing(window, lambda: (desk, no_note), None)
    with qtbot.waitSignal(furnishing.done):
        window.show()
    furnishing.end()
    assert window.menuBar().actions() != []


def test_of_two_registries_that_are_shown_at_once_the_last_counts(
    qtbot: QtBot, window: MainWindow, desk: Desk, stocked: Service, ledger_path: Path
) -> None:
    window.furnish(desk)
    shown: list[str] = []
    window.registry_shown.connect(shown.append)
    other = Service(desk.ledger_at(str(ledger_path)), desk.world)
    other.open()
    window.show_registry(stocked)
    window.show_registry(other)
    qtbot.waitUntil(lambda: bool(shown))
    assert window.view is not None
    assert window.view.session.service is other
    assert len(shown) == 1


def test_a_window_that_is_closed_while_its_pages_are_made_lets_go_of_the_registry(
    qtbot: QtBot, window: MainWindow, desk: Desk, stocked: Service
) -> None:
    window.furnish(desk)
    window.show()
    window.show_registry(stocked)
    window.close()
    qtbot.wait(50)
    assert window.view is None
    assert window.findChild(QWidget, "registry_view") is None


def test_words_about_reading_come_only_when_it_takes_long(
    qtbot: QtBot, window: MainWindow, desk: Desk, stocked: Service, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.furnish(desk)
    window.show()
    words = window.findChild(QLabel, "opening_text")
    assert words is not None
    may_go_on = threading.Event()
    really = Service.open
    monkeypatch.setattr(Service, "open", lambda self, progress: (may_go_on.wait(20), really(self, progress)))
    window.open_ledger(str(ledger_path))
    assert not words.isVisible()
    qtbot.waitUntil(words.isVisible)
    with qtbot.waitSignal(window.registry_shown):
        may_go_on.set()
