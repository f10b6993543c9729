"""Fixtures of the window's tests: a registry on a ledger of its own, a session on it, everything closed afterwards."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import platformdirs
import pytest
from PySide6.QtWidgets import QApplication

from uidmanager.app.ports import Person
from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisDesk
from uidmanager.core import drafts as d
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.session import Session
from uidmanager.settings import LEDGER_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Receipt
    from uidmanager.core.drafts import Draft

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = "1.2.826.0.1.3680043.2.50"


class StillWorld:
    """A clock that goes on by a second at each look, one person at one station, ids in a row."""

    person = Person("anna", "LINE-3")
    app = "0.1.0"

    def __init__(self) -> None:
        self._at = datetime(2026, 11, 22, 21, 6, 42, tzinfo=UTC)
        self._ids = 0

    def now(self) -> str:
        self._at += timedelta(seconds=1)
        return self._at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def new_id(self) -> str:
        self._ids += 1
        return f"00000000-0000-4000-8000-{self._ids:012}"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test: preferences, window state and the station's memory lie in it."""
    folder = tmp_path / "home"
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_a, **_k: folder / "data")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_a, **_k: folder / "config")
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_a, **_k: folder / "log")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_a, **_k: folder / "cache")
    monkeypatch.delenv(LEDGER_VARIABLE, raising=False)
    # For processes that a test starts:
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "etc"))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    return folder


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: no thread of ours and no window is left over."""
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before and not thread.daemon]
    assert not left, f"threads left over: {left}"
    if isinstance(QApplication.instance(), QApplication):
        shown = [widget.objectName() or repr(widget) for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        assert not shown, f"windows left over: {shown}"


@pytest.fixture
def world() -> StillWorld:
    return StillWorld()


@pytest.fixture
def desk(world: StillWorld) -> Desk:
    return ThisDesk(world)


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Where the registry of this test lies; nothing is there until it is founded."""
    return tmp_path / "acme.jsonl"


@pytest.fixture
def service(desk: Desk, ledger_path: Path) -> Service:
    """A registry that was just founded: no product, no release, no installation."""
    made = Service(desk.ledger_at(str(ledger_path)), desk.world)
    assert made.found(d.FoundRegistry(ROOT, "Acme Imaging")).entry is not None
    return made


@pytest.fixture
def register(service: Service) -> Callable[[Draft], Receipt]:
    """Registers a draft at once and insists that it was written."""

    def do(draft: Draft) -> Receipt:
        receipt = service.submit(draft)
        assert receipt.entry is not None, receipt.decision.problems
        return receipt

    return do


@pytest.fixture
def stocked(service: Service, register: Callable[[Draft], Receipt]) -> Service:
    """The registry with something in it: two products, three releases, four installations, one of them retired."""
    register(d.RegisterProduct("Viewer"))
    register(d.RegisterProduct("CT Console", code="CTC"))
    register(d.RegisterRelease("Viewer", "1.0"))
    register(d.RegisterRelease("CT Console", "4.5.0.3"))
    register(d.RegisterRelease("CT Console", "4.6"))
    register(d.AssignInstallations(("0372764",), "CT Console"))
    register(d.AssignInstallations(("9", "10"), "Viewer", note="demo room"))
    register(d.AssignInstallations(("372765",)))
    register(d.RetireInstallation("10", reason="scrapped"))
    return service


@pytest.fixture
def session(qapp: QApplication, service: Service) -> Iterator[Session]:
    """The session of the window on `service`. Ask for `stocked` before it to have something in the registry."""
    opened = Session(service, {"1.2.840.10008.1.1": "Verification SOP Class"})
    opened.start()
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Iterator[MainWindow]:
    """A window with nothing open in it yet."""
    made = MainWindow(desk, WindowState())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()
