"""Print runs and what came of reading their labels back: the evidence of label inspection (21 CFR 820.45)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core import events as e
from uidmanager.core.print_runs import print_run, standing
from uidmanager.core.records import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.print_runs import PrintRun
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports.filters import Filter
    from uidmanager.core.reports.kinds import Row


def label_rows(registry: Registry, wanted: Filter) -> Iterator[Row]:
    """The print runs, oldest first. A run is of a product when a unit of that product is in it."""
    for number in registry.print_runs:
        run = print_run(registry, number)
        entry = registry.entries[number - 1]
        origin = Origin(number, entry.at, entry.by, entry.station)
        if run is not None and wanted.takes(_product(registry, run, wanted), origin):
            yield run_row(registry, run)


def run_row(registry: Registry, run: PrintRun) -> Row:
    """One print run: what was printed when by whom, how far its labels are, who looked at them last."""
    entry = registry.entries[run.entry - 1]
    far = standing(run)
    last = next((registry.entries[n - 1] for n in reversed(registry.entries_on_print_run(run.entry))), None)
    return {
        "entry": run.entry,
        "at": entry.at,
        "by": entry.by,
        "station": entry.station,
        "template": next(it.template for it in entry.events if isinstance(it, e.LabelPrinted)),
        "printed": far.printed,
        "checked": far.checked,
        "void": far.void,
        "replaced": far.replaced,
        "missing": far.missing,
        "misses": len(run.misses),
        "complete": "no" if far.missing else "yes",
        "checked_at": None if last is None else last.at,
        "checked_by": None if last is None else last.by,
        "why": entry.why,
    }


def _product(registry: Registry, run: PrintRun, wanted: Filter) -> int | None:
    """The product that is asked for where a unit of it is in the run, else none."""
    if wanted.product is None:
        return None
    units = map(registry.installation, run.codes)
    return wanted.product if any(unit is not None and unit.product == wanted.product for unit in units) else None
