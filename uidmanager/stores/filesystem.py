"""The few calls by which a store touches the disk. A test puts one in its place that fails, or that takes notes."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if sys.platform == "darwin":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK: Final = 1024 * 1024
_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows would write "\r\n" without it, and every hash would break
_AT_A_PLACE: Final = hasattr(os, "pread")  # everywhere but on Windows
_UNKNOWN_CALL: Final = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY}  # of folders on some systems, of shares on macOS


class Status(Struct, frozen=True):
    """What the file system says of a file: which one it is, how long, when written, and whether it is a plain file."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    mode: int

    def is_same_file(self, other: Status) -> bool:
        """Whether both are of one file, whatever it is called."""
        return (self.device, self.inode) == (other.device, other.inode)


class FileSystem:
    """The disk of this computer. Handles are file descriptors; every method may raise `OSError`."""

    def status_of(self, path: Path) -> Status:
        """What lies at a path now."""
        return _status(path.stat())

    def status(self, handle: int) -> Status:
        """What an open file is now."""
        return _status(os.fstat(handle))

    def open_to_read(self, path: Path) -> int:
        """Open a file that is there."""
        return os.open(path, os.O_RDONLY | _BINARY)

    def open_to_write(self, path: Path) -> int:
        """Open a file that is there for reading and writing."""
        return os.open(path, os.O_RDWR | _BINARY)

    def create(self, path: Path) -> int:
        """Make a file that is not there yet; the umask decides who may read it."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)

    def read(self, handle: int, offset: int, count: int) -> bytes:
        """Up to so many bytes from a place; none at the end of the file."""
        if _AT_A_PLACE:
            return os.pread(handle, count, offset)
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, count)

    def write(self, handle: int, offset: int, data: memoryview) -> int:
        """Write at a place; answers how many bytes were taken, which may be fewer than asked."""
        if _AT_A_PLACE:
            return os.pwrite(handle, data, offset)
        os.lseek(handle, offset, os.SEEK_SET)
        return os.write(handle, data)

    def truncate(self, handle: int, size: int) -> None:
        """Cut the file."""
        os.ftruncate(handle, size)

    def flush(self, handle: int) -> None:
        """Return once the file is on the disk itself."""
        if sys.platform == "darwin":  # fsync leaves the bytes in the drive's own cache there
            try:
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            except OSError as error:
                if error.errno not in _UNKNOWN_CALL:
                    raise
            else:
                return
        os.fsync(handle)

    def flush_folder(self, folder: Path) -> None:
        """Return once the names in a folder are on the disk, where the system can promise that."""
        if sys.platform == "win32":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _UNKNOWN_CALL:
                raise
        finally:
            os.close(handle)

    def close(self, handle: int) -> None:
        """Let go of a file. What matters was flushed before, so an error here tells nothing."""
        with suppress(OSError):
            os.close(handle)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; raises `FileExistsError` where the name is taken."""
        os.link(source, target)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file another name."""
        source.rename(target)

    def remove(self, path: Path) -> None:
        """Take a name away."""
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Make one folder."""
        path.mkdir()


def chunks(files: FileSystem, handle: int, offset: int) -> Iterator[bytes]:
    """The bytes of a file from a place to its end, in pieces that fit into memory."""
    while data := files.read(handle, offset, CHUNK):
        yield data
        offset += len(data)


def write_all(files: FileSystem, handle: int, offset: int, data: bytes) -> None:
    """Write all of it, however many calls that takes."""
    rest = memoryview(data)
    while rest:
        taken = files.write(handle, offset, rest)
        if taken <= 0:
            raise OSError(errno.EIO, "the disk took nothing")
        offset += taken
        rest = rest[taken:]


def _status(found: os.stat_result) -> Status:
    return Status(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode)
