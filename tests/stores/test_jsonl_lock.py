"""The lock beside a ledger, and what can keep it from being had."""

from __future__ import annotations

import errno
import os
import sys
from itertools import count
from typing import TYPE_CHECKING

import filelock
import pytest

from tests.stores.conftest import append
from uidmanager.core.errors import (
    DiskFullError,
    LedgerLockedError,
    LedgerReadOnlyError,
    LocksNotWorkingError,
    WriteFailedError,
)

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from tests.stores.conftest import Desk
    from uidmanager.core.errors import LedgerError


@pytest.mark.parametrize(
    ("number", "error", "says"),
    [
        (errno.ENOSYS, LocksNotWorkingError, "this file system cannot lock files"),
        (errno.ENOLCK, LocksNotWorkingError, "this file system cannot lock files"),
        (errno.EROFS, LedgerReadOnlyError, "Read-only file system"),
        (errno.ENOSPC, DiskFullError, "no room left"),
        (errno.EIO, WriteFailedError, "Input/output error"),
    ],
    ids=lambda value: errno.errorcode.get(value) if isinstance(value, int) else None,
)
def test_why_there_is_no_lock_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, error: type[LedgerError], says: str
) -> None:
    desk.founded()

    def fail(_handle: int, _operation: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", fail)
    with pytest.raises(error, match=says), desk.open().turn():
        pytest.fail("there is no lock, and no soft one in its place either")


def test_the_lock_file_is_never_taken_away(desk: Desk) -> None:
    desk.founded()
    lock = desk.path.with_name("acme.jsonl.lock")
    before = lock.stat().st_ino
    append(desk.open(), desk.assignment("1"))
    append(desk.open(), desk.assignment("2"))
    assert lock.stat().st_ino == before


def test_other_programs_can_hold_the_lock_too(desk: Desk) -> None:
    """A backup script, for one; it need not say who it is."""
    desk.founded()
    desk.path.with_name("acme.jsonl.lock.holder").unlink()
    with (
        filelock.FileLock(desk.path.with_name("acme.jsonl.lock"), preserve_lock_file=True),
        pytest.raises(LedgerLockedError, match="written by another program"),
        desk.open().turn(),
    ):
        pytest.fail("two at once")


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be taken away on Windows")
def test_a_lock_file_that_was_taken_away_just_then_is_made_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.founded()
    lock = desk.path.with_name("acme.jsonl.lock")
    flock, calls = fcntl.flock, count()

    def too_late(handle: int, operation: int) -> None:
        if next(calls) == 0:
            lock.unlink()
        flock(handle, operation)

    monkeypatch.setattr("fcntl.flock", too_late)
    with desk.open().turn():
        assert lock.exists()
        with pytest.raises(LedgerLockedError), desk.open().turn():
            pytest.fail("two at once")


def test_a_turn_shuts_out_all_others_for_as_long_as_it_lasts(desk: Desk) -> None:
    desk.founded()
    lock = filelock.FileLock(desk.path.with_name("acme.jsonl.lock"), 0, preserve_lock_file=True)
    with desk.open().turn(), pytest.raises(filelock.Timeout):
        lock.acquire()
    with lock:
        pass


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"user":1}', b"\xff\xfe"])
def test_a_holder_that_cannot_be_read_is_another_program(desk: Desk, note: bytes) -> None:
    desk.founded()
    with desk.open().turn():
        desk.path.with_name("acme.jsonl.lock.holder").write_bytes(note)
        with pytest.raises(LedgerLockedError, match="another program"), desk.open().turn():
            pytest.fail("two at once")


def test_a_holder_is_shown_without_what_could_mislead(desk: Desk) -> None:
    desk.founded()
    with desk.open().turn():
        note = '{"user":"a\\u202eb\\u0007","station":"x\\ny","since":"now"}'
        desk.path.with_name("acme.jsonl.lock.holder").write_text(note, encoding="utf-8")
        with pytest.raises(LedgerLockedError, match=r"by a\?b\? on x\?y since now UTC;"), desk.open().turn():
            pytest.fail("two at once")


def test_a_holder_that_cannot_be_told_stops_nobody(desk: Desk) -> None:
    desk.founded()
    note = desk.path.with_name("acme.jsonl.lock.holder")
    note.unlink()
    note.mkdir()
    append(desk.open(), desk.assignment("1"))
