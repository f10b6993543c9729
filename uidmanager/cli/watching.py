"""Long work on a terminal: how far it is, on one line that goes again, and Ctrl-C, which is heard between two steps."""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from uidmanager.app.ports import no_progress

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
    stderr = sys.stderr
    if stderr is None or not stderr.isatty():
        return no_progress, lambda: None
    width = 0
    last = 0.0

    def progress(message: str, fraction: float) -> None:
        nonlocal last, width
        if time.monotonic() - last > _PAUSE_S:
            last = time.monotonic()
            text = f"{message} ({int(100 * fraction)} %)" if fraction else message
            write(f"\r{text:<{width}}")
            width = len(text)

    def wipe() -> None:
        write(f"\r{' ' * width}\r" if width else "")

    def write(text: str) -> None:
        with suppress(OSError, ValueError):
            stderr.write(text)
            stderr.flush()

    return progress, wipe
