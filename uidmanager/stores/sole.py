"""The operating system's lock on a file, had at once or not at all; it goes with the process that dies.

It is the lock that the package *filelock* takes, so that other programs can take it with that. On Linux and macOS the
two calls that are needed are made here: an assignment takes two such locks, and waits for little else but the disk.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    LetGo = Callable[[], None]

_HELD: Final = {errno.EAGAIN, errno.EACCES}

if sys.platform != "win32":
    import fcntl

    _OPEN: Final = os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW

    def take(path: Path) -> LetGo | None:
        """Take the lock on a file, which is made if need be and never taken away; answers what lets go of it again.

        None when somebody has it, in this program or another. Raises `OSError` when no lock can be had.
        """
        while True:
            handle = _opened(path)
            try:
                if not _is_locked(handle):
                    os.close(handle)
                    return None
                if os.fstat(handle).st_nlink:
                    return partial(_let_go, handle)
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)  # somebody took the file away after all; others would not find it locked

    def _opened(path: Path) -> int:
        try:
            return os.open(path, _OPEN)
        except FileNotFoundError:
            return os.open(path, _OPEN | os.O_CREAT, 0o666)

    def _is_locked(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        return True

    def _let_go(handle: int) -> None:
        with suppress(OSError):  # closing it lets go of it as well, unless a child of ours has it too
            fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)

else:

    def take(path: Path) -> LetGo | None:
        """Take the lock on a file, which is made if need be and never taken away; answers what lets go of it again.

        None when somebody has it, in this program or another. Raises `OSError` when no lock can be had.
        """
        import filelock  # noqa: PLC0415 - 60 ms that only writers need to pay

        # No soft lock where the file system has none: it would only seem to be one.
        lock = filelock.FileLock(path, timeout=0, fallback_to_soft=False, preserve_lock_file=True)
        try:
            lock.acquire()
        except filelock.Timeout:
            return None
        return lock.release
