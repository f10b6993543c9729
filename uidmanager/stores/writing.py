"""Getting a line onto the disk, or leaving the ledger as it was, or knowing that neither is certain."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import LedgerChangedError, LedgerError, OutcomeUnknownError, WriteFailedError
from uidmanager.stores.filesystem import write_all
from uidmanager.stores.os_errors import reason, told_as_writing, writing_error

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.stores.filesystem import FileSystem, Status

_CLOSED: Final = -1


class LedgerFile:
    """A ledger opened for writing by whoever holds its lock; ``where`` is how the user calls it.

    ``broken`` says why nothing must be written to it any more: the disk has failed in a way after which it is not known
    what it holds.
    """

    def __init__(self, files: FileSystem, path: Path, where: str) -> None:
        self.files = files
        self.path = path
        self.where = where
        self.broken: LedgerError | None = None
        with told_as_writing(where):
            self.handle = files.open_to_write(path)

    def close(self) -> None:
        """Let go of the file; twice does no harm."""
        handle, self.handle = self.handle, _CLOSED
        if handle != _CLOSED:
            self.files.close(handle)

    def append(self, line: bytes, offset: int) -> Status:
        """Write a line at the end, which is at ``offset``, and see it onto the disk.

        Raises `LedgerChangedError`, `DiskFullError` or `WriteFailedError` with the file as it was before, and
        `OutcomeUnknownError` when it cannot be said what the disk holds.
        """
        with told_as_writing(self.where):
            self._check_unchanged(offset)
        try:
            write_all(self.files, self.handle, offset, line)
        except OSError as error:
            self._undo(line, offset, reason(error))
            raise writing_error(self.where, error) from error
        try:
            # Never a second time: the system may have dropped the bytes, and would call the second try a success.
            self.files.flush(self.handle)
            return self._check_unchanged(offset + len(line))
        except OSError as error:
            raise self._unknown(line, offset, reason(error)) from error
        except LedgerChangedError as error:
            raise self._unknown(line, offset, "the file was changed or replaced meanwhile") from error

    def cut(self, offset: int) -> None:
        """Cut off everything after a place, safely."""
        with told_as_writing(self.where):
            self.files.truncate(self.handle, offset)
        try:
            self.files.flush(self.handle)
        except OSError as error:
            self.broken = WriteFailedError(self.where, reason(error))
            raise self.broken from error

    def _check_unchanged(self, size: int) -> Status:
        """The open file is still what lies at the path, and as long as it was read. Raises `LedgerChangedError`."""
        status = self.files.status(self.handle)
        try:
            lying = self.files.status_of(self.path)
        except FileNotFoundError:
            raise LedgerChangedError(self.where, "was taken away") from None
        if not status.is_same_file(lying):
            raise LedgerChangedError(self.where, "was replaced by another file")
        if status.size != size:
            raise LedgerChangedError(self.where, "was changed by a program that did not wait for its turn")
        return status

    def _undo(self, line: bytes, offset: int, cause: str) -> None:
        """Cut off what was written of a line."""
        try:
            self.files.truncate(self.handle, offset)
            self.files.flush(self.handle)
        except OSError as error:
            raise self._unknown(line, offset, cause) from error

    def _unknown(self, line: bytes, offset: int, cause: str) -> OutcomeUnknownError:
        """What to say after the disk failed: the file is given up, opened afresh and read."""
        self.close()
        present = False
        with suppress(OSError):
            handle = self.files.open_to_read(self.path)
            try:
                present = self._reads_back(handle, line, offset)
            finally:
                self.files.close(handle)
        self.broken = OutcomeUnknownError(self.where, cause, present=present)
        return self.broken

    def _reads_back(self, handle: int, line: bytes, offset: int) -> bool:
        found = b""
        while len(found) < len(line) and (data := self.files.read(handle, offset + len(found), len(line) - len(found))):
            found += data
        return found == line
