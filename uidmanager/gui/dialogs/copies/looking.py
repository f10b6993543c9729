"""Lays a ledger beside another copy of it: work for behind the window, which knows nothing of Qt."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from uidmanager.app.ports import History
from uidmanager.core.branches import compare, registry_id
from uidmanager.core.errors import LedgerError, LedgerMissingError
from uidmanager.gui.tables.histories import HistoriesRow, rows_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import Access, Desk, Keeper, Progress
    from uidmanager.core.branches import Endangered


class Seen(NamedTuple):
    """One file: how many good entries it holds, and what is wrong after them."""

    where: str
    entries: int
    fault: LedgerError | None


class Look(NamedTuple):
    """How things stand. ``other`` is None where that copy could not be read: ``unread`` says why, if it is known.

    ``alone`` and ``other_alone`` count the entries that one has and the other lacks, after entry ``common``.
    ``barred`` is why this user may put nothing in the ledger's place, ``access`` who may write there at all.
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
    access: Access | None = None

    @property
    def have_parted(self) -> bool:
        """Whether each has something that the other lacks."""
        return bool(self.alone and self.other_alone)


def look(desk: Desk, where: str, other: str | None, progress: Progress) -> Look:
    """Lay the ledger beside another file, or beside this station's own copy. Raises a `LedgerError`."""
    keeper = desk.keeper_at(where)
    progress("Reading the ledger", 0.0)
    ours = _present(keeper, where)
    alone = _alone(desk, _seen(ours))
    registry = registry_id(ours.entries)
    if other is None and not registry:
        return alone
    progress("Reading the other copy", 0.3)
    try:
        theirs = keeper.replica(registry) if other is None else keeper.other(other)
    except LedgerError as error:
        return alone._replace(unread=error)
    if registry and theirs.entries and registry_id(theirs.entries) != registry:
        return alone._replace(other=_seen(theirs), is_foreign=True)
    progress("Comparing", 0.6)
    found = compare(ours.entries, theirs.entries)
    rows = rows_from(found, ours.entries, theirs.entries, lambda part: progress("Comparing", 0.6 + 0.4 * part))
    return alone._replace(
        other=_seen(theirs),
        common=found.common,
        alone=len(found.left),
        other_alone=len(found.right),
        rows=rows,
        endangered=found.endangered,
    )


def _alone(desk: Desk, ours: Seen) -> Look:
    """What can be said before another copy is read. Who may write is not known where nothing lies there."""
    ledger = desk.ledger_at(ours.where)
    with suppress(LedgerError):
        return Look(ours, ledger.refused(), access=ledger.access())
    return Look(ours, ledger.refused())


def _present(keeper: Keeper, where: str) -> History:
    """What the ledger holds: nothing, where it is gone."""
    try:
        return keeper.present()
    except LedgerMissingError as error:
        return History(where, (), error)


def _seen(history: History) -> Seen:
    return Seen(history.where, len(history.entries), history.fault)
