"""Whether locks work in a folder: this program takes one, and another program must find it taken."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PATIENCE_S: Final = 30.0
_FREE: Final = 0
_HELD: Final = 10
_OTHER_PROGRAM: Final = f"""
import sys, filelock
try:
    with filelock.FileLock(sys.argv[1], 0, fallback_to_soft=False, preserve_lock_file=True):
        pass
except filelock.Timeout:
    sys.exit({_HELD})
"""


class LockTrial(Struct, frozen=True):
    """Whether locks work between two programs of this computer; ``why`` not, if they do not."""

    works: bool
    why: str = ""


def try_locks(folder: Path, ask: Callable[[Path], int] | None = None) -> LockTrial:
    """Try a lock on a file of our own, which is taken away again.

    ``ask`` has another program try the lock as well; it answers 0 when that got it, 10 when it was held. Raises
    `OSError` when no file can be made in the folder.
    """
    import filelock  # noqa: PLC0415 - 60 ms that only writers need to pay

    ask = ask or _ask_other_program
    scratch = folder / f".uidmanager-{uuid.uuid4().hex}.trial"
    os.close(os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    lock = filelock.FileLock(scratch, 0, fallback_to_soft=False, preserve_lock_file=True)
    try:
        lock.acquire()
        try:
            while_held = ask(scratch)
        finally:
            lock.release()
        return _judged(while_held, ask(scratch) if while_held == _HELD else _FREE)
    except (OSError, subprocess.SubprocessError) as error:
        return LockTrial(False, f"a lock could not be tried: {getattr(error, 'strerror', None) or error}")
    finally:
        with suppress(OSError):
            scratch.unlink()


def _judged(while_held: int, after: int) -> LockTrial:
    if while_held == _FREE:
        return LockTrial(False, "two programs got the same lock at once")
    if while_held == _HELD and after == _FREE:
        return LockTrial(True)
    if after == _HELD:
        return LockTrial(False, "a lock was still held after it was let go")
    return LockTrial(False, "another program could not try the lock")


def _ask_other_program(scratch: Path) -> int:
    # The same libraries as here, wherever they came from, and never those that happen to lie in the current folder.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
    done = subprocess.run(  # noqa: S603 (our own interpreter, our own words)
        [sys.executable, "-P", "-c", _OTHER_PROGRAM, str(scratch)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_PATIENCE_S,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return done.returncode
