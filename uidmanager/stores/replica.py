"""The station's own copy of each ledger, byte for byte: what a damaged or lost ledger is put together from again.

It follows the ledger as far as that was read and found good, under no promise of a flush: what a power cut takes from
it is copied anew. It only ever grows, and only when its own last line stands in the ledger. A ledger that went back, or
went its own way, leaves it as it is, since then it may be the only one that holds what was lost.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from uidmanager.stores.chain import PREFIX_LENGTH
from uidmanager.stores.filesystem import CHUNK, write_all
from uidmanager.stores.reading import Cursor, read_all
from uidmanager.stores.seen import file_name
from uidmanager.stores.sole import take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.stores.filesystem import FileSystem

    Read = Callable[[int, int], bytes]

_STEP: Final = 4096  # most lines are shorter
_UPDATE: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)


class Replica:
    """The copies in one folder. ``extend`` may raise `OSError`."""

    def __init__(self, files: FileSystem, folder: Path) -> None:
        self.folder = folder
        self._files = files
        self._reached = Cursor()
        self._files_of: dict[str, tuple[Path, Path]] = {}

    def file_of(self, registry: str) -> Path:
        """Where the copy of a registry's ledger lies, or would lie."""
        return self.folder / file_name(registry)

    def extend(self, cursor: Cursor, read: Read) -> None:
        """Copy what the ledger holds up to a place that was read and found good; ``read`` reads the ledger.

        Nothing is done while another program is at it: it copies the same bytes, and the rest is caught up next time.
        """
        if self._reached.head == cursor.head or not cursor.registry:
            return
        file, lock = self._names(cursor.registry)
        try:
            let_go = take(lock)
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            let_go = take(lock)
        if let_go is None:
            return
        try:
            if self._catch_up(file, cursor, read):
                self._reached = cursor
        finally:
            let_go()

    def _names(self, registry: str) -> tuple[Path, Path]:
        """The copy of a registry's ledger and its lock."""
        if registry not in self._files_of:
            file = self.file_of(registry)
            self._files_of[registry] = file, file.with_name(f"{file.name}.lock")
        return self._files_of[registry]

    def _catch_up(self, file: Path, cursor: Cursor, read: Read) -> bool:
        """Whether the copy goes as far as the ledger now."""
        handle = os.open(file, _UPDATE, 0o666)
        try:
            if self._goes_as_far_as_it_went(handle, cursor):
                self._copy(handle, self._reached.offset, cursor.offset, read)
                return True
            start, end = self._last_line(handle)
            if end > cursor.offset:
                return False
            is_ancestor = end == 0 or self._is_same_line(handle, read, start, end)
            if is_ancestor:
                self._copy(handle, end, cursor.offset, read)
                return True
            is_damaged = read_all(self._files, handle).fault is not None
        finally:
            self._files.close(handle)
        if is_damaged:  # it is copied anew next time
            file.replace(file.with_name(f"{file.name}.damaged"))
        return False

    def _goes_as_far_as_it_went(self, handle: int, cursor: Cursor) -> bool:
        """Whether the copy ends with the line that was the last when it was last caught up.

        That line was in the ledger, and the ledger was read on from there: what comes next is the same in both.
        """
        reached = self._reached
        if not 0 < reached.offset <= cursor.offset or reached.registry != cursor.registry:
            return False
        beginning = b'{"h":"%s",' % reached.head.encode("ascii")
        line = self._files.read(handle, reached.start, reached.offset - reached.start + 1)
        return len(line) == reached.offset - reached.start and line.startswith(beginning) and line.endswith(b"\n")

    def _copy(self, handle: int, offset: int, end: int, read: Read) -> None:
        if self._files.status(handle).size > offset:
            self._files.truncate(handle, offset)  # a write of ours that was cut short
        while offset < end:
            data = read(offset, min(CHUNK, end - offset))
            if not data:  # the ledger was shortened meanwhile; the next look will say so
                return
            write_all(self._files, handle, offset, data)
            offset += len(data)

    def _is_same_line(self, handle: int, read: Read, start: int, end: int) -> bool:
        """Whether the line stands in the ledger as well: by the chain, so does all that is before it."""
        if start and read(start - 1, 1) != b"\n":
            return False
        beginning = self._files.read(handle, start, PREFIX_LENGTH)
        return read(start, PREFIX_LENGTH) == beginning and read(end - 1, 1) == b"\n"

    def _last_line(self, handle: int) -> tuple[int, int]:
        """Where the last whole line begins and ends, with its newline."""
        end = self._newline_before(handle, self._files.status(handle).size) + 1
        return (self._newline_before(handle, end - 1) + 1, end) if end else (0, 0)

    def _newline_before(self, handle: int, offset: int) -> int:
        """Where the last newline before a place stands; -1 when there is none."""
        step = _STEP
        while offset > 0:
            begin = max(0, offset - step)
            found = self._files.read(handle, begin, offset - begin).rfind(b"\n")
            if found >= 0:
                return begin + found
            offset, step = begin, min(CHUNK, step * 8)
        return -1
