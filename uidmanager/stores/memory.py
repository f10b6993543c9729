"""A ledger that lives as long as the program: for demonstrations, and the plain reference for the one in a file."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from uidmanager.app.ports import Access, News, no_progress
from uidmanager.core.entries import EntryList
from uidmanager.core.errors import LedgerExistsError, LedgerLockedError, LedgerMissingError
from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.stores.codec import encode_line
from uidmanager.stores.lock import PATIENCE_S
from uidmanager.stores.recent import RecentEntries
from uidmanager.stores.wording import clock_remarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.core.events import Entry, NewEntry
    from uidmanager.core.registry import Registry


class Shelf:
    """The place where a ledger in memory lies; several looks may share it."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.lock = Lock()


class MemoryLedger:
    """A look at a ledger in memory. Its entries have the very hashes they would have in a file."""

    def __init__(self, name: str = "memory", *, shelf: Shelf | None = None, patience: float = PATIENCE_S) -> None:
        self.name = name
        self._shelf = shelf or Shelf()
        self._patience = patience
        self._read = 0
        self._recent = RecentEntries()
        self._remarks: list[str] = []
        self._in_turn = False

    def news(self, progress: Progress = no_progress) -> News:
        """The entries not seen yet."""
        if not self._shelf.entries:
            raise LedgerMissingError(self.name)
        progress("Reading the ledger", 1.0)
        entries = tuple(self._shelf.entries[self._read :])
        self._read += len(entries)
        self._recent.add(entries)
        remarks, self._remarks = self._remarks, []
        return News(entries, remarks=remarks)

    def has_news(self) -> bool:
        """Whether there are entries not seen yet."""
        return len(self._shelf.entries) != self._read

    @contextmanager
    def turn(self) -> Iterator[MemoryTurn]:
        """Take the turn to write."""
        if not self._shelf.entries:
            raise LedgerMissingError(self.name)
        if self._in_turn:
            raise RuntimeError("a turn within a turn")
        if not self._shelf.lock.acquire(timeout=self._patience):
            raise LedgerLockedError(self.name, self._patience, "another part of this program")
        turn = MemoryTurn(self)
        self._in_turn = True
        try:
            yield turn
        finally:
            self._in_turn = False
            turn.end()
            self._shelf.lock.release()

    def found(self, entry: NewEntry) -> Entry:
        """Begin with the first entry."""
        with self._shelf.lock:
            if self._shelf.entries:
                raise LedgerExistsError(self.name)
            return self._add(entry)

    def found_with(self, entries: Iterable[NewEntry]) -> int:
        """Begin with several entries, all of them or none."""
        with self._shelf.lock:
            if self._shelf.entries:
                raise LedgerExistsError(self.name)
            written: list[Entry] = []
            for entry in entries:
                before = written[-1].h if written else FIRST_HEAD
                written.append(encode_line(entry, len(written) + 1, before)[0])
            self._shelf.entries.extend(written)
            return len(written)

    def resume(self, progress: Progress = no_progress) -> Registry | None:  # noqa: ARG002 (the port's signature)
        """There is no checkpoint of what is in memory anyhow."""
        return None

    def keep_checkpoint(self, registry: Registry) -> None:
        """The same."""

    def blank(self) -> EntryList:
        """No entries, to be kept as they are."""
        return EntryList()

    def access(self) -> Access:
        """Whoever works in this program may write it, and nobody else. Raises `LedgerMissingError`."""
        if not self._shelf.entries:
            raise LedgerMissingError(self.name)
        return Access("this program", "this program")

    def refused(self) -> None:
        """Nothing speaks against writing."""

    def seen_of(self, registry: str) -> int:  # noqa: ARG002 (the port's signature)
        """Nothing is remembered of what is in memory only."""
        return 0

    def afresh(self) -> MemoryLedger:
        """Another look at the same place."""
        return MemoryLedger(self.name, shelf=self._shelf, patience=self._patience)

    def append(self, entry: NewEntry) -> Entry:
        """Put an entry after all others, or find it written; for the turn, which sees to it that all were read."""
        return self._recent.written(entry) or self._add(entry)

    def _add(self, entry: NewEntry) -> Entry:
        before = self._shelf.entries[-1] if self._shelf.entries else None
        written, _line = encode_line(entry, self._read + 1, before.h if before else FIRST_HEAD)
        if before:
            self._remarks.extend(clock_remarks(before.at, written))
        self._shelf.entries.append(written)
        self._read += 1
        self._recent.add([written])
        return written


class MemoryTurn:
    """The ledger while nobody else can write to it."""

    def __init__(self, ledger: MemoryLedger) -> None:
        self._ledger = ledger
        self._has_looked = False
        self._has_ended = False

    def news(self) -> News:
        """What others have written since the last look."""
        self._check_open()
        self._has_looked = True
        return self._ledger.news()

    def append(self, entry: NewEntry) -> Entry:
        """Write one entry, or find it written."""
        self._check_open()
        if not self._has_looked:
            raise RuntimeError("news() comes first in a turn: an entry follows on all others")
        return self._ledger.append(entry)

    def end(self) -> None:
        """Nothing can be done with this turn any more."""
        self._has_ended = True

    def _check_open(self) -> None:
        if self._has_ended:
            raise RuntimeError("this turn is over")
