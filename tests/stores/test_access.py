"""Who may write a ledger, as the file system tells."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from uidmanager.core.errors import LedgerMissingError, LedgerReadOnlyError
from uidmanager.stores.access import hindrance, writers_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stores.conftest import Desk


@pytest.mark.parametrize(
    ("mode", "writers"),
    [
        (0o644, "{user} (owner)"),
        (0o664, "{user} (owner), group {group}"),
        (0o666, "{user} (owner), group {group}, everybody else"),
        (0o464, "group {group}"),
        (0o444, "nobody but the administrator"),
    ],
)
def test_the_write_bits_tell_who_may_write(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, mode: int, writers: str
) -> None:
    desk.founded()
    desk.path.chmod(mode)
    found = desk.open().access()
    status = desk.path.stat()
    monkeypatch.setattr("pwd.getpwuid", _nameless)
    monkeypatch.setattr("grp.getgrgid", _nameless)
    expected = writers.format(user=status.st_uid, group=status.st_gid)
    assert writers_of(desk.path, status) == expected
    assert found.file.count(",") == expected.count(",")


def test_an_access_list_is_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.founded()
    monkeypatch.setattr("os.listxattr", lambda _path: ["system.posix_acl_access"])
    assert "whom its access list names" in desk.open().access().file


def test_the_folder_is_told_apart_from_the_file(desk: Desk, tmp_path: Path) -> None:
    desk.founded()
    desk.path.chmod(0o600)
    tmp_path.chmod(0o777)
    found = desk.open().access()
    assert "everybody else" not in found.file
    assert "everybody else" in found.folder


def test_whoever_may_write_is_not_refused(desk: Desk) -> None:
    desk.founded()
    assert desk.open().refused() is None


@pytest.mark.parametrize(
    ("closed", "why"),
    [("acme.jsonl", "write the file"), ("acme.jsonl.lock", "lock file beside it")],
)
def test_what_the_system_closes_to_this_user_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, closed: str, why: str
) -> None:
    desk.founded()
    monkeypatch.setattr("os.access", lambda path, _mode: path.name != closed)
    refused = desk.open().refused()
    assert isinstance(refused, LedgerReadOnlyError)
    assert why in str(refused)


def test_without_a_lock_file_the_folder_must_take_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.founded()
    desk.path.with_name("acme.jsonl.lock").unlink()
    assert not hindrance(desk.path)
    monkeypatch.setattr("os.access", lambda path, _mode: path == desk.path)
    assert "folder" in hindrance(desk.path)


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_without_write_bits_is_refused(desk: Desk) -> None:
    desk.founded()
    desk.path.chmod(0o444)
    assert desk.open().refused() is not None


def test_of_a_ledger_that_is_not_there_nothing_is_told(desk: Desk) -> None:
    with pytest.raises(LedgerMissingError):
        desk.open().access()


def _nameless(_number: int) -> None:
    raise KeyError
