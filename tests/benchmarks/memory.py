"""What the registry's state takes in memory."""

from __future__ import annotations

import gc
import os
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.database import loaded
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import Finding, Goal, alternating
from tests.benchmarks.stations import opened

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting


def measure(setting: Setting) -> list[Finding]:
    """Of an opened registry, against the same rows loaded from SQLite."""
    place, size = setting.place, setting.rows
    data, home = place.data(size), place.settled_home(size)
    found, theirs = alternating(
        min(3, setting.runs),
        lambda: measured(ours, home, ledger=data.ledger),
        lambda: measured(rival, home, database=data.database),
    )
    traced = measured(ours_traced, home, ledger=data.ledger)
    loading = "SQLite's rows as Python objects with an index"
    runs = min(3, setting.runs)
    return [
        Finding(
            "memory of an installation", "bytes", found["kept"] / size, loading, theirs["kept"] / size, Goal(200), runs
        ),
        Finding("memory of an installation, as Python counts it", "bytes", traced["kept"] / size),
        Finding("most memory while opening", "MB", found["most"] / 1e6, loading, theirs["most"] / 1e6, None, runs),
    ]


def ours(ledger: str) -> Figures:
    """In bytes of the process, before and after."""
    before = resident()
    service = opened(ledger)
    gc.collect()
    figures = {"kept": float(resident() - before), "most": float(most_resident() - before)}
    del service
    return figures


def ours_traced(ledger: str) -> Figures:
    """In bytes that Python has given out."""
    tracemalloc.start()
    before, _most = tracemalloc.get_traced_memory()
    service = opened(ledger)
    gc.collect()
    after, _most = tracemalloc.get_traced_memory()
    del service
    return {"kept": float(after - before)}


def rival(database: str) -> Figures:
    """In bytes of the process."""
    before = resident()
    found = loaded(Path(database))
    gc.collect()
    figures = {"kept": float(resident() - before), "most": float(most_resident() - before)}
    del found
    return figures


def resident() -> int:
    """How many bytes of this process lie in memory."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def most_resident() -> int:
    """The most there ever were."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
