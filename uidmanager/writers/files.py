"""Files that are whole or not there at all: written beside, forced to the disk, then given their name."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import UidManagerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_LEDGER_BEGINS: Final = b'{"h":"'
_BINARY: Final = getattr(os, "O_BINARY", 0)


class FileError(UidManagerError):
    """A file that was not written. ``where`` is the file as the user named it."""

    code = "file.unwritable"

    def __init__(self, where: Path, sentence: str) -> None:
        super().__init__(sentence)
        self.where = where


class FileUnwritableError(FileError):
    """The folder, the medium or the user's rights do not allow it."""

    code = "file.unwritable"

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(
            where, f"{where} cannot be written ({reason}). No file was left behind; choose another place or name."
        )


class FileThereError(FileError):
    """Something lies there already, and nobody said that it may go."""

    code = "file.exists"

    def __init__(self, where: Path) -> None:
        super().__init__(
            where, f"There is a file at {where} already. It was left as it is; choose another name, or say --force."
        )


class FileProtectedError(FileError):
    """What lies there is never overwritten: a ledger, a folder, a device."""

    code = "file.protected"

    def __init__(self, where: Path, what: str) -> None:
        super().__init__(
            where, f"{where} is {what}, which is never overwritten. It was left as it is; choose another name."
        )


def write_file(where: Path, content: bytes | Iterable[bytes], *, replace: bool = False) -> None:
    """Write a file, whole or not at all. What lies there already is kept unless ``replace``; a ledger is kept always.

    Content too large for the memory comes in pieces; whatever the making of one raises ends the work.
    Raises `FileThereError`, `FileProtectedError` or `FileUnwritableError`; then nothing has changed.
    """
    with ready_file(where, content, replace=replace) as put_in_place:
        put_in_place()


@contextmanager
def ready_file(where: Path, content: bytes | Iterable[bytes], *, replace: bool = False) -> Iterator[Callable[[], None]]:
    """The same in two steps: the file is whole on the disk, and gets its name when the function is called.

    For what must happen in between, when all that is likely to fail has not failed. A file that was never put in place
    is gone at the end. Both steps raise as `write_file` does.
    """
    with _told_of(where):
        target = where.resolve() if replace else where  # a link that may be replaced stays a link
        if replace:
            _refuse_what_is_protected(where, target)
        elif os.path.lexists(target):
            raise FileThereError(where)
        beside = target.parent / f".uidmanager-{secrets.token_hex(6)}.part"

    def put_in_place() -> None:
        with _told_of(where):
            if replace:
                beside.replace(target)
            else:
                _name_it(beside, target)
            _take_away(beside)
            _write_folder_through(target.parent)

    try:
        with _told_of(where):
            _write_through(beside, content)
        yield put_in_place
    finally:
        _take_away(beside)


def _take_away(beside: Path) -> None:
    with suppress(OSError):
        beside.unlink(missing_ok=True)


@contextmanager
def _told_of(where: Path) -> Iterator[None]:
    """What the system says, as an error of ours about this file."""
    try:
        yield
    except FileExistsError as there:
        raise FileThereError(where) from there
    except (OSError, RuntimeError, ValueError) as failed:  # a circle of links, a name with a NUL in it
        raise FileUnwritableError(where, getattr(failed, "strerror", None) or str(failed)) from failed


def _refuse_what_is_protected(where: Path, target: Path) -> None:
    if not target.exists():
        return
    if not target.is_file():
        raise FileProtectedError(where, "a folder or a device")
    with target.open("rb") as file:
        if file.read(len(_LEDGER_BEGINS)) == _LEDGER_BEGINS:
            raise FileProtectedError(where, "a ledger")


def _write_through(path: Path, content: bytes | Iterable[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines((content,) if isinstance(content, bytes) else content)
        file.flush()
        os.fsync(file.fileno())


def _name_it(beside: Path, target: Path) -> None:
    """Give the file its name, which nobody else may have taken meanwhile."""
    if os.name == "nt":
        beside.rename(target)  # refuses a name that is taken
        return
    try:
        target.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # no hard links on this medium: the name is claimed first
        target.touch(exist_ok=False)
        try:
            beside.replace(target)
        except OSError:
            target.unlink()
            raise


def _write_folder_through(folder: Path) -> None:
    """Make the new name itself safe against a power cut, where the system lets us."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
