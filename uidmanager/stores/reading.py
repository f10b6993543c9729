"""From the bytes of a ledger to its entries, piece by piece; and what the bytes after the last good entry are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.app.ports import no_progress
from uidmanager.core.events import Entry, RegistryFounded
from uidmanager.core.registry import FIRST_HEAD
from uidmanager.stores.codec import BYTE_ORDER_MARK, LONGEST_LINE, DamagedLineError, NewerLineError, decode_line
from uidmanager.stores.filesystem import chunks
from uidmanager.stores.lines import Lines, ReadEntries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.stores.filesystem import FileSystem

PORTION: Final = 2 * 1024 * 1024
"""How many bytes of a ledger are decoded at a time: as objects they take five times that."""

ALL: Final = sys.maxsize
"""As a limit: as many bytes as there are."""


class Cursor(Struct, frozen=True):
    """How far a ledger has been read.

    The last entry read is number ``n`` with the hash ``head``, of the time ``at``; its line stands from ``start`` up to
    ``offset``. ``registry`` is the id of the registry, known from the first line on.
    """

    offset: int = 0
    start: int = 0
    n: int = 0
    head: str = FIRST_HEAD
    at: str = ""
    registry: str = ""

    def after(self, entry: Entry, size: int) -> Cursor:
        """The place after the next entry, whose line has so many bytes."""
        registry = self.registry or registry_of(entry)
        return Cursor(self.offset + size, self.offset, entry.n, entry.h, entry.at, registry)


class Reading(Struct, frozen=True):
    """What reading on has brought: entries, the place after them, and the fault of the line there if it is whole.

    ``is_cut`` when reading stopped at its limit, so that there may be more.
    """

    entries: Sequence[Entry]
    cursor: Cursor
    fault: DamagedLineError | NewerLineError | None = None
    is_cut: bool = False


def read_on(
    files: FileSystem, handle: int, known: Cursor, progress: Progress = no_progress, *, limit: int = PORTION
) -> Reading:
    """Read and verify whole lines after a place, up to the first that is not the next entry.

    Stops once it has read ``limit`` bytes.
    """
    entries: list[Entry] = []
    lines: list[bytes] = []
    n, head, end = known.n, known.head, known.offset + limit
    offset = known.offset
    fault: DamagedLineError | NewerLineError | None = None
    is_cut = False
    try:
        for line in whole_lines(files, handle, offset, progress):
            entry = decode_line(line, n + 1, head)
            entries.append(entry)
            lines.append(line)
            n, head, offset = n + 1, entry.h, offset + len(line) + 1
            if offset >= end:
                is_cut = True
                break
    except (DamagedLineError, NewerLineError) as found:
        fault = found
    if not entries:
        return Reading(entries, known, fault)
    registry = known.registry or registry_of(entries[0])
    lines.append(b"")
    ends = accumulate(len(line) + 1 for line in lines[:-1])
    read = ReadEntries(entries, b"\n".join(lines), list(ends))
    cursor = Cursor(offset, offset - len(lines[-2]) - 1, n, head, entries[-1].at, registry)
    return Reading(read, cursor, fault, is_cut)


def read_all(files: FileSystem, handle: int, progress: Progress = no_progress) -> Reading:
    """Read and verify a ledger from its first line to the last that is an entry."""
    lines = Lines()
    reading = Reading(lines, Cursor(), is_cut=True)
    while reading.is_cut:
        reading = read_on(files, handle, reading.cursor, progress)
        lines.extend(reading.entries)
    return Reading(lines, reading.cursor, reading.fault)


def first_registry(files: FileSystem, handle: int) -> str:
    """The id of the registry founded in the first line; empty when that line cannot be read."""
    try:
        line = next(whole_lines(files, handle, 0), b"")
        return registry_of(decode_line(line, 1, FIRST_HEAD))
    except (DamagedLineError, NewerLineError):
        return ""


def registry_of(founding: Entry) -> str:
    """The id of the registry that an entry founds."""
    event = founding.events[0]
    return event.registry if isinstance(event, RegistryFounded) else ""


def whole_lines(files: FileSystem, handle: int, offset: int, progress: Progress = no_progress) -> Iterator[bytes]:
    """The lines from a place on, without their newlines; what follows the last newline is left out.

    Lines end at byte 10 and nowhere else. Raises `DamagedLineError` for one that is too long to be taken into memory.
    """
    size = files.status(handle).size
    begun: list[bytes] = []
    begun_size = 0
    for chunk in chunks(files, handle, offset):
        offset += len(chunk)
        *whole, rest = chunk.split(b"\n")
        if whole:
            begun.append(whole[0])
            whole[0] = b"".join(begun)
            _check_length(len(whole[0]))
            yield from whole
            begun, begun_size = [], 0
        begun.append(rest)
        begun_size += len(rest)
        _check_length(begun_size)
        progress("Reading the ledger", min(1.0, offset / max(1, size)))


def holds_an_entry(files: FileSystem, handle: int, offset: int) -> bool:
    """Whether a whole line of an entry's shape stands after a place: then these bytes are no torn write."""
    beginning, ending, has_nul = b"", b"", False
    for chunk in chunks(files, handle, offset):
        for index, piece in enumerate(chunk.split(b"\n")):
            if index:  # the line before this piece is whole
                if not has_nul and _has_shape(beginning, ending):
                    return True
                beginning, ending, has_nul = b"", b"", False
            beginning = (beginning + piece[:16])[:16]
            ending = (ending + piece[-2:])[-2:]
            has_nul = has_nul or b"\0" in piece
    return False


def _has_shape(beginning: bytes, ending: bytes) -> bool:
    """The shape of an entry, also where an editor changed the line ends or put a byte order mark before it."""
    return beginning.removeprefix(BYTE_ORDER_MARK).startswith(b'{"h":"') and ending.removesuffix(b"\r").endswith(b"}")


def _check_length(size: int) -> None:
    if size >= LONGEST_LINE:
        raise DamagedLineError(f"it is longer than {LONGEST_LINE:,} bytes")
