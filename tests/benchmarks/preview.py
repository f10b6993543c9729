"""The preview of one serial, as at each keystroke: with ten installations and with all of them."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Final

from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import US, Finding, Goal, alternating, percentile
from tests.benchmarks.stations import PRODUCT, opened
from uidmanager.core.drafts import AssignInstallations

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting

FEW: Final = 10
ROUNDS: Final = 5000
_FIRST: Final = 10**9  # above every serial of the data


def measure(setting: Setting) -> list[Finding]:
    """The median and the slowest of a hundred."""
    place, rounds = setting.place, setting.rounds(ROUNDS)
    many, few = alternating(
        setting.runs,
        lambda: measured(ours, place.settled_home(setting.rows), ledger=place.data(setting.rows).ledger, rounds=rounds),
        lambda: measured(ours, place.settled_home(FEW), ledger=place.data(FEW).ledger, rounds=rounds),
    )
    rival = f"with {FEW} installations"
    return [
        Finding("preview of a serial, p50", "µs", many["p50"], rival, few["p50"], Goal(1.2, "ratio"), setting.runs),
        Finding("preview of a serial, p99", "µs", many["p99"], rival, few["p99"], Goal(100), setting.runs),
    ]


def ours(ledger: str, rounds: int) -> Figures:
    """In microseconds; each time another serial, as a person types it."""
    service = opened(ledger)
    taken = []
    for number in range(rounds):
        draft = AssignInstallations((f"0{_FIRST + number}",), PRODUCT)
        begun = time.perf_counter()
        service.preview(draft)
        taken.append(US * (time.perf_counter() - begun))
    return {"p50": statistics.median(taken), "p99": percentile(taken, 0.99)}
