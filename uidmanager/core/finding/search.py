"""Of all places in their order those in which some words stand, the first of them first."""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TYPE_CHECKING, Final

from uidmanager.core.finding.orders import ByPlace
from uidmanager.core.finding.rows import flags
from uidmanager.core.installations import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.core.finding.index import Index
    from uidmanager.core.finding.places import Places
    from uidmanager.core.finding.words import Word
    from uidmanager.core.records import State

_STEP: Final = 8192
_HEAD: Final = 512  # places that are looked at one by one, to have something to show at once
_FEW: Final = 4096  # hits that are sorted by themselves


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
    yield from _in_order(index, words, states, count, among, is_from_the_end=is_from_the_end)


def _in_order(
    index: Index, words: Sequence[Word], states: Sequence[State], count: int, among: Places, *, is_from_the_end: bool
) -> Iterator[Sequence[int]]:
    """The same for any order. The index knows nothing of it: all is found first, then it is put in order."""
    first, starts = range(len(among)), range(0, len(among), _STEP)
    head = first[-_HEAD:] if is_from_the_end else first[:_HEAD]
    wanted = {STATES.index(state) for state in states}
    seen = among.part(head.start, head.stop)
    yield [place for place in seen if index.installations.states[place] in wanted and index.has(place, words)]
    every = []
    for found in index.find(words, count, states):
        every.append(found)
        yield ()
    if sum(found.rows.bit_count() for found in every) <= _FEW:
        rest = {place for found in every for place in found.places()}.difference(seen)
        yield sorted(rest, key=among.order.key)
        return
    inside = bytearray(count)
    for found in every:
        inside[found.start : found.start + found.size] = flags(found.rows, found.size)
    for place in seen:
        inside[place] = 0
    yield ()
    for start in reversed(starts) if is_from_the_end else starts:
        part = among.part(start, start + _STEP)
        yield array("I", compress(part, map(inside.__getitem__, part)))
