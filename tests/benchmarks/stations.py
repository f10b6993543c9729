"""Stations at which is measured: a home each, that has seen the ledger before or has not, and copies to write to."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from tests.benchmarks.data import ROOT, made
from tests.benchmarks.probe import measured
from uidmanager.app.service import Service
from uidmanager.bootstrap import make_desk
from uidmanager.core import drafts as d

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.data import Made
    from tests.benchmarks.probe import Figures

PRODUCT = "1"


class Place:
    """Where a run of the suite works: the data that is kept between runs, and homes and copies that are not.

    A *settled* home has opened the ledger before, so that it has whatever the program keeps for the next time.
    """

    def __init__(self, kept: Path, scratch: Path) -> None:
        self._kept = kept
        self._scratch = scratch
        self._count = 0

    def data(self, size: int) -> Made:
        """The registry of this size; it must not be written to."""
        return made(self._kept, size)

    def fresh_home(self) -> Path:
        """A home in which the program never ran."""
        self._count += 1
        home = self._scratch / f"home-{self._count}"
        home.mkdir()
        return home

    def settled_home(self, size: int) -> Path:
        """The home that has read the registry of this size."""
        home = self._kept / f"home-{size}"
        measured(settle, home, ledger=self.data(size).ledger)
        return home

    def copy(self, size: int) -> tuple[Path, Path]:
        """A copy of the registry of this size to write to, on the disk already, and a home that has read it."""
        self._count += 1
        copy = self._scratch / f"copy-{self._count}.jsonl"
        shutil.copyfile(self.data(size).ledger, copy)
        flush(copy)
        home = self.fresh_home()
        measured(settle, home, ledger=copy)
        return copy, home

    def copy_of_database(self, size: int) -> Path:
        """A copy of the database to write to, on the disk already."""
        self._count += 1
        copy = self._scratch / f"copy-{self._count}.sqlite"
        shutil.copyfile(self.data(size).database, copy)
        flush(copy)
        return copy

    def scratch(self, name: str) -> Path:
        """A place for a file of a measurement's own."""
        self._count += 1
        return self._scratch / f"{self._count}-{name}"


def opened(ledger: str | Path) -> Service:
    """The registry of a ledger, read."""
    desk = make_desk()
    service = Service(desk.ledger_at(str(ledger)), desk.world)
    service.open()
    if service.trouble is not None:
        raise service.trouble
    return service


def settle(ledger: str) -> Figures:
    """Read the ledger, keep what makes the next opening quick, and let all that get to the disk."""
    opened(ledger).settle()
    os.sync()
    return {}


def founded(ledger: str | Path) -> Service:
    """A new registry with one product and nothing else in it."""
    desk = make_desk()
    service = Service(desk.ledger_at(str(ledger)), desk.world)
    service.found(d.FoundRegistry(ROOT, "Benchmark"))
    service.submit(d.RegisterProduct("CT Console", code="CT"))
    return service


def flush(file: Path) -> None:
    """See a file on the disk, so that it is not written while something else is measured."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
