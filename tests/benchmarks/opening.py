"""Opening: from a closed ledger to the answer to the first keystroke, against SQLite loading the same rows."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.database import loaded
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import Finding, Goal, alternating
from tests.benchmarks.stations import PRODUCT, opened
from uidmanager.core.drafts import AssignInstallations

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting


def measure(setting: Setting) -> list[Finding]:
    """With what the station has kept of the ledger, without it, and at a station that never saw it."""
    place, size = setting.place, setting.rows
    data, home = place.data(size), place.settled_home(size)
    again, first, theirs = alternating(
        setting.runs,
        lambda: measured(ours, home, ledger=data.ledger),
        lambda: measured(ours, place.fresh_home(), ledger=data.ledger),
        lambda: measured(rival, home, database=data.database),
    )
    loading = "SQLite, the same rows into Python objects with an index"
    return [
        Finding("opened and ready", "s", again["s"], loading, theirs["s"], Goal(0.5, "ratio"), setting.runs),
        Finding("opened and ready, work", "s", again["cpu s"], loading, theirs["cpu s"], Goal(0.8), setting.runs),
        Finding("first opening, every line verified", "s", first["s"], loading, theirs["s"], Goal(4), setting.runs),
        Finding("first opening, work", "s", first["cpu s"], loading, theirs["cpu s"], None, setting.runs),
    ]


def ours(ledger: str) -> Figures:
    """Open the ledger and preview one serial."""
    wall, work = time.perf_counter(), time.process_time()
    service = opened(ledger)
    decision = service.preview(AssignInstallations(("999999999999",), PRODUCT))
    figures = {"s": time.perf_counter() - wall, "cpu s": time.process_time() - work}
    if decision.is_refused:
        raise RuntimeError(f"the preview was refused: {decision.problems}")
    return figures


def rival(database: str) -> Figures:
    """Load everything and look one component up."""
    wall, work = time.perf_counter(), time.process_time()
    found = loaded(Path(database))
    is_free = "999999999999" not in found.installations
    figures = {"s": time.perf_counter() - wall, "cpu s": time.process_time() - work}
    if not is_free:
        raise RuntimeError("the component is taken")
    return figures
