"""Finds the installations in which some words stand, in steps so small that a window can take its turn between them.

The index is made of stretches of some thousand places. Before all of it is there, a search makes what it comes to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.finding.rows import Rows, first_rows, numbers, rows_with
from uidmanager.core.finding.single import Single
from uidmanager.core.finding.stretch import Stretch
from uidmanager.core.finding.words import words_of
from uidmanager.core.installations import STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from uidmanager.core.finding.words import Word
    from uidmanager.core.installations import Installations
    from uidmanager.core.records import State

_STRETCH: Final = 8192
_STEP: Final = 2048  # places taken in at a time: a millisecond or two


class Found(NamedTuple):
    """What one step has found: some of the ``size`` places from ``start`` on; often none: some steps prepare."""

    start: int
    size: int
    rows: Rows

    def places(self) -> Iterator[int]:
        """The places that were found, in rising order."""
        return numbers(self.rows, self.start)


class Index:
    """Looks for words in installations. ``products`` are the names of the products by number, as they are now.

    ``said`` tells a time of the ledger as people read it. Who changes an installation tells it to `renew`; new ones
    are found without being told.
    """

    def __init__(self, installations: Installations, products: Mapping[int, str], said: Callable[[str], str]) -> None:
        self.installations = installations
        self._products = products
        self._single = Single(installations, said)
        self._stretches: dict[int, Stretch] = {}

    def words(self, text: str) -> tuple[Word, ...]:
        """What is asked for with this text, as things are called now."""
        return words_of(text, self.installations.arc, self._products, self.installations.origins.names)

    def renew(self, place: int) -> None:
        """Product or note of this installation may be others now."""
        stretch = self._stretches.get(place // _STRETCH)
        if stretch is not None and place < stretch.start + stretch.count:
            stretch.renew(place)

    def has(self, place: int, words: Sequence[Word]) -> bool:
        """Whether all of the words stand in this installation."""
        return all(self._single.has(place, word) for word in words)

    def make(self, count: int) -> Iterator[None]:
        """Make the index of the first so many places, the last ones first, in steps of a millisecond or two."""
        for number in reversed(range(_stretches(count))):
            yield from self._taken_in(number, count)

    def find(
        self, words: Sequence[Word], count: int, states: Sequence[State] = STATES, *, is_newest_first: bool = False
    ) -> Iterator[Found]:
        """Of the first so many places those in such a state in which all of the words stand; stretch by stretch.

        A step takes a millisecond or two, mostly less.
        """
        unwanted = [number for number, state in enumerate(STATES) if state not in states]
        is_timed = any(word.is_of_a_time for word in words)
        for number in _in_turn(_stretches(count), is_newest_first=is_newest_first):
            start = number * _STRETCH
            size = min(count - start, _STRETCH)
            rows = first_rows(size)
            if words:
                for _ in self._made_ready(number, count, is_timed=is_timed):
                    yield Found(start, size, 0)
                rows &= self._stretches[number].having(words)
            for state in unwanted if rows else ():
                rows &= ~self._in_state(state, start, size)
            yield Found(start, size, rows)

    def beginning(self, serial: str, component: str, count: int) -> Iterator[Found]:
        """Of the first so many places those whose serial begins so, or whose component; both in small letters."""
        for number in range(_stretches(count)):
            start = number * _STRETCH
            size = min(count - start, _STRETCH)
            for _ in self._taken_in(number, count):
                yield Found(start, size, 0)
            yield Found(start, size, self._stretches[number].beginning(serial, component) & first_rows(size))

    def _in_state(self, state: int, start: int, size: int) -> Rows:
        """Those of so many places from ``start`` on that are in a state; it is quickly seen when none is."""
        states = self.installations.states
        there = states.find(state, start, start + size) >= 0
        return rows_with(states[start : start + size], bytes((state,))) if there else 0

    def _made_ready(self, number: int, count: int, *, is_timed: bool) -> Iterator[None]:
        """Have one stretch ready to look for words, in times as well if they may stand there."""
        yield from self._taken_in(number, count)
        if is_timed:
            yield from self._stretches[number].tell_times()

    def _taken_in(self, number: int, count: int) -> Iterator[None]:
        """Have one stretch take in all there is of it among the first so many places."""
        start = number * _STRETCH
        stretch = self._stretches.get(number)
        if stretch is None:
            stretch = self._stretches[number] = Stretch(self.installations, self._single, start)
        end = min(count, start + _STRETCH)
        while start + stretch.count < end:
            stretch.extend(min(end, start + stretch.count + _STEP))
            yield


def _stretches(count: int) -> int:
    """How many stretches so many places make."""
    return -(-count // _STRETCH)


def _in_turn(count: int, *, is_newest_first: bool) -> Sequence[int]:
    return range(count)[::-1] if is_newest_first else range(count)
