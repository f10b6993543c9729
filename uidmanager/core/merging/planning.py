"""The plan of a merge: one history laid on the other, entry for entry, in the order in which it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.errors import ContradictionError
from uidmanager.core.events import (
    ImportEvent,
    IndexedArcOpened,
    InstallationEvent,
    LabelMissed,
    MergeEvent,
    ProductEvent,
    RegistryFounded,
    ReleaseEvent,
    SpreadsheetImported,
)
from uidmanager.core.merging import arcs, carrying, installations, labels, products, releases
from uidmanager.core.merging.bench import Bench, Outcome
from uidmanager.core.merging.leaving import leave_out
from uidmanager.core.merging.terms import MergedEntry, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from uidmanager.core.events import Entry, Event
    from uidmanager.core.merging.terms import Choice

    Treat = Callable[[Bench, Event], Outcome]


def plan(
    base: Sequence[Entry],
    other: Sequence[Entry],
    common: int,
    choices: Mapping[str, Choice],
    *,
    leaves_out: bool = False,
) -> Plan:
    """What is to be written after ``base`` so that it has all that only ``other`` has, or has given it up.

    Both are whole histories of one registry, alike up to entry ``common``, which is 1 at least. A clash without a
    choice is planned as if its first option were chosen, so that what follows from it can be seen. Raises
    `ContradictionError` when one of the two does not fold.
    """
    bench = Bench(base, other, common, choices)
    if max(bench.ours.imported, bench.at_last.imported) > common:
        raise ContradictionError(common + 1, "the two part before all was imported that the registry began with")
    treat = leave_out if leaves_out else _take_over
    merged = [_lay_on(bench, source, treat) for source in other[common:]]
    return Plan(
        entries=tuple(entry for entry in merged if entry is not None),
        clashes=tuple(bench.clashes.values()),
        taken=bench.told[Outcome.TAKEN],
        present=bench.told[Outcome.PRESENT],
        left_out=bench.told[Outcome.LEFT_OUT],
        given_up=bench.given_up,
    )


def _lay_on(bench: Bench, source: Entry, treat: Treat) -> MergedEntry | None:
    """What one entry of the other history comes to; None when it was merged before."""
    if source.h in bench.ours.elsewhere.merged:
        bench.skip(source)
        return None
    bench.begin(source)
    for event in source.events:
        bench.note(event, treat(bench, event))
    return MergedEntry(source.n, bench.end())


def _take_over(bench: Bench, event: Event) -> Outcome:
    if isinstance(event, InstallationEvent):
        return installations.merge(bench, event)
    if isinstance(event, ProductEvent):
        return products.merge(bench, event)
    if isinstance(event, ReleaseEvent):
        return releases.merge(bench, event)
    if isinstance(event, RegistryFounded | ImportEvent):
        raise TypeError("a registry is founded and imported once, in entries that both histories have")
    return _of_no_record(bench, event)


def _of_no_record(bench: Bench, event: IndexedArcOpened | LabelMissed | SpreadsheetImported | MergeEvent) -> Outcome:
    match event:
        case IndexedArcOpened():
            return arcs.merge(bench, event)
        case LabelMissed():
            return labels.missed(bench, event)
        case SpreadsheetImported():
            bench.write(event)
            return Outcome.TAKEN
        case _:
            return carrying.merge(bench, event)
