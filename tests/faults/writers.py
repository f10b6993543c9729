"""Programs without a window that write to one ledger, and note down what was acknowledged to them."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from typing import TYPE_CHECKING

import filelock  # noqa: F401 (loaded before the fork, so that a kill finds the writer at its work)
import msgspec

from tests.faults.killing import DeadlyDisk, Plan
from uidmanager.app.ports import Person
from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisWorld
from uidmanager.core.drafts import AssignInstallations, RegisterProduct
from uidmanager.core.events import InstallationAssigned, ProductRegistered
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from multiprocessing.context import ForkProcess
    from pathlib import Path

    from uidmanager.core.drafts import Draft

PATIENCE_S = 60.0  # far more than any wait that was seen; a deadlock ends here and is told


class Said(msgspec.Struct, frozen=True):
    """What one writer noted: an entry that was acknowledged, a refusal, or a remark of the ledger."""

    n: int = 0
    h: str = ""
    what: str = ""
    waited: float = 0.0
    refused: str = ""
    remark: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where everything of a trial lies."""

    folder: str

    def ledger(self, who: str, plan: Plan | None = None) -> JsonlLedger:
        """The ledger as a program of its own opens it."""
        files = None if plan is None else DeadlyDisk(plan)
        return JsonlLedger(self.path, NamedWorld(who), self._under("seen"), files=files, patience=PATIENCE_S)

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self._under("acme.jsonl")

    def notes(self, who: str) -> Path:
        """Where a writer notes what it was told."""
        return self._under(f"said-{who}")

    def _under(self, name: str) -> Path:
        from pathlib import Path  # noqa: PLC0415 (kept out of the fields, which are plain values)

        return Path(self.folder) / name


class NamedWorld(ThisWorld):
    """This computer's clock and dice, with a person of the trial."""

    def __init__(self, who: str) -> None:
        self.person = Person(who, "TRIAL")


def start(place: Place, who: str, plan: Plan, drafts: Sequence[Draft], seed: int) -> ForkProcess:
    """Begin to write in a process of its own, in an order of its own."""
    mixed = list(drafts)
    random.Random(seed).shuffle(mixed)  # noqa: S311 (to be repeated)
    process = multiprocessing.get_context("fork").Process(target=_write, args=(place, who, plan, mixed))
    process.start()
    return process


def said_by(place: Place, who: str) -> list[Said]:
    """What a writer has noted; a line that was cut short was not said."""
    try:
        lines = place.notes(who).read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return []
    return [msgspec.json.decode(line, type=Said) for line in lines]


def serials(numbers: Iterable[int], zeros: int = 0) -> list[Draft]:
    """A draft for each serial, printed with so many leading zeros, which make it no other root."""
    return [AssignInstallations((f"{'0' * zeros}{number}",)) for number in numbers]


def products(who: str, count: int) -> list[Draft]:
    """Drafts of so many products of this writer's own."""
    return [RegisterProduct(f"{who} {number}") for number in range(count)]


def _write(place: Place, who: str, plan: Plan, drafts: Sequence[Draft]) -> None:
    ledger = place.ledger(who, plan)
    service = Service(ledger, NamedWorld(who))
    notes = os.open(place.notes(who), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    service.open()
    told = 0
    for draft in drafts:
        began = time.monotonic()
        receipt = service.submit(draft)
        waited = time.monotonic() - began
        for remark in service.remarks[told:]:
            _note(notes, Said(remark=remark))
        told = len(service.remarks)
        if receipt.entry is None:
            problems = receipt.decision.problems  # none where another writer registered the very same
            _note(notes, Said(refused=problems[0].message if problems else "registered already", waited=waited))
        else:
            what = " ".join(map(_subject, receipt.entry.events))
            _note(notes, Said(receipt.entry.n, receipt.entry.h, what, waited))


def _note(notes: int, said: Said) -> None:
    os.write(notes, msgspec.json.encode(said) + b"\n")


def _subject(event: object) -> str:
    match event:
        case InstallationAssigned():
            return f"installation {event.component}"
        case ProductRegistered():
            return f"product {event.number}"
        case _:
            raise AssertionError(event)
