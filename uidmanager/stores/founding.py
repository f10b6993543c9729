"""A ledger comes into being whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from uidmanager.core.errors import LedgerExistsError, OutcomeUnknownError
from uidmanager.stores.filesystem import write_all
from uidmanager.stores.os_errors import reason, told_as_writing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from uidmanager.stores.filesystem import FileSystem, Status


def check_free(files: FileSystem, path: Path, where: str) -> None:
    """Refuse a place where something lies, whatever it is."""
    with told_as_writing(where):
        try:
            files.status_of(path)
        except FileNotFoundError:
            return
    raise LedgerExistsError(where)


def make_folder(files: FileSystem, folder: Path) -> None:
    """Make a folder, and those above it, where there is none; their names are on the disk when this returns."""
    try:
        files.status_of(folder)
    except FileNotFoundError:
        make_folder(files, folder.parent)
        with suppress(FileExistsError):  # somebody else was faster
            files.make_folder(folder)
        files.flush_folder(folder.parent)


def found_file(files: FileSystem, path: Path, where: str, lines: Iterable[bytes]) -> Status:
    """Make a ledger of one line at least, by whoever holds the lock beside it.

    The lines are written and flushed under another name first, then named: a crash leaves at worst that other file,
    which is in nobody's way. Raises `LedgerExistsError`, or `OutcomeUnknownError` when the name may not be on the disk;
    and whatever the making of the lines raises, with nothing left behind.
    """
    rest = iter(lines)
    first = next(rest)
    beside = path.with_name(f".{path.name[:100]}.{first[6:22].decode('ascii')}.new")
    with told_as_writing(where):
        with suppress(FileNotFoundError):
            files.remove(beside)  # left by an earlier try with this very entry
        try:
            status = _write(files, beside, chain((first,), rest))
            _give_name(files, beside, path, where)
        finally:
            with suppress(OSError):
                files.remove(beside)
    try:
        files.flush_folder(path.parent)
    except OSError as error:
        raise OutcomeUnknownError(where, reason(error), present=True) from error
    return status


def _write(files: FileSystem, path: Path, lines: Iterable[bytes]) -> Status:
    handle = files.create(path)
    size = 0
    try:
        for line in lines:
            write_all(files, handle, size, line)
            size += len(line)
        files.flush(handle)
        return files.status(handle)
    finally:
        files.close(handle)


def _give_name(files: FileSystem, beside: Path, path: Path, where: str) -> None:
    try:
        files.link(beside, path)
    except FileExistsError:
        raise LedgerExistsError(where) from None
    except OSError:  # no hard links, as on FAT; nobody who waits for the lock can come between these two steps
        check_free(files, path, where)
        files.rename(beside, path)
