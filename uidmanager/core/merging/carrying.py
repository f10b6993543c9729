"""What the other history has from merges of its own is kept: where its entries came from, which numbers it gave up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.events import EntryMerged
from uidmanager.core.merging.bench import Outcome

if TYPE_CHECKING:
    from uidmanager.core.events import MergeEvent
    from uidmanager.core.merging.bench import Bench


def merge(bench: Bench, event: MergeEvent) -> Outcome:
    """Take over an event of an earlier merge."""
    if isinstance(event, EntryMerged):
        if bench.has(event.hash):
            return Outcome.PRESENT
        bench.write(event)
        return Outcome.TAKEN
    if bench.is_known:  # then it is known here what became of the numbers as well
        return Outcome.PRESENT
    now = None if event.now is None else bench.numbering.number(event.kind, event.now)
    bench.give_up(event.kind, event.number, event.meant, now)
    return Outcome.TAKEN
