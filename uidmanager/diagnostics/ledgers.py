"""Ledgers and a desk that note in the diagnostic log what they do, and otherwise do what those behind them do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from uidmanager.app.ports import no_progress
from uidmanager.core.errors import UidManagerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from uidmanager.app.ports import Access, Desk, Keeper, Ledger, News, PackMade, Progress, Turn, World
    from uidmanager.app.selfcheck.ports import Laboratory
    from uidmanager.core.entries import Entries
    from uidmanager.core.errors import LedgerError
    from uidmanager.core.events import Entry, NewEntry
    from uidmanager.core.registry import Registry
    from uidmanager.diagnostics.log import DiagnosticLog


class NotingDesk:
    """Opens the ledgers of another desk."""

    def __init__(self, desk: Desk, log: DiagnosticLog) -> None:
        self._desk = desk
        self._log = log

    @property
    def world(self) -> World:
        """The clock and the person."""
        return self._desk.world

    def viewing(self) -> Desk:
        """The same desk for looking only."""
        return NotingDesk(self._desk.viewing(), self._log)

    def ledger_at(self, where: str) -> Ledger:
        """The ledger at a place, which need not exist yet. Touches nothing."""
        return NotingLedger(self._desk.ledger_at(where), self._log)

    def inspection_pack(
        self, where: str, target: str, *, paper: str = "a4", replace: bool = False, progress: Progress = no_progress
    ) -> PackMade:
        """Write the pack of the ledger at a place."""
        made = self._desk.inspection_pack(where, target, paper=paper, replace=replace, progress=progress)
        self._log.note("packed", ledger=where, entries=made.entries)
        return made

    def laboratory(self) -> AbstractContextManager[Laboratory]:
        """A scratch folder for the installation check; what happens there is not noted."""
        return self._desk.laboratory()

    def keeper_at(self, where: str) -> Keeper:
        """Who looks after the ledger at a place."""
        return self._desk.keeper_at(where)


class NotingLedger:
    """Notes the first look at a ledger, its trouble, each entry written, and each error with its code."""

    def __init__(self, ledger: Ledger, log: DiagnosticLog) -> None:
        self._ledger = ledger
        self._log = log
        self._is_read = False
        self._entries_read = 0

    @property
    def name(self) -> str:
        """Where it lies, as the user knows it."""
        return self._ledger.name

    def refused(self) -> LedgerError | None:
        """Why this user may not write it, as far as can be told without trying."""
        return self._ledger.refused()

    def news(self, progress: Progress = no_progress) -> News:
        """The entries not seen yet."""
        with self._errors_noted():
            news = self._ledger.news(progress)
        self._note_news(news)
        return news

    def has_news(self) -> bool:
        """Whether a look is worth it."""
        return self._ledger.has_news()

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Take the turn to write."""
        with self._errors_noted(), self._ledger.turn() as turn:
            yield _NotingTurn(turn, self)

    def found(self, entry: NewEntry) -> Entry:
        """Make the ledger with its first entry."""
        with self._errors_noted():
            written = self._ledger.found(entry)
        self._is_read = True
        self.note_written(written)
        return written

    def found_with(self, entries: Iterable[NewEntry]) -> int:
        """Make the ledger with its first entries; what they hold is in the document they come from."""
        with self._errors_noted():
            count = self._ledger.found_with(entries)
        self._log.note("founded", ledger=self.name, entries=count)
        return count

    def resume(self, progress: Progress = no_progress) -> Registry | None:
        """The state at the checkpoint, from which `news` goes on."""
        registry = self._ledger.resume(progress)
        if registry is not None:
            self._log.note("resumed", ledger=self.name, entries=registry.position)
        return registry

    def keep_checkpoint(self, registry: Registry) -> None:
        """Keep the state, so that the next opening is quick: in the user's cache, not in the ledger."""
        self._ledger.keep_checkpoint(registry)

    def blank(self) -> Entries:
        """No entries, as the other's are kept."""
        return self._ledger.blank()

    def access(self) -> Access:
        """Who may write it, as far as its place tells."""
        return self._ledger.access()

    def seen_of(self, registry: str) -> int:
        """The newest entry that this station has seen of a registry."""
        return self._ledger.seen_of(registry)

    def afresh(self) -> Ledger:
        """Another look at the same place."""
        return NotingLedger(self._ledger.afresh(), self._log)

    def note_written(self, entry: Entry) -> None:
        """An entry is on the disk: its number and what kinds of events it holds, not what they say."""
        kinds = sorted({str(type(event).__struct_config__.tag) for event in entry.events})
        self._log.note("written", ledger=self.name, entry=entry.n, events=len(entry.events), kinds=",".join(kinds))

    def _note_news(self, news: News) -> None:
        if self._is_read and news.trouble is None:
            return
        self._entries_read += len(news.entries)
        if news.has_more:
            return
        self._is_read = True
        trouble = "none" if news.trouble is None else news.trouble.code
        self._log.note("read", ledger=self.name, entries=self._entries_read, trouble=trouble)
        self._entries_read = 0

    @contextmanager
    def _errors_noted(self) -> Iterator[None]:
        try:
            yield
        except UidManagerError as error:
            self._log.note("error", ledger=self.name, code=error.code)
            raise


class _NotingTurn:
    def __init__(self, turn: Turn, ledger: NotingLedger) -> None:
        self._turn = turn
        self._ledger = ledger

    def news(self) -> News:
        return self._turn.news()

    def append(self, entry: NewEntry) -> Entry:
        written = self._turn.append(entry)
        self._ledger.note_written(written)
        return written
