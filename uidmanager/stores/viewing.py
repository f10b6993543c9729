"""A ledger that is only looked at: whatever is asked of it, it is never written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from uidmanager.app.ports import no_progress
from uidmanager.core.errors import ViewingOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.app.ports import Access, Ledger, News, Progress, Turn
    from uidmanager.core.events import Entry, NewEntry


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

    def access(self) -> Access:
        """Who may write it, by other means than this program as it was started."""
        return self._ledger.access()

    def refused(self) -> ViewingOnlyError:
        """Why nothing is written: it is the user's own wish."""
        return ViewingOnlyError(self.name)

    def afresh(self) -> ViewedLedger:
        """Another look at the same place, which writes nothing either."""
        return ViewedLedger(self._ledger.afresh())

    def _refuse(self) -> NoReturn:
        raise self.refused()
