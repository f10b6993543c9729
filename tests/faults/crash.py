"""Rounds of writers that die on one ledger, and what must be so after each."""

from __future__ import annotations

import json
import multiprocessing
import signal
from collections import Counter
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.faults.points import DiesAtCall, DiesAtPoint, Point
from tests.faults.writer import LETTERS, Place, write_entries
from uidmanager.core.drafts import AssignInstallations, FoundRegistry
from uidmanager.core.events import BarcodeRead, InstallationAssigned, InstallationIndexed, ProductRegistered
from uidmanager.stores.filesystem import FileSystem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.process import BaseProcess
    from random import Random

    from uidmanager.core.events import Entry

ROOT: Final = "1.2.826.0.1.3680043.2.50"
WRITERS: Final = 3
ENTRIES: Final = 6
_ROUNDS_ON_ONE_LEDGER: Final = 25
_MOST_CALLS: Final = 150
_LONGEST_LIFE_S: Final = 0.04
_AT_RANDOM: Final = "at a random moment, from outside"
_AT_CALL: Final = "at a random call"
_SPARED: Final = "spared"


class BrokenPromiseError(Exception):
    """Something that must be so after a round is not."""


class Told(NamedTuple):
    """An entry that a writer was told of as registered."""

    id: str
    n: int
    h: str


class Diary:
    """What all writers on one ledger were told, and what was done to them."""

    def __init__(self) -> None:
        self.acknowledged: list[Told] = []
        self.said: list[str] = []
        self.told: list[str] = []
        self.may_be_unsaid = 0

    def read(self, path: Path) -> None:
        """Take in what one writer wrote down. A line cut short was not told."""
        if not path.exists():
            return
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            kind, rest = line.split(" ", 1)
            if kind == "said":
                self.said.append(rest.strip())
            elif kind == "told":
                self.told.append(rest.strip())
            elif line.endswith("\n"):
                entry_id, n, h = rest.split()
                self.acknowledged.append(Told(entry_id, int(n), h))
        path.unlink()


def run(rounds: int, random: Random) -> Counter[str]:
    """So many rounds; answers what happened how often. Raises `BrokenPromiseError`."""
    counts: Counter[str] = Counter()
    done = 0
    while done < rounds:
        with TemporaryDirectory(prefix="faults-") as folder:
            place, diary = Place(Path(folder)), Diary()
            founded = place.service().found(FoundRegistry(ROOT, "Acme Imaging", indexed_arc="3")).entry
            if founded is None:
                raise BrokenPromiseError("no registry was founded")
            diary.acknowledged.append(Told(founded.id, founded.n, founded.h))
            for _ in range(min(_ROUNDS_ON_ONE_LEDGER, rounds - done)):
                _round(place, diary, done, random, counts)
                done += 1
            counts["acknowledged entries"] += len(diary.acknowledged)
            counts["torn tails set aside"] += len(place.copies())
    counts["rounds"] = done
    return counts


def _round(place: Place, diary: Diary, number: int, random: Random, counts: Counter[str]) -> None:
    context = multiprocessing.get_context("fork")
    writers: list[tuple[str, str, BaseProcess]] = []
    for index in range(WRITERS):
        name = f"w{number}-{index}"
        fate, files = _fate(random)
        arguments = (place, name, number * WRITERS + index + 1, ENTRIES, files)
        writers.append((name, fate, context.Process(target=write_entries, args=arguments)))
    for _, _, process in writers:
        process.start()
    for _, fate, process in writers:
        if fate == _AT_RANDOM:
            process.join(random.random() * _LONGEST_LIFE_S)
            process.kill()
    for name, fate, process in writers:
        process.join()
        if process.exitcode not in {0, -signal.SIGKILL} or (fate == _SPARED and process.exitcode):
            raise BrokenPromiseError(f"{name} ({fate}) ended with {process.exitcode}")
        if process.exitcode:
            counts[f"killed {fate}"] += 1
            diary.may_be_unsaid += fate in {_AT_RANDOM, _AT_CALL}
        diary.read(place.told(name))
    check(place, diary, str(900_000 + number))


def _fate(random: Random) -> tuple[str, FileSystem]:
    """How a writer is to end."""
    fate = random.choice((*Point, _AT_RANDOM, _AT_CALL, _SPARED))
    if isinstance(fate, Point):
        return fate.value, DiesAtPoint(fate, random.randint(1, ENTRIES), random.random())
    if fate == _AT_CALL:
        return fate, DiesAtCall(random.randint(1, _MOST_CALLS))
    return fate, FileSystem()


def check(place: Place, diary: Diary, serial: str) -> None:
    """One more entry is written, and all that was promised is so. Raises `BrokenPromiseError`."""
    service = place.service()
    service.open()
    if service.trouble is not None:
        raise BrokenPromiseError(f"the ledger is in trouble: {service.trouble}")
    entry = service.submit(AssignInstallations((serial,))).entry
    if entry is None:
        raise BrokenPromiseError("the ledger does not go on")
    diary.acknowledged.append(Told(entry.id, entry.n, entry.h))
    diary.said.extend(service.remarks)
    with service.look() as registry:
        entries = registry.entries
    faults = [*_lost(entries, diary), *_doubled(entries), *_halved(entries), *_unchained(place), *_torn(place, diary)]
    if faults:
        raise BrokenPromiseError("; ".join(faults))


def _lost(entries: Sequence[Entry], diary: Diary) -> Iterator[str]:
    for told in diary.acknowledged:
        if told.n > len(entries) or (entries[told.n - 1].id, entries[told.n - 1].h) != (told.id, told.h):
            yield f"entry {told.n} was acknowledged and is not there"


def _doubled(entries: Sequence[Entry]) -> Iterator[str]:
    events = [event for entry in entries for event in entry.events]
    units = [event for event in events if isinstance(event, InstallationAssigned | InstallationIndexed)]
    components, serials = [unit.component for unit in units], [unit.serial for unit in units]
    for what, values in (("id", [entry.id for entry in entries]), ("root", components), ("serial", serials)):
        yield from (f"{what} {value} is there {often} times" for value, often in Counter(values).items() if often > 1)
    numbers = [event.number for event in events if isinstance(event, ProductRegistered)]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"product numbers are {numbers}"


def _halved(entries: Sequence[Entry]) -> Iterator[str]:
    """A batch that was scanned is there with all its units, in a row of indices, each with what was scanned."""
    for entry in entries:
        units = [event for event in entry.events if isinstance(event, InstallationIndexed)]
        reads = [event for event in entry.events if isinstance(event, BarcodeRead)]
        indices = [int(unit.component.partition(".")[2]) for unit in units]
        is_whole = len(units) == len(LETTERS) and indices == list(range(indices[0], indices[0] + len(LETTERS)))
        are_read = [(read.component, read.scanned) for read in reads] == [
            (unit.component, f"]d221{unit.serial}") for unit in units
        ]
        if units and not (is_whole and are_read):
            yield f"entry {entry.n} has half a batch"


def _unchained(place: Place) -> Iterator[str]:
    """The chain by the published rule alone, with nothing of the program."""
    data = place.ledger.read_bytes()
    if not data.endswith(b"\n"):
        yield "the last line has no end"
    before = "0" * 64
    for n, line in enumerate(data.splitlines(), 1):
        head = sha256(before.encode() + line[72:]).hexdigest()
        if line[6:70].decode() != head or json.loads(line)["n"] != n:
            yield f"line {n} does not follow on the one before"
        before = head


def _torn(place: Place, diary: Diary) -> Iterator[str]:
    """Each tail is set aside once and said once; only who was killed in between may have said nothing."""
    often = Counter(copy.name for copy in place.copies() for said in diary.said if copy.name in said)
    unsaid = sum(not often[copy.name] for copy in place.copies())
    if sum(often.values()) != len(diary.said) or any(number > 1 for number in often.values()):
        yield f"said {diary.said} of {[copy.name for copy in place.copies()]}"
    if unsaid > diary.may_be_unsaid:
        yield f"{unsaid} tails were set aside and not told"
