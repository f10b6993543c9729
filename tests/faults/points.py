"""Where a writer dies: a file system that ends its own process, at once and without a word, as a power cut would."""

from __future__ import annotations

import os
import signal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from tests.faults.disks import CALLS
from uidmanager.stores.filesystem import FileSystem

if TYPE_CHECKING:
    from collections.abc import Callable

_ENTRY: Final = b'{"h":"'


class Point(Enum):
    """Places in the writing of an entry."""

    BEFORE_WRITE = "before the write"
    MID_WRITE = "in the middle of the write"
    BEFORE_FLUSH = "between write and flush"
    AFTER_FLUSH = "after the flush, before the acknowledgement"


def die() -> None:
    """End this process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


class DiesAtPoint(FileSystem):
    """Ends its process at a point of the entry with that number (counted from 1); ``cut`` is a part of the line."""

    def __init__(self, point: Point, entry: int, cut: float, end: Callable[[], object] = die) -> None:
        self._point = point
        self._left = entry
        self._cut = cut
        self._end = end

    def write(self, handle: int, offset: int, data: memoryview) -> int:
        is_entry = offset > 0 and bytes(data[: len(_ENTRY)]) == _ENTRY
        self._left -= is_entry
        is_mine = is_entry and self._left == 0
        if is_mine and self._point is Point.BEFORE_WRITE:
            self._end()
        if is_mine and self._point is Point.MID_WRITE:
            super().write(handle, offset, data[: max(1, int(len(data) * self._cut))])
            self._end()
        taken = super().write(handle, offset, data)
        if is_mine and self._point is Point.BEFORE_FLUSH:
            self._end()
        return taken

    def flush(self, handle: int) -> None:
        super().flush(handle)
        if self._left == 0 and self._point is Point.AFTER_FLUSH:
            self._end()


class DiesAtCall(FileSystem):
    """Ends its process at whichever call has that number (counted from 1)."""

    def __init__(self, call: int, end: Callable[[], object] = die) -> None:
        self._left = call
        self._end = end

    def __getattribute__(self, name: str) -> Any:
        if name in CALLS:
            self._left -= 1
            if self._left == 0:
                self._end()
        return super().__getattribute__(name)
