"""What a writer leaves behind that dies in the middle of its line: never in the way, never lost, never mistaken."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.stores.conftest import Desk, Forgetful, append, numbers
from tests.stores.resuming import ResumingDesk
from uidmanager.core.errors import LedgerDamagedError
from uidmanager.core.events import InstallationAssigned
from uidmanager.stores.filesystem import FileSystem

if TYPE_CHECKING:
    from pathlib import Path


DESKS = (Desk, ResumingDesk)


@pytest.fixture
def kept(desk: Desk) -> bytes:
    """A ledger of three entries, all acknowledged; what is added after these bytes was not."""
    desk.founded(2)
    return desk.path.read_bytes()


def aside(desk: Desk) -> list[Path]:
    return sorted(desk.path.parent.glob("acme.jsonl.torn-*"))


def unacknowledged(desk: Desk, kept: bytes, events: int = 1) -> bytes:
    """The line of a next entry, which nobody has been told of."""
    elsewhere = desk.path.parent / "elsewhere"
    append(
        desk.open(seen=elsewhere), desk.entry(*(InstallationAssigned(str(n), str(n)) for n in range(50, 50 + events)))
    )
    line = desk.path.read_bytes()[len(kept) :]
    desk.put(kept)
    for note in elsewhere.iterdir():
        note.unlink()
    return line


def test_every_cut_of_the_last_line_is_set_aside_and_said(desk: Desk, kept: bytes) -> None:
    line = unacknowledged(desk, kept)
    for length in range(1, len(line)):
        desk.put(kept + line[:length])
        reader = desk.open()
        assert numbers(reader.news().entries) == [1, 2, 3]
        assert desk.path.read_bytes() == kept + line[:length]
        with desk.open(Forgetful()).turn() as turn:
            news = turn.news()
        assert news.trouble is None
        assert numbers(news.entries) == [1, 2, 3]
        assert desk.path.read_bytes() == kept
        (copy,) = aside(desk)
        assert copy.read_bytes() == line[:length]
        (remark,) = news.remarks
        assert copy.name in remark
        assert f" {length} bytes" in remark
        copy.unlink()


def test_a_line_that_is_whole_counts_though_nobody_was_told(desk: Desk, kept: bytes) -> None:
    desk.put(kept + unacknowledged(desk, kept))
    assert numbers(desk.open().news().entries) == [1, 2, 3, 4]


def test_the_next_entry_takes_the_place(desk: Desk, kept: bytes) -> None:
    line = unacknowledged(desk, kept)
    desk.put(kept + line[:100])
    assert numbers(append(desk.open(), desk.assignment("9"))) == [4]
    assert desk.path.read_bytes().startswith(kept)
    assert numbers(desk.open().news().entries) == [1, 2, 3, 4]


def test_a_reader_that_saw_the_torn_tail_follows_on(desk: Desk, kept: bytes) -> None:
    line = unacknowledged(desk, kept)
    desk.put(kept + line[:100])
    reader = desk.open()
    reader.news()
    append(desk.open(), desk.assignment("9"))
    assert reader.has_news()
    news = reader.news()
    assert news.trouble is None
    assert numbers(news.entries) == [4]


def test_a_writer_at_work_is_no_damage(desk: Desk, kept: bytes) -> None:
    line = unacknowledged(desk, kept)
    reader = desk.open()
    reader.news()
    for length in range(1, len(line) + 1, 20):
        desk.put(kept + line[:length])
        news = reader.news()
        assert not news.entries
        assert news.trouble is None
        assert not news.remarks
    desk.put(kept + line)
    assert numbers(reader.news().entries) == [4]


def test_sectors_of_zeros_or_of_old_bytes_are_set_aside(desk: Desk, kept: bytes) -> None:
    """After a power cut the file may be as long as it should be, without what should be in it."""
    line = unacknowledged(desk, kept, events=30)
    start = len(kept)
    edges = [0, *(at - start for at in range(start // 512 * 512 + 512, start + len(line), 512)), len(line)]
    sectors = list(pairwise(edges))
    old = bytes(byte for byte in range(256) if byte != 10) * 20
    for present in range(2 ** len(sectors) - 1):
        parts = [line[a:b] if present >> index & 1 else bytes(b - a) for index, (a, b) in enumerate(sectors)]
        desk.put(kept + b"".join(parts))
        with desk.open(Forgetful()).turn() as turn:
            assert turn.news().trouble is None, present
        assert desk.path.read_bytes() == kept
    for path in aside(desk):
        path.unlink()
    for size in (1, 40, 511, 512, 5000):
        desk.put(kept + old[:size])
        with desk.open(Forgetful()).turn() as turn:
            assert turn.news().trouble is None
        assert desk.path.read_bytes() == kept


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param(b'{"h":"0"}\n', id="an entry's shape"),
        pytest.param(b'\0\0\n{"h":"0"}\n', id="zeros before it"),
        pytest.param(b'{"h":"0"}\ntail', id="something behind it"),
        pytest.param(b'{"h":"0"}\r\n', id="with a changed line end"),
        pytest.param(b'\xef\xbb\xbf{"h":"0"}\n', id="with a byte order mark"),
    ],
)
def test_what_has_the_shape_of_an_entry_is_never_cut_off(desk: Desk, kept: bytes, rest: bytes) -> None:
    desk.put(kept + rest)
    ledger = desk.open()
    with ledger.turn() as turn:
        news = turn.news()
        assert isinstance(news.trouble, LedgerDamagedError)
        assert news.trouble.line == 4
        with pytest.raises(LedgerDamagedError):
            turn.append(desk.assignment("9"))
    assert numbers(news.entries) == [1, 2, 3]
    assert desk.path.read_bytes() == kept + rest
    assert not aside(desk)


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param(b'{"h":"0"}', id="without its end"),
        pytest.param(b'{"h":"\0"}\n', id="with a zero in it"),
        pytest.param(b'{"h":"0"\n', id="without the brace"),
        pytest.param(b"\n", id="an empty line"),
        pytest.param(b"\n\n{}\n", id="something else"),
    ],
)
def test_what_has_no_such_shape_is_set_aside(desk: Desk, kept: bytes, rest: bytes) -> None:
    desk.put(kept + rest)
    append(desk.open(), desk.assignment("9"))
    assert [path.read_bytes() for path in aside(desk)] == [rest]


def test_a_tail_that_this_station_has_seen_whole_is_damage(desk: Desk, kept: bytes) -> None:
    append(desk.open(), desk.assignment("9"))
    line = desk.path.read_bytes()[len(kept) :]
    for length in (1, 72, len(line) - 1):
        desk.put(kept + line[:length])
        for ledger in (desk.open(), desk.open()):
            with ledger.turn() as turn:
                trouble = turn.news().trouble
            assert isinstance(trouble, LedgerDamagedError)
            assert "this station has seen it whole" in str(trouble)
        assert isinstance(desk.open().news().trouble, LedgerDamagedError)
        assert desk.path.read_bytes() == kept + line[:length]
    assert not aside(desk)


def test_two_tails_at_one_moment_get_two_names(desk: Desk, kept: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.world, "now", lambda: "2026-11-22T21:06:42.123456Z")
    for rest in (b"one", b"two", b"three"):
        desk.put(kept + rest)
        with desk.open().turn() as turn:
            turn.news()
    stem = "acme.jsonl.torn-20261122T210642.123456Z"
    assert {path.name: path.read_bytes() for path in aside(desk)} == {
        stem: b"one",
        f"{stem}-2": b"two",
        f"{stem}-3": b"three",
    }


def test_a_repair_half_seen_by_a_reader_is_looked_at_again(desk: Desk, kept: bytes) -> None:
    """The old tail's beginning and the new line's end make one line that was never written."""
    line = unacknowledged(desk, kept, events=3)
    torn = line[:150]

    class Unlucky(FileSystem):
        """Another program repairs and writes between two reads of this one (after its peek at the first line)."""

        has_peeked = False
        has_repaired = False

        def read(self, handle: int, offset: int, count: int) -> bytes:
            data = super().read(handle, offset, count)
            if data.endswith(torn) and not self.has_repaired:
                if self.has_peeked:
                    self.has_repaired = True
                    append(desk.open(), desk.assignment("8"), desk.assignment("9"))
                self.has_peeked = True
            return data

    desk.put(kept + torn)
    files = Unlucky()
    news = desk.open(files).news()
    assert files.has_repaired
    assert news.trouble is None
    assert numbers(news.entries) == [1, 2, 3, 4, 5]
