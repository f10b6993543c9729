"""Who may write a ledger, as far as the file system tells."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from uidmanager.app.ports import Access
from uidmanager.stores.os_errors import told_as_reading
from uidmanager.stores.wording import shown

if sys.platform != "win32":
    import grp
    import pwd

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ACCESS_LIST: Final = "system.posix_acl_access"
_AS_SET: Final = "as its security settings say"


def access_of(path: Path, where: str) -> Access:
    """Who may write the file of a ledger and its folder. Raises `LedgerMissingError`."""
    with told_as_reading(where):
        file, folder = path.stat(), path.parent.stat()
    return Access(writers_of(path, file), writers_of(path.parent, folder))


def hindrance(path: Path) -> str:
    """Why this user may not write a ledger; empty where nothing speaks against it, or nothing lies there."""
    if not path.exists():
        return ""
    if not os.access(path, os.W_OK):
        return "this user may not write the file"
    lock = path.with_name(f"{path.name}.lock")
    if lock.exists():
        return "" if os.access(lock, os.W_OK) else "this user may not write the lock file beside it"
    return "" if os.access(path.parent, os.W_OK | os.X_OK) else "this user may not make a file in its folder"


def writers_of(path: Path, status: os.stat_result) -> str:
    """To whom the system gives leave to write: the owner, the group, all others; and whom an access list names."""
    if sys.platform == "win32":
        return _AS_SET
    named = (
        (stat.S_IWUSR, f"{_name(lambda: pwd.getpwuid(status.st_uid).pw_name, status.st_uid)} (owner)"),
        (stat.S_IWGRP, f"group {_name(lambda: grp.getgrgid(status.st_gid).gr_name, status.st_gid)}"),
        (stat.S_IWOTH, "everybody else"),
    )
    writers = [who for bit, who in named if status.st_mode & bit]
    if _has_access_list(path):
        writers.append("whom its access list names")
    return ", ".join(writers) or "nobody but the administrator"


def _name(ask: Callable[[], str], number: int) -> str:
    """The name the system has for a user or a group; its number where it has none."""
    try:
        return shown(ask())
    except KeyError:
        return str(number)


def _has_access_list(path: Path) -> bool:
    if sys.platform == "linux":
        with suppress(OSError):
            return _ACCESS_LIST in os.listxattr(path)
    return False
