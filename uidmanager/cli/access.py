"""``access``: who may write the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.cli.answers import Answer, notice
from uidmanager.cli.commands import Command, reads
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.cli.session import Session

_HONESTLY = (
    "Roles on a ledger that is a file are only what the file system gives: whoever may write the file may register "
    "anything, and whoever may write its folder may put another file in its place. uidmanager verify shows that it was "
    "changed, not who did it."
)


@click.command("access", cls=Command)
@reads
@click.pass_obj
def access(session: Session) -> Answer:
    """Say who may write the ledger, as far as the file system tells, and whether you may."""
    ledger = session.unopened().ledger
    found, refused = ledger.access(), ledger.refused()
    you = "may write" if refused is None else f"may only look: {refused}"
    shown = {"ledger": ledger.name, "file": found.file, "folder": found.folder}
    return Answer(
        data={**shown, "writable": refused is None},
        text=lambda: pairs({**shown, "you": you}.items()),
        notices=(notice("access.file_system", "ledger", _HONESTLY),),
    )
