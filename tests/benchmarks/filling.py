"""The window on a large registry: how long until it is full, and how long it ever stands still meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import MS, Finding, Goal, alternating
from tests.benchmarks.windows import Watched

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting


def measure(setting: Setting) -> list[Finding]:
    """With what the station has kept of the ledger, and without."""
    place, size = setting.place, setting.rows
    ledger, home = place.data(size).ledger, place.settled_home(size)
    runs = min(3, setting.runs)
    again, first = alternating(
        runs,
        lambda: measured(ours, home, ledger=ledger, size=size),
        lambda: measured(ours, place.fresh_home(), ledger=ledger, size=size),
    )
    return [
        Finding("window filled", "s", again["s"], runs=runs),
        Finding("longest pause while it fills", "ms", again["pause"], goal=Goal(100), runs=runs),
        Finding("longest work while it fills", "ms", again["work"], runs=runs),
        Finding("window filled at the first opening", "s", first["s"], runs=runs),
        Finding("longest pause at the first opening", "ms", first["pause"], goal=Goal(100), runs=runs),
        Finding("longest work at the first opening", "ms", first["work"], runs=runs),
    ]


def ours(ledger: str, size: int) -> Figures:
    """Open the ledger in a window."""
    watched = Watched(ledger, size)
    figures = {"s": watched.filled_s, "pause": MS * watched.pause_s, "work": MS * watched.work_s}
    watched.close()
    return figures
