"""What another station writes: seen and taken in by a registry that is open, and by a window."""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.preview import FEW
from tests.benchmarks.probe import Figures, begun, measured
from tests.benchmarks.results import MS, Finding, Goal, alternating, percentile
from tests.benchmarks.stations import PRODUCT, opened
from tests.benchmarks.windows import Watched
from uidmanager.core.drafts import AssignInstallations

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    from tests.benchmarks.setting import Setting

_ROUNDS: Final = 40


def measure(setting: Setting) -> list[Finding]:
    """In a registry at ten and at all of them; in a window at all of them."""
    runs = min(3, setting.runs)
    many, few, window = alternating(
        runs, _job(setting, setting.rows, "ours"), _job(setting, FEW, "ours"), _job(setting, setting.rows, "in_window")
    )
    rival = f"with {FEW} installations"
    return [
        Finding("another's entry taken in", "ms", many["p50"], rival, few["p50"], Goal(1.2, "ratio"), runs),
        Finding("another's entry taken in, p99", "ms", many["p99"], rival, few["p99"], None, runs),
        Finding("another's entry in the window's table", "ms", window["p50"], runs=runs),
        Finding("another's entry in the window's table, worst", "ms", window["most"], goal=Goal(300), runs=runs),
    ]


def _job(setting: Setting, size: int, name: str) -> Callable[[], Figures]:
    ledger, home = setting.place.copy(size)
    function = {"ours": ours, "in_window": in_window}[name]
    other, rounds = setting.place.fresh_home(), setting.rounds(_ROUNDS)
    return lambda: measured(function, home, ledger=ledger, other=other, size=size, rounds=rounds)


def ours(ledger: str, other: str, size: int, rounds: int) -> Figures:
    """Milliseconds from the word that it is written to the registry that holds it."""
    service = opened(ledger)
    taken = []
    with _another(ledger, other) as write:
        for _ in range(rounds):
            write()
            start = time.perf_counter()
            while not service.refresh():
                pass
            taken.append(MS * (time.perf_counter() - start))
    return {"p50": statistics.median(taken), "p99": percentile(taken, 0.99), "size": size}


def in_window(ledger: str, other: str, size: int, rounds: int) -> Figures:
    """Milliseconds from the word that it is written to the row in the table."""
    watched = Watched(ledger, size)
    taken = []
    with _another(ledger, other) as write:
        for number in range(rounds):
            watched.idle(0.05 + 0.009 * number)  # so that it comes at every moment between two looks
            rows = watched.model.rowCount()
            write()
            start = time.perf_counter()
            watched.wait(lambda: watched.model.rowCount() > rows)  # noqa: B023 (called at once)
            taken.append(MS * (time.perf_counter() - start))
    watched.close()
    return {"p50": statistics.median(taken), "most": max(taken)}


def write_on_demand(ledger: str) -> Figures:
    """The other station: writes an entry for each line it is told, and answers when it is on the disk."""
    service = opened(ledger)
    print("ready", flush=True)
    for number in sys.stdin:
        if service.submit(AssignInstallations((number.strip(),), PRODUCT)).entry is None:
            raise RuntimeError("nothing was assigned")
        print("written", flush=True)
    return {}


@contextmanager
def _another(ledger: str, home: str) -> Iterator[Callable[[], None]]:
    """Another station, which writes when it is called."""
    station = begun(write_on_demand, Path(home), ledger=ledger)
    _told(station)

    def write() -> None:
        if station.stdin is not None:
            station.stdin.write(f"{time.time_ns()}\n")
            station.stdin.flush()
        _told(station)

    try:
        yield write
    finally:
        station.communicate()


def _told(station: subprocess.Popen[str]) -> None:
    if station.stdout is None or not station.stdout.readline():
        raise RuntimeError("the other station is gone")
