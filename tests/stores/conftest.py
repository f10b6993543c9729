"""A place for a ledger, a clock that ticks, and what is written most often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.app.ports import Person
from uidmanager.core.events import FORMAT, FORMAT_VERSION, InstallationAssigned, NewEntry, RegistryFounded
from uidmanager.core.records import Scheme
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.reading import PORTION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from uidmanager.app.ports import Ledger
    from uidmanager.core.events import Entry, Event

ROOT = "1.2.826.0.1.3680043.2.50"


class CountedWorld:
    """A clock that goes on by a microsecond at each look, one person at one station, ids in a row."""

    app = "0.1.0"

    def __init__(self, name: str = "anna", station: str = "LINE-3") -> None:
        self.person = Person(name, station)
        self.second = 42
        self._looks = 0
        self._ids = 0

    def now(self) -> str:
        self._looks += 1
        return f"2026-11-22T21:06:{self.second:02}.{self._looks:06}Z"

    def new_id(self) -> str:
        self._ids += 1
        return f"00000000-0000-4000-8000-{self._ids:012}"


class Desk:
    """Where the ledger of a test lies, and what it takes to open it and to write to it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "acme.jsonl"
        self.seen = folder / "seen"
        self.world = CountedWorld()

    def open(self, files: FileSystem | None = None, seen: Path | None = None, portion: int = PORTION) -> JsonlLedger:
        """One more look at the ledger, by a program of its own as far as files can tell."""
        return JsonlLedger(self.path, self.world, seen or self.seen, files=files, patience=0.05, portion=portion)

    def put(self, data: bytes) -> None:
        """Have these bytes in the file. Not emptied first, which would make ext4 write them out each time."""
        overwrite(self.path, data)

    def founded(self, entries: int = 0) -> list[Entry]:
        """A ledger with its founding and so many entries after it, as they are in it."""
        ledger = self.open()
        founding = ledger.found(self.founding())
        return [founding, *append(ledger, *(self.assignment(str(serial + 1)) for serial in range(entries)))]

    def founding(self, registry: str = "7a1b2f9c-5d6e-4f30-8a41-b2c3d4e5f607") -> NewEntry:
        return self.entry(RegistryFounded(FORMAT, FORMAT_VERSION, registry, "Acme Imaging", ROOT, Scheme()))

    def assignment(self, serial: str, note: str | None = None) -> NewEntry:
        return self.entry(InstallationAssigned(serial, serial, note=note))

    def entry(self, *events: Event, why: str | None = None) -> NewEntry:
        world = self.world
        return NewEntry(world.new_id(), world.now(), world.person.name, world.person.station, world.app, why, events)


class Forgetful(FileSystem):
    """A disk that need not keep anything, for tests in which no power is cut: quicker."""

    def flush(self, handle: int) -> None:
        pass

    def flush_folder(self, folder: Path) -> None:
        pass


def overwrite(path: Path, data: bytes) -> None:
    """Have these bytes in a file that is there."""
    with path.open("r+b") as file:
        file.write(data)
        file.truncate()


def append(ledger: Ledger, *entries: NewEntry) -> list[Entry]:
    """Write each in a turn of its own, as a user would."""
    written = []
    for entry in entries:
        with ledger.turn() as turn:
            trouble = turn.news().trouble
            assert trouble is None, trouble
            written.append(turn.append(entry))
    return written


def everything(ledger: Ledger) -> list[Entry]:
    """All that a look has not seen yet, portion after portion."""
    entries: list[Entry] = []
    has_more = True
    while has_more:
        news = ledger.news()
        assert news.trouble is None
        entries += news.entries
        has_more = news.has_more
    return entries


def numbers(entries: Sequence[Entry]) -> list[int]:
    return [entry.n for entry in entries]


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A desk; of the kind that the module's tests are to be run with, where it names several."""
    made: Desk = getattr(request, "param", Desk)(tmp_path)
    return made


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module at each kind of desk that it names in ``DESKS``."""
    kinds = getattr(metafunc.module, "DESKS", None)
    if kinds and "desk" in metafunc.fixturenames:
        metafunc.parametrize("desk", kinds, indirect=True)
