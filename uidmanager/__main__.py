"""The one door: no arguments open the window, anything else is a command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from uidmanager.bootstrap import make_desk

if TYPE_CHECKING:
    from uidmanager.app.ports import Desk


def main() -> NoReturn:
    """``uidmanager …``: the command line; without arguments, the window."""
    if len(sys.argv) == 1:
        main_gui()
    from uidmanager.cli import run  # noqa: PLC0415 (each face is loaded only when it is asked for)

    sys.exit(run(make_desk(), sys.argv[1:], open_window=_open_window))


def main_gui() -> NoReturn:
    """``uidmanager-gui``: the window on the ledger last used."""
    sys.exit(_open_window(make_desk(), None))


def _open_window(desk: Desk, ledger: str | None) -> int:
    """Show the window on a ledger, or on the one last used; answers the exit code once it is closed."""
    from uidmanager.gui.app import run_window  # noqa: PLC0415 (Qt is loaded only for the window)

    return run_window(desk, ledger)


if __name__ == "__main__":
    main()
