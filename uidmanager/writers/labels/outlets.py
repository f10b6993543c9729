"""What labels leave by, in two steps: made ready, so that all that is likely to fail fails before; then let go."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from uidmanager.app.ports import no_progress
from uidmanager.writers.files import ready_file
from uidmanager.writers.labels.sending import TIME_LIMIT_S, line_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from uidmanager.app.ports import Progress
    from uidmanager.writers.labels.sending import Printer


def into_file(
    where: Path, content: bytes, *, replace: bool = False
) -> Callable[[], AbstractContextManager[Callable[[], None]]]:
    """Into a file, which is whole on the disk before it gets its name. Raises `FileError`."""
    return lambda: ready_file(where, content, replace=replace)


def to_printer(
    printer: Printer, content: bytes, progress: Progress = no_progress, seconds: float = TIME_LIMIT_S
) -> Callable[[], AbstractContextManager[Callable[[], None]]]:
    """To a printer, the line to which is open before anything is sent. Raises `PrinterError`."""

    @contextmanager
    def ready() -> Iterator[Callable[[], None]]:
        with line_to(printer, seconds) as line:
            yield lambda: line.send(content, progress)

    return ready
