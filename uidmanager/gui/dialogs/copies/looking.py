"""Lays a ledger beside another copy of it: work for behind the window, which knows nothing of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from uidmanager.app.ports import History
from uidmanager.core.branches import Branches, compare, registry_id
from uidmanager.core.errors import LedgerError, LedgerMissingError
from uidmanager.gui.tables.histories import HistoriesRow, rows_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import Desk, Keeper, Progress
    from uidmanager.core.branches import Endangered


class Seen(NamedTuple):
    """One file: how many good entries it holds, and what is wrong after them."""

    where: str
    entries: int
    fault: LedgerError | None


class Look(NamedTuple):
    """How things stand. ``other`` is None where that copy could not be read: ``unread`` says why, if it is known.

    ``alone`` and ``other_alone`` count the entries that one has and the other lacks, after entry ``common``.
    ``barred`` is why this user may put nothing in the ledger's place.
    """

    ledger: Seen
    barred: LedgerError | None
    other: Seen | None = None
    unread: LedgerError | None = None
    is_foreign: bool = False
    common: int = 0
    alone: int = 0
    other_alone: int = 0
    rows: Sequence[HistoriesRow] = ()
    endangered: Sequence[Endangered] = ()

    @property
    def have_parted(self) -> bool:
        """Whether each has something that the other lacks."""
        return bool(self.alone and self.other_alone)


def look(desk: Desk, where: str, other: str | None, progress: Progress) -> Look:
    """Lay the ledger beside another file, or beside this station's own copy. Raises a `LedgerError`."""
    keeper = desk.keeper_at(where)
    progress("Reading the ledger", 0.0)
    ours = _present(keeper, where)
    seen, barred = _seen(ours), desk.ledger_at(where).refused()
    registry = registry_id(ours.entries)
    if other is None and not registry:
        return Look(seen, barred)
    progress("Reading the other copy", 0.3)
    try:
        theirs = keeper.replica(registry) if other is None else keeper.other(other)
    except LedgerError as error:
        return Look(seen, barred, unread=error)
    if registry and theirs.entries and registry_id(theirs.entries) != registry:
        return Look(seen, barred, _seen(theirs), is_foreign=True)
    progress("Comparing", 0.6)
    found = compare(ours.entries, theirs.entries)
    rows = rows_from(found, ours.entries, theirs.entries, lambda part: progress("Comparing", 0.6 + 0.4 * part))
    return _look(seen, barred, _seen(theirs), found, rows)


def _present(keeper: Keeper, where: str) -> History:
    """What the ledger holds: nothing, where it is gone."""
    try:
        return keeper.present()
    except LedgerMissingError as error:
        return History(where, (), error)


def _look(ledger: Seen, barred: LedgerError | None, other: Seen, found: Branches, rows: Sequence[HistoriesRow]) -> Look:
    return Look(
        ledger,
        barred,
        other,
        common=found.common,
        alone=len(found.left),
        other_alone=len(found.right),
        rows=rows,
        endangered=found.endangered,
    )


def _seen(history: History) -> Seen:
    return Seen(history.where, len(history.entries), history.fault)
