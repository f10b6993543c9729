"""A writer without a window: it registers one thing after another, and writes down whatever it was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import filelock  # noqa: F401 - so that no writer is late for it

from uidmanager.app.ports import Person
from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisWorld
from uidmanager.core.barcodes import Read
from uidmanager.core.drafts import AssignInstallations, RegisterProduct
from uidmanager.core.errors import LedgerError
from uidmanager.core.records import SerialRule
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from uidmanager.core.drafts import Draft
    from uidmanager.stores.filesystem import FileSystem

_ROOM_FOR_SERIALS: Final = 100_000
LETTERS: Final = "ABC"
"""How many units a batch has that was scanned."""


class Place(NamedTuple):
    """Where a ledger lies and what belongs to it."""

    folder: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "acme.jsonl"

    @property
    def seen(self) -> Path:
        return self.folder / "seen"

    def told(self, name: str) -> Path:
        """What the writer of that name was told."""
        return self.folder / f"told-{name}"

    def copies(self) -> list[Path]:
        """The torn tails that were set aside."""
        return sorted(self.ledger.parent.glob("*.torn-*"))

    def service(self, name: str = "checker", files: FileSystem | None = None, patience: float = 60) -> Service:
        """A program of its own on the ledger, as far as files can tell."""
        world = NamedWorld(name)
        return Service(JsonlLedger(self.ledger, world, self.seen, files=files, patience=patience), world)


class NamedWorld(ThisWorld):
    """This computer with another person at it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.person = Person(name, "LINE-3")


class Remarks(list[str]):
    """Remarks that are written down the moment they are made, so that a kill cannot take them back."""

    def __init__(self, out: Any) -> None:
        super().__init__()
        self._out = out

    def extend(self, remarks: Iterable[str]) -> None:
        for remark in remarks:
            self.append(remark)
            self._out.write(f"said {remark}\n")


def write_entries(place: Place, name: str, number: int, entries: int, files: FileSystem) -> None:
    """Register installations, products and scanned units in turn. Each acknowledged entry is a line ``ack id n h``."""
    with place.told(name).open("a", buffering=1, encoding="utf-8") as out:
        service = place.service(name, files)
        service.remarks = Remarks(out)
        service.open()
        for index in range(entries):
            draft = _draft(number * 1000 + index + 1, index % 3)
            entry = service.submit(draft).entry
            if entry is None:
                raise RuntimeError(f"{name} was refused {draft}")
            out.write(f"ack {entry.id} {entry.n} {entry.h}\n")


def _draft(number: int, turn: int) -> Draft:
    """A serial; a product whose serials have an index; a batch of its units as a scanner sent them."""
    if turn == 0:
        return AssignInstallations((str(number),))
    if turn == 1:
        return RegisterProduct(f"Product {number}", serials=SerialRule(indexed=True))
    serials = tuple(f"SN-{number}{letter}" for letter in LETTERS)
    reads = tuple(Read(f"]d221{serial}", serial, "]d2") for serial in serials)
    return AssignInstallations(serials, f"Product {number - 1}", reads=reads)


def write_until_told(place: Place, name: str, number: int, serials: int) -> None:
    """Assign so many serials at once, and so on, until an error is told, which ends the notes as ``told CODE``."""
    with place.told(name).open("a", buffering=1, encoding="utf-8") as out:
        service = place.service(name)
        service.remarks = Remarks(out)
        try:
            service.open()
            for first in range(number * _ROOM_FOR_SERIALS, (number + 1) * _ROOM_FOR_SERIALS, serials):
                entry = service.submit(AssignInstallations(tuple(map(str, range(first, first + serials))))).entry
                if entry is None:
                    raise RuntimeError(f"{name} was refused {first}")
                out.write(f"ack {entry.id} {entry.n} {entry.h}\n")
        except LedgerError as error:
            out.write(f"told {error.code}\n")
