"""A file that may hold a registry's history, read whole by itself: a ledger, a backup, the station's copy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.branches import merged_hashes, registry_id
from uidmanager.core.entries import head_at
from uidmanager.stores.filesystem import Status, chunks
from uidmanager.stores.os_errors import check_is_file, told_as_reading
from uidmanager.stores.reading import Cursor, Reading, read_all

if TYPE_CHECKING:
    from uidmanager.stores.filesystem import FileSystem

_CLAIM: Final = re.compile(rb'\{"h":"[0-9a-f]{64}","n":([0-9]{1,18}),')
_CLAIM_LENGTH: Final = 96


class Copy(Struct, frozen=True):
    """What a file holds: its good entries, and what lies after them.

    ``claims`` is the highest number that a line names there, good or not; ``rest`` counts the bytes after what is good.
    """

    path: Path
    reading: Reading
    status: Status
    rest: int
    claims: int

    @property
    def registry(self) -> str:
        """The id of the registry; empty when not even the first line is good."""
        return registry_id(self.reading.entries)

    @property
    def n(self) -> int:
        """How many good entries there are."""
        return self.reading.cursor.n

    @property
    def is_whole(self) -> bool:
        """Whether it is good to its last byte."""
        return self.rest == 0 and self.n > 0

    @property
    def head(self) -> str:
        """The hash of the last good entry."""
        return self.reading.cursor.head

    def holds(self, n: int, head: str) -> bool:
        """Whether entry ``n`` with this hash stands here, or was merged; by the chain, so does all before it."""
        entries = self.reading.entries
        return n == 0 or (n <= self.n and head_at(entries, n) == head) or head in merged_hashes(entries)

    def extends(self, other: Copy) -> bool:
        """Whether all that the other holds stands here, or was merged."""
        return self.holds(other.n, other.head)


def no_copy(path: Path) -> Copy:
    """What lies where nothing does."""
    return Copy(path, Reading([], Cursor(), None), Status(0, 0, 0, 0, 0), 0, 0)


def read_copy(files: FileSystem, path: Path, where: str) -> Copy:
    """Read a file with all checks of a ledger. Raises `LedgerMissingError` or `LedgerUnreadableError`."""
    with told_as_reading(where):
        check_is_file(where, files.status_of(path))
        return copy_of(files, path)


def copy_of(files: FileSystem, path: Path) -> Copy:
    """What a file of our own holds. May raise `OSError`."""
    handle = files.open_to_read(path)
    try:
        reading = read_all(files, handle)
        status = files.status(handle)
        rest = max(0, status.size - reading.cursor.offset)
        claims = max(reading.cursor.n, _claimed(files, handle, reading.cursor.offset) if rest else 0)
        return Copy(path, reading, status, rest, claims)
    finally:
        files.close(handle)


def _claimed(files: FileSystem, handle: int, offset: int) -> int:
    """The highest number named by a line after a place, whatever else is wrong with it."""
    highest, kept = 0, b""
    for chunk in chunks(files, handle, offset):
        seen = kept + chunk
        highest = max(highest, *(int(number) for number in _CLAIM.findall(seen)), 0)
        kept = seen[-_CLAIM_LENGTH:]
    return highest
