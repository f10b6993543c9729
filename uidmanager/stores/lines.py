"""The entries of a ledger as the bytes of their verified lines: decoded when they are asked for, and let go again.

An entry as an object takes five times the room of its line. The lines are kept in memory, not looked up in the file: it
may be changed, cut or taken away by anybody at any time, and what was verified is what is shown.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from uidmanager.core.entries import Entries
from uidmanager.core.events import Entry
from uidmanager.stores.chain import PREFIX_LENGTH
from uidmanager.stores.codec import entry_in, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HASH_BEGINS = len(b'{"h":"')
_HASH_ENDS = PREFIX_LENGTH - len(b'",')


class ReadEntries(Sequence[Entry]):
    """Entries just verified, together with their lines: ``lines`` is all of them, each with its newline."""

    def __init__(self, entries: Sequence[Entry], lines: bytes, ends: Sequence[int]) -> None:
        self._entries = entries
        self.lines = lines
        self.ends = ends

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        """One entry, or some with their lines."""
        if isinstance(index, int):
            return self._entries[index]
        entries = self._entries[index]
        start, stop, step = index.indices(len(self._entries))
        if step != 1 or not entries:
            return entries
        begin = self.ends[start - 1] if start else 0
        ends = [end - begin for end in self.ends[start:stop]]
        return ReadEntries(entries, self.lines[begin : begin + ends[-1]], ends)


class Lines(Entries):
    """Verified lines, in blocks as they came.

    ``blocks`` together are the ledger from its first byte on, and ``ends`` says where in it each line ends, newline
    included. Both only grow, so that any thread may read while one adds.
    """

    def __init__(self, blocks: Iterable[bytes] = (), ends: Iterable[int] = ()) -> None:
        self._blocks: list[bytes] = []
        self._begins: list[int] = []  # where in the ledger each block begins
        self._size = 0
        for block in blocks:
            self._add(block)
        self._ends = array("Q", ends)

    @property
    def blocks(self) -> Sequence[bytes]:
        """The lines as they are in the ledger, cut anywhere between two of them."""
        return self._blocks

    @property
    def ends(self) -> array[int]:
        """Where each line ends. Not to be changed."""
        return self._ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        """One entry, decoded anew; or some, which are decoded when they are looked at."""
        places = range(len(self._ends))[index]
        return Excerpt(self, places) if isinstance(places, range) else entry_in(self._line(places))

    def head_at(self, n: int) -> str:
        """The hash of entry ``n``: it stands in its line."""
        return self._line(n - 1)[_HASH_BEGINS:_HASH_ENDS].decode("ascii")

    def extend(self, entries: Sequence[Entry]) -> None:
        """Take in the entries that come next."""
        if isinstance(entries, ReadEntries):
            lines, ends = entries.lines, entries.ends
        else:
            spelled = [line_of(entry) for entry in entries]
            lines, ends = b"".join(spelled), list(accumulate(map(len, spelled)))
        if entries:
            begin = self._size
            self._add(lines)
            self._ends.extend(array("Q", (begin + end for end in ends)))  # only now are they there for others

    def still(self) -> Lines:
        """As they are now. The lines are shared."""
        twin = Lines()
        twin._ends = self._ends[:]
        twin._blocks, twin._begins, twin._size = self._blocks.copy(), self._begins.copy(), self._size
        return twin

    def blank(self) -> Lines:
        """None yet."""
        return Lines()

    def _add(self, block: bytes) -> None:
        self._blocks.append(block)
        self._begins.append(self._size)
        self._size += len(block)

    def _line(self, index: int) -> bytes:
        """A line without its newline."""
        begin, end = self._ends[index - 1] if index else 0, self._ends[index] - 1
        at = bisect_right(self._begins, begin) - 1
        return self._blocks[at][begin - self._begins[at] : end - self._begins[at]]


class Excerpt(Sequence[Entry]):
    """Some entries out of many, which are decoded when they are looked at."""

    def __init__(self, source: Lines, places: range) -> None:
        self._source = source
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        """One entry, or fewer."""
        places = self._places[index]
        return Excerpt(self._source, places) if isinstance(places, range) else self._source[places]
