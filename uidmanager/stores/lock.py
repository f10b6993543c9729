"""One writer at a time: the lock beside a ledger, and who holds it."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.core.errors import LedgerLockedError, LocksNotWorkingError
from uidmanager.stores.os_errors import writing_error
from uidmanager.stores.wording import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from filelock import BaseFileLock

PATIENCE_S: Final = 10.0
_POLL_S: Final = 0.005
_NOTE_LENGTH: Final = 1024
_LONGEST_NOTE: Final = 64 * 1024  # anybody may have written there
_NO_LOCKS: Final = {errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP}


class Holder(msgspec.Struct, frozen=True):
    """Who has taken the lock, where, and when (UTC, ISO 8601)."""

    user: str
    station: str
    since: str

    def __str__(self) -> str:
        return f"{shown(self.user)} on {shown(self.station)} since {shown(self.since[:19].replace('T', ' '))} UTC"


class LedgerLock:
    """The operating system's lock on ``<ledger>.lock``, which frees itself when its holder dies.

    The file stays for ever: to take it away would part those who wait for it. ``<ledger>.lock.holder`` says who holds
    the lock; it is only for telling others, and old once the lock is free.
    """

    def __init__(self, ledger: Path, where: str, patience: float) -> None:
        self._path = ledger.with_name(f"{ledger.name}.lock")
        self._holder = ledger.with_name(f"{ledger.name}.lock.holder")
        self._where = where
        self._patience = patience
        self._lock: BaseFileLock | None = None

    @contextmanager
    def held(self, holder: Callable[[], Holder]) -> Iterator[None]:
        """Hold the lock; ``holder`` is asked once it is ours. Raises `LedgerLockedError` when it cannot be had."""
        lock = self._acquired()
        try:
            self._tell(holder())
            yield
        finally:
            with suppress(OSError):  # what was to be done is done; the lock goes with the process at the latest
                lock.release()

    def _acquired(self) -> BaseFileLock:
        import filelock  # noqa: PLC0415 - 60 ms that only writers need to pay

        if self._lock is None:
            # No soft lock where the file system has none: it would only seem to be one.
            self._lock = filelock.FileLock(
                self._path, self._patience, poll_interval=_POLL_S, fallback_to_soft=False, preserve_lock_file=True
            )
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise LedgerLockedError(self._where, self._patience, self._who_holds()) from None
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise LocksNotWorkingError(self._where, "this file system cannot lock files") from error
            raise writing_error(self._where, error) from error
        return self._lock

    def _tell(self, holder: Holder) -> None:
        # Of one length, so that it overwrites the one before: to cut a file first makes ext4 write it out at once.
        data = msgspec.json.encode(holder).ljust(_NOTE_LENGTH)
        with suppress(OSError):
            try:
                handle = os.open(self._holder, os.O_WRONLY | os.O_CREAT, 0o666)
            except PermissionError:  # another user's
                self._holder.unlink()
                handle = os.open(self._holder, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            try:
                os.write(handle, data)
            finally:
                os.close(handle)

    def _who_holds(self) -> str:
        try:
            with self._holder.open("rb") as note:
                return str(msgspec.json.decode(note.read(_LONGEST_NOTE), type=Holder))
        except (OSError, ValueError, RecursionError):
            return "another program"
