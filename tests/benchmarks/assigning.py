"""One durable assignment and a batch of them, against a bare append with fsync, and against SQLite."""

from __future__ import annotations

import os
import statistics
import time
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.data import ROOT, serial
from tests.benchmarks.database import INSERT, connected
from tests.benchmarks.preview import FEW
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import MS, US, Finding, Goal, alternating, percentile
from tests.benchmarks.stations import PRODUCT, opened
from uidmanager.core.drafts import AssignInstallations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from sqlite3 import Connection

    from tests.benchmarks.setting import Setting
    from uidmanager.app.service import Service

    Way = Callable[[Sequence[str]], float]

ROUNDS: Final = 200
_BATCH: Final = 10_000
_BATCHES: Final = 3
_LONGEST: Final = 4 * 1024 * 1024  # bytes of a line, with a margin
_FIRST: Final = 10**7  # above every index of the data
_APART: Final = 300  # more serials than a run uses for each entry it writes, fewer than would meet again


def measure(setting: Setting) -> list[Finding]:
    """At ten and at all of them, in turn; the four ways of one process take turns as well."""
    many, few = _job(setting, setting.rows), _job(setting, FEW)
    at_many, at_few = alternating(setting.runs, many, few)
    runs = setting.runs
    one, p99 = at_many["ours p50"], at_many["ours p99"]
    rows = (
        ("one assignment on the disk", one, "a bare append and fsync of the same bytes", at_many["bare p50"], 1.5),
        ("one assignment on the disk", one, "SQLite, DELETE and FULL", at_many["delete p50"], 0.7),
        ("one assignment on the disk", one, "SQLite, WAL and FULL", at_many["wal p50"], None),
        ("one assignment on the disk", one, f"with {FEW} installations", at_few["ours p50"], 1.2),
        ("one assignment, p99", p99, "a bare append and fsync of the same bytes", at_many["bare p99"], None),
    )
    found = [
        Finding(what, "µs", ours, rival, theirs, None if most is None else Goal(most, "ratio"), runs)
        for what, ours, rival, theirs, most in rows
    ]
    batches = (
        (f"{_BATCH:,} assignments in one entry, scattered serials", "batch"),
        (f"{_BATCH:,} assignments in one entry, serials in a row", "row"),
    )
    rival = "SQLite, one transaction, DELETE and FULL"
    found += [
        Finding(what, "ms", at_many[f"ours {name}"], rival, at_many[f"delete {name}"], Goal(0.3, "ratio"), runs)
        for what, name in batches
    ]
    return found


def _job(setting: Setting, size: int) -> Callable[[], Figures]:
    place, rounds, batch = setting.place, setting.rounds(ROUNDS), setting.rounds(_BATCH)
    ledger, home = place.copy(size)
    databases = {"delete": place.copy_of_database(size), "wal": place.copy_of_database(size)}
    bare = place.scratch("bare")
    return lambda: measured(ours, home, ledger=ledger, bare=bare, rounds=rounds, batch=batch, **databases)


def ours(ledger: str, bare: str, delete: str, wal: str, rounds: int, batch: int) -> Figures:
    """Every way in turn, one after the other: microseconds for one, milliseconds for a batch."""
    others = {"delete": partial(_insert, connected(Path(delete))), "wal": partial(_insert, connected(Path(wal), "WAL"))}
    ways, fresh = _ways(ledger, bare, others)
    one = _in_turn(ways, ([serial(number)] for number in islice(fresh, rounds)))
    batches = _in_turn(ways, ([serial(number) for number in islice(fresh, batch)] for _ in range(_BATCHES)))
    rows = _in_turn(ways, ([f"{10**9 + number}" for number in islice(fresh, batch)] for _ in range(_BATCHES)))
    return {
        **_percentiles(one),
        **{f"{name} batch": MS * statistics.median(taken) for name, taken in batches.items()},
        **{f"{name} row": MS * statistics.median(taken) for name, taken in rows.items()},
    }


def single(ledger: str, bare: str, rounds: int) -> Figures:
    """Ours and the bare append in turn, in microseconds."""
    ways, fresh = _ways(ledger, bare, {})
    return _percentiles(_in_turn(ways, ([serial(number)] for number in islice(fresh, rounds))))


def _ways(ledger: str, bare: str, others: Mapping[str, Way]) -> tuple[dict[str, Way], count[int]]:
    """The ways to write, and numbers of serials that were never used."""
    service = opened(ledger)
    with service.look() as registry:
        fresh = count(_FIRST + registry.position * _APART)
    plain = os.open(bare, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    ways: dict[str, Way] = {
        "ours": partial(_submit, service),
        "bare": lambda _serials: _append(plain, _last_line(Path(ledger))),
    }
    return {**ways, **others}, fresh


def _percentiles(taken: Mapping[str, list[float]]) -> Figures:
    return {
        **{f"{name} p50": US * statistics.median(each) for name, each in taken.items()},
        **{f"{name} p99": US * percentile(each, 0.99) for name, each in taken.items()},
    }


def _in_turn(ways: Mapping[str, Way], batches: Iterable[Sequence[str]]) -> dict[str, list[float]]:
    """How many seconds each way took for each batch of serials."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for serials in batches:
        for name, way in ways.items():
            taken[name].append(way(serials))
    return taken


def _submit(service: Service, serials: Sequence[str]) -> float:
    draft = AssignInstallations(tuple(serials), PRODUCT)
    begun = time.perf_counter()
    receipt = service.submit(draft)
    taken = time.perf_counter() - begun
    if receipt.entry is None:
        raise RuntimeError(f"nothing was assigned: {receipt.decision.problems}")
    return taken


def _append(handle: int, line: bytes) -> float:
    begun = time.perf_counter()
    os.write(handle, line)
    os.fsync(handle)
    return time.perf_counter() - begun


def _insert(connection: Connection, serials: Sequence[str]) -> float:
    kept = (1, None, "active", 1, "2026-11-24T09:58:36.847081Z", "anna", "LINE-1")
    rows = [(serial.lstrip("0"), serial, f"{ROOT}.2.{serial.lstrip('0')}", *kept) for serial in serials]
    begun = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, rows)
    connection.execute("COMMIT")
    return time.perf_counter() - begun


def _last_line(ledger: Path) -> bytes:
    """The line that was written just now, with its newline."""
    with ledger.open("rb") as stream:
        stream.seek(max(0, ledger.stat().st_size - _LONGEST))
        return stream.read().splitlines(keepends=True)[-1]
