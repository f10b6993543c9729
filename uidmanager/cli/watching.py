"""Long work on a terminal: how far it is, on one line that goes again, and Ctrl-C, which is heard between two steps."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from uidmanager.app.ports import no_progress
from uidmanager.cli.terminal_line import TerminalLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.app.ports import Progress

_PAUSE_S: Final = 0.1


@contextmanager
def watched(*, is_shown: bool) -> Iterator[Progress]:
    """What shows on a terminal how far the work is, if it is to be shown; it raises `KeyboardInterrupt` after Ctrl-C.

    So the work is never torn in the middle of a step. A second Ctrl-C does not wait for the next one.
    """
    show, wipe = _on_terminal() if is_shown else (no_progress, lambda: None)
    is_asked = threading.Event()

    def progress(message: str, fraction: float) -> None:
        if is_asked.is_set():
            raise KeyboardInterrupt
        show(message, fraction)

    with _hearing(is_asked):
        try:
            yield progress
        finally:
            wipe()


@contextmanager
def _hearing(is_asked: threading.Event) -> Iterator[None]:
    """Set the event at Ctrl-C. Where it is not heard by default, as behind ``nohup``, it is not heard here either."""
    default = signal.default_int_handler
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is not default:
        yield
        return

    def hear(_number: int, _frame: Any) -> None:
        is_asked.set()
        signal.signal(signal.SIGINT, default)

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, default)


def _on_terminal() -> tuple[Progress, Callable[[], None]]:
    """Shows on a terminal what is being done, on one line; and a function that wipes it out."""
    line = TerminalLine.on_stderr()
    if line is None:
        return no_progress, lambda: None
    last = 0.0

    def progress(message: str, fraction: float) -> None:
        nonlocal last
        if time.monotonic() - last > _PAUSE_S:
            last = time.monotonic()
            line.show(f"{message} ({int(100 * fraction)} %)" if fraction else message)

    return progress, line.wipe
