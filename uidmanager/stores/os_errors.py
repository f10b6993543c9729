"""What the operating system refuses, told as the ledger's own errors."""

from __future__ import annotations

import errno
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import (
    BackupFailedError,
    DiskFullError,
    LedgerMissingError,
    LedgerReadOnlyError,
    LedgerUnreadableError,
    WriteFailedError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.errors import LedgerError
    from uidmanager.stores.filesystem import Status

_ABSENT: Final = {errno.ENOENT, errno.ENOTDIR}
_NO_ROOM: Final = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN: Final = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def told_as_reading(where: str) -> Iterator[None]:
    """Tell an `OSError` of the block as something that keeps the ledger from being read."""
    try:
        yield
    except OSError as error:
        if error.errno in _ABSENT:
            raise LedgerMissingError(where) from error
        raise LedgerUnreadableError(where, reason(error)) from error


@contextmanager
def told_as_writing(where: str) -> Iterator[None]:
    """Tell an `OSError` of the block as something that keeps the ledger from being written."""
    try:
        yield
    except OSError as error:
        raise writing_error(where, error) from error


@contextmanager
def told_as_backing_up(where: str) -> Iterator[None]:
    """Tell an `OSError` of the block as something that keeps a backup from being written."""
    try:
        yield
    except OSError as error:
        raise BackupFailedError(where, reason(error)) from error


def writing_error(where: str, error: OSError) -> LedgerError:
    """Why nothing could be written."""
    if error.errno in _NO_ROOM:
        return DiskFullError(where)
    if error.errno in _FORBIDDEN:
        return LedgerReadOnlyError(where, reason(error))
    return WriteFailedError(where, reason(error))


def check_is_file(where: str, status: Status) -> None:
    """Refuse what cannot hold a ledger: a folder, a device, a pipe (which would keep us waiting)."""
    if stat.S_ISDIR(status.mode):
        raise LedgerUnreadableError(where, "it is a folder")
    if not stat.S_ISREG(status.mode):
        raise LedgerUnreadableError(where, "it is not a file")


def reason(error: OSError) -> str:
    """The system's own words, without number and path."""
    return error.strerror or str(error)
