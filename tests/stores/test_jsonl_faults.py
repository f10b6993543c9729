"""A disk that fails: at every single call, in every way. What was acknowledged stays, and nothing is there twice."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.stores.conftest import Desk, append, numbers, overwrite
from tests.stores.resuming import ResumingDesk
from uidmanager.core.errors import (
    DiskFullError,
    LedgerError,
    LedgerReadOnlyError,
    OutcomeUnknownError,
    WriteFailedError,
)
from uidmanager.stores.filesystem import FileSystem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.core.events import Entry, NewEntry
    from uidmanager.stores.jsonl import JsonlLedger

DESKS = (Desk, ResumingDesk)
CALLS: Final = (
    "status_of", "status", "open_to_read", "open_to_write", "create", "read", "write", "truncate", "flush",
    "flush_folder", "link", "rename", "remove", "make_folder",
)  # fmt: skip


class Died(BaseException):
    """The program was killed here."""


class Faulty(FileSystem):
    """A disk that counts calls, keeps a diary, and fails where `fails` says so."""

    def __init__(self, fails: Callable[[int, str], BaseException | None] = lambda _number, _call: None) -> None:
        self.calls = 0
        self.diary: list[str] = []
        self.fails = fails

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in CALLS:
            return found

        def call(*arguments: Any) -> Any:
            self.calls += 1
            self.diary.append(name)
            error = self.fails(self.calls, name)
            if error is not None:
                raise error
            return found(*arguments)

        return call


def broken(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def always(name: str, number: int) -> Callable[[int, str], BaseException | None]:
    """That call fails whenever it is made."""
    return lambda _number, call: broken(number) if call == name else None


class Story:
    """What a user does with a ledger on a failing disk, and what was acknowledged."""

    def __init__(self, desk: Desk, files: FileSystem) -> None:
        self.desk = desk
        self.files = files
        self.acknowledged: list[Entry] = []
        self.refused: list[NewEntry] = []
        self.unknown: list[tuple[NewEntry, bool]] = []

    def run(self) -> None:
        """Read, meet a torn tail, write two entries in one turn and one in another."""
        with self.desk.path.open("ab") as file:
            file.write(b'{"h":"torn')
        ledger = self.desk.open(self.files)
        self.attempt(ledger.news)
        self.attempt(lambda: self.turn(ledger, 2))
        self.attempt(lambda: self.turn(ledger, 1))

    def turn(self, ledger: JsonlLedger, entries: int) -> None:
        with ledger.turn() as turn:
            trouble = turn.news().trouble
            assert trouble is None, trouble
            for _ in range(entries):
                draft = self.desk.assignment(str(1000 + len(self.acknowledged)))
                try:
                    self.acknowledged.append(turn.append(draft))
                except OutcomeUnknownError as error:
                    self.unknown.append((draft, error.present))
                    raise
                except LedgerError:
                    self.refused.append(draft)
                    raise

    def attempt(self, step: Callable[[], object]) -> None:
        """Errors of ours are what the user is told; anything else is a fault."""
        with suppress(LedgerError):
            step()

    def check(self, before: int) -> None:
        """After the disk has recovered: all that was acknowledged, nothing twice, and it goes on."""
        fresh = self.desk.open()
        with fresh.turn() as turn:
            news = turn.news()
            assert news.trouble is None
            written = turn.append(self.desk.assignment("9999"))
        entries = list(news.entries)
        assert numbers(entries) == list(range(1, len(entries) + 1))
        ids = [entry.id for entry in entries]
        assert len(set(ids)) == len(ids)
        assert [entry for entry in entries[before:] if entry in self.acknowledged] == self.acknowledged
        assert not {draft.id for draft in self.refused} & set(ids)
        for draft, was_present in self.unknown:
            assert draft.id in ids or not was_present
        assert list(self.desk.open().news().entries) == [*entries, written]


@pytest.fixture
def founded(desk: Desk) -> int:
    return len(desk.founded(2))


def restore(desk: Desk, data: bytes, notes: dict[Path, bytes]) -> None:
    desk.put(data)
    for path, content in notes.items():
        overwrite(path, content)
    for path in desk.path.parent.glob("*.torn-*"):
        path.unlink()


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES], ids=errno.errorcode.get)
def test_whichever_call_fails(desk: Desk, founded: int, number: int, *, lasts: bool) -> None:
    data = desk.path.read_bytes()
    notes = {path: path.read_bytes() for path in desk.seen.iterdir()}
    for at in count(1):
        files = Faulty(lambda call, _name, at=at: broken(number) if call == at or (lasts and call > at) else None)  # type: ignore[misc]
        story = Story(desk, files)
        story.run()
        files.fails = lambda _number, _name: None
        story.check(founded)
        if files.calls < at:
            break
        restore(desk, data, notes)
    assert at > 40
    assert len(story.acknowledged) == 3


def test_killed_at_whichever_call(desk: Desk, founded: int) -> None:
    """From one call on nothing reaches the disk any more; the next program finds all that was acknowledged."""
    data = desk.path.read_bytes()
    notes = {path: path.read_bytes() for path in desk.seen.iterdir()}
    for at in count(1):
        files = Faulty(lambda call, _name, at=at: Died() if call >= at else None)  # type: ignore[misc]
        story = Story(desk, files)
        try:
            story.run()
        except Died:
            story.check(founded)
            restore(desk, data, notes)
        else:
            break
    assert at > 40


def test_founding_fails_at_whichever_call_and_works_when_tried_again(desk: Desk) -> None:
    desk.path = desk.path.parent / "one" / "two" / "acme.jsonl"
    for kind in (broken(errno.EIO), broken(errno.ENOSPC), Died()):
        for at in count(1):
            files = Faulty(lambda call, _name, at=at, kind=kind: kind if call == at else None)  # type: ignore[misc]
            ledger, draft = desk.open(files), desk.founding(f"{at}")
            told: BaseException | None = None
            try:
                ledger.found(draft)
            except (LedgerError, Died) as error:
                told = error
            assert desk.path.exists() or told
            if isinstance(told, OutcomeUnknownError):
                assert told.present
                assert desk.path.exists()
            if desk.path.exists():
                (entry,) = desk.open().news().entries
                assert entry.id == draft.id
                desk.path.unlink()
            desk.open().found(desk.founding(f"{at} again"))
            for path in desk.path.parent.iterdir():
                path.unlink()
            desk.path.parent.rmdir()
            desk.path.parent.parent.rmdir()
            if files.calls < at:
                break
        assert at > 8


def test_short_writes_go_on_where_they_stopped(desk: Desk, founded: int) -> None:
    class Narrow(FileSystem):
        def write(self, handle: int, offset: int, data: memoryview) -> int:
            return super().write(handle, offset, data[:7])

    story = Story(desk, Narrow())
    story.run()
    assert len(story.acknowledged) == 3
    story.check(founded)


def test_a_line_taken_back_is_taken_from_the_disk_too(desk: Desk, founded: int) -> None:
    files = Faulty(always("write", errno.EIO))
    with pytest.raises(WriteFailedError):
        append(desk.open(files), desk.assignment("9"))
    assert files.diary[files.diary.index("truncate") :] == ["truncate", "flush"]


def test_a_disk_that_takes_nothing_is_not_asked_for_ever(desk: Desk, founded: int) -> None:
    class Stuck(FileSystem):
        def write(self, _handle: int, _offset: int, _data: memoryview) -> int:
            return 0

    with pytest.raises(WriteFailedError, match="took nothing"):
        append(desk.open(Stuck()), desk.assignment("9"))
    assert len(desk.open().news().entries) == founded


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EFBIG, DiskFullError),
        (errno.EIO, WriteFailedError),
        (errno.EROFS, LedgerReadOnlyError),
    ],
    ids=lambda value: errno.errorcode.get(value) if isinstance(value, int) else None,
)
def test_a_line_half_written_is_taken_back(desk: Desk, founded: int, number: int, error: type[LedgerError]) -> None:
    class Full(FileSystem):
        """There is room for a hundred bytes."""

        room = 100

        def write(self, handle: int, offset: int, data: memoryview) -> int:
            if not self.room:
                raise broken(number)
            taken = super().write(handle, offset, data[: self.room])
            self.room -= taken
            return taken

    before = desk.path.read_bytes()
    files = Full()
    ledger = desk.open(files)
    draft = desk.assignment("9")
    with pytest.raises(error):
        append(ledger, draft)
    assert desk.path.read_bytes() == before
    files.room = 10_000
    assert numbers(append(ledger, draft)) == [founded + 1]
    assert not list(desk.path.parent.glob("*.torn-*"))


def test_an_entry_is_on_the_disk_before_it_is_acknowledged(desk: Desk, founded: int) -> None:
    files = Faulty()
    ledger = desk.open(files)
    with ledger.turn() as turn:
        turn.news()
        files.diary.clear()
        turn.append(desk.assignment("9"))
        diary = files.diary
    assert diary.count("write") == diary.count("flush") == 1
    assert diary.index("flush") > diary.index("write")


def test_what_was_acknowledged_survives_a_power_cut(desk: Desk) -> None:
    """A disk that keeps only what was flushed: file contents and names apart, as disks do."""

    class Volatile(FileSystem):
        def __init__(self) -> None:
            self.contents: dict[int, bytes] = {}
            self.names: dict[Path, int] = {}

        def flush(self, handle: int) -> None:
            super().flush(handle)
            self.contents[os.fstat(handle).st_ino] = os.pread(handle, 10**6, 0)

        def flush_folder(self, folder: Path) -> None:
            super().flush_folder(folder)
            self.names = {path: path.stat().st_ino for path in folder.iterdir() if path.is_file()}

        def cut_power(self, path: Path) -> None:
            inode = self.names[path]
            path.write_bytes(self.contents.get(inode, b""))

    files = Volatile()
    ledger = desk.open(files)
    ledger.found(desk.founding())
    files.cut_power(desk.path)
    assert numbers(desk.open().news().entries) == [1]
    for n in range(2, 6):
        append(desk.open(files), desk.assignment(str(n)))
        files.cut_power(desk.path)
        news = desk.open().news()
        assert news.trouble is None
        assert numbers(news.entries) == list(range(1, n + 1))
    with desk.path.open("ab") as file:
        file.write(b"torn")
    with desk.open(files).turn() as turn:
        turn.news()
    (copy,) = desk.path.parent.glob("*.torn-*")
    files.cut_power(copy)
    assert copy.read_bytes() == b"torn"


# -- a flush that fails ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_kept", [True, False], ids=["the bytes are there", "the bytes are gone"])
def test_a_failed_flush_is_never_tried_again(desk: Desk, founded: int, *, is_kept: bool) -> None:
    class Lying(FileSystem):
        """As on Linux: after the failure the bytes may be dropped, and a second flush would be called a success."""

        flushes = 0

        def flush(self, handle: int) -> None:
            self.flushes += 1
            if not is_kept:
                os.ftruncate(handle, before)
            raise broken(errno.EIO)

    before = desk.path.stat().st_size
    files = Lying()
    ledger = desk.open(files)
    draft = desk.assignment("9")
    with ledger.turn() as turn:
        turn.news()
        with pytest.raises(OutcomeUnknownError) as caught:
            turn.append(draft)
        assert files.flushes == 1
        with pytest.raises(OutcomeUnknownError):
            turn.append(desk.assignment("8"))
        with pytest.raises(OutcomeUnknownError):
            turn.news()
    assert caught.value.present == is_kept
    assert ("can be read back" in str(caught.value)) == is_kept
    with pytest.raises(OutcomeUnknownError), ledger.turn():
        pytest.fail("it writes on as if nothing had been")
    with pytest.raises(OutcomeUnknownError):
        ledger.found(desk.founding("another"))
    assert files.flushes == 1
    # Opened afresh, on a disk that works again, a retry finds its entry or writes it; never both.
    assert numbers(append(desk.open(), draft)) == [founded + 1]
    assert numbers(desk.open().news().entries) == list(range(1, founded + 2))


def test_a_file_that_cannot_be_opened_again_after_the_failure_is_not_called_present(desk: Desk, founded: int) -> None:
    files = Faulty(lambda _n, call: broken(errno.EIO) if call == "flush" or "flush" in files.diary else None)
    with pytest.raises(OutcomeUnknownError) as caught:
        append(desk.open(files), desk.assignment("9"))
    assert not caught.value.present


def test_a_write_that_cannot_be_taken_back_leaves_the_outcome_open(desk: Desk, founded: int) -> None:
    files = Faulty(lambda _n, call: broken(errno.EIO) if call in {"truncate", "flush"} else None)

    def half(handle: int, offset: int, data: memoryview) -> int:
        os.pwrite(handle, data[:50], offset)
        raise broken(errno.EIO)

    files.write = half  # type: ignore[method-assign]
    ledger = desk.open(files)
    with pytest.raises(OutcomeUnknownError) as caught:
        append(ledger, desk.assignment("9"))
    assert not caught.value.present
    append(desk.open(), desk.assignment("9"))
    assert len(desk.open().news().entries) == founded + 1


def test_a_file_replaced_while_it_is_flushed_is_not_acknowledged(desk: Desk, founded: int) -> None:
    class Replaced(FileSystem):
        def flush(self, handle: int) -> None:
            super().flush(handle)
            copy.replace(desk.path)

    copy = desk.path.with_suffix(".copy")
    copy.write_bytes(desk.path.read_bytes())
    ledger = desk.open(Replaced())
    with pytest.raises(OutcomeUnknownError, match="replaced") as caught:
        append(ledger, desk.assignment("9"))
    assert not caught.value.present
    assert len(desk.open().news().entries) == founded


def test_a_cut_that_is_not_confirmed_stops_writing(desk: Desk, founded: int) -> None:
    with desk.path.open("ab") as file:
        file.write(b"torn")
    flushes = count(1)
    files = Faulty(lambda _n, call: broken(errno.EIO) if call == "flush" and next(flushes) == 2 else None)
    ledger = desk.open(files)
    with pytest.raises(WriteFailedError), ledger.turn() as turn:
        turn.news()
    with pytest.raises(WriteFailedError), ledger.turn():
        pytest.fail("it writes on as if nothing had been")
    append(desk.open(), desk.assignment("9"))
    assert len(desk.open().news().entries) == founded + 1


def test_no_room_for_the_torn_tail_cuts_nothing(desk: Desk, founded: int) -> None:
    with desk.path.open("ab") as file:
        file.write(b"torn")
    ledger = desk.open(Faulty(always("write", errno.ENOSPC)))
    with pytest.raises(DiskFullError), ledger.turn() as turn:
        turn.news()
    assert desk.path.read_bytes().endswith(b"torn")
    assert not list(desk.path.parent.glob("*.torn-*"))


def test_a_disk_that_cannot_be_read_is_told(desk: Desk, founded: int) -> None:
    with pytest.raises(LedgerError, match="Input/output error"):
        desk.open(Faulty(always("read", errno.EIO))).news()
