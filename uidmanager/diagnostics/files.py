"""The files of the diagnostic log: a few, none of them large, shared by all programs that run at once.

A file is never renamed. The stdlib's rotation renames the file that others are still writing to: on Windows that fails,
elsewhere their lines go to the wrong file, and of two programs that rotate at once one throws a file away. So whoever
finds the file full goes on to the next name of the day, ``uidmanager-2026-11-24-00.log``, ``-01`` …, and all come to
the same one. Lines of several programs do not mix: a file is opened for appending, and a line is written in one call.
"""

from __future__ import annotations

from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import logging
    from io import TextIOWrapper

LARGEST: Final = 2 * 1024 * 1024
KEPT: Final = 10
_MOST_OF_A_DAY: Final = 100


class LogFiles(RotatingFileHandler):
    """Writes lines to the first file of a day that has room. What cannot be written is left out without a word.

    ``has_failed`` says whether that became of the last line.
    """

    def __init__(self, folder: Path, day: str, largest: int = LARGEST) -> None:
        self._folder = folder
        self._day = day
        self.has_failed = False
        super().__init__(_with_room(folder, day, largest), maxBytes=largest, encoding="utf-8", delay=True)

    @property
    def file(self) -> Path:
        """The file that is written to."""
        return Path(self.baseFilename)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, if that can be."""
        self.has_failed = False
        super().emit(record)

    def doRollover(self) -> None:  # noqa: N802 (the stdlib's name)
        """Go on to the next file of the day; nothing is renamed."""
        self.close()
        self.baseFilename = str(_with_room(self._folder, self._day, self.maxBytes).absolute())
        self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 (the stdlib's name)
        """A log that cannot be written must disturb nobody."""
        self.has_failed = True

    def _open(self) -> TextIOWrapper:
        self._folder.mkdir(parents=True, exist_ok=True)
        stream = super()._open()
        _forget_the_oldest(self._folder, self.file)
        return stream


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
