"""Some places in an order: which stands where, and what becomes of that when places come, go and change."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import compress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Sequence

    from uidmanager.core.finding.orders import Order

_STEP: Final = 8192


class Places:
    """Places in an order, each once, four bytes each; all there are in the order of assignment take none.

    A place whose value in the order changes is taken out before, and put in again afterwards.
    """

    def __init__(self, order: Order, places: Sequence[int] = ()) -> None:
        self.order = order
        self._places = places if isinstance(places, range | array) else array("I", places)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: int) -> int:
        return self._places[at]

    def copy(self) -> Places:
        """The same places in the same order, to be changed by themselves."""
        return Places(self.order, self._places[:])

    def part(self, start: int, end: int) -> Sequence[int]:
        """The places that stand in this part now, whatever happens to the rest."""
        return self._places[start:end]

    def at(self, place: int) -> int | None:
        """Where a place stands; None where it does not."""
        at = self.due(place)
        return at if at < len(self._places) and self._places[at] == place else None

    def at_now(self, at: int) -> int:
        """Where the place that stands here belongs, when all others stand where they do and it is renewed."""
        place = self._places[at]
        key, key_at = self.order.key(place), self.order.key
        is_low = at > 0 and key < key_at(self._places[at - 1])
        is_high = at + 1 < len(self._places) and key_at(self._places[at + 1]) < key
        if not is_low and not is_high:
            return at
        self.remove(at)
        due = self.due(place)
        self._own().insert(at, place)
        return due

    def insert(self, place: int) -> int:
        """Put a place where the order wants it; answers where that is."""
        at = self.due(place)
        if isinstance(self._places, range) and at == len(self._places) == place:
            self._places = range(place + 1)
        else:
            self._own().insert(at, place)
        return at

    def remove(self, at: int) -> int:
        """Take out the place that stands here."""
        return self._own().pop(at)

    def join(self, places: Sequence[int], *, in_front: bool = False) -> None:
        """Add places which all belong behind, or in front of, those that are here."""
        more = array("I", places)
        self._places = more + self._own() if in_front else self._own() + more

    def exchange(self, leaving: Collection[int], coming: Iterable[int]) -> None:
        """Take many places out, wherever they stand, and put many in."""
        if leaving:
            self._places = array("I", [place for place in self._places if place not in leaving])
        ordered = sorted(coming, key=self.order.key)
        if not ordered:
            return
        at = self.due(ordered[0])
        if at < len(self._places):
            self._places = self._merged(ordered)
        elif isinstance(self._places, range) and ordered == list(range(at, at + len(ordered))):
            self._places = range(at + len(ordered))
        else:
            self._own().extend(ordered)

    def among(self, inside: Sequence[int]) -> Generator[None, None, Places]:
        """Those of the places whose flag is 1, in steps of a millisecond; flags by place."""
        found = array("I")
        places = self._places[:]  # what comes meanwhile has no flag
        for start in range(0, len(places), _STEP):
            part = places[start : start + _STEP]
            found.extend(compress(part, map(inside.__getitem__, part)))
            yield
        return Places(self.order, found)

    def due(self, place: int) -> int:
        """Where the order wants a place."""
        return bisect_left(self._places, self.order.key(place), key=self.order.key)

    def _own(self) -> array[int]:
        if isinstance(self._places, range):
            self._places = array("I", self._places)
        return self._places

    def _merged(self, ordered: Iterable[int]) -> array[int]:
        merged, rest, low = array("I"), self._own(), 0
        for place in ordered:
            high = bisect_left(rest, self.order.key(place), low, key=self.order.key)
            merged.extend(rest[low:high])
            merged.append(place)
            low = high
        merged.extend(rest[low:])
        return merged


def flagged(places: Places, count: int) -> Generator[None, None, bytearray]:
    """For each of so many places a byte: 1 where it is among these. In steps of a millisecond."""
    inside = bytearray(count)
    now = places.part(0, count)  # others may come in the meantime
    for start in range(0, len(now), _STEP):
        for place in now[start : start + _STEP]:
            inside[place] = 1
        yield
    return inside
