"""What was given in other histories of this registry: entries merged from them, and numbers that are given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import ContradictionError
from uidmanager.core.records import GivenUp, NumberKind

if TYPE_CHECKING:
    from uidmanager.core.events import EntryMerged, NumberGivenUp
    from uidmanager.core.records import Origin

_DIGITS_OF_A_PRODUCT: Final = 9


class ElsewhereImage(Struct, frozen=True):
    """All that is remembered, as plain values."""

    merged: dict[str, int]
    given_up: list[GivenUp]


class Elsewhere:
    """Part of the registry. ``merged`` has, by the hash of each entry merged, the number of the entry here.

    ``roots_given_up`` has the components of installations among the numbers that are given up.
    """

    def __init__(self) -> None:
        self.merged: dict[str, int] = {}
        self.roots_given_up: set[str] = set()
        self.highest_product = 0
        self._given_up: dict[tuple[NumberKind, str], tuple[GivenUp, ...]] = {}

    def given_up(self, kind: NumberKind, number: str) -> tuple[GivenUp, ...]:
        """To what a number was given elsewhere, that does not hold it here; mostly to nothing."""
        return self._given_up.get((kind, number), ())

    @property
    def all_given_up(self) -> tuple[GivenUp, ...]:
        """All numbers that are given up, in the order in which that was said of the first of their kind."""
        return tuple(told for each in self._given_up.values() for told in each)

    @property
    def products_given_up(self) -> set[int]:
        """The product numbers among them."""
        return {int(number) for kind, number in self._given_up if kind is NumberKind.PRODUCT}

    def is_for_another(self, kind: NumberKind, number: str, meant: str) -> bool:
        """Whether a number was given elsewhere to something else than this."""
        return any(each.meant != meant for each in self.given_up(kind, number))

    def merge(self, event: EntryMerged, origin: Origin) -> None:
        """Remember an entry of another history. Raises `ContradictionError` when it is here already."""
        if event.hash in self.merged:
            raise ContradictionError(origin.entry, f"what it merges stands in entry {self.merged[event.hash]} already")
        self.merged[event.hash] = origin.entry

    def give_up(self, event: NumberGivenUp, origin: Origin) -> None:
        """Remember a number for ever. Raises `ContradictionError` for a number that is none of its kind."""
        for number in (event.number, event.now or event.number):
            _check_number(event.kind, number, origin)
        self._keep(GivenUp(event.kind, event.number, event.meant, event.now, origin))

    def copy(self) -> Elsewhere:
        """One that later events do not change."""
        twin = Elsewhere()
        twin.merged = self.merged.copy()
        twin.highest_product = self.highest_product
        twin.roots_given_up = self.roots_given_up.copy()
        twin._given_up = self._given_up.copy()
        return twin

    def image(self) -> ElsewhereImage:
        """What is remembered, to be kept apart."""
        return ElsewhereImage(self.merged.copy(), list(self.all_given_up))

    @staticmethod
    def from_image(image: ElsewhereImage) -> Elsewhere:
        """What an image was made of."""
        made = Elsewhere()
        made.merged = image.merged.copy()
        for told in image.given_up:
            made._keep(told)
        return made

    def _keep(self, told: GivenUp) -> None:
        if told.kind is NumberKind.PRODUCT:
            self.highest_product = max(self.highest_product, int(told.number))
        if told.kind is NumberKind.INSTALLATION:
            self.roots_given_up.add(told.number)
        key = told.kind, told.number
        self._given_up[key] = (*self._given_up.get(key, ()), told)


def _check_number(kind: NumberKind, text: str, origin: Origin) -> None:
    """Of a product, and of a release before the first dot, it is known what a number looks like."""
    product = text if kind is NumberKind.PRODUCT else text.partition(".")[0]
    is_product = product.isascii() and product.isdigit() and len(product) <= _DIGITS_OF_A_PRODUCT
    if kind in {NumberKind.PRODUCT, NumberKind.RELEASE} and not is_product:
        raise ContradictionError(origin.entry, f"a {kind} of that number cannot have been given")
