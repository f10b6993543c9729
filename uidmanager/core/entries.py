"""The entries of a registry in their order, in whatever form suits who keeps them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from uidmanager.core.events import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable


class Entries(Sequence[Entry]):
    """Entry ``n`` stands at index ``n - 1``. They only grow, and what was once there stays as it is."""

    @abstractmethod
    def head_at(self, n: int) -> str:
        """The hash of entry ``n``, from 1; nothing else of it is looked at."""

    @abstractmethod
    def extend(self, entries: Sequence[Entry]) -> None:
        """Take in the entries that come next."""

    @abstractmethod
    def still(self) -> Entries:
        """As they are now, whatever these or the copy take in later."""

    @abstractmethod
    def blank(self) -> Entries:
        """None, in the form that these have."""


class EntryList(Entries):
    """Entries as the objects they are."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = list(entries)

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        """One entry, or some."""
        return self._entries[index]

    def head_at(self, n: int) -> str:
        """The hash of entry ``n``."""
        return self._entries[n - 1].h

    def extend(self, entries: Sequence[Entry]) -> None:
        """Take in the entries that come next."""
        self._entries.extend(entries)

    def still(self) -> EntryList:
        """As they are now."""
        return EntryList(self._entries)

    def blank(self) -> EntryList:
        """None yet."""
        return EntryList()


def head_at(entries: Sequence[Entry], n: int) -> str:
    """The hash of entry ``n``, from 1, got as cheaply as these entries allow."""
    return entries.head_at(n) if isinstance(entries, Entries) else entries[n - 1].h
