"""What a table of installations lists: all of them or some, in an order, from the first or from the last.

A listing knows nothing of windows. It is told what to look for and what has changed, and tells which rows that moves.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.finding.orders import ByPlace, Order
from uidmanager.core.finding.places import Places, flagged
from uidmanager.core.finding.search import listed
from uidmanager.core.installations import STATES
from uidmanager.core.records import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence

    from uidmanager.core.finding.index import Index
    from uidmanager.core.finding.words import Word

_ACTIVE: Final = STATES.index(State.ACTIVE)
_OUT_OF_USE: Final = tuple(number for number, state in enumerate(STATES) if state is not State.ACTIVE)


class Change(NamedTuple):
    """One place comes, goes or is another now: in which row it stood, in which it will; None for none."""

    place: int
    before: int | None
    after: int | None


class Arrangement(NamedTuple):
    """All places in an order, those of them that are active (None: not known), and those that are listed."""

    everything: Places
    plain: Places | None
    shown: Places


class Listing:
    """The rows of a table over the first ``count`` installations. A row stands for a place.

    Three lists are kept in one order: all places, the active ones when others are hidden, and the rows. Where two of
    them have the same in them, they are the same list.
    """

    def __init__(self, index: Index, count: int) -> None:
        self.index = index
        self.count = count
        self.is_from_the_end = False
        everything = Places(ByPlace(), range(count))
        self._kept = Arrangement(everything, everything, everything)
        self._words: tuple[Word, ...] = ()
        self._hides = False
        self._search: Iterator[Sequence[int]] | None = None
        self._found: list[Sequence[int]] = []
        self._late: set[int] | None = None
        self._version = 0

    # -- rows --------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._kept.shown)

    @property
    def order(self) -> Order:
        """By what the rows are ordered."""
        return self._kept.shown.order

    @property
    def out_of_use(self) -> int:
        """How many of all are not active."""
        states = self.index.installations.states
        if all(states.find(state, 0, self.count) < 0 for state in _OUT_OF_USE):
            return 0  # to count takes ten times as long
        return self.count - states.count(_ACTIVE, 0, self.count)

    def place(self, row: int) -> int:
        """The place that a row stands for."""
        return self._kept.shown[~row if self.is_from_the_end else row]

    def row_of(self, place: int) -> int | None:
        """The row that stands for a place; None when it is not listed, or not yet."""
        at = self._kept.shown.at(place) if place < self.count else None
        return None if at is None else self._row(at)

    def places(self, first: int, last: int) -> Sequence[int]:
        """The places of these rows, from the first to the last, as they are now."""
        if not self.is_from_the_end:
            return self._kept.shown.part(first, last + 1)
        size = len(self)
        return self._kept.shown.part(size - 1 - last, size - first)[::-1]

    # -- looking for words -------------------------------------------------------------------------------------------

    @property
    def is_looking(self) -> bool:
        """Whether more may still be found."""
        return self._search is not None

    @property
    def is_searching(self) -> bool:
        """Whether there may be more rows than are listed: some to be found, or found and not added yet."""
        return self.is_looking or bool(self._found)

    @property
    def found(self) -> int:
        """How many more rows were found than are listed."""
        return sum(map(len, self._found))

    def look_for(self, words: tuple[Word, ...], *, hides: bool) -> None:
        """List those in which all of the words stand, and only active ones if the others are hidden.

        When it is not known which those are, no row is left at first; `gather` and `add` bring them.
        """
        everything, plain, _shown = self._kept
        if hides != self._hides:
            plain = None
        if plain is None and not (hides and self.out_of_use):
            plain = everything
        self._words, self._hides = words, hides
        self._version += 1
        self._search = None
        self._found = []
        if plain is not None and not words:
            self._kept = Arrangement(everything, plain, plain)
            return
        self._kept = Arrangement(everything, plain, Places(self.order))
        states = (State.ACTIVE,) if hides else STATES
        among = plain or everything
        self._search = listed(self.index, words, states, self.count, among, is_from_the_end=self.is_from_the_end)

    def call_anew(self, words: tuple[Word, ...]) -> None:
        """The same words, when there are new names that they stand in: those are only in what is yet to come."""
        self._words = words

    def gather(self, is_enough: Callable[[], bool]) -> None:
        """Search on until it is enough, or all is found. What is found is listed when it is added."""
        while self._search is not None:
            part = next(self._search, None)
            if part is None:
                self._search = None
            elif part:
                self._found.append(part)
            if is_enough():
                return

    def add(self) -> None:
        """Have what was found as the last rows."""
        everything, _plain, shown = self._kept
        found = array("I")
        for part in reversed(self._found) if self.is_from_the_end else self._found:
            found.extend(part)
        self._found = []
        shown.join(found, in_front=self.is_from_the_end)
        if self._search is None and not self._words:
            self._kept = Arrangement(everything, shown, shown)

    # -- another order -----------------------------------------------------------------------------------------------

    def sorting(self, order: Order) -> Generator[None, None, Arrangement]:
        """The same in another order, whatever happens meanwhile; until it is adopted the old one holds.

        Waits while a search is under way: that must be brought on by others.
        """
        self._late = set()
        first = self.count
        everything = Places(order, (yield from order.arranged(first)))
        while True:
            while self.is_searching:
                yield
            late, self._late = self._late, set()
            self._renew(order, late)
            everything.exchange({place for place in late if place < first}, late)
            first = self.count
            version, kept = self._version, self._kept
            again = {id(kept.everything): everything}
            for some in (kept.plain, kept.shown):
                if some is not None and id(some) not in again:
                    inside = yield from flagged(some, self.count)
                    again[id(some)] = yield from everything.among(inside)
            if version == self._version:
                plain = None if kept.plain is None else again[id(kept.plain)]
                return Arrangement(everything, plain, again[id(kept.shown)])

    def adopt(self, arrangement: Arrangement) -> None:
        """Have another order."""
        self._kept = arrangement
        self._late = None

    def sort_no_more(self) -> None:
        """The order that was being made is not wanted."""
        self._late = None

    # -- changes -----------------------------------------------------------------------------------------------------

    def change(self, place: int) -> Change:
        """Take in that an installation is new, the next one, or another than it was. The rows are not changed yet.

        No search may be under way.
        """
        is_new = place == self.count
        self._part(() if self._is_plain(place) else (place,))
        shown = self._kept.shown
        before = None if is_new else shown.at(place)
        others = [(places, None if is_new else places.at(place)) for places in self._lists() if places is not shown]
        self._take_note([place], self.count + is_new)
        for places, at in others:
            if at is not None:
                places.remove(at)
            if self._belongs(place, places):
                places.insert(place)
        after: int | None = None
        if self._belongs(place, shown):
            after = shown.due(place) if before is None else shown.at_now(before)
        return Change(place, before, after)

    def carry_out(self, change: Change) -> None:
        """Have the rows as a change says. What it says are positions in the order; see `rows`."""
        place, before, after = change
        if before is not None and before != after:
            self._kept.shown.remove(before)
        if after is not None and before != after:
            self._kept.shown.insert(place)

    def rows(self, change: Change) -> Change:
        """The rows that a change takes away and brings, before it is carried out."""
        place, before, after = change
        if not self.is_from_the_end:
            return change
        rest = len(self) - (before is not None)
        return Change(place, None if before is None else self._row(before), None if after is None else rest - after)

    def change_many(self, places: Collection[int], count: int) -> None:
        """Take in that installations are others than they were, or new; afterwards there are so many of them."""
        known = {place for place in places if place < self.count}
        self._part([place for place in places if not self._is_plain(place)])
        self._take_note(sorted(places), count)
        for kept in self._lists():
            kept.exchange(known, [place for place in places if self._belongs(place, kept)])

    def _take_note(self, places: Iterable[int], count: int) -> None:
        for place in places:
            self.index.renew(place)
        self._renew(self.order, places)
        self.count = count
        self._version += 1
        if self._late is not None:
            self._late.update(places)

    def _part(self, not_plain: Collection[int]) -> None:
        """What is not active is out of the active ones; so these are no longer all there are."""
        everything, plain, shown = self._kept
        if not_plain and self._hides and plain is everything:
            active = everything.copy()
            self._kept = Arrangement(everything, active, active if shown is everything else shown)

    def _lists(self) -> list[Places]:
        """The lists that are kept, each once."""
        return list({id(places): places for places in self._kept if places is not None}.values())

    def _belongs(self, place: int, places: Places) -> bool:
        if places is self._kept.everything:
            return True
        if self._hides and not self._is_plain(place):
            return False
        return places is self._kept.plain or self.index.has(place, self._words)

    def _is_plain(self, place: int) -> bool:
        return self.index.installations.states[place] == _ACTIVE

    def _row(self, at: int) -> int:
        return len(self) - 1 - at if self.is_from_the_end else at

    @staticmethod
    def _renew(order: Order, places: Iterable[int]) -> None:
        for place in sorted(places):
            order.renew(place)
