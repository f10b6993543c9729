"""The component of each place, and the place of each component; a million of them in a few dozen bytes each.

A place is a number from 0 in the order in which components came, and is kept for ever. Components of up to 19 digits
are kept as numbers of 64 bits, all others as the text they are. The way from a component to its place is an array of
the places in the order of their numbers, and a dict for what came since it was made; `settle` moves one into the other.

Everything here only grows, or is replaced whole in one assignment. So any thread may read while one adds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.uid import order_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LONGEST: Final = 19  # digits that surely fit into 64 bits
_FENCE: Final = 64
_STEP: Final = 1 << 13  # what sorting takes on at a time: a few milliseconds


class Settled(Struct, frozen=True, gc=False):
    """The places below ``end`` in the rising order of their numbers; ``fences`` are the numbers of every 64th."""

    end: int
    places: array[int]
    fences: array[int]


class ComponentsImage(Struct, frozen=True):
    """All components as plain values: numbers by place, the texts among them, the places in order. Arrays as bytes."""

    numbers: bytes
    texts: dict[int, str]
    places: bytes


class Components:
    """Which component stands at which place. ``step`` is how many places are sorted at a time."""

    def __init__(self, step: int = _STEP) -> None:
        self._step = step
        self._count = 0
        self._numbers = array("Q")
        self._texts: dict[int, str] = {}
        self._places_of_texts: dict[str, int] = {}
        self._fresh: dict[int, int] = {}
        self._settled = Settled(0, array("I"), array("Q"))
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
        odd = [(order_of(text), place) for place, text in self._texts.copy().items() if place < count]
        ordered.extend(place for _order, place in sorted(odd))
        return ordered

    def settle(self) -> Iterator[None]:
        """Sort what came since the last time, in steps of a few milliseconds; others may have their turn in between.

        Look-ups hold all the while. What is added meanwhile is left for the next time.
        """
        end = self._count
        runs = [self._settled.places]
        for start in range(self._settled.end, end, self._step):
            runs.append(self._sorted(range(start, min(start + self._step, end))))
            yield
        places = array("I")
        for part in self._merged(runs):
            places.extend(part)
            yield
        self._settled = self._fenced(end, places)
        self._fresh = {self._numbers[place]: place for place in range(end, self._count) if place not in self._texts}

    def image(self) -> ComponentsImage:
        """All there is, however far it is sorted."""
        texts = {place: text for place, text in self._texts.items() if place < self._count}
        numbered = self.in_order()[: self._count - len(texts)]
        return ComponentsImage(self._numbers[: self._count].tobytes(), texts, numbered.tobytes())

    @staticmethod
    def from_image(image: ComponentsImage) -> Components:
        """What an image was made of, all of it sorted. Raises `ValueError` when its parts do not fit together."""
        made = Components()
        places = array("I")
        made._numbers.frombytes(image.numbers)
        places.frombytes(image.places)
        made._count = len(made._numbers)
        if len(places) + len(image.texts) != made._count:
            raise ValueError("the columns of an image are not of one length")
        made._settled = made._fenced(made._count, places)
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

    def _fenced(self, end: int, places: array[int]) -> Settled:
        return Settled(end, places, array("Q", map(self._numbers.__getitem__, places[::_FENCE])))

    def _sorted(self, places: Iterable[int]) -> array[int]:
        """Some places in the order of their numbers."""
        plain = (place for place in places if place not in self._texts)
        return array("I", sorted(plain, key=self._numbers.__getitem__))

    def _merged(self, runs: list[array[int]]) -> Iterator[array[int]]:
        """What the runs hold, in order, cut into parts of about one step: sorting what is made of runs costs little."""
        number_at = self._numbers.__getitem__
        sample = sorted(number_at(place) for run in runs for place in run[:: max(1, self._step // 8)])
        lows = [0] * len(runs)
        for bound in (*islice(sample, 8, None, 8), None):
            highs = [len(run) if bound is None else bisect_left(run, bound, key=number_at) for run in runs]
            part: list[int] = []
            for run, low, high in zip(runs, lows, highs, strict=True):
                part.extend(run[low:high])
            yield self._sorted(part)
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
