"""Each promise of the store as one short attack. `test_the_tests` takes its guard away and sees the attack succeed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.stores.conftest import Desk, append, overwrite
from uidmanager.core.errors import LedgerChangedError, LedgerLockedError, LedgerWentBackError
from uidmanager.stores.filesystem import FileSystem

if TYPE_CHECKING:
    from pathlib import Path


class Unplugged(FileSystem):
    """A disk whose power can be cut: what was not flushed is gone."""

    def __init__(self) -> None:
        self._safe: dict[int, bytes] = {}
        self._paths: dict[int, Path] = {}

    def open_to_write(self, path: Path) -> int:
        """Open a file; what it holds now is on the disk."""
        handle = super().open_to_write(path)
        self._paths[handle] = path
        self._safe[handle] = path.read_bytes()
        return handle

    def flush(self, handle: int) -> None:
        """What the file holds is safe from now on."""
        if handle in self._paths:
            self._safe[handle] = self._paths[handle].read_bytes()

    def cut_power(self) -> None:
        """Back to what was flushed last."""
        for handle, content in self._safe.items():
            self._paths[handle].write_bytes(content)


def one_writer_at_a_time(desk: Desk) -> None:
    """While one has the turn, another is refused it."""
    desk.founded(2)
    with desk.open().turn():
        try:
            with desk.open().turn():
                pass
        except LedgerLockedError:
            return
    raise AssertionError("two had the turn at once")


def acknowledged_is_on_the_disk(desk: Desk) -> None:
    """The power is cut right after an entry was acknowledged."""
    desk.founded(2)
    disk = Unplugged()
    (entry,) = append(desk.open(disk), desk.assignment("77"))
    disk.cut_power()
    entries = desk.open(seen=desk.path.with_name("other")).news().entries
    assert entry in entries, "an acknowledged entry is lost"


def a_changed_line_is_seen(desk: Desk) -> None:
    """Somebody changes who did it, which breaks no rule of the registry."""
    desk.founded(3)
    content = desk.path.read_bytes()
    overwrite(desk.path, content.replace(b'"by":"anna"', b'"by":"emma"', 2))
    assert desk.open().news().trouble is not None, "a changed line was not seen"


def only_the_file_that_was_read_is_written(desk: Desk) -> None:
    """A sync program replaces the file between the look and the write."""
    desk.founded(3)
    ledger = desk.open()
    with ledger.turn() as turn:
        turn.news()
        copy = desk.path.with_name("copy")
        shutil.copyfile(desk.path, copy)
        copy.replace(desk.path)
        try:
            turn.append(desk.assignment("77"))
        except LedgerChangedError:
            return
    raise AssertionError("an entry was acknowledged in a file that lies nowhere any more")


def an_old_copy_is_refused(desk: Desk) -> None:
    """A backup of yesterday is put in the ledger's place."""
    desk.founded(2)
    backup = desk.path.read_bytes()
    append(desk.open(), desk.assignment("77"))
    overwrite(desk.path, backup)
    assert isinstance(desk.open().news().trouble, LedgerWentBackError), "the old copy was taken for the ledger"
