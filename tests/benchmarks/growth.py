"""Each cost at a thousand, ten thousand … installations: what grows with the registry, and what does not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tests.benchmarks import assigning, memory, opening, preview, searching
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import MS, US, Growth, alternating

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting

_LEAST: Final = 1000
_TEXT: Final = "00420"


def measure_growth(setting: Setting) -> Growth:
    """The sizes take turns as well."""
    sizes = tuple(size for size in (_LEAST * 10**power for power in range(6)) if size <= max(setting.rows, _LEAST))
    runs = min(3, setting.runs)
    found = alternating(runs, *(partial(_costs, setting, size) for size in sizes))
    costs = {name: tuple(figures[name] for figures in found) for name in found[0]}
    return Growth(sizes, costs, runs)


def _costs(setting: Setting, size: int) -> Figures:
    """All in milliseconds, the memory in megabytes."""
    place = setting.place
    data, home = place.data(size), place.settled_home(size)
    ledger, other_home = place.copy(size)
    bare = place.scratch("bare")
    hits = {_TEXT: searching.hits_of(data.database, _TEXT)}
    assigned = measured(assigning.single, other_home, ledger=ledger, bare=bare, rounds=setting.rounds(assigning.ROUNDS))
    return {
        "opened and ready, ms": MS * measured(opening.ours, home, ledger=data.ledger)["s"],
        "first opening, ms": MS * measured(opening.ours, place.fresh_home(), ledger=data.ledger)["s"],
        "a text counted by the filter, ms": measured(
            searching.ours, home, ledger=data.ledger, size=size, hits=hits, rounds=2
        )[_TEXT],
        "one assignment on the disk, ms": MS / US * assigned["ours p50"],
        "a bare append and fsync, ms": MS / US * assigned["bare p50"],
        "preview of a serial, ms": MS
        / US
        * measured(preview.ours, home, ledger=data.ledger, rounds=preview.ROUNDS)["p50"],
        "memory of the registry, MB": measured(memory.ours, home, ledger=data.ledger)["kept"] / 1e6,
    }
