"""What a table lists: of all places in their order those in which some words stand, the first of them first."""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TYPE_CHECKING, Final

from uidmanager.core.finding.orders import ByPlace
from uidmanager.core.finding.rows import flags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.core.finding.index import Index
    from uidmanager.core.finding.places import Places
    from uidmanager.core.finding.words import Word
    from uidmanager.core.records import State

_STEP: Final = 8192


def listed(
    index: Index, words: Sequence[Word], states: Sequence[State], everything: Places, *, is_from_the_end: bool = False
) -> Iterator[Sequence[int]]:
    """Those of the first places, all of them, that are in such a state and have the words: lists, some of them empty.

    Each list is in the order of the places; ``is_from_the_end``: the lists themselves come from the last to the first.
    A step takes a millisecond or two.
    """
    count = len(everything)
    if isinstance(everything.order, ByPlace):
        for found in index.find(words, count, states, is_newest_first=is_from_the_end):
            yield array("I", found.places())
        return
    inside = bytearray(count)
    for found in index.find(words, count, states):
        inside[found.start : found.start + found.size] = flags(found.rows, found.size)
        yield ()
    starts = range(0, count, _STEP)
    for start in reversed(starts) if is_from_the_end else starts:
        part = everything.part(start, start + _STEP)
        yield array("I", compress(part, map(inside.__getitem__, part)))
