"""What the other history has from merges of its own is kept: where its entries came from, which numbers it gave up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.events import EntryMerged
from uidmanager.core.merging.bench import Outcome
from uidmanager.core.records import NumberKind

if TYPE_CHECKING:
    from uidmanager.core.events import MergeEvent, NumberGivenUp
    from uidmanager.core.merging.bench import Bench
    from uidmanager.core.registry import Registry


def merge(bench: Bench, event: MergeEvent) -> Outcome:
    """Take over an event of an earlier merge."""
    if isinstance(event, EntryMerged):
        if bench.has(event.hash):
            return Outcome.PRESENT
        bench.write(event)
        return Outcome.TAKEN
    if _is_known(bench.ours, event):
        return Outcome.PRESENT
    now = None if event.now is None else bench.numbering.number(event.kind, event.now)
    bench.give_up(event.kind, event.number, event.meant, now)
    return Outcome.TAKEN


def _is_known(ours: Registry, event: NumberGivenUp) -> bool:
    """Whether the number is given up to the same here, or held by what it was given to."""
    if any(each.meant == event.meant for each in ours.elsewhere.given_up(event.kind, event.number)):
        return True
    match event.kind:
        case NumberKind.PRODUCT:
            product = ours.product(int(event.number))
            return product is not None and product.name == event.meant
        case NumberKind.INSTALLATION:
            held = ours.installation(event.number)
            return held is not None and held.serial == event.meant
        case NumberKind.RELEASE:
            number, _, numeric = event.number.partition(".")
            release = ours.release(int(number), numeric)
            return release is not None and release.version == event.meant
        case _:
            named = ours.release_named(event.number)
            return named is not None and named.version == event.meant
