"""The history as rows: one for each event of each entry, told with the names that hold now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import structs

from uidmanager.core.accounts import Account, account_of
from uidmanager.core.events import Entry, Event, ProductNameCorrected
from uidmanager.gui.table_models import Column
from uidmanager.gui.times import exact_time, local_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from uidmanager.core.records import Record
    from uidmanager.core.registry import Registry

_BATCH: Final = 500


class HistoryRow(NamedTuple):
    """One event: the entry it stands in, which of its events it is (from 0), and what it means."""

    entry: Entry
    number: int
    account: Account

    @property
    def event(self) -> Event:
        """The event itself."""
        return self.entry.events[self.number]


COLUMNS: Final[tuple[Column[HistoryRow], ...]] = (
    Column("Entry", lambda r: str(r.entry.n), lambda r: r.entry.n, width=5),
    Column("When", lambda r: local_time(r.entry.at), lambda r: r.entry.at, width=13,
           tooltip=lambda r: exact_time(r.entry.at)),
    Column("Who", lambda r: r.entry.by, width=6),
    Column("Station", lambda r: r.entry.station, width=7),
    Column("What", lambda r: r.account.what, width=19),
    Column("Subject", lambda r: r.account.subject, width=13),
    Column("Old value", lambda r: r.account.old or "", width=10),
    Column("New value", lambda r: r.account.new or "", width=30),
    Column("Why", lambda r: r.entry.why or "", width=24),
)  # fmt: skip


def key_of(row: HistoryRow) -> tuple[int, int]:
    """By which a row is known."""
    return row.entry.n, row.number


def rows_of(registry: Registry, entries: Iterable[Entry]) -> list[HistoryRow]:
    """The rows of these entries."""
    return [
        HistoryRow(entry, number, account_of(registry, event))
        for entry in entries
        for number, event in enumerate(entry.events)
    ]


def newest_rows(registry: Registry, count: int, breathe: Callable[[float], None]) -> list[HistoryRow]:
    """The rows of the newest entries of a registry that holds still: at least so many, if there are, oldest first.

    ``breathe`` is told how far the work is, and may stop it.
    """
    batches: list[list[HistoryRow]] = []
    end = registry.position
    found = 0
    while end and found < count:
        breathe(found / count)
        start = max(0, end - _BATCH)
        batches.append(rows_of(registry, registry.entries[start:end]))
        found += len(batches[-1])
        end = start
    return [row for batch in reversed(batches) for row in batch]


def retells(entries: Sequence[Entry]) -> bool:
    """Whether these entries change how earlier ones are told: a product is called otherwise."""
    return any(isinstance(event, ProductNameCorrected) for entry in entries for event in entry.events)


def record_of(registry: Registry, row: HistoryRow) -> Record | None:
    """The record that a row speaks of; None for the registry itself."""
    records = registry.records_in([structs.replace(row.entry, events=(row.event,))])
    return records[0] if records else None
