"""A ledger that is a list, with a door for others: what they write comes between a look and a turn."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from uidmanager.app.ports import Access, News, Person, no_progress
from uidmanager.app.service import Service
from uidmanager.core.drafts import FoundRegistry
from uidmanager.core.entries import EntryList
from uidmanager.core.errors import LedgerExistsError, LedgerMissingError
from uidmanager.core.events import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.core.errors import LedgerError
    from uidmanager.core.events import NewEntry
    from uidmanager.core.registry import Registry

ROOT = "1.2.826.0.1.3680043.2.50"


class CountedWorld:
    """Time that ticks when it is asked, ids that count."""

    app = "0.1.0"

    def __init__(self, name: str = "anna", station: str = "LINE-3") -> None:
        self.person = Person(name, station)
        self._asked = 0

    def now(self) -> str:
        self._asked += 1
        return f"2026-11-22T21:06:{self._asked // 1000000:02}.{self._asked % 1000000:06}Z"

    def new_id(self) -> str:
        self._asked += 1
        return f"{self.person.name}-{self._asked}"


class ListLedger:
    """A ledger in a list that several share. ``in_the_meantime`` runs once, as the turn is taken."""

    name = "a list"

    def __init__(self, lines: list[Entry]) -> None:
        self.lines = lines
        self.read = 0
        self.in_the_meantime: Callable[[], object] | None = None
        self.trouble: LedgerError | None = None
        self.remarks: tuple[str, ...] = ()
        self.barred: LedgerError | None = None
        self.turns = 0
        self.kept: Registry | None = None
        self.seen: dict[str, int] = {}

    def news(self, progress: Progress = no_progress) -> News:
        progress("Reading", 0.5)
        if not self.lines:
            raise LedgerMissingError(self.name)
        fresh, self.read = self.lines[self.read :], len(self.lines)
        return News(tuple(fresh), self.trouble, self.remarks)

    def has_news(self) -> bool:
        return self.read < len(self.lines)

    def resume(self, progress: Progress = no_progress) -> Registry | None:
        progress("Resuming", 0.5)
        kept, self.kept = self.kept, None
        if kept is not None:
            self.read = kept.position
        return kept

    def keep_checkpoint(self, registry: Registry) -> None:
        self.kept = registry

    def blank(self) -> EntryList:
        return EntryList()

    @contextmanager
    def turn(self) -> Iterator[ListLedger]:
        self.turns += 1
        meantime, self.in_the_meantime = self.in_the_meantime, None
        if meantime is not None:
            meantime()
        yield self

    def append(self, entry: NewEntry) -> Entry:
        n = len(self.lines) + 1
        made = Entry(f"{n:064x}", n, entry.id, entry.at, entry.by, entry.station, entry.app, entry.why, entry.events)
        self.lines.append(made)
        self.read = n
        return made

    def found(self, entry: NewEntry) -> Entry:
        if self.lines:
            raise LedgerExistsError(self.name)
        return self.append(entry)

    def found_with(self, entries: Iterable[NewEntry]) -> int:
        if self.lines:
            raise LedgerExistsError(self.name)
        return len([self.append(entry) for entry in list(entries)])

    def seen_of(self, registry: str) -> int:
        return self.seen.get(registry, 0)

    def access(self) -> Access:
        return Access("anna", "anna")

    def refused(self) -> LedgerError | None:
        return self.barred

    def afresh(self) -> ListLedger:
        again = ListLedger(self.lines)
        again.trouble, again.remarks, again.barred = self.trouble, self.remarks, self.barred
        again.kept = self.kept
        return again


@pytest.fixture
def lines() -> list[Entry]:
    return []


@pytest.fixture
def service(lines: list[Entry]) -> Service:
    """A registry just founded by anna."""
    made = Service(ListLedger(lines), CountedWorld())
    made.found(FoundRegistry(ROOT, "Acme Imaging"))
    return made


@pytest.fixture
def other(service: Service, lines: list[Entry]) -> Service:
    """The same registry, opened by ben at another station."""
    made = Service(ListLedger(lines), CountedWorld("ben", "OFFICE"))
    made.open()
    return made


def ledger_of(service: Service) -> ListLedger:
    assert isinstance(service.ledger, ListLedger)
    return service.ledger
