"""What stands in the diagnostic log, and what never does.

It holds what happened and where in the program: places of ledgers, numbers of entries, kinds of events, codes of
errors, the way to a fault. It holds nothing that a person wrote: no serials, no notes, no reasons, and of a fault its
kind and its way only, since an exception's text may quote them. The user of the operating system may show in a path.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from uidmanager.diagnostics.files import LogFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LONGEST_VALUE: Final = 3000
_DEEPEST: Final = 40
_DAY: Final = len("2026-11-24")
_TIME: Final = len("2026-11-24T09:58:36.819")


class DiagnosticLog:
    """Notes in the files of a folder, each on a line of its own. Nothing that it does raises.

    ``now`` answers UTC in ISO 8601 with microseconds.
    """

    def __init__(self, folder: Path, now: Callable[[], str]) -> None:
        self._now = now
        self._files = LogFiles(folder, now()[:_DAY])

    def note(self, what: str, **values: str | int) -> None:
        """Note that something happened, with what is to be known of it."""
        told = " ".join((what, *(f"{name}={one_line(str(value))}" for name, value in values.items())))
        self._files.write(f"{self._now()[:_TIME]}Z [{os.getpid()}] {told}")

    def note_fault(self, fault: BaseException) -> str:
        """Note a fault of the program with the way to it; answers the log's file, empty when it cannot be written."""
        self.note("fault", **{"is": way_to(fault)})
        return "" if self._files.has_failed else str(self._files.file)

    def close(self) -> None:
        """Let go of the file; the next note opens it again."""
        self._files.close()


def one_line(text: str) -> str:
    """The text on one line and not too long; what is no visible character is written as an escape."""
    if len(text) > _LONGEST_VALUE:
        text = f"{text[:_LONGEST_VALUE]} and {len(text) - _LONGEST_VALUE} more"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def way_to(fault: BaseException) -> str:
    """The kinds of an exception and of those behind it, each with the calls that led to it, the innermost first."""
    return " after ".join(_one_way(each) for each in _and_those_behind(fault))


def _one_way(fault: BaseException) -> str:
    import traceback  # noqa: PLC0415 (only a fault needs it)

    frames = reversed(traceback.extract_tb(fault.__traceback__)[-_DEEPEST:])
    calls = (f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in frames)
    return " < ".join((type(fault).__qualname__, *calls))


def _and_those_behind(fault: BaseException) -> Iterator[BaseException]:
    told: set[int] = set()
    behind: BaseException | None = fault
    while behind is not None and id(behind) not in told and len(told) < _DEEPEST:
        told.add(id(behind))
        yield behind
        behind = behind.__cause__ or (None if behind.__suppress_context__ else behind.__context__)
