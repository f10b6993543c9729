"""A ledger put together by hand may hold any text. It is shown so that it turns, hides and obeys nothing."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel

from tests.gui.conftest import ROOT, StillWorld, home
from uidmanager.bootstrap import ThisDesk
from uidmanager.cli.running import run
from uidmanager.core import events as e
from uidmanager.core.records import Scheme
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

__all__ = ["home"]

ODD: Final = "A\u202eB\u2066C\ufeffD\x1b[2JE\0F\x9bG\u2028H"
SHOWN: Final = r"A\u202eB\u2066C\ufeffD\x1b[2JE\x00F\x9bG\u2028H"
NEVER: Final = "\u202e\u2066\ufeff\x1b\0\x9b\u2028"
COMMANDS: Final = (
    ("status",),
    ("history",),
    ("product", "list"),
    ("release", "list"),
    ("installation", "list"),
    ("identify", f"{ROOT}.1.1.1.0"),
    ("identify", f"{ROOT}.2.372764"),
    ("report", "products", "--format", "text"),
    ("report", "installations", "--format", "text"),
    ("verify",),
    ("assign", "372764", "--product", ODD),
    (ODD,),
)


@pytest.fixture
def odd_ledger(home: Path, tmp_path: Path) -> Path:
    """A whole ledger, sealed as it should be, with such texts wherever a text can stand."""
    path = tmp_path / "odd.jsonl"
    world = StillWorld()
    ledger = JsonlLedger(path, world, home / "data" / "seen")

    def entry(*events: e.Event) -> e.NewEntry:
        return e.NewEntry(world.new_id(), world.now(), ODD, ODD, ODD, ODD, events)

    ledger.found(entry(e.RegistryFounded(e.FORMAT, e.FORMAT_VERSION, "registry-1", ODD, ROOT, Scheme())))
    ledger.news()
    with ledger.turn() as turn:
        turn.news()
        turn.append(entry(e.ProductRegistered(1, ODD, "CT")))
        turn.append(entry(e.ReleaseRegistered(1, ODD, "1.0", "NAME_10", ODD)))
        turn.append(entry(e.InstallationAssigned("372764", "372764", 1, ODD)))
    return path


@pytest.fixture
def window(qtbot: QtBot, odd_ledger: Path) -> Iterator[MainWindow]:
    made = MainWindow(ThisDesk(StillWorld()), WindowState())
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.registry_shown):
        made.open_ledger(str(odd_ledger))
    yield made
    made.close()


def texts_in(window: MainWindow) -> Iterator[tuple[str, str]]:
    """Everything that stands in the window, with the name of what shows it."""
    yield "title", window.windowTitle()
    for label in window.findChildren(QLabel):
        yield label.objectName(), label.text()
    for combo in window.findChildren(QComboBox):
        for index in range(combo.count()):
            yield combo.objectName(), combo.itemText(index)
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
                yield view.objectName(), str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))
                yield view.objectName(), str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole))


def test_no_page_of_the_window_shows_what_turns_or_hides(qtbot: QtBot, window: MainWindow) -> None:
    view = window.view
    assert view is not None
    found: set[tuple[str, str]] = set()
    for page in range(view.stack.count()):
        view.go_to(page)
        for table in view.findChildren(QAbstractItemView):
            model = table.model()
            if model.rowCount():
                table.setCurrentIndex(model.index(0, 0))
        qtbot.wait(1)
        found.update(texts_in(window))
    assert any(SHOWN in text for _, text in found)
    bad = sorted((name, ascii(text)) for name, text in found if set(NEVER) & set(text))
    assert not bad


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0] if command[0].isprintable() else "unknown")
def test_no_answer_on_a_terminal_turns_hides_or_is_obeyed(
    odd_ledger: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    run(ThisDesk(StillWorld()), ["--ledger", str(odd_ledger), *command], open_window=lambda _desk, _ledger: 0)
    out, err = capsys.readouterr()
    assert out + err
    assert not set(NEVER) & set(out + err)
    assert "fault:" not in err


def test_a_report_for_machines_holds_every_text_as_it_is(odd_ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["--ledger", str(odd_ledger), "report", "products", "--format"]
    run(ThisDesk(StillWorld()), [*call, "json"], open_window=lambda _desk, _ledger: 0)
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert rows[0]["name"] == ODD
    run(ThisDesk(StillWorld()), [*call, "csv"], open_window=lambda _desk, _ledger: 0)
    table = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    assert any(ODD in cell for row in table for cell in row)
