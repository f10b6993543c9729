"""What a row costs in a report of each format, in time and in memory: the same in a long report as in a short one."""

from __future__ import annotations

import gc
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.benchmarks.data import ROOT, serial
from tests.benchmarks.memory import most_resident, resident
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import Finding, Goal, alternating
from uidmanager.core.reports import COLUMNS, TITLES, Kind, Report, Row
from uidmanager.writers.formats import Format, render
from uidmanager.writers.stamp import Stamp

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting

_SIZES: Final = (1000, 10_000, 100_000)
_MOST_RUNS: Final = 3
_GROWTH: Final = Goal(1.5, "ratio")
_STAMP: Final = Stamp("2026-11-22T21:06:42.123456Z", "anna", "LINE-3", "0.2.0")


def measure(setting: Setting) -> list[Finding]:
    """Of installations, at each size beside the tenth of it."""
    sizes = [size for size in _SIZES if size <= setting.rows] or [setting.rows]
    home, runs = setting.place.fresh_home(), min(_MOST_RUNS, setting.runs)
    findings: list[Finding] = []
    for form in Format:
        found = alternating(runs, *(partial(measured, written, home, form=form.value, count=size) for size in sizes))
        findings += _findings(form, sizes, found, runs)
    return findings


def written(form: str, count: int) -> Figures:
    """Microseconds and bytes for a row, beside those in which the report itself lies."""
    report, few = _made(count), _made(1)
    render(few, Format(form), _STAMP)  # loads the writer
    gc.collect()
    before, begun = resident(), time.perf_counter()
    render(report, Format(form), _STAMP)
    seconds = time.perf_counter() - begun
    return {"µs": seconds / count * 1e6, "bytes": max(0, most_resident() - before) / count}


def _findings(form: Format, sizes: list[int], found: list[Figures], runs: int) -> list[Finding]:
    findings = []
    for at, size in enumerate(sizes):
        time_of_less = found[at - 1]["µs"] if at else None
        memory_of_less = found[at - 1]["bytes"] if at else None
        rival, goal = (f"a row of {sizes[at - 1]:,}", _GROWTH) if at else ("", None)
        what = f"a row of {size:,} as {form}"
        findings += [
            Finding(what, "µs", found[at]["µs"], rival, time_of_less, goal, runs),
            Finding(f"{what}, most memory", "bytes", found[at]["bytes"], rival, memory_of_less, None, runs),
        ]
    return findings


def _made(count: int) -> Report:
    """A report of so many installations, as different as those of a registry are."""
    kind = Kind.INSTALLATIONS
    rows = tuple(map(_row, range(count)))
    return Report(kind, TITLES[kind], COLUMNS[kind], rows, "registry", "Benchmark", ROOT, "none", count, "ab" * 32)


def _row(index: int) -> Row:
    printed = serial(index)
    component = printed.lstrip("0") or "0"
    return {
        "serial": printed,
        "component": component,
        "uid": f"{ROOT}.2.{component}",
        "product": f"CT Console {index % 100:04}",
        "state": "active",
        "at": f"2026-11-22T21:06:{index % 60:02}.{index % 10**6:06}Z",
        "by": "anna",
        "station": f"LINE-{index % 7}",
        "note": "returned from service" if index % 20 == 0 else None,
    }
