"""In which order places stand, and how a million of them are put into it in steps of a few milliseconds.

Sorting all of them at once would hold Python, and with it the window, for a third of a second.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final, Protocol

from uidmanager.core.components import order_of_text

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from uidmanager.core.installations import Installations

_STEP: Final = 8192


class Order(Protocol):
    """By what places are ordered; those that are equal by that stand in the order of assignment.

    An order keeps the values that it has seen, so that what stood by its old value is still found when that changes.
    """

    def key(self, place: int) -> Any:
        """What a place is ordered by."""

    def arranged(self, count: int) -> Generator[None, None, Sequence[int]]:
        """The first so many places in this order, in steps of a few milliseconds."""

    def renew(self, place: int) -> None:
        """Look again at the value of a place, or for the first time at that of the next."""


class ByPlace:
    """The order of assignment."""

    def key(self, place: int) -> int:
        """The place itself."""
        return place

    def arranged(self, count: int) -> Generator[None, None, Sequence[int]]:
        """All as they are."""
        yield from ()
        return range(count)

    def renew(self, place: int) -> None:
        """A place stays what it is."""


class ByComponent:
    """The order of the components as numbers; those with an index come last, by arc and index."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    def key(self, place: int) -> tuple[bool, Any]:
        """The number, or the text with its length."""
        components = self._installations.components
        if place in components.texts:
            return True, order_of_text(components.texts[place])
        return False, components.numbers[place]

    def arranged(self, count: int) -> Generator[None, None, Sequence[int]]:
        """They are kept in this order, so that they can be found."""
        places = self._installations.in_order()
        yield
        if len(places) > count:
            places = array("I", [place for place in places if place < count])
        return places

    def renew(self, place: int) -> None:
        """A component never changes."""


class ByText:
    """The order of a text that each place has; few texts, most often, and each of them many times.

    ``texts`` tells those of some places in a row.
    """

    def __init__(self, texts: Callable[[range], list[str]]) -> None:
        self._texts_of = texts
        self._texts: list[str] = []

    def key(self, place: int) -> tuple[str, int]:
        """The text, then the place."""
        return self._texts[place], place

    def arranged(self, count: int) -> Generator[None, None, Sequence[int]]:
        """Each text gathers its places; then only the texts are sorted."""
        gathered: dict[str, array[int]] = {}
        for start in range(0, count, _STEP):
            places = range(start, min(start + _STEP, count))
            texts = self._texts_of(places)
            self._texts.extend(texts)
            for place, text in zip(places, texts, strict=True):
                if text in gathered:
                    gathered[text].append(place)
                else:
                    gathered[text] = array("I", (place,))
            yield
        ordered = array("I")
        for number, text in enumerate((yield from _sorted(list(gathered)))):
            ordered.extend(gathered[text])
            if number % _STEP == 0:
                yield
        return ordered

    def renew(self, place: int) -> None:
        """Keep the text of a place as it is now."""
        self._texts[place : place + 1] = self._texts_of(range(place, place + 1))


def _sorted(texts: list[str]) -> Generator[None, None, Iterable[str]]:
    """Texts in order: pieces are sorted, then what all pieces have between two bounds, which is made of runs."""
    pieces = []
    for start in range(0, len(texts), _STEP):
        pieces.append(sorted(texts[start : start + _STEP]))
        yield
    bounds = sorted(text for piece in pieces for text in piece[_STEP // 8 :: _STEP // 8])[7::8]
    ordered: list[str] = []
    lows = [0] * len(pieces)
    for bound in (*bounds, None):
        highs = [len(piece) if bound is None else bisect_left(piece, bound) for piece in pieces]
        part: list[str] = []
        for piece, low, high in zip(pieces, lows, highs, strict=True):
            part += piece[low:high]
        part.sort()
        ordered += part
        lows = highs
        yield
    return ordered
