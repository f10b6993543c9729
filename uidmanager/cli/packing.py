"""``pack``: the inspection pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.cli.answers import Answer
from uidmanager.cli.commands import Command, over, reads
from uidmanager.cli.output import shown_progress
from uidmanager.writers.pdf.paper import Paper
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Row


@click.command("pack", cls=Command)
@click.argument("file", metavar="FILE")
@click.option("--paper", type=click.Choice([each.value for each in Paper]), default="a4", help="For its PDFs.")
@over
@reads
@click.pass_context
def pack(context: click.Context, *, file: str, paper: str, force: bool) -> Answer:
    """Write the inspection pack: all reports, the ledger, and a check of both that anyone can run, as one ZIP file."""
    session: Session = context.obj
    if not file.strip():
        raise click.UsageError("FILE is empty", context)
    with shown_progress(as_json=session.as_json) as progress:
        made = session.desk.inspection_pack(session.where, file, paper=paper, replace=force, progress=progress)
    told: Row = {
        "pack": made.where,
        "sha256": made.sha256,
        "files": made.files,
        "rows": made.rows,
        "entries": made.entries,
        "head": made.head,
    }
    return Answer(data=dict(told), text=lambda: pairs(told.items()))
