"""Two histories of one registry, side by side: where they part, what each has alone, which numbers are in danger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.entries import head_at
from uidmanager.core.events import (
    Entry,
    EntryMerged,
    InstallationAssigned,
    InstallationImported,
    InstallationIndexed,
    ProductImported,
    ProductRegistered,
    RegistryFounded,
    ReleaseImported,
    ReleaseRegistered,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from uidmanager.core.events import Event


class Endangered(Struct, frozen=True):
    """A number that both histories gave after they had parted. ``left`` and ``right`` say to what.

    ``is_clash`` when it was not to the same: then one number may be in use for two things.
    """

    kind: str
    number: str
    left: str
    right: str

    @property
    def is_clash(self) -> bool:
        """Whether the number means two things."""
        return self.left != self.right


class Branches(Struct, frozen=True):
    """What comparing has shown. ``common`` is the last entry that both have, 0 when there is none."""

    common: int
    left: Sequence[Entry]
    right: Sequence[Entry]
    endangered: Sequence[Endangered]

    @property
    def have_parted(self) -> bool:
        """Whether each has something that the other lacks, and has not merged."""
        return _lacks(self.left, self.right) and _lacks(self.right, self.left)


def compare(left: Sequence[Entry], right: Sequence[Entry]) -> Branches:
    """Lay two histories side by side, each whole from its first entry on."""
    common = last_common(left, right)
    alone, other = left[common:], right[common:]
    return Branches(common, alone, other, tuple(_given_twice(alone, other)))


def last_common(left: Sequence[Entry], right: Sequence[Entry]) -> int:
    """The number of the last entry that both have: by the chain, they have all before it."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if head_at(left, middle) == head_at(right, middle):
            low = middle
        else:
            high = middle - 1
    return low


def registry_id(entries: Sequence[Entry]) -> str:
    """The id of the registry that a history is of; empty when it has no beginning."""
    founding = entries[0].events[0] if entries else None
    return founding.registry if isinstance(founding, RegistryFounded) else ""


def merged_hashes(entries: Iterable[Entry]) -> Iterator[str]:
    """The hashes of the entries of other histories that were merged into these: their events begin with it."""
    for entry in entries:
        for event in entry.events:
            if not isinstance(event, EntryMerged):
                break
            yield event.hash


def _lacks(entries: Iterable[Entry], others: Iterable[Entry]) -> bool:
    merged = set(merged_hashes(entries))
    return any(other.h not in merged for other in others)


def _given_twice(left: Iterable[Entry], right: Iterable[Entry]) -> Iterator[Endangered]:
    given, again = _numbers(left), _numbers(right)
    for kind, number in given:
        if (kind, number) in again:
            yield Endangered(kind, number, given[kind, number], again[kind, number])


def _numbers(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """What was given which number: by kind and number, in words."""
    return {(kind, number): words for entry in entries for event in entry.events for kind, number, words in _of(event)}


def _of(event: Event) -> Iterator[tuple[str, str, str]]:
    match event:
        case ProductRegistered() | ProductImported():
            yield "product", str(event.number), event.name
        case ReleaseRegistered() | ReleaseImported():
            yield "release", f"{event.product}.{event.numeric}", f"{event.version} ({event.version_name})"
        case InstallationAssigned() | InstallationIndexed() | InstallationImported():
            product = "no product" if event.product is None else f"product {event.product}"
            yield "installation", event.component, f"{event.serial} ({product})"
        case _:
            return
