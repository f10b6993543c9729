"""Putting a file in a ledger's place, whole and verified; what lay there is set aside under a new name."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

from uidmanager.core.errors import LedgerExistsError, WriteFailedError
from uidmanager.stores.copies import read_copy
from uidmanager.stores.filesystem import CHUNK, write_all
from uidmanager.stores.os_errors import told_as_writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from uidmanager.stores.copies import Copy
    from uidmanager.stores.filesystem import FileSystem


def write_new(files: FileSystem, copy: Copy, path: Path) -> None:
    """Write what is good of a copy to a new file, flush it, read it back and compare. Raises a `LedgerError`."""
    with told_as_writing(str(path)):
        try:
            handle = files.create(path)
        except FileExistsError:
            raise LedgerExistsError(str(path)) from None
        try:
            _fill(files, copy, handle)
            files.flush(handle)
        finally:
            files.close(handle)
    written = read_copy(files, path, str(path))
    if written.rest or written.reading.cursor.head != copy.reading.cursor.head:
        raise WriteFailedError(str(path), "what was written reads back otherwise")


def place_new(files: FileSystem, copy: Copy, beside: Path, path: Path) -> None:
    """Have a verified copy at a path where nothing lies; it is written under another name first."""
    with _taken_away(files, beside):
        write_new(files, copy, beside)
        with told_as_writing(str(path)):
            try:
                files.link(beside, path)
            except FileExistsError:
                raise LedgerExistsError(str(path)) from None
            files.flush_folder(path.parent)


def put_in_place(files: FileSystem, copy: Copy, beside: Path, path: Path, aside: Path) -> Path:
    """Have a verified copy in a ledger's place, by whoever holds its lock; answers where the old file lies now.

    The old file gets its second name before it loses the first: at no time is there no ledger.
    """
    with _taken_away(files, beside):
        write_new(files, copy, beside)
        with told_as_writing(str(path)):
            kept = _second_name(files, path, aside)
            files.flush_folder(path.parent)
            files.replace(beside, path)
            files.flush_folder(path.parent)
    return kept


def _second_name(files: FileSystem, path: Path, wanted: Path) -> Path:
    numbers = count(2)
    name = wanted
    while True:
        try:
            files.link(path, name)
        except FileExistsError:
            name = wanted.with_name(f"{wanted.name}-{next(numbers)}")
        else:
            return name


def _fill(files: FileSystem, copy: Copy, target: int) -> None:
    source = files.open_to_read(copy.path)
    try:
        offset, end = 0, copy.reading.cursor.offset
        while offset < end and (data := files.read(source, offset, min(CHUNK, end - offset))):
            write_all(files, target, offset, data)
            offset += len(data)
    finally:
        files.close(source)


@contextmanager
def _taken_away(files: FileSystem, path: Path) -> Iterator[None]:
    """Take a file away at the end, if it is still there."""
    try:
        yield
    finally:
        with suppress(OSError):
            files.remove(path)
