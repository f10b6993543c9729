"""A ledger that is only looked at: whatever is asked of it or of its keeper, it is never written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from uidmanager.app.ports import no_progress
from uidmanager.core.errors import ViewingOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from uidmanager.app.ports import Access, History, Keeper, Ledger, Mending, Merging, News, Progress, Turn
    from uidmanager.core.entries import Entries
    from uidmanager.core.events import Entry, NewEntry
    from uidmanager.core.merging.terms import Choice
    from uidmanager.core.registry import Registry


class ViewedLedger:
    """Another ledger without its doors for writing."""

    def __init__(self, ledger: Ledger) -> None:
        self.name = ledger.name
        self._ledger = ledger

    def news(self, progress: Progress = no_progress) -> News:
        """The entries not seen yet."""
        return self._ledger.news(progress)

    def has_news(self) -> bool:
        """Whether a look is worth it."""
        return self._ledger.has_news()

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """There is none to be had. Raises `ViewingOnlyError`."""
        yield self._refuse()

    def found(self, entry: NewEntry) -> Entry:  # noqa: ARG002 (the port's signature)
        """Nothing is founded. Raises `ViewingOnlyError`."""
        self._refuse()

    def found_with(self, entries: Iterable[NewEntry]) -> int:  # noqa: ARG002 (the port's signature)
        """Nothing is founded. Raises `ViewingOnlyError`."""
        self._refuse()

    def resume(self, progress: Progress = no_progress) -> Registry | None:
        """The state at the checkpoint, from which `news` goes on."""
        return self._ledger.resume(progress)

    def keep_checkpoint(self, registry: Registry) -> None:
        """Keep the state, so that the next opening is quick: in the user's cache, not in the ledger."""
        self._ledger.keep_checkpoint(registry)

    def blank(self) -> Entries:
        """No entries, as the other's are kept."""
        return self._ledger.blank()

    def access(self) -> Access:
        """Who may write it, by other means than this program as it was started."""
        return self._ledger.access()

    def refused(self) -> ViewingOnlyError:
        """Why nothing is written: it is the user's own wish."""
        return ViewingOnlyError(self.name)

    def seen_of(self, registry: str) -> int:
        """The newest entry that this station has seen of a registry."""
        return self._ledger.seen_of(registry)

    def afresh(self) -> ViewedLedger:
        """Another look at the same place, which writes nothing either."""
        return ViewedLedger(self._ledger.afresh())

    def _refuse(self) -> NoReturn:
        raise self.refused()


class ViewedKeeper:
    """Another keeper, who may look, rehearse and write copies elsewhere, but puts nothing in the ledger's place."""

    def __init__(self, keeper: Keeper, where: str) -> None:
        self._keeper = keeper
        self._where = where

    def present(self) -> History:
        """What the ledger holds."""
        return self._keeper.present()

    def other(self, where: str) -> History:
        """What another file holds."""
        return self._keeper.other(where)

    def replica(self, registry: str) -> History:
        """What this station's own copy holds."""
        return self._keeper.replica(registry)

    def backup(self, folder: str, *, may_be_there: bool = False) -> History:
        """Write a verified copy into a folder."""
        return self._keeper.backup(folder, may_be_there=may_be_there)

    def shares_disk(self, folder: str) -> bool:
        """Whether a folder lies on the ledger's own disk."""
        return self._keeper.shares_disk(folder)

    def mend(self, backup: str | None, *, apply: bool) -> Mending:
        """Rehearse only. Raises `ViewingOnlyError` when it is to be applied."""
        if apply:
            raise ViewingOnlyError(self._where)
        return self._keeper.mend(backup, apply=False)

    def merge(
        self,
        other: str | None,
        *,
        reason: str,
        choices: Mapping[str, Choice],
        onto_other: bool | None = None,
        leave_out: bool = False,
        apply: bool,
    ) -> Merging:
        """Rehearse only. Raises `ViewingOnlyError` when it is to be applied."""
        if apply:
            raise ViewingOnlyError(self._where)
        return self._keeper.merge(
            other, reason=reason, choices=choices, onto_other=onto_other, leave_out=leave_out, apply=False
        )
