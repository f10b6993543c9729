"""A place of this process's own to mount things in: what is mounted there nobody else sees, and it goes with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_AS_NOBODY_IN_PARTICULAR: Final = ("unshare", "--user", "--map-root-user", "--mount")
_AS_ROOT: Final = ("unshare", "--mount")


def way_in() -> Sequence[str]:
    """The words that begin a command in a namespace of its own; none where this system gives no such thing."""
    ways = (_AS_NOBODY_IN_PARTICULAR, _AS_ROOT)
    return next((way for way in ways if _works(way)), ())


def why_not() -> str:
    """Why there is no way in; empty where there is one."""
    if sys.platform != "linux":
        return "only Linux has namespaces to mount a small disk in"
    return "" if way_in() else "this user may not mount anything, not even in a namespace of its own"


def mount_small(folder: Path, size: int) -> None:
    """A disk in memory with room for so many bytes."""
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))


def mount_again(folder: Path, *, is_writable: bool) -> None:
    """Have a folder lie on a medium of its own, to be written or only to be read."""
    if not os.path.ismount(folder):
        _run("mount", "--bind", str(folder), str(folder))
    _run("mount", "-o", f"remount,bind,{'rw' if is_writable else 'ro'}", str(folder))


def unmount(folder: Path) -> None:
    """Take away all that was mounted on a folder."""
    while os.path.ismount(folder):
        _run("umount", str(folder))


def _works(way: Sequence[str]) -> bool:
    if shutil.which(way[0]) is None or shutil.which("mount") is None:
        return False
    trial = (*way, "mount", "-t", "tmpfs", "tmpfs", "/mnt")
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
