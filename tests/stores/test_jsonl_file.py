"""The file itself: its bytes, what lies beside it, what may stand in its place, who may touch it."""

from __future__ import annotations

import errno
import os
import stat
import tracemalloc
from itertools import count, pairwise
from pathlib import Path

import pytest

from tests.stores.conftest import Desk, append, numbers
from tests.stores.resuming import ResumingDesk
from uidmanager.core.errors import (
    EntryTooLargeError,
    LedgerChangedError,
    LedgerDamagedError,
    LedgerExistsError,
    LedgerLockedError,
    LedgerMissingError,
    LedgerNewerError,
    LedgerReadOnlyError,
    LedgerUnreadableError,
    LedgerWentBackError,
    WriteFailedError,
)
from uidmanager.core.events import InstallationAssigned
from uidmanager.stores import filesystem, reading
from uidmanager.stores.chain import link, sealed
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.jsonl import JsonlLedger

DESKS = (Desk, ResumingDesk)


class Forbidding(FileSystem):
    """A disk that refuses to open for writing, or for reading too."""

    def __init__(self, number: int, *, reading: bool = False) -> None:
        self.number = number
        self.reading = reading

    def open_to_write(self, path: Path) -> int:
        raise OSError(self.number, os.strerror(self.number), path)

    def open_to_read(self, path: Path) -> int:
        if self.reading:
            raise OSError(self.number, os.strerror(self.number), path)
        return super().open_to_read(path)


def test_a_line_for_each_entry_and_nothing_else(desk: Desk) -> None:
    entries = desk.founded(3)
    data = desk.path.read_bytes()
    lines = data.split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == 4
    assert all(
        line.startswith(b'{"h":"%s","n":%d,"id":"' % (e.h.encode(), e.n))
        for line, e in zip(lines, entries, strict=True)
    )
    assert all(
        link(before.h, line) == after.h for (before, after), line in zip(pairwise(entries), lines[1:], strict=True)
    )


def test_what_lies_beside_it(desk: Desk) -> None:
    desk.founded(1)
    assert {path.name for path in desk.path.parent.iterdir()} == {
        "acme.jsonl",
        "acme.jsonl.lock",
        "acme.jsonl.lock.holder",
        "seen",
    }


def test_the_umask_decides_who_may_read_it(desk: Desk) -> None:
    before = os.umask(0o027)
    try:
        desk.founded()
    finally:
        os.umask(before)
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o640


def test_folders_above_it_are_made(desk: Desk) -> None:
    desk.path = desk.path.parent / "one" / "two" / "acme.jsonl"
    desk.founded(1)
    assert numbers(desk.open().news().entries) == [1, 2]


def test_founding_where_a_folder_cannot_be_made_says_why(desk: Desk) -> None:
    (desk.path.parent / "file").write_text("x", encoding="utf-8")
    desk.path = desk.path.parent / "file" / "acme.jsonl"
    with pytest.raises(WriteFailedError, match="Not a directory"):
        desk.founded()


@pytest.mark.parametrize("taken_by", ["file", "empty file", "folder", "ledger"])
def test_what_lies_there_is_left_as_it_is(desk: Desk, taken_by: str) -> None:
    if taken_by == "folder":
        desk.path.mkdir()
    elif taken_by == "ledger":
        desk.founded(1)
    else:
        desk.path.write_bytes(b"" if taken_by == "empty file" else b"letters")
    before = desk.path.read_bytes() if desk.path.is_file() else b""
    with pytest.raises(LedgerExistsError):
        desk.open().found(desk.founding("another"))
    assert desk.path.is_dir() or desk.path.read_bytes() == before


def test_two_programs_found_one_ledger(desk: Desk) -> None:
    class Slow(FileSystem):
        """Lets another program found it while the new file is being written, as where the lock does nothing."""

        def link(self, source: Path, target: Path) -> None:
            target.write_bytes(b"the other was faster")
            super().link(source, target)

    with pytest.raises(LedgerExistsError):
        desk.open(Slow()).found(desk.founding())
    assert desk.path.read_bytes() == b"the other was faster"
    assert not list(desk.path.parent.glob("*.new"))


def test_it_can_be_founded_where_there_are_no_hard_links(desk: Desk) -> None:
    class Fat(FileSystem):
        def link(self, source: Path, target: Path) -> None:
            raise OSError(errno.EPERM, "Operation not permitted", source, None, target)

    ledger = desk.open(Fat())
    ledger.found(desk.founding())
    assert numbers(desk.open().news().entries) == [1]
    assert not list(desk.path.parent.glob(".*.new"))
    with pytest.raises(LedgerExistsError):
        desk.open(Fat()).found(desk.founding())


def test_what_a_crash_left_of_a_founding_is_in_nobodys_way(desk: Desk) -> None:
    draft = desk.founding()
    entry = desk.open().found(draft)
    left = desk.path.with_name(f".acme.jsonl.{entry.h[:16]}.new")
    desk.path.rename(left)
    left.write_bytes(left.read_bytes()[:100])
    assert desk.open(seen=desk.path.parent / "other").found(draft) == entry
    assert not left.exists()


@pytest.mark.parametrize("thing", ["folder", "pipe"])
def test_what_cannot_hold_a_ledger_is_told(desk: Desk, thing: str) -> None:
    desk.path.mkdir() if thing == "folder" else os.mkfifo(desk.path)
    ledger = desk.open()
    with pytest.raises(LedgerUnreadableError, match="it is a folder" if thing == "folder" else "it is not a file"):
        ledger.news()
    with pytest.raises(LedgerUnreadableError), ledger.turn():
        pytest.fail("there is no turn to take")
    assert not list(desk.path.parent.glob("*.lock*"))


def test_a_file_taken_away_is_missed(desk: Desk) -> None:
    desk.founded()
    ledger = desk.open()
    ledger.news()
    desk.path.unlink()
    assert ledger.has_news()
    with pytest.raises(LedgerMissingError):
        ledger.news()
    assert not ledger.has_news()
    with pytest.raises(LedgerMissingError), ledger.turn():
        pytest.fail("there is no turn to take")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM], ids=errno.errorcode.get)
def test_where_writing_is_forbidden_reading_goes_on(desk: Desk, number: int) -> None:
    desk.founded(1)
    ledger = desk.open(Forbidding(number))
    assert numbers(ledger.news().entries) == [1, 2]
    with pytest.raises(LedgerReadOnlyError, match="Nothing was written"), ledger.turn():
        pytest.fail("there is no turn to take")


def test_what_may_not_be_read_is_told(desk: Desk) -> None:
    desk.founded(1)
    with pytest.raises(LedgerUnreadableError, match="Permission denied"):
        desk.open(Forbidding(errno.EACCES, reading=True)).news()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_can_be_read_from(desk: Desk) -> None:
    desk.founded(1)
    for lock in desk.path.parent.glob("*.lock*"):
        lock.unlink()
    desk.path.parent.chmod(0o500)
    try:
        ledger = desk.open()
        assert numbers(ledger.news().entries) == [1, 2]
        with pytest.raises(LedgerReadOnlyError), ledger.turn():
            pytest.fail("there is no turn to take")
    finally:
        desk.path.parent.chmod(0o700)


def test_two_names_for_one_file_have_one_lock(desk: Desk) -> None:
    desk.founded()
    link_to_it = desk.path.parent / "folder" / "link.jsonl"
    link_to_it.parent.mkdir()
    link_to_it.symlink_to(desk.path)
    other = JsonlLedger(link_to_it, desk.world, desk.seen, patience=0.05)
    with desk.open().turn(), pytest.raises(LedgerLockedError, match=r"link\.jsonl is being written"), other.turn():
        pytest.fail("two at once")
    append(other, desk.assignment("1"))
    assert other.name == str(link_to_it)
    assert numbers(desk.open().news().entries) == [1, 2]


def test_an_open_ledger_is_told_by_the_name_it_was_given(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.founded()
    monkeypatch.chdir(desk.path.parent)
    ledger = JsonlLedger(Path("acme.jsonl"), desk.world, desk.seen)
    monkeypatch.chdir("/")
    assert ledger.name == "acme.jsonl"
    assert numbers(ledger.news().entries) == [1]


def test_an_entry_longer_than_a_line_may_be_is_not_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.founded()
    before = desk.path.read_bytes()
    monkeypatch.setattr("uidmanager.stores.jsonl.LONGEST_LINE", 2000)
    ledger = desk.open()
    with pytest.raises(EntryTooLargeError, match="takes up to 2,000 in one"):
        append(ledger, desk.assignment("1", note="x" * 2000))
    assert desk.path.read_bytes() == before
    append(ledger, desk.assignment("1"))


def test_long_lines_and_many_are_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    monkeypatch.setattr(filesystem, "CHUNK", 100)
    desk.founded(2)
    append(desk.open(), desk.entry(*(InstallationAssigned(str(n), str(n)) for n in range(100, 130))))
    told: list[float] = []
    news = desk.open().news(lambda _message, fraction: told.append(fraction))
    assert numbers(news.entries) == [1, 2, 3, 4]
    assert len(told) > 10
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("filling", [b"\0", b"x"], ids=["zeros", "letters"])
@pytest.mark.parametrize("ending", [b"", b"\n", b"\n" + b"{" * 20 + b"\n"], ids=["no end", "an end", "more behind"])
def test_a_line_that_is_too_long_is_not_taken_into_memory(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, filling: bytes, ending: bytes
) -> None:
    monkeypatch.setattr(filesystem, "CHUNK", 10_000)
    monkeypatch.setattr(reading, "LONGEST_LINE", 100_000)
    desk.founded(1)
    with desk.path.open("ab") as file:
        file.write(filling * 5_000_000 + ending)
    ledger = desk.open()
    tracemalloc.start()
    try:
        news = ledger.news()
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert numbers(news.entries) == [1, 2]
    append(ledger, desk.assignment("9"))  # it has no entry's shape, so it is set aside
    assert numbers(desk.open().news().entries) == [1, 2, 3]


def test_an_entry_that_is_too_long_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    desk.founded(1)
    append(desk.open(), desk.assignment("8", note="x" * 900))
    append(desk.open(), desk.assignment("9"))
    monkeypatch.setattr(reading, "LONGEST_LINE", 1000)
    monkeypatch.setattr(filesystem, "CHUNK", 900)
    news = desk.open().news()
    assert numbers(news.entries) == [1, 2]
    assert isinstance(news.trouble, LedgerDamagedError)
    assert "Line 3" in str(news.trouble)
    assert "longer than 1,000 bytes" in str(news.trouble)


# -- the file in another program's hands -----------------------------------------------------------------------------


def test_a_copy_put_in_its_place_is_read_anew_and_followed(desk: Desk) -> None:
    entries = desk.founded(2)
    ledger = desk.open()
    ledger.news()
    copy = desk.path.with_suffix(".copy")
    copy.write_bytes(desk.path.read_bytes())
    copy.replace(desk.path)
    assert ledger.has_news()
    news = ledger.news()
    assert news.trouble is None
    assert not news.entries
    written = append(ledger, desk.assignment("9"))
    assert list(desk.open().news().entries) == [*entries, *written]


def test_a_copy_put_in_its_place_during_a_turn_is_not_written_to(desk: Desk) -> None:
    desk.founded(2)
    copy = desk.path.with_suffix(".copy")
    copy.write_bytes(desk.path.read_bytes())
    before = copy.read_bytes()
    ledger = desk.open()
    with ledger.turn() as turn:
        turn.news()
        copy.replace(desk.path)
        with pytest.raises(LedgerChangedError, match="was replaced by another file"):
            turn.append(desk.assignment("9"))
    assert desk.path.read_bytes() == before
    append(ledger, desk.assignment("9"))


@pytest.mark.parametrize("change", ["cut", "longer", "taken away"])
def test_a_file_changed_during_a_turn_is_not_written_to(desk: Desk, change: str) -> None:
    desk.founded(2)
    with desk.open().turn() as turn:
        turn.news()
        before = desk.path.read_bytes()
        if change == "taken away":
            desk.path.unlink()
        else:
            desk.path.write_bytes(before[:-100] if change == "cut" else before + b"{")
        with pytest.raises(LedgerChangedError):
            turn.append(desk.assignment("9"))
    assert not desk.path.exists() or len(desk.path.read_bytes()) in {len(before) - 100, len(before) + 1}


@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "as another file"])
@pytest.mark.parametrize("in_turn", [True, False], ids=["seen in a turn", "seen on a look"])
@pytest.mark.parametrize("has_memory", [True, False], ids=["with memory", "without"])
def test_an_older_copy_put_back_while_it_is_open_is_refused(
    desk: Desk, *, in_place: bool, in_turn: bool, has_memory: bool
) -> None:
    desk.founded(2)
    older = desk.path.read_bytes()
    ledger = desk.open(seen=None if has_memory else desk.path.parent / "forgetful")
    append(ledger, desk.assignment("8"), desk.assignment("9"))
    if not has_memory:
        for note in (desk.path.parent / "forgetful").iterdir():
            note.unlink()
    if in_place:
        desk.path.write_bytes(older)
    else:
        desk.path.unlink()
        desk.path.write_bytes(older)
    if in_turn:
        with ledger.turn() as turn:
            trouble = turn.news().trouble
            with pytest.raises(LedgerWentBackError):
                turn.append(desk.assignment("7"))
    else:
        trouble = ledger.news().trouble
    assert isinstance(trouble, LedgerWentBackError)
    assert "has seen 5 entries" in str(trouble)
    assert "has 3 now" in str(trouble)
    assert desk.path.read_bytes() == older


def test_an_older_copy_that_went_on_by_itself_is_a_fork(desk: Desk) -> None:
    desk.founded(1)
    older = desk.path.read_bytes()
    append(desk.open(), desk.assignment("8"))
    ledger = desk.open()
    ledger.news()
    desk.path.write_bytes(older)
    append(desk.open(seen=desk.path.parent / "elsewhere"), desk.assignment("7"), desk.assignment("6"))
    for look in (ledger, desk.open()):
        news = look.news()
        assert isinstance(news.trouble, LedgerWentBackError)
        assert "tells entry 3 otherwise" in str(news.trouble)
        with look.turn() as turn:
            turn.news()
            with pytest.raises(LedgerWentBackError):
                turn.append(desk.assignment("5"))


def test_what_another_program_of_this_station_has_seen_counts_too(desk: Desk) -> None:
    desk.founded(1)
    ledger = desk.open()
    ledger.news()
    known = desk.path.read_bytes()
    append(desk.open(), desk.assignment("8"))
    desk.path.write_bytes(known)  # where this object has not seen it longer
    assert isinstance(ledger.news().trouble, LedgerWentBackError)


def test_an_emptied_file_is_no_new_beginning(desk: Desk) -> None:
    desk.founded(1)
    ledger = desk.open()
    ledger.news()
    desk.path.write_bytes(b"")
    assert isinstance(ledger.news().trouble, LedgerWentBackError)
    fresh = desk.open().news().trouble
    assert isinstance(fresh, LedgerDamagedError)
    assert "the file is empty" in str(fresh)
    with pytest.raises(LedgerExistsError):
        desk.open().found(desk.founding())


def test_another_registry_in_its_place_is_told(desk: Desk) -> None:
    desk.founded(1)
    ledger = desk.open()
    ledger.news()
    desk.path.unlink()
    desk.open().found(desk.founding("another"))
    trouble = ledger.news().trouble
    assert isinstance(trouble, LedgerChangedError)
    assert "another registry" in str(trouble)
    assert desk.open().news().trouble is None  # opened anew, it is simply another registry


def test_a_line_changed_in_place_far_up_is_found_when_the_ends_moved(desk: Desk) -> None:
    desk.founded(3)
    ledger = desk.open()
    ledger.news()
    desk.path.write_bytes(desk.path.read_bytes().replace(b"anna", b"annabel", 1))
    trouble = ledger.news().trouble
    assert isinstance(trouble, LedgerDamagedError)
    assert trouble.line == 1


def test_another_file_in_its_place_is_verified_from_its_first_line(desk: Desk) -> None:
    """Though the last entry stands where it stood."""
    desk.founded(3)
    ledger = desk.open()
    ledger.news()
    forged = desk.path.with_suffix(".forged")
    forged.write_bytes(desk.path.read_bytes().replace(b"Acme", b"Evil", 1))
    forged.replace(desk.path)
    trouble = ledger.news().trouble
    assert isinstance(trouble, LedgerDamagedError)
    assert trouble.line == 1


def test_a_writer_faster_than_the_reader_is_not_taken_for_a_ledger_that_went_back(desk: Desk) -> None:
    """What the station notes while the file is being read must not be held against it."""

    class Overtaken(FileSystem):
        def read(self, handle: int, offset: int, count: int) -> bytes:
            data = super().read(handle, offset, count)
            if not data:
                append(desk.open(), desk.assignment(str(next(serials))))
            return data

    serials = count(100)
    desk.founded(1)
    reader = desk.open(Overtaken())
    for expected in ([1, 2], [3], [4]):
        news = reader.news()
        assert news.trouble is None
        assert numbers(news.entries) == expected


def test_a_newer_entry_stops_writing_but_not_reading(desk: Desk) -> None:
    entries = desk.founded(2)
    rest = desk.path.read_bytes().split(b"\n")[2].replace(b"installation_assigned", b"installation_loaned")
    rest = rest.replace(b'"n":3', b'"n":4').replace(b'"app":"0.1.0"', b'"app":"0.9.0"')
    with desk.path.open("ab") as file:
        file.write(sealed(entries[-1].h, rest) + b"\n")
    before = desk.path.read_bytes()
    ledger = desk.open()
    with ledger.turn() as turn:
        news = turn.news()
        assert numbers(news.entries) == [1, 2, 3]
        assert isinstance(news.trouble, LedgerNewerError)
        assert "Line 4" in str(news.trouble)
        assert "installation_loaned" in str(news.trouble)
        assert "UID Manager 0.9.0" in str(news.trouble)
        assert "UID Manager 0.1.0" in str(news.trouble)
        with pytest.raises(LedgerNewerError):
            turn.append(desk.assignment("9"))
    assert desk.path.read_bytes() == before


def test_a_newer_format_gives_nothing(desk: Desk) -> None:
    desk.founded(2)
    first, *more = desk.path.read_bytes().split(b"\n")
    desk.path.write_bytes(b"\n".join([sealed("0" * 64, first.replace(b'"version":1', b'"version":2')), *more]))
    news = desk.open().news()
    assert not news.entries
    assert isinstance(news.trouble, LedgerNewerError)
    assert "version 2 of the format" in str(news.trouble)
    assert "this program knows version 1" in str(news.trouble)
