"""Which number of the base stands for a number of the other history, where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core import events as e
from uidmanager.core.records import NumberKind
from uidmanager.core.scheme import indexed_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uidmanager.core.events import Entry
    from uidmanager.core.registry import Registry

    Giving = e.ProductRegistered | e.ReleaseRegistered | e.InstallationAssigned | e.InstallationIndexed


_GIVING: Final = (e.ProductRegistered, e.ReleaseRegistered, e.InstallationAssigned, e.InstallationIndexed)


class Numbering:
    """Numbers of the other history that have not been told apart stand for themselves.

    ``called`` has, by a product's number there, its name there and the one it has here because that one was taken.
    """

    def __init__(self) -> None:
        self.called: dict[int, tuple[str, str]] = {}
        self._products: dict[int, int | None] = {}
        self._names: dict[str, str | None] = {}
        self._installations: dict[str, str | None] = {}
        self._gone: set[tuple[str, ...]] = set()

    def product(self, there: int | None) -> int | None:
        """The product here; None when it is not here."""
        return None if there is None else self._products.get(there, there)

    def release(self, product: int, numeric: str) -> tuple[int, str] | None:
        """Product and numeric form of the release here; None when it is not here."""
        here = self.product(product)
        return None if here is None or ("release", str(product), numeric) in self._gone else (here, numeric)

    def installation(self, component: str) -> str | None:
        """The component of the installation here; None when it is not here."""
        return self._installations.get(component, component)

    def number(self, kind: NumberKind, there: str) -> str | None:
        """The same for a number in text."""
        match kind:
            case NumberKind.PRODUCT:
                here = self.product(int(there))
                return None if here is None else str(here)
            case NumberKind.RELEASE:
                product, _, numeric = there.partition(".")
                release = self.release(int(product), numeric)
                return None if release is None else f"{release[0]}.{release[1]}"
            case NumberKind.INSTALLATION:
                return self.installation(there)
            case _:
                return self._names.get(there, there)

    def move_product(self, there: int, here: int | None) -> None:
        """The product has another number here, or is not here."""
        self._products[there] = here

    def rename_version(self, there: str, here: str | None) -> None:
        """The release has another version name here, or is not here."""
        self._names[there] = here

    def drop_release(self, product: int, numeric: str) -> None:
        """The release is not here."""
        self._gone.add(("release", str(product), numeric))

    def move_installation(self, there: str, here: str | None) -> None:
        """The installation has another component here, or is not here."""
        self._installations[there] = here

    def recall(self, source: Entry, merged: Entry, ours: Registry) -> None:
        """Learn from an entry that was merged before what its numbers stand for: ``merged`` is what it came to here.

        An entry may have come by way of a third history, which took one thing for the same as another without saying
        so. Then only what is told here just so is the same.
        """
        given_up = {(each.kind, each.number): each.now for each in merged.events if isinstance(each, e.NumberGivenUp)}
        names = {each.number: each.name for each in merged.events if isinstance(each, e.ProductRegistered)}
        is_first_hand = merged.events[0] == merged_from(source)
        for event in source.events:
            if isinstance(event, _GIVING):
                kind, number = _number_given(event)
                if (kind, number) in given_up:
                    self._learn(kind, number, given_up[kind, number])
                elif not (is_first_hand or _holds(ours, event)):
                    self._learn(kind, number, None)
            if isinstance(event, e.ReleaseRegistered) and (NumberKind.VERSION_NAME, event.version_name) in given_up:
                self.rename_version(event.version_name, given_up[NumberKind.VERSION_NAME, event.version_name])
            if isinstance(event, e.ProductRegistered):
                self._recall_name(event, names)

    def _recall_name(self, event: e.ProductRegistered, names: Mapping[int, str]) -> None:
        here = self.product(event.number)
        if here is not None and here in names:
            self.called[event.number] = event.name, names[here]

    def _learn(self, kind: NumberKind, there: str, here: str | None) -> None:
        if kind is NumberKind.PRODUCT:
            self.move_product(int(there), None if here is None else int(here))
        elif kind is NumberKind.INSTALLATION:
            self.move_installation(there, here)
        elif here is None:
            product, _, numeric = there.partition(".")
            self.drop_release(int(product), numeric)


def merged_from(source: Entry) -> e.EntryMerged:
    """The event that says where an entry came from."""
    return e.EntryMerged(source.n, source.h, source.id, source.at, source.by, source.station, source.app, source.why)


def _number_given(event: Giving) -> tuple[NumberKind, str]:
    match event:
        case e.ProductRegistered():
            return NumberKind.PRODUCT, str(event.number)
        case e.ReleaseRegistered():
            return NumberKind.RELEASE, f"{event.product}.{event.numeric}"
        case _:
            return NumberKind.INSTALLATION, event.component


def _holds(ours: Registry, event: Giving) -> bool:
    """Whether what has the number here is told just so. Where it is not, nobody has said here that it is the same."""
    match event:
        case e.ProductRegistered():
            product = ours.product(event.number)
            return product is not None and product.name == event.name
        case e.ReleaseRegistered():
            release = ours.release(event.product, event.numeric)
            return release is not None and release.version == event.version
        case _:
            held = ours.installation(event.component)
            return held is not None and indexed_key(held.serial) == indexed_key(event.serial)
