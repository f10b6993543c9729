"""Where the bytes of a data set come from: a file in which one can jump, or a stream that is only read on.

A file is opened so that nothing happens by it: not through a link, not waiting for a pipe, and only if it is a plain
file once it is open.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

_WINDOW: Final = 8192
_ENOUGH: Final = 2048  # of what is at hand, so that a value and the head behind it are in it
_DISCARDED_AT_ONCE: Final = 1 << 20
LARGEST_INFLATED: Final = 64 << 20
"""Bytes that are unpacked of one data set to find what stands at its beginning."""

_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


class NotPlainError(Exception):
    """What lies there is no plain file: a folder, a pipe, a device."""


class TooMuchInflatedError(Exception):
    """What is packed comes to more than is unpacked in search of a header."""


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A plain file for reading. Raises `OSError`, or `NotPlainError` for anything else than a plain file."""
    descriptor = os.open(path, _FLAGS)
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 (a descriptor, not a path)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotPlainError
        yield file


class FileSource:
    """The bytes of a file."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size = os.fstat(file.fileno()).st_size
        self._window = b""
        self._start = 0

    def window(self, place: int) -> bytes:
        """The bytes from a place on. Of a file that says it is empty none are read: such are made by the system."""
        if not self.size:
            return b""
        at = place - self._start
        if 0 <= at <= len(self._window) - _ENOUGH:
            return self._window[at:]
        self.file.seek(place)
        self._window, self._start = self.file.read(_WINDOW), place
        return self._window


class StreamSource:
    """The bytes of a stream, which may be the content of something packed."""

    def __init__(self, read: Callable[[int], bytes], size: int, limit: int = LARGEST_INFLATED) -> None:
        self.size = size
        self._read = read
        self._left = limit
        self._window = b""
        self._start = 0

    def window(self, place: int) -> bytes:
        """The bytes from a place on, which lies no further back than the last one. Raises `TooMuchInflatedError`."""
        end = self._start + len(self._window)
        while place > end:
            passed = self._more(min(place - end, _DISCARDED_AT_ONCE))
            self._window, self._start = b"", end + len(passed)
            if not passed:
                return b""
            end = self._start
        self._window, self._start = self._window[place - self._start :], place
        while len(self._window) < _ENOUGH:
            more = self._more(_WINDOW)
            if not more:
                break
            self._window += more
        return self._window

    def _more(self, count: int) -> bytes:
        taken = self._read(count)
        self._left -= len(taken)
        if self._left < 0:
            raise TooMuchInflatedError("it unpacks to more than is looked at")
        return taken
