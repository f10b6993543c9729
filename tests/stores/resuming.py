"""Looks at a ledger that begin at a checkpoint, and otherwise show what all looks show."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

from msgspec import structs

from tests.stores.conftest import Desk
from uidmanager.app.ports import no_progress
from uidmanager.core.errors import LedgerError
from uidmanager.core.registry import fold
from uidmanager.stores.jsonl import JsonlLedger, JsonlTurn
from uidmanager.stores.lines import Lines
from uidmanager.stores.reading import PORTION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from uidmanager.app.ports import News, Progress
    from uidmanager.core.events import Entry, NewEntry
    from uidmanager.stores.filesystem import FileSystem


class ResumingDesk(Desk):
    """Before each look a checkpoint is made of the ledger, if it is sound then; otherwise the last one stays.

    While it ``keeps`` none, the last one stays in any case.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.apart = folder.with_name(f"{folder.name}-apart")
        self.resumed = 0
        self.keeps = True
        self._memories = count()

    def open(self, files: FileSystem | None = None, seen: Path | None = None, portion: int = PORTION) -> JsonlLedger:
        if self.keeps:
            self._keep()
        ledger = ResumingLedger(
            self.path,
            self.world,
            seen or self.seen,
            files=files,
            patience=0.05,
            portion=portion,
            checkpoints=self.apart / "checkpoints",
        )
        ledger.desk = self
        return ledger

    def _keep(self) -> None:
        memory = self.apart / f"memory {next(self._memories)}"  # a station that has seen nothing
        ledger = JsonlLedger(self.path, self.world, memory, checkpoints=self.apart / "checkpoints")
        with suppress(LedgerError):
            news = ledger.news()
            if news.trouble is None:
                lines = Lines()
                lines.extend(news.entries)
                ledger.keep_checkpoint(fold(lines))


class ResumingLedger(JsonlLedger):
    """Its first news begins with what the checkpoint stands for, as if it had been read."""

    desk: ResumingDesk
    _before: list[Entry] | None = None

    def news(self, progress: Progress = no_progress) -> News:
        self._resume(progress)
        return self.with_what_was_before(super().news(progress))

    @contextmanager
    def turn(self) -> Iterator[JsonlTurn]:
        self._resume(no_progress)
        with super().turn() as turn:
            yield ResumingTurn(turn, self)

    def found(self, entry: NewEntry) -> Entry:
        self._before = self._before or []
        return super().found(entry)

    def afresh(self) -> JsonlLedger:
        return self.desk.open(self._files, self._memory.folder, self._portion)

    def with_what_was_before(self, news: News) -> News:
        before, self._before = self._before or [], []
        return structs.replace(news, entries=[*before, *news.entries])

    def _resume(self, progress: Progress) -> None:
        if self._before is None:
            registry = self.resume(progress)
            self._before = [] if registry is None else list(registry.entries)
            self.desk.resumed += registry is not None


class ResumingTurn(JsonlTurn):
    """A turn of such a ledger."""

    def __init__(self, turn: JsonlTurn, ledger: ResumingLedger) -> None:
        vars(self).update(vars(turn))
        self._turn = turn
        self._ledger = ledger

    def news(self) -> News:
        return self._ledger.with_what_was_before(self._turn.news())

    def append(self, entry: NewEntry) -> Entry:
        return self._turn.append(entry)

    def end(self) -> None:
        self._turn.end()
