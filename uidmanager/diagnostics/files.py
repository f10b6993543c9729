"""The files of the diagnostic log: a few, none of them large, shared by all programs that run at once.

A file is never renamed. The stdlib's rotation renames the file that others are still writing to: on Windows that fails,
elsewhere their lines go to the wrong file, and of two programs that rotate at once one throws a file away. So whoever
finds the file full goes on to the next name of the day, ``uidmanager-2026-11-24-00.log``, ``-01`` …, and all come to
the same one. Lines of several programs do not mix: a file is opened for appending, and a line is written in one call.
The stdlib's logging is not used at all: it would be a tenth of what a short command costs.
"""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 2 * 1024 * 1024
KEPT: Final = 10
_MOST_OF_A_DAY: Final = 100
_APPEND: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


class LogFiles:
    """Writes lines to the first file of a day that has room. What cannot be written is left out without a word.

    ``file`` is the one that is written to; ``has_failed`` says whether the last line was left out.
    """

    def __init__(self, folder: Path, day: str, largest: int = LARGEST) -> None:
        self.file = _with_room(folder, day, largest)
        self.has_failed = False
        self._folder = folder
        self._day = day
        self._largest = largest
        self._handle: int | None = None
        self._one_at_a_time = Lock()

    def write(self, line: str) -> None:
        """Write one line, if that can be."""
        data = f"{line}\n".encode("utf-8", "backslashreplace")
        with self._one_at_a_time:
            try:
                self.has_failed = os.write(self._opened(len(data)), data) < len(data)
            except OSError:
                self.has_failed = True

    def close(self) -> None:
        """Let go of the file; the next line opens it again."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def _opened(self, needed: int) -> int:
        """The file, or the next one of the day where this one has no room for so many bytes."""
        handle = self._open() if self._handle is None else self._handle
        if os.fstat(handle).st_size + needed <= self._largest:
            return handle
        self.close()
        self.file = _with_room(self._folder, self._day, self._largest)
        return self._open()

    def _open(self) -> int:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._handle = handle = os.open(self.file, _APPEND, 0o666)
        _forget_the_oldest(self._folder, self.file)
        return handle


def _with_room(folder: Path, day: str, largest: int) -> Path:
    """The first file of the day that is not full; the last one where all are."""
    file = folder
    for number in range(_MOST_OF_A_DAY):
        file = folder / f"uidmanager-{day}-{number:02}.log"
        try:
            if file.stat().st_size < largest - largest // 8:
                return file
        except OSError:
            return file
    return file


def _forget_the_oldest(folder: Path, current: Path) -> None:
    """Keep the newest files only. One that another program has open may refuse to go; it goes another time."""
    files = sorted(folder.glob("uidmanager-*.log"), reverse=True)
    for old in files[KEPT:]:
        if old != current:
            with suppress(OSError):
                old.unlink()
