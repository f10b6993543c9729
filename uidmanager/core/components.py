"""The component of each place, and the place of each component; a million of them in a few dozen bytes each.

A place is a number from 0 in the order in which components came, and is kept for ever. Components of up to 19 digits
are kept as numbers of 64 bits, all others as the text they are: longer ones, and indices with their arc before a dot.
The way from a component to its place is an array of the places in the order of their numbers, and a dict for what came
since it was made; `settle` moves one into the other. For texts it is always a dict; their order is kept as well.

Everything here only grows, or is replaced whole in one assignment. So any thread may read while one adds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import islice
from operator import indexOf
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from uidmanager.core.uid import order_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Key = Callable[[int], Any]

_LONGEST: Final = 19  # digits that surely fit into 64 bits
_FENCE: Final = 64
_STEP: Final = 1 << 13  # what sorting takes on at a time: a few milliseconds
_SLOWER: Final = 4  # times as long as numbers do texts take


class Settled(Struct, frozen=True, gc=False):
    """The places below ``end`` in the rising order of their numbers; ``fences`` are the numbers of every 64th.

    ``texts`` has the places of those that are kept as text, in the order of `order_of_text`.
    """

    end: int
    places: array[int]
    fences: array[int]
    texts: array[int]


class ComponentsImage(Struct, frozen=True):
    """All components as plain values: numbers by place, the texts among them, the places in order. Arrays as bytes.

    ``places`` has those that are numbers, ``text_places`` the others.
    """

    numbers: bytes
    texts: dict[int, str]
    places: bytes
    text_places: bytes


def order_of_text(component: str) -> tuple[bool, Any]:
    """What components that are kept as text are ordered by: numbers, then those with an index by arc and index."""
    return "." in component, order_of(component)


class Components:
    """Which component stands at which place. ``step`` is how many places are sorted at a time."""

    def __init__(self, step: int = _STEP) -> None:
        self._step = step
        self._count = 0
        self._numbers = array("Q")
        self._texts: dict[int, str] = {}
        self._places_of_texts: dict[str, int] = {}
        self._fresh: dict[int, int] = {}
        self._settled = Settled(0, array("I"), array("Q"), array("I"))
        self._is_shared = False

    def __len__(self) -> int:
        return self._count

    @property
    def numbers(self) -> array[int]:
        """By place, the component as a number; 0 as well where it is kept as text (`texts`). Not to be changed."""
        return self._numbers

    @property
    def texts(self) -> Mapping[int, str]:
        """By place, the components that are kept as text: long ones, and what never was a number."""
        return self._texts

    @property
    def unsettled(self) -> int:
        """How many places came since."""
        return self._count - self._settled.end

    def text(self, place: int) -> str:
        """The component at a place."""
        number = self._numbers[place]
        return str(number) if number or place not in self._texts else self._texts[place]

    def place_of(self, component: str) -> int | None:
        """Where a component stands; None where it does not."""
        number = _as_number(component)
        place = self._places_of_texts.get(component) if number is None else self._place_of_number(number)
        return None if place is None or place >= self._count else place

    def add(self, component: str) -> int | None:
        """Give a component the next place; None when it has one already."""
        if self._is_shared:
            self._part()
        place = self._count
        number = _as_number(component)
        if number is None:
            if component in self._places_of_texts:
                return None
            self._texts[place] = component
            self._places_of_texts[component] = place
            self._numbers.append(0)
        else:
            if self._place_of_number(number) is not None:
                return None
            self._numbers.append(number)
            self._fresh[number] = place
        self._count = place + 1
        return place

    def numbers_of(self, components: list[str]) -> list[int] | None:
        """Components that are new, as numbers; None where one is not, comes twice or is no number."""
        if max(map(len, components)) > _LONGEST:
            return None
        try:
            numbers = list(map(int, components))
        except ValueError:
            return None
        if list(map(str, numbers)) != components or min(numbers) < 0 or len(set(numbers)) < len(numbers):
            return None
        if not self._fresh.keys().isdisjoint(numbers):
            return None
        if self._settled.end and any(self._place_of_number(number) is not None for number in numbers):
            return None
        return numbers

    def add_numbers(self, numbers: list[int]) -> None:
        """Give the next places to components that `numbers_of` has answered."""
        if self._is_shared:
            self._part()
        end = self._count + len(numbers)
        self._numbers.extend(numbers)
        self._fresh.update(zip(numbers, range(self._count, end), strict=True))
        self._count = end

    def _place_of_number(self, number: int) -> int | None:
        # What is fresh comes first: `settle` puts it into the arrays before it takes it from the dict.
        place = self._fresh.get(number)
        if place is not None:
            return place
        places, number_at = self._settled.places, self._numbers.__getitem__
        end = bisect_right(self._settled.fences, number) * _FENCE
        at = bisect_left(places, number, max(0, end - _FENCE), min(end, len(places)), key=number_at)
        return places[at] if at < len(places) and number_at(places[at]) == number else None

    def in_order(self) -> array[int]:
        """All places in the order of their components as numbers; those that are no numbers come last."""
        count = self._count
        fresh, settled = sorted(self._fresh.items()), self._settled
        ordered = array("I")
        low = 0
        for number, place in fresh:
            if settled.end <= place < count:
                high = bisect_left(settled.places, number, low, key=self._numbers.__getitem__)
                ordered.extend(settled.places[low:high])
                ordered.append(place)
                low = high
        ordered.extend(settled.places[low:])
        ordered.extend(self._texts_in_order(settled, count))
        return ordered

    def highest(self, column: Sequence[int] | None = None, value: int = 0) -> int | None:
        """The place of the highest number, as far as it has this value in a column; None where there is none.

        Quick however many there are: what is settled is looked at from its end. Indices are no such numbers.
        """

        def is_meant(place: int) -> bool:
            return column is None or column[place] == value

        count, fresh, settled = self._count, list(self._fresh.items()), self._settled
        texts = self._texts_in_order(settled, count)
        long = bisect_left(texts, True, key=lambda place: "." in self._texts[place])
        for place in reversed(texts[:long]):
            if is_meant(place):
                return place
        found = max(((number, place) for number, place in fresh if place < count and is_meant(place)), default=None)
        try:
            back = 0 if column is None else indexOf(map(column.__getitem__, reversed(settled.places)), value)
            place = settled.places[~back]
        except (ValueError, IndexError):  # none of them
            return found and found[1]
        return place if found is None or found[0] < self._numbers[place] else found[1]

    def settle(self) -> Iterator[None]:
        """Sort what came since the last time, in steps of a few milliseconds; others may have their turn in between.

        Look-ups hold all the while. What is added meanwhile is left for the next time.
        """
        end = self._count
        places, texts = array("I"), array("I")
        settled = self._settled
        yield from _gathered(places, settled.places, self._plain(settled.end, end), self._number_at, self._step)
        few = max(1, self._step // _SLOWER)
        yield from _gathered(texts, settled.texts, self._fresh_texts(settled.end, end), self._text_order, few)
        self._settled = self._fenced(end, places, texts)
        self._fresh = {self._numbers[place]: place for place in range(end, self._count) if place not in self._texts}

    def image(self) -> ComponentsImage:
        """All there is, however far it is sorted."""
        texts = {place: text for place, text in self._texts.items() if place < self._count}
        ordered, numbered = self.in_order(), self._count - len(texts)
        numbers = self._numbers[: self._count].tobytes()
        return ComponentsImage(numbers, texts, ordered[:numbered].tobytes(), ordered[numbered:].tobytes())

    @staticmethod
    def from_image(image: ComponentsImage) -> Components:
        """What an image was made of, all of it sorted. Raises `ValueError` when its parts do not fit together."""
        made = Components()
        places, texts = array("I"), array("I")
        made._numbers.frombytes(image.numbers)
        places.frombytes(image.places)
        texts.frombytes(image.text_places)
        made._count = len(made._numbers)
        if len(places) + len(texts) != made._count or len(texts) != len(image.texts):
            raise ValueError("the columns of an image are not of one length")
        made._settled = made._fenced(made._count, places, texts)
        made._texts = image.texts
        made._places_of_texts = {text: place for place, text in image.texts.items()}
        return made

    def still(self) -> Components:
        """As it is now, whatever is added to this one. It shares what it can, until something is added to it."""
        twin = Components(self._step)
        # The dict before the arrays, as in `place_of`.
        twin._fresh, twin._settled = self._fresh, self._settled
        twin._count, twin._numbers = self._count, self._numbers
        twin._texts, twin._places_of_texts = self._texts, self._places_of_texts
        twin._is_shared = True
        return twin

    def _part(self) -> None:
        """Have all to itself what was shared until now."""
        count = self._count
        self._numbers = self._numbers[:count]
        self._texts = {place: text for place, text in self._texts.items() if place < count}
        self._places_of_texts = {text: place for place, text in self._texts.items()}
        self._fresh = {number: place for number, place in self._fresh.items() if place < count}
        self._is_shared = False

    def _fenced(self, end: int, places: array[int], texts: array[int]) -> Settled:
        return Settled(end, places, array("Q", map(self._numbers.__getitem__, places[::_FENCE])), texts)

    def _plain(self, start: int, end: int) -> list[int]:
        """The places from one to another whose component is kept as a number."""
        return [place for place in range(start, end) if place not in self._texts]

    def _fresh_texts(self, start: int, end: int) -> list[int]:
        """The places from one to another whose component is kept as text."""
        places = list(self._texts)  # in one go: others may add to it
        return places[bisect_left(places, start) : bisect_left(places, end)]

    def _texts_in_order(self, settled: Settled, count: int) -> array[int]:
        """The places of all that is kept as text. What is fresh mostly comes last: indices are given one by one."""
        fresh = sorted(self._fresh_texts(settled.end, count), key=self._text_order)
        if not fresh:
            return settled.texts
        ordered = settled.texts + array("I", fresh)
        if settled.texts and self._text_order(fresh[0]) < self._text_order(settled.texts[-1]):
            return array("I", sorted(ordered, key=self._text_order))
        return ordered

    def _number_at(self, place: int) -> int:
        return self._numbers[place]

    def _text_order(self, place: int) -> tuple[bool, Any]:
        return order_of_text(self._texts[place])


def _gathered(into: array[int], settled: array[int], fresh: Sequence[int], key: Key, at_once: int) -> Iterator[None]:
    """All of these places in the order of their keys, in steps of a few milliseconds."""
    if not fresh:
        into.extend(settled)
        return
    runs = [settled]
    for start in range(0, len(fresh), at_once):
        runs.append(array("I", sorted(fresh[start : start + at_once], key=key)))
        yield
    for part in _merged(runs, key, at_once):
        into.extend(part)
        yield


def _merged(runs: list[array[int]], key: Key, at_once: int) -> Iterator[list[int]]:
    """What the runs hold, in order, cut into parts of about so many: sorting what is made of runs costs little."""
    sample = sorted(key(place) for run in runs for place in run[:: max(1, at_once // 8)])
    lows = [0] * len(runs)
    for bound in (*islice(sample, 8, None, 8), None):
        highs = [len(run) if bound is None else bisect_left(run, bound, key=key) for run in runs]
        part: list[int] = []
        for run, low, high in zip(runs, lows, highs, strict=True):
            part.extend(run[low:high])
        part.sort(key=key)
        yield part
        lows = highs


def _as_number(component: str) -> int | None:
    """The component as a number, when that says all there is to it."""
    if len(component) > _LONGEST:
        return None
    try:
        number = int(component)
    except ValueError:
        return None
    return number if str(number) == component and number >= 0 else None
