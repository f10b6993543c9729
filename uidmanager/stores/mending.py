"""Putting a file in a ledger's place, whole and verified; what lay there is set aside under a new name.

Some file systems (FAT, some shares) know no hard links. There a name is taken by an empty file before it is given, and
the old ledger is copied instead of named twice: it leaves its place only when the new one takes it, in one step.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.errors import LedgerChangedError, LedgerExistsError, OutcomeUnknownError
from uidmanager.stores.copies import copy_of
from uidmanager.stores.filesystem import CHUNK, chunks, write_all
from uidmanager.stores.os_errors import reason, told_as_backing_up, told_as_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from uidmanager.stores.copies import Copy
    from uidmanager.stores.filesystem import FileSystem


class Lines(Struct, frozen=True):
    """Lines that are to follow what is good of a copy; ``head`` is the hash of the last one."""

    data: bytes
    head: str


def place_new(files: FileSystem, copy: Copy, beside: Path, path: Path) -> None:
    """Have a verified backup at a path where nothing lies; it is written under another name first.

    Raises `LedgerExistsError` or `BackupFailedError`.
    """
    with told_as_backing_up(str(path)):
        _place(files, copy, beside, path)


def place_ledger(files: FileSystem, copy: Copy, beside: Path, path: Path) -> None:
    """Have a verified copy in a ledger's place where nothing lies any more, by whoever holds its lock.

    Raises `LedgerExistsError` or another `LedgerError`.
    """
    with told_as_writing(str(path)):
        _place(files, copy, beside, path)


def put_in_place(
    files: FileSystem, copy: Copy, beside: Path, path: Path, aside: Path, more: Lines | None = None
) -> Path:
    """Have a verified copy in a ledger's place, by whoever holds its lock; answers where the old file lies now.

    The old file has its second name, or is copied, before it loses the first: at no time is there no ledger.
    """
    with told_as_writing(str(path)), _taken_away(files, beside):
        _write_new(files, copy, beside, more)
        kept = _kept_as(files, path, aside, beside.with_suffix(".old"))
        files.flush_folder(path.parent)
        files.replace(beside, path)
        try:
            files.flush_folder(path.parent)
        except OSError as error:
            raise OutcomeUnknownError(str(path), reason(error), present=True) from error
    return kept


def _place(files: FileSystem, copy: Copy, beside: Path, path: Path) -> None:
    with _taken_away(files, beside):
        _write_new(files, copy, beside)
        try:
            _give_name(files, beside, path)
        except FileExistsError:
            raise LedgerExistsError(str(path)) from None
        files.flush_folder(path.parent)


def _write_new(files: FileSystem, copy: Copy, path: Path, more: Lines | None = None) -> None:
    """Write what is good of a copy, and more lines, to a new file, flush it, read it back and compare."""
    _copy_bytes(files, copy.path, path, copy.reading.cursor.offset, more.data if more else b"")
    written = copy_of(files, path)
    if written.rest or written.head != (more.head if more else copy.head):
        raise _otherwise()


def _kept_as(files: FileSystem, path: Path, wanted: Path, beside: Path) -> Path:
    """Give the old file a second name; where that cannot be, keep a copy of it under that name."""
    try:
        return _under_free_name(wanted, lambda name: files.link(path, name))
    except OSError:
        before = files.status_of(path)
        with _taken_away(files, beside):
            _copy_bytes(files, path, beside, before.size)
            if not _are_same(files, path, beside):
                raise _otherwise() from None
            kept = _under_free_name(wanted, lambda name: _give_name(files, beside, name))
        if files.status_of(path) != before:
            raise LedgerChangedError(str(path), "was changed by a program that did not wait for its turn") from None
        return kept


def _under_free_name(wanted: Path, give: Callable[[Path], None]) -> Path:
    """The name that was wanted, or the first after it that nobody has."""
    numbers = count(2)
    name = wanted
    while True:
        try:
            give(name)
        except FileExistsError:
            name = wanted.with_name(f"{wanted.name}-{next(numbers)}")
        else:
            return name


def _give_name(files: FileSystem, beside: Path, path: Path) -> None:
    """Call a file otherwise; raises `FileExistsError` where the name is taken.

    Without hard links the name is claimed first, since to rename writes over what lies there. A crash between the two
    steps leaves an empty file, which is no ledger to anybody.
    """
    try:
        files.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        files.close(files.create(path))
        try:
            files.replace(beside, path)
        except OSError:
            if files.status_of(path).size == 0:
                files.remove(path)
            raise


def _copy_bytes(files: FileSystem, path: Path, target: Path, end: int, more: bytes = b"") -> None:
    """Have so many bytes of a file in a new one, and more after them, and see them onto the disk."""
    source = files.open_to_read(path)
    try:
        handle = files.create(target)
        try:
            offset = 0
            while offset < end and (data := files.read(source, offset, min(CHUNK, end - offset))):
                write_all(files, handle, offset, data)
                offset += len(data)
            write_all(files, handle, offset, more)
            files.flush(handle)
        finally:
            files.close(handle)
    finally:
        files.close(source)


def _are_same(files: FileSystem, one: Path, other: Path) -> bool:
    return _hash_of(files, one) == _hash_of(files, other)


def _hash_of(files: FileSystem, path: Path) -> str:
    whole = sha256()
    handle = files.open_to_read(path)
    try:
        for chunk in chunks(files, handle, 0):
            whole.update(chunk)
    finally:
        files.close(handle)
    return whole.hexdigest()


def _otherwise() -> OSError:
    return OSError(errno.EIO, "what was written reads back otherwise")


@contextmanager
def _taken_away(files: FileSystem, path: Path) -> Iterator[None]:
    """Take a file away at the end, if it is still there."""
    try:
        yield
    finally:
        with suppress(OSError):
            files.remove(path)
