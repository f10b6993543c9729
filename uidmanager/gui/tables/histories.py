"""Two histories side by side as rows of a table, and the numbers that both of them gave."""

from __future__ import annotations

from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.accounts import entry_in_words
from uidmanager.core.errors import ContradictionError
from uidmanager.core.registry import Registry
from uidmanager.gui.table_models import Column
from uidmanager.gui.times import exact_time, local_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from uidmanager.core.branches import Branches, Endangered
    from uidmanager.core.events import Entry

_BATCH: Final = 500
CLASH: Final = "clash: the number may be in use for two things"
SAME: Final = "the same in both"


class Side(NamedTuple):
    """What one history has in a place, in words."""

    entry: Entry
    words: str


class HistoriesRow(NamedTuple):
    """One number of an entry, and what either history has there; the last entry in common stands on both sides."""

    n: int
    left: Side | None
    right: Side | None

    @property
    def is_common(self) -> bool:
        """Whether both have the same entry here."""
        return self.left is not None and self.right is not None and self.left.entry.h == self.right.entry.h


def _words(side: Side | None) -> str:
    return side.words if side else "—"


def _who(side: Side | None) -> str:
    return f"{side.entry.by} at {side.entry.station}, {local_time(side.entry.at)}" if side else ""


def _all(side: Side | None) -> str:
    """Everything that a cell has no room for."""
    if side is None:
        return "Nothing stands here."
    why = f"\nWhy: {side.entry.why}" if side.entry.why else ""
    return f"{side.words}{why}\n{exact_time(side.entry.at)}\nHash: {side.entry.h}"


HISTORIES: Final[tuple[Column[HistoriesRow], ...]] = (
    Column("Entry", lambda r: str(r.n), lambda r: r.n, width=5),
    Column("In this ledger", lambda r: _words(r.left), width=34, tooltip=lambda r: _all(r.left)),
    Column("Who and when", lambda r: _who(r.left), width=25, tooltip=lambda r: _all(r.left)),
    Column("In the other", lambda r: _words(r.right), width=34, tooltip=lambda r: _all(r.right)),
    Column("Who and when there", lambda r: _who(r.right), width=25, tooltip=lambda r: _all(r.right)),
)
GIVEN_IN_BOTH: Final[tuple[Column[Endangered], ...]] = (
    Column("Kind", lambda e: e.kind, width=9),
    Column("Number", lambda e: e.number, is_fixed=True, width=16),
    Column("In this ledger", lambda e: e.left, width=28),
    Column("In the other", lambda e: e.right, width=28),
    Column("What that means", lambda e: CLASH if e.is_clash else SAME, width=36),
)


def rows_from(
    found: Branches, left: Sequence[Entry], right: Sequence[Entry], breathe: Callable[[float], None]
) -> list[HistoriesRow]:
    """The rows from the last entry in common on; none where both hold the same.

    ``left`` and ``right`` are the whole histories; ``breathe`` is told how far the work is, and may stop it.
    """
    if not found.left and not found.right:
        return []
    ours = _told(left, found.common, lambda part: breathe(part / 2))
    theirs = _told(right, found.common, lambda part: breathe(0.5 + part / 2))
    first = max(found.common, 1)
    return [HistoriesRow(n, *sides) for n, sides in enumerate(zip_longest(ours, theirs), first)]


def _told(entries: Sequence[Entry], common: int, breathe: Callable[[float], None]) -> list[Side]:
    """The last entry in common and all after it, in the names that hold at the end of this history."""
    registry = Registry()
    with suppress(ContradictionError):  # it is only asked for names; what came before them is known
        for start in range(0, len(entries), _BATCH):
            breathe(start / len(entries))
            for entry in entries[start : start + _BATCH]:
                registry.apply(entry)
    return [Side(entry, entry_in_words(registry, entry)) for entry in entries[max(common - 1, 0) :]]
