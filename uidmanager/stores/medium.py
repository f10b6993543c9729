"""What a folder lies on: a disk of this computer, or another computer's that is reached over a network."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

_NETWORK: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afp", "afpfs", "afs", "coda", "davfs", "webdav", "9p"),
        *("ceph", "glusterfs", "beegfs", "gpfs", "lustre", "ocfs2", "vboxsf"),
        *("fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs"),
        *("fuse.ceph", "fuse.glusterfs"),
    }
)
_LOCAL_LOCKS: Final = frozenset({"nolock", "local_lock=all", "local_lock=flock", "nobrl"})
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_DRIVE_REMOTE: Final = 4
_VERBATIM: Final = "\\\\?\\"


class Medium(Struct, frozen=True):
    """``kind`` is the file system's name, empty where it is not known; then nobody knows whether it is a network's.

    ``lone_locks`` is the mount option by which locks hold on this computer only, empty where there is none.
    """

    kind: str = ""
    is_network: bool = False
    lone_locks: str = ""


def medium_of(folder: Path, system: str = sys.platform) -> Medium:
    """What a folder lies on, as far as this system tells. The folder need not exist."""
    if system == "win32":
        return windows_medium(str(folder), _drive_type)
    if system == "linux":
        return linux_medium(folder, _mounts)
    return Medium()


def linux_medium(folder: Path, mounts: Callable[[], str]) -> Medium:
    """As ``/proc/self/mountinfo`` has it: the longest mount point above the folder, the last of equal ones."""
    try:
        lines = mounts().splitlines()
    except (OSError, ValueError):
        return Medium()
    above = {str(place) for place in (folder, *folder.parents)}
    found, longest = Medium(), -1
    for line in lines:
        mount = _mount(line)
        if mount is not None and mount[0] in above and len(PurePosixPath(mount[0]).parts) >= longest:
            found, longest = mount[1], len(PurePosixPath(mount[0]).parts)
    return found


def windows_medium(folder: str, drive_type: Callable[[str], int]) -> Medium:
    """A share by its name, or a drive letter that stands for one."""
    plain = folder.replace("/", "\\")
    if plain.upper().startswith(f"{_VERBATIM}UNC\\"):
        return Medium("share", is_network=True)
    plain = plain.removeprefix(_VERBATIM)
    if plain.startswith("\\\\"):
        return Medium("share", is_network=True)
    drive = re.match("[A-Za-z]:", plain)
    if drive is None:
        return Medium()
    is_remote = drive_type(f"{drive[0]}\\") == _DRIVE_REMOTE
    return Medium("network drive" if is_remote else "drive", is_remote)


def _mount(line: str) -> tuple[str, Medium] | None:
    """Mount point and medium of a line: ``id parent dev root point options [tags] - type source options``."""
    before, dash, after = line.partition(" - ")
    fields, rest = before.split(" "), after.split(" ")
    if not dash or len(fields) < 6 or len(rest) < 3:  # noqa: PLR2004 (the fields named above)
        return None
    point = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
    kind = rest[0]
    if kind not in _NETWORK:
        return point, Medium(kind)
    options = (*fields[5].split(","), *rest[2].split(","))
    return point, Medium(kind, True, next((name for name in options if name in _LOCAL_LOCKS), ""))


def _mounts() -> str:
    return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 (only Windows needs it)

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0
