"""The table of installations: what stock Qt takes seconds for at a million rows, and what a person does all day."""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import MS, Finding, Goal, alternating, percentile
from tests.benchmarks.windows import Watched

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting

_SCROLLS: Final = 200
_ASSIGNED: Final = 20
_QUICK: Final = Goal(20)
_GOALS: Final = {
    "select all": _QUICK,
    "longest pause while a row is appended": _QUICK,
    "resize the columns": _QUICK,
    "clear the filter": _QUICK,
    "scroll three rows": Goal(8),
    "longest pause while sorting": Goal(100),
}
_SORT: Final = Goal(500)


def measure(setting: Setting) -> list[Finding]:
    """On a copy, since it is written to."""
    ledger, home = setting.place.copy(setting.rows)
    runs, scrolls, assigned = min(3, setting.runs), setting.rounds(_SCROLLS), setting.rounds(_ASSIGNED)
    found = alternating(
        runs, lambda: measured(ours, home, ledger=ledger, size=setting.rows, scrolls=scrolls, assigned=assigned)
    )[0]
    return [
        Finding(name, "ms", value, goal=_SORT if name.startswith("sort by") else _GOALS.get(name), runs=runs)
        for name, value in found.items()
    ]


def ours(ledger: str, size: int, scrolls: int, assigned: int) -> Figures:
    """In milliseconds."""
    watched = Watched(ledger, size)
    figures = {
        "select all": watched.timed(watched.table.selectAll),
        "resize the columns": watched.timed(watched.table.resizeColumnsToContents),
        **_filtered(watched),
        **_scrolled(watched, scrolls),
        **_appended(watched, assigned),
        **_sorted(watched),
    }
    watched.close()
    return {name: MS * value for name, value in figures.items()}


def _filtered(watched: Watched) -> Figures:
    """Until all rows are back after a filter that left a few."""
    watched.table.clearSelection()
    watched.settled(partial(watched.filter_edit.setText, "99917"))
    return {"clear the filter": watched.settled(watched.filter_edit.clear)}


def _scrolled(watched: Watched, rounds: int) -> Figures:
    """Three rows with the wheel, painted each time."""
    taken = [watched.timed(watched.scroll) for _ in range(rounds)]
    watched.table.scrollToTop()
    return {"scroll three rows": statistics.median(taken), "scroll three rows, p99": percentile(taken, 0.99)}


def _appended(watched: Watched, rounds: int) -> Figures:
    """From Enter to the painted row, and how long the window stands still meanwhile."""
    taken, pauses = [], []
    for _ in range(rounds):
        watched.pulse.begin()
        taken.append(watched.assign(str(time.time_ns())))
        pauses.append(watched.pulse.longest)
        watched.idle(0.05)
    return {
        "Enter to the new row, on the disk": statistics.median(taken),
        "longest pause while a row is appended": statistics.median(pauses),
    }


def _sorted(watched: Watched) -> Figures:
    """By each column in turn, and the longest pause in all of it."""
    figures: Figures = {}
    model = watched.model
    watched.pulse.begin()
    for column in range(model.columnCount()):
        title = model.headerData(column, Qt.Orientation.Horizontal)
        sort = partial(watched.table.sortByColumn, column, Qt.SortOrder.AscendingOrder)
        figures[f"sort by {str(title).lower()}"] = watched.settled(sort)
    figures["longest pause while sorting"] = watched.pulse.longest
    return figures
