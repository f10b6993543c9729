"""The entries read last, so that a retry finds its own."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.events import Entry, NewEntry

_KEPT: Final = 256


class RecentEntries:
    """The last few hundred entries of a ledger, by their ids."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, Entry] = OrderedDict()

    def add(self, entries: Sequence[Entry]) -> None:
        """Take in the entries that came next."""
        for entry in entries[-_KEPT:]:
            self._entries[entry.id] = entry
            self._entries.move_to_end(entry.id)
        while len(self._entries) > _KEPT:
            self._entries.popitem(last=False)

    def written(self, new: NewEntry) -> Entry | None:
        """The entry that an earlier try of this one has written, though it was not acknowledged.

        Raises `ValueError` when the id was used for something else: an id belongs to one entry for ever.
        """
        found = self._entries.get(new.id)
        if found is not None and found.events != new.events:
            raise ValueError(f"the id {new.id} belongs to entry {found.n} already")
        return found
