"""What a folder lies on, as the operating system tells it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import cast

import pytest

from uidmanager.stores.medium import Medium, linux_medium, medium_of, windows_medium

_MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:40 / /srv/registry rw,relatime shared:2 - nfs4 server:/registry rw,vers=4.2,local_lock=none
32 22 0:41 / /srv/registry\040of\040Acme rw,relatime - cifs //server/share rw,vers=3.1.1
33 22 0:42 / /srv/old rw shared:3 master:4 - nfs server:/old rw,vers=3,nolock,local_lock=all
34 31 8:2 / /srv/registry/local rw - xfs /dev/sdb1 rw
35 22 0:43 / /mnt/ssh rw,nosuid - fuse.sshfs anna@server:/ rw
36 22 0:44 / /mnt/twice rw - ext4 /dev/sdc1 rw
37 22 0:45 / /mnt/twice rw - 9p host rw
38 22 0:46 / /mnt/loose rw - smb3 //server/loose rw,nobrl
this line is none
"""


@pytest.mark.parametrize(
    ("folder", "medium"),
    [
        ("/home/anna", Medium("ext4")),
        ("/srv", Medium("ext4")),
        ("/srv/registry", Medium("nfs4", is_network=True)),
        ("/srv/registry/acme/2026", Medium("nfs4", is_network=True)),
        ("/srv/registry/local/x", Medium("xfs")),
        ("/srv/registry2", Medium("ext4")),
        ("/srv/registry of Acme/x", Medium("cifs", is_network=True)),
        ("/srv/old", Medium("nfs", is_network=True, lone_locks="nolock")),
        ("/mnt/ssh/x", Medium("fuse.sshfs", is_network=True)),
        ("/mnt/twice", Medium("9p", is_network=True)),
        ("/mnt/loose", Medium("smb3", is_network=True, lone_locks="nobrl")),
    ],
)
def test_the_longest_mount_point_above_a_folder_tells_what_it_lies_on(folder: str, medium: Medium) -> None:
    assert linux_medium(cast("Path", PurePosixPath(folder)), lambda: _MOUNTS) == medium


def test_mounts_that_cannot_be_read_leave_the_medium_unknown() -> None:
    def fail() -> str:
        raise PermissionError

    assert linux_medium(Path("/srv"), fail) == Medium()


@pytest.mark.parametrize(
    ("folder", "drive", "is_network"),
    [
        (r"\\server\share\registry", 3, True),
        ("//server/share", 3, True),
        (r"\\?\UNC\server\share", 3, True),
        (r"\\?\C:\registry", 3, False),
        (r"C:\registry", 3, False),
        (r"z:\registry", 4, True),
        ("registry", 4, False),
    ],
)
def test_windows_knows_a_share_by_its_name_or_its_drive(folder: str, drive: int, is_network: bool) -> None:  # noqa: FBT001
    assert windows_medium(folder, lambda _root: drive).is_network is is_network


def test_a_system_that_does_not_tell_leaves_the_medium_unknown(tmp_path: Path) -> None:
    assert medium_of(tmp_path, "darwin") == Medium()
