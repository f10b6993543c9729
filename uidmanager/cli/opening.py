"""``gui``: the window."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from uidmanager.cli.answers import Answer, refused
from uidmanager.cli.commands import Command, reads
from uidmanager.core.errors import Problem

if TYPE_CHECKING:
    from uidmanager.cli.session import Session


@click.command("gui", cls=Command)
@click.option("--ledger", metavar="PATH", help="The ledger to show; else the one last used.")
@reads
@click.pass_context
def gui(context: click.Context, *, ledger: str | None) -> Answer:
    """Open the window, and stay until it is closed."""
    from uidmanager.cli.running import named_ledger  # noqa: PLC0415 (running loads this module)
    from uidmanager.settings import LEDGER_VARIABLE  # noqa: PLC0415 (platformdirs is loaded only when it is asked)

    session: Session = context.obj
    where = named_ledger(ledger, context) or session.named or os.environ.get(LEDGER_VARIABLE) or None
    try:
        code = session.open_window(session.desk, where)
    except ImportError as missing:
        sentence = (
            f"The window cannot be opened on this computer ({missing}). Set it up with python3 packaging/bootstrap.py "
            "run; the command line does all the same work."
        )
        return refused(Problem("window.unavailable", "window", sentence))
    return Answer(code)
