"""The one door: no arguments open the window, anything else is a command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from uidmanager.bootstrap import make_desk, start_log

if TYPE_CHECKING:
    from uidmanager.app.ports import Desk, FaultNote


def main() -> NoReturn:
    """``uidmanager …``: the command line; without arguments, the window."""
    if len(sys.argv) == 1:
        main_gui()
    from uidmanager.cli import run  # noqa: PLC0415 (each face is loaded only when it is asked for)

    log = start_log("command line")

    def open_window(desk: Desk, ledger: str | None) -> int:
        return _open_window(desk, ledger, log.note_fault)

    sys.exit(run(make_desk(log), sys.argv[1:], open_window=open_window, note_fault=log.note_fault))


def main_gui() -> NoReturn:
    """``uidmanager-gui``: the window on the ledger last used."""
    log = start_log("window")
    sys.exit(_open_window(make_desk(log), None, log.note_fault))


def _open_window(desk: Desk, ledger: str | None, note_fault: FaultNote) -> int:
    """Show the window on a ledger, or on the one last used; answers the exit code once it is closed."""
    from uidmanager.gui.app import run_window  # noqa: PLC0415 (Qt is loaded only for the window)

    return run_window(desk, ledger, note_fault)


if __name__ == "__main__":
    main()
