"""A file that may hold a registry's history, read whole by itself: a ledger, a backup, the station's copy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.branches import last_common, registry_id
from uidmanager.stores.filesystem import Status, chunks
from uidmanager.stores.os_errors import check_is_file, told_as_reading
from uidmanager.stores.reading import Reading, read_all

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

    def extends(self, other: Copy) -> bool:
        """Whether all that the other holds stands here, in the same order."""
        return last_common(self.reading.entries, other.reading.entries) == other.n


def read_copy(files: FileSystem, path: Path, where: str) -> Copy:
    """Read a file with all checks of a ledger. Raises `LedgerMissingError` or `LedgerUnreadableError`."""
    with told_as_reading(where):
        check_is_file(where, files.status_of(path))
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
