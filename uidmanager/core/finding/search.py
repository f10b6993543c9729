"""Of all places in their order those in which some words stand, the first of them first."""

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
    index: Index,
    words: Sequence[Word],
    states: Sequence[State],
    count: int,
    among: Places,
    *,
    is_from_the_end: bool = False,
) -> Iterator[Sequence[int]]:
    """Those of some places that are in such a state and have the words: lists of them, some empty.

    ``among``: the places; with ``states`` they are all of the first ``count``, or all of those in such a state. Each
    list is in their order; ``is_from_the_end``: the lists themselves come from the last to the first. A step takes a
    millisecond or two.
    """
    if isinstance(among.order, ByPlace):
        for found in index.find(words, count, states, is_newest_first=is_from_the_end):
            yield array("I", found.places())
        return
    inside = bytearray(count)
    for found in index.find(words, count, states):
        inside[found.start : found.start + found.size] = flags(found.rows, found.size)
        yield ()
    starts = range(0, len(among), _STEP)
    for start in reversed(starts) if is_from_the_end else starts:
        part = among.part(start, start + _STEP)
        yield array("I", compress(part, map(inside.__getitem__, part)))
