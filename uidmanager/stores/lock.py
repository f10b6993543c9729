"""One writer at a time: the lock beside a ledger, and who holds it."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.core.errors import LedgerLockedError, LocksNotWorkingError
from uidmanager.stores.os_errors import writing_error
from uidmanager.stores.sole import take
from uidmanager.stores.wording import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from uidmanager.stores.sole import LetGo

PATIENCE_S: Final = 10.0
_POLL_S: Final = 0.005
_NOTE_LENGTH: Final = 1024
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

    @contextmanager
    def held(self, holder: Callable[[], Holder]) -> Iterator[None]:
        """Hold the lock; ``holder`` is asked once it is ours. Raises `LedgerLockedError` when it cannot be had."""
        let_go = self._taken()
        try:
            self._tell(holder())
            yield
        finally:
            with suppress(OSError):  # what was to be done is done; the lock goes with the process at the latest
                let_go()

    def _taken(self) -> LetGo:
        deadline = monotonic() + self._patience
        try:
            while (let_go := take(self._path)) is None:
                if monotonic() >= deadline:
                    raise LedgerLockedError(self._where, self._patience, self._who_holds())
                sleep(_POLL_S)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise LocksNotWorkingError(self._where, "this file system cannot lock files") from error
            raise writing_error(self._where, error) from error
        return let_go

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
            return str(msgspec.json.decode(self._holder.read_bytes(), type=Holder))
        except (OSError, ValueError):
            return "another program"
