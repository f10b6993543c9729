"""The one door: no arguments open the window, anything else is a command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Desk, FaultNote

_STOPPED: Final = 130


def main() -> NoReturn:
    """``uidmanager …``: the command line; without arguments, the window."""
    sys.exit(_unless_stopped(_command_line if len(sys.argv) > 1 else _window))


def main_gui() -> NoReturn:
    """``uidmanager-gui``: the window on the ledger last used."""
    sys.exit(_unless_stopped(_window))


def _unless_stopped(work: Callable[[], int]) -> int:
    """The exit code of the work. Each piece is loaded within it, so that Ctrl-C ends quietly also while it is."""
    try:
        return work()
    except KeyboardInterrupt:
        return _STOPPED


def _command_line() -> int:
    from uidmanager.bootstrap import make_desk, start_log  # noqa: PLC0415 (see _unless_stopped)
    from uidmanager.cli import run  # noqa: PLC0415 (each face is loaded only when it is asked for)

    log = start_log("command line")

    def open_window(desk: Desk, ledger: str | None) -> int:
        return _open_window(desk, ledger, log.note_fault)

    return run(make_desk(log), sys.argv[1:], open_window=open_window, note_fault=log.note_fault)


def _window() -> int:
    from uidmanager.bootstrap import make_desk, start_log  # noqa: PLC0415 (see _unless_stopped)

    log = start_log("window")
    return _open_window(make_desk(log), None, log.note_fault)


def _open_window(desk: Desk, ledger: str | None, note_fault: FaultNote) -> int:
    """Show the window on a ledger, or on the one last used; answers the exit code once it is closed."""
    from uidmanager.gui.app import run_window  # noqa: PLC0415 (Qt is loaded only for the window)

    return run_window(desk, ledger, note_fault)


if __name__ == "__main__":
    main()
