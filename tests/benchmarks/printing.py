"""A report as a PDF, of a thousand rows, ten thousand and a hundred thousand: what each row costs and takes."""

from __future__ import annotations

import gc
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.benchmarks.memory import most_resident, resident
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import MS, US, Finding, Goal, alternating
from tests.benchmarks.stations import opened
from uidmanager.core.reports import Kind, report
from uidmanager.writers.formats import Format, render
from uidmanager.writers.stamp import Stamp

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting

_LEAST: Final = 1000
_SIZES: Final = (_LEAST, 10_000, 100_000)
_STAMP: Final = Stamp("2026-11-22T21:06:42.000000Z", "anna", "LINE-3", "0.2.0")


def measure(setting: Setting) -> list[Finding]:
    """Each of the larger ones against the smallest, row by row; the sizes take turns."""
    place, runs = setting.place, min(3, setting.runs)
    sizes = [size for size in _SIZES if size <= max(setting.rows, _LEAST)]
    least, *more = alternating(
        runs, *(partial(measured, ours, place.settled_home(size), ledger=place.data(size).ledger) for size in sizes)
    )
    rival = f"of a PDF of {_LEAST:,}"
    findings = [Finding(f"a PDF of {_LEAST:,} rows, work", "ms", MS * least["s"], runs=runs)]
    for size, found in zip(sizes[1:], more, strict=True):
        ours_of, theirs_of = US * found["s"] / size, US * least["s"] / _LEAST
        findings += [
            Finding(f"work for a row of a PDF of {size:,}", "µs", ours_of, rival, theirs_of, Goal(1.2, "ratio"), runs),
            Finding(f"most memory for a row of a PDF of {size:,}", "bytes", found["most"] / size, runs=runs),
        ]
    return findings


def ours(ledger: str) -> Figures:
    """Seconds of work, and bytes beyond what lay in memory when the rows were made."""
    with opened(ledger).look() as registry:
        made = report(registry, Kind.INSTALLATIONS)
    gc.collect()
    before, begun = resident(), time.process_time()
    render(made, Format.PDF, _STAMP)
    return {"s": time.process_time() - begun, "most": float(max(0, most_resident() - before))}
