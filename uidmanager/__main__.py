"""The one door: no arguments open the window, anything else is a command."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.app.ports import Desk, FaultNote

_STOPPED: Final = 130


def main() -> NoReturn:
    """``uidmanager …``: the command line; without arguments, the window."""
    match sys.argv[1:]:
        case []:
            work = _window
        case ["--version"]:
            work = _version
        case _:
            work = _command_line
    sys.exit(_unless_stopped(work))


def main_gui() -> NoReturn:
    """``uidmanager-gui``: the window on the ledger last used."""
    sys.exit(_unless_stopped(_window))


def _unless_stopped(work: Callable[[], int]) -> int:
    """The exit code of the work. Each piece is loaded within it, so that Ctrl-C ends quietly also while it is."""
    try:
        return work()
    except KeyboardInterrupt:
        return _STOPPED


def _version() -> int:
    from uidmanager.cli.version import tell_version  # noqa: PLC0415 (see _unless_stopped)

    return tell_version()


def _window() -> int:
    with _loading():
        from uidmanager.gui.app import run_window  # noqa: PLC0415 (see _unless_stopped)

    return run_window(_furniture, None)


def _furniture() -> tuple[Desk, FaultNote]:
    """What the window asks for once it is painted."""
    with _loading():
        from uidmanager.bootstrap import make_desk, start_log  # noqa: PLC0415 (loaded when it is asked for)

    log = start_log("window")
    return make_desk(log), log.note_fault


def _command_line() -> int:
    with _loading():
        from uidmanager.bootstrap import make_desk, start_log  # noqa: PLC0415 (see _unless_stopped)
        from uidmanager.cli.running import run  # noqa: PLC0415 (the same)

    log = start_log("command line")

    def open_window(desk: Desk, ledger: str | None) -> int:
        from uidmanager.gui.app import run_window  # noqa: PLC0415 (Qt is loaded only for the window)

        return run_window(lambda: (desk, log.note_fault), ledger)

    return run(make_desk(log), sys.argv[1:], open_window=open_window, note_fault=log.note_fault)


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded stays to the end, so the garbage collector need not look at it, neither now nor at the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    main()
