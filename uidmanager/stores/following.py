"""Whether what a file holds now follows on what was read of it, by this object and by this station."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.entries import head_at
from uidmanager.core.errors import (
    LedgerChangedError,
    LedgerDamagedError,
    LedgerError,
    LedgerNewerError,
    LedgerWentBackError,
)
from uidmanager.core.events import Entry
from uidmanager.stores.codec import NewerLineError
from uidmanager.stores.reading import Cursor, holds_an_entry, read_all, read_on

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.stores.filesystem import FileSystem
    from uidmanager.stores.reading import Reading
    from uidmanager.stores.seen import Seen


class Look(Struct, frozen=True):
    """What one look at a file shows: the entries that are new, the place after them, why it cannot be written.

    ``is_torn`` when bytes follow the last entry that were never a whole one: a writer is at work, or has died.
    ``has_more`` when the look has stopped after a portion, and another one goes on from there.
    """

    entries: Sequence[Entry]
    cursor: Cursor
    trouble: LedgerError | None = None
    is_torn: bool = False
    has_more: bool = False


class Examiner:
    """Looks at an open file. ``where`` is how the user calls the ledger, ``app`` this program's version."""

    def __init__(self, files: FileSystem, where: str, app: str) -> None:
        self._files = files
        self._where = where
        self._app = app

    def look(
        self,
        handle: int,
        known: Cursor,
        remembered: Seen | None,
        progress: Progress,
        limit: int,
        *,
        is_another_file: bool,
    ) -> Look:
        """Read what came after a known place, or about ``limit`` bytes of it.

        ``remembered`` is the newest entry of this registry that the station had seen *before* the look: the file must
        hold it. Where the known place is not in the file any more as it was, all is read anew and compared.
        """
        if not is_another_file and self._still_holds(handle, known):
            reading = read_on(self._files, handle, known, progress, limit=limit)
            entries: Sequence[Entry] = reading.entries
        else:
            reading = read_all(self._files, handle, progress)
            trouble = self._parted(known, reading)
            if trouble is not None:
                return Look((), known, trouble)
            entries = reading.entries[known.n :]
        cursor = reading.cursor
        if reading.is_cut:
            trouble = self._told_otherwise(known, entries, cursor, remembered)
            return Look(entries, cursor, trouble, has_more=trouble is None)
        has_rest = self._files.status(handle).size > cursor.offset
        trouble = self._trouble_after(handle, reading, remembered, has_rest=has_rest) or self._forgotten(
            known, entries, cursor, remembered
        )
        return Look(entries, cursor, trouble, is_torn=has_rest and trouble is None)

    def _still_holds(self, handle: int, known: Cursor) -> bool:
        """Whether the last entry read stands where it stood: a glance, since the chain holds what is before it."""
        if known.n == 0:
            return True
        beginning = b'{"h":"%s",' % known.head.encode("ascii")
        read = self._files.read
        return read(handle, known.start, len(beginning)) == beginning and read(handle, known.offset - 1, 1) == b"\n"

    def _parted(self, known: Cursor, reading: Reading) -> LedgerError | None:
        """Why a file that was read anew does not follow on what had been read of it before."""
        cursor = reading.cursor
        if cursor.n and cursor.registry != known.registry:
            return LedgerChangedError(self._where, "was replaced by the ledger of another registry")
        if cursor.n >= known.n:
            if head_at(reading.entries, known.n) == known.head:
                return None
            return LedgerWentBackError(self._where, known.n, f"tells entry {known.n} otherwise")
        if reading.fault is not None:
            return self._fault(reading)
        return LedgerWentBackError(self._where, known.n, _has_now(cursor.n))

    def _trouble_after(
        self, handle: int, reading: Reading, remembered: Seen | None, *, has_rest: bool
    ) -> LedgerError | None:
        """Why the bytes after the last good entry are more than a torn tail, which a writer may set aside."""
        cursor = reading.cursor
        if isinstance(reading.fault, NewerLineError):
            return self._fault(reading)
        if cursor.n == 0:  # a founding is never seen half done
            return self._fault(reading) if has_rest else self._damaged(1, "the file is empty")
        if not has_rest:
            return None
        if remembered is not None and remembered.n > cursor.n:
            fault = reading.fault or "it is cut short"
            return self._damaged(cursor.n + 1, f"{fault}; this station has seen it whole")
        if reading.fault is not None and holds_an_entry(self._files, handle, cursor.offset):
            return self._fault(reading)
        return None

    def _forgotten(
        self, known: Cursor, entries: Sequence[Entry], cursor: Cursor, remembered: Seen | None
    ) -> LedgerError | None:
        """Why the file does not extend what this station has seen."""
        if remembered is not None and remembered.n > cursor.n:
            return LedgerWentBackError(self._where, remembered.n, _has_now(cursor.n))
        return self._told_otherwise(known, entries, cursor, remembered)

    def _told_otherwise(
        self, known: Cursor, entries: Sequence[Entry], cursor: Cursor, remembered: Seen | None
    ) -> LedgerError | None:
        """Why what was read now is not what this station has seen there."""
        if remembered is None or not known.n <= remembered.n <= cursor.n:
            return None
        head = known.head if remembered.n == known.n else entries[remembered.n - known.n - 1].h
        if head != remembered.h:
            return LedgerWentBackError(self._where, remembered.n, f"tells entry {remembered.n} otherwise")
        return None

    def _fault(self, reading: Reading) -> LedgerError:
        line = reading.cursor.n + 1
        if isinstance(reading.fault, NewerLineError):
            known = f"{reading.fault.known} (it is UID Manager {self._app})"
            return LedgerNewerError(self._where, line, str(reading.fault), known)
        return self._damaged(line, str(reading.fault or "it is cut short"))

    def _damaged(self, line: int, fault: str) -> LedgerError:
        return LedgerDamagedError(self._where, line, fault)


def _has_now(n: int) -> str:
    return f"has {n} now" if n else "has none now"
