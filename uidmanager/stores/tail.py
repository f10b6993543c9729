"""Setting a torn tail aside: what a writer left behind that died, or lost its power, before its line was whole."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from uidmanager.stores.filesystem import chunks, write_all
from uidmanager.stores.os_errors import told_as_writing

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.stores.filesystem import FileSystem
    from uidmanager.stores.writing import LedgerFile


def set_aside(ledger: LedgerFile, offset: int, at: str) -> str:
    """Copy the bytes after a place to a file of their own, then cut them off; both are on the disk when this returns.

    ``at`` is the time now, for the name of the copy. Answers the sentence to say of it. Raises a `LedgerError` when it
    cannot be done; nothing is cut off before the copy is safe.
    """
    stamp = at.replace("-", "").replace(":", "")
    with told_as_writing(ledger.where):
        copy, handle = _new_file(ledger.files, ledger.path.with_name(f"{ledger.path.name}.torn-{stamp}"))
        try:
            size = _copy(ledger, offset, handle)
            ledger.files.flush_folder(copy.parent)
        except OSError:
            with suppress(OSError):
                ledger.files.remove(copy)
            raise
        finally:
            ledger.files.close(handle)
    ledger.cut(offset)
    return (
        f"The last write to {ledger.path.name} was cut short by a crash or a power cut, before it was acknowledged. "
        f"Its {size:,} bytes were set aside in {copy.name}; every whole entry is in its place."
    )


def _new_file(files: FileSystem, wanted: Path) -> tuple[Path, int]:
    """A file that was not there before; numbered when the clock stands still."""
    path = wanted
    numbers = count(2)
    while True:
        try:
            return path, files.create(path)
        except FileExistsError:
            path = wanted.with_name(f"{wanted.name}-{next(numbers)}")


def _copy(ledger: LedgerFile, offset: int, handle: int) -> int:
    size = 0
    for chunk in chunks(ledger.files, ledger.handle, offset):
        write_all(ledger.files, handle, size, chunk)
        size += len(chunk)
    ledger.files.flush(handle)
    return size
