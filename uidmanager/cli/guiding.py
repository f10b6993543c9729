"""``guide``: the sheet for the work bench."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uidmanager.cli.answers import Answer, notice
from uidmanager.cli.commands import Command, over, reads
from uidmanager.writers.pdf.paper import Paper

if TYPE_CHECKING:
    from uidmanager.cli.session import Session


@click.command("guide", cls=Command)
@click.argument("file", metavar="FILE")
@click.option("--paper", type=click.Choice([each.value for each in Paper]), default="a4", help="The sheet; else A4.")
@over
@reads
@click.pass_context
def guide(context: click.Context, *, file: str, paper: str, force: bool) -> Answer:
    """Write the sheet “How to assign and label a unit” for the work bench: one page with pictures, as a PDF."""
    from uidmanager.writers.files import write_file  # noqa: PLC0415 (not for another command's help)
    from uidmanager.writers.guide import write_guide  # noqa: PLC0415 (the same)
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (the same)

    session: Session = context.obj
    if not file.strip():
        raise click.UsageError("FILE is empty", context)
    with session.opened().look() as registry:
        organisation = registry.founding.organisation
    write_file(Path(file), write_guide(organisation, stamp_of(session.desk.world), Paper(paper)), replace=force)
    said = notice("guide.written", "file", f"The sheet for the work bench was written to {file}.")
    return Answer(data={"file": file}, notices=(said,))
