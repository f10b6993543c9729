"""The entries read last, so that a retry finds its own."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.events import Entry, NewEntry

_KEPT: Final = 256


class RecentEntries:
    """The last few hundred entries of a ledger."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=_KEPT)

    def add(self, entries: Sequence[Entry]) -> None:
        """Take in the entries that came next."""
        self._entries.extend(entries[-_KEPT:])

    def written(self, new: NewEntry) -> Entry | None:
        """The entry that an earlier try of this one has written, though it was not acknowledged.

        Raises `ValueError` when the id was used for something else: an id belongs to one entry for ever.
        """
        found = next((entry for entry in reversed(self._entries) if entry.id == new.id), None)
        if found is not None and found.events != new.events:
            raise ValueError(f"the id {new.id} belongs to entry {found.n} already")
        return found
