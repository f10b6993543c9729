"""Disks that fail, that stop the program, and that forget what was not flushed when the power goes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from uidmanager.stores.filesystem import FileSystem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

# To let go of a file cannot fail: see `FileSystem.close`.
CALLS: Final = frozenset(name for name in vars(FileSystem) if not name.startswith("_")) - {"close"}


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


class Halving(Faulty):
    """Of what is to be written where a call fails, half is taken before it does."""

    def __init__(self, fails: Callable[[int, str], BaseException | None]) -> None:
        super().__init__(fails)
        self._fails = fails
        self.fails = lambda number, name: None if name == "write" else fails(number, name)

    def write(self, handle: int, offset: int, data: memoryview) -> int:
        error = self._fails(self.calls, "write")
        if error is not None:
            super().write(handle, offset, data[: len(data) // 2])
            raise error
        return super().write(handle, offset, data)


class Narrow(FileSystem):
    """A disk that takes a few bytes at a time."""

    def write(self, handle: int, offset: int, data: memoryview) -> int:
        return super().write(handle, offset, data[:7])


class Powered(Faulty):
    """A disk whose power can be cut: of contents it keeps what was flushed, of names what their folder's flush kept.

    Names that were not flushed may be there all the same, all or some of them.
    """

    def __init__(
        self, folders: Iterable[Path], fails: Callable[[int, str], BaseException | None] = lambda _n, _call: None
    ) -> None:
        super().__init__(fails)
        self._folders = tuple(folders)
        self._contents = {file.stat().st_ino: file.read_bytes() for file in self._files()}
        self._names = {folder: self._names_in(folder) for folder in self._folders}

    def flush(self, handle: int) -> None:
        inode = os.fstat(handle).st_ino
        self._contents[inode] = os.pread(handle, 10**7, 0)

    def flush_folder(self, folder: Path) -> None:
        self._names[folder] = self._names_in(folder)

    def cut_power(self, is_kept: Callable[[Path], bool] = lambda _name: False) -> None:
        """Have in the folders what the disk holds; ``is_kept`` says which names are as they were given last.

        The bytes of a file that was never flushed are gone.
        """
        names = {
            file: inode
            for folder in self._folders
            for now, found in ((True, self._names_in(folder)), (False, self._names[folder]))
            for file, inode in found.items()
            if is_kept(file) == now
        }
        for file in self._files():
            file.unlink()
        for file, inode in names.items():
            file.write_bytes(self._contents.get(inode, b""))

    def _files(self) -> list[Path]:
        return [file for folder in self._folders for file in folder.iterdir() if file.is_file()]

    def _names_in(self, folder: Path) -> dict[Path, int]:
        return {file: file.stat().st_ino for file in folder.iterdir() if file.is_file()}


def broken(number: int) -> OSError:
    """What the system says when a call fails with that number."""
    return OSError(number, os.strerror(number))
