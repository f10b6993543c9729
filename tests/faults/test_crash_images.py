"""Every picture that a power cut can leave of the last entry: what was durable stays, and the chain goes on.

Cuts alone and sectors of zeros alone are in the tests of the store; here sectors are mixed with stale bytes, the file
may be longer than what was written, and one more entry is written after each picture.
"""

from __future__ import annotations

import errno
import os
from itertools import count, pairwise, product
from typing import TYPE_CHECKING, Final

import pytest

from tests.stores.conftest import Desk, Forgetful, append, numbers, overwrite
from uidmanager.core.errors import LedgerDamagedError, LedgerError
from uidmanager.core.events import InstallationAssigned
from uidmanager.stores.filesystem import FileSystem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECTOR: Final = 512
STALE: Final = bytes(byte for byte in range(1, 256) if byte != ord("\n")) * 3
DURABLE: Final = 3


class Crashed:
    """A ledger of durable entries, what the station remembers of it, and a line that was being written."""

    def __init__(self, desk: Desk, events: int) -> None:
        self.desk = desk
        desk.founded(DURABLE - 1)
        self.durable = desk.path.read_bytes()
        self.entries = list(desk.open().news().entries)
        (note,) = desk.seen.iterdir()
        self.note, self.noted = note, note.read_bytes()
        fresh = desk.path.parent / "while writing"
        draft = desk.entry(*(InstallationAssigned(str(n), str(n)) for n in range(50, 50 + events)))
        self.lost = append(desk.open(Forgetful(), seen=fresh), draft)[0]
        self.line = desk.path.read_bytes()[len(self.durable) :]

    def reopen(self, rest: bytes, *, is_known: bool) -> str:
        """What a program makes of these bytes after the durable ones. Checks that nothing durable is lost."""
        desk = self.desk
        desk.put(self.durable + rest)
        for note in desk.seen.iterdir():
            note.unlink()
        if is_known:
            self.note.write_bytes(self.noted)
        try:
            (written,) = append(desk.open(Forgetful()), desk.assignment("9"))
        except AssertionError:
            news = desk.open(Forgetful()).news()
            assert isinstance(news.trouble, LedgerDamagedError)
            assert list(news.entries) == self.entries
            assert desk.path.read_bytes() == self.durable + rest
            return "refused"
        news = desk.open(Forgetful()).news()
        assert news.trouble is None
        assert [entry for entry in news.entries if entry != self.lost] == [*self.entries, written]
        assert numbers(news.entries) == list(range(1, len(news.entries) + 1))
        copies = list(desk.path.parent.glob("*.torn-*"))
        aside = b"".join(copy.read_bytes() for copy in copies)
        assert (self.line if self.lost in news.entries else b"") + aside == rest
        assert len(copies) <= 1
        for copy in copies:
            copy.unlink()
        return "goes on"


@pytest.fixture
def short(tmp_path: Path) -> Crashed:
    return Crashed(Desk(tmp_path), 1)


@pytest.fixture
def long(tmp_path: Path) -> Crashed:
    return Crashed(Desk(tmp_path), 30)


def sectors(begin: int, line: bytes) -> list[bytes]:
    """The line in the pieces that a disk writes whole or not at all."""
    end = begin + len(line)
    edges = [begin, *range(begin // SECTOR * SECTOR + SECTOR, end, SECTOR), end]
    return [line[a - begin : b - begin] for a, b in pairwise(edges)]


def images(crashed: Crashed, ahead: bytes) -> Iterator[bytes]:
    """Each sector as it should be, of zeros, or stale; behind it what stands where the size is ahead of the data."""
    parts = sectors(len(crashed.durable), crashed.line)
    for state in product((0, 1, 2), repeat=len(parts)):
        yield (
            b"".join(
                (part, bytes(len(part)), STALE[: len(part)])[kind] for part, kind in zip(parts, state, strict=True)
            )
            + ahead
        )


def is_like_an_entry(rest: bytes) -> bool:
    """Whether some whole line in it could be an entry that somebody changed: that is never cut off unasked."""
    *lines, _ = rest.split(b"\n")
    return any(line.startswith(b'{"h":"') and line.endswith(b"}") and b"\0" not in line for line in lines)


@pytest.mark.parametrize("is_known", [True, False], ids=["known to this station", "new to this station"])
def test_after_every_cut_one_more_entry_follows(short: Crashed, *, is_known: bool) -> None:
    for length in range(len(short.line) + 1):
        assert short.reopen(short.line[:length], is_known=is_known) == "goes on", length


@pytest.mark.parametrize("is_known", [True, False], ids=["known to this station", "new to this station"])
@pytest.mark.parametrize(
    "ahead", [b"", bytes(1), bytes(SECTOR), bytes(4096), STALE], ids=["", "a zero", "a sector", "a page", "stale"]
)
def test_after_every_mixture_of_sectors_nothing_durable_is_lost(long: Crashed, ahead: bytes, *, is_known: bool) -> None:
    """Where stale bytes stand between a true beginning and a true end it is not cut, but told as damage."""
    seen = set()
    for rest in images(long, ahead):
        is_good = rest.startswith(long.line)
        expected = "refused" if is_like_an_entry(rest) and not is_good else "goes on"
        assert long.reopen(rest, is_known=is_known) == expected, rest
        seen.add(expected)
    assert seen == {"refused", "goes on"}


@pytest.mark.parametrize("is_known", [True, False], ids=["known to this station", "new to this station"])
def test_a_size_ahead_of_the_data_is_set_aside(short: Crashed, *, is_known: bool) -> None:
    for length in range(1, len(short.line) + SECTOR):
        assert short.reopen(bytes(length), is_known=is_known) == "goes on"
        assert short.reopen(short.line[:length] + bytes(length), is_known=is_known) == "goes on"


class FailsOnce(FileSystem):
    """Of the calls that change the file, the one with a number does part of its work, or none, and fails."""

    def __init__(self, at: int, number: int, *, is_short: bool) -> None:
        self.left = at
        self.number = number
        self.is_short = is_short

    def fail(self) -> bool:
        self.left -= 1
        return self.left == 0

    def write(self, handle: int, offset: int, data: memoryview) -> int:
        if self.fail():
            if self.is_short:
                super().write(handle, offset, data[: len(data) // 2])
            raise OSError(self.number, os.strerror(self.number))
        return super().write(handle, offset, data)

    def flush(self, handle: int) -> None:
        if self.fail():
            raise OSError(self.number, os.strerror(self.number))
        super().flush(handle)

    def truncate(self, handle: int, size: int) -> None:
        if self.fail():
            raise OSError(self.number, os.strerror(self.number))
        super().truncate(handle, size)


@pytest.mark.parametrize("is_short", [True, False], ids=["short", "nothing"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
def test_one_entry_tried_again_until_it_is_acknowledged_is_there_once(
    short: Crashed, number: int, *, is_short: bool
) -> None:
    """At every call in turn; with a torn tail to be set aside first."""
    desk = short.desk
    tried_at = 0
    for at in count(1):
        desk.put(short.durable + short.line[:100])
        for note in desk.seen.iterdir():
            overwrite(note, short.noted)
        draft = desk.assignment(str(at))
        files = FailsOnce(at, number, is_short=is_short)
        written = None
        for _ in range(3):
            try:
                (written,) = append(desk.open(files), draft)
            except LedgerError:
                tried_at = at
            else:
                break
        news = desk.open().news()
        assert news.trouble is None
        assert list(news.entries) == [*short.entries, written]
        remove(desk.path.parent)
        if files.left > 0:
            break
    assert tried_at >= 5


def remove(folder: Path) -> None:
    for copy in folder.glob("*.torn-*"):
        copy.unlink()
