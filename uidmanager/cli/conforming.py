"""``conformance``: the rows of a release's conformance statement, ready to be pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, notice, refused
from uidmanager.cli.commands import Command, reads, saves
from uidmanager.cli.output import on_stdout, terminal_refusal
from uidmanager.core.errors import refusals, remarks
from uidmanager.core.reports.conformance import extract
from uidmanager.core.rules.meant import release_called
from uidmanager.core.rules.standing import release_standing
from uidmanager.writers.conformance.forms import Form, form_of, write

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.cli.session import Session
    from uidmanager.core.errors import Problem
    from uidmanager.core.reports.conformance import Extract


@click.command("conformance", cls=Command)
@click.option(
    "--release", required=True, metavar="RELEASE", help="Product and version, as in “CT Console 4.5.0.3”. Required."
)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    help="How; else as the file's name ends, else text.",
)
@saves
@reads
@click.pass_context
def conformance(context: click.Context, *, release: str, form: str | None, output: Path | None, force: bool) -> Answer:
    """Print what the conformance statement of a release says of its identity, as a table (DICOM PS3.2).

    Not of a withdrawn release, whose UID must not be used again.
    """
    session: Session = context.obj
    wanted = Form(form) if form is not None else (None if output is None else form_of(output.name)) or Form.TEXT
    shown = output is None and not session.as_json
    refusal = terminal_refusal(wanted) if shown and wanted.is_binary else None
    if refusal is not None:
        return refused(refusal)
    made, problems = _extract(session, release)
    if made is None:
        return refused(*problems, data={"uid": None, "rows": []})
    if output is None:
        content = on_stdout(_bytes(session, made, wanted), is_text=wanted is Form.TEXT) if shown else b""
        return Answer(data=_data(made), text=lambda: content, notices=problems)
    return _written(session, made, output, wanted, force=force).saying(*problems)


def _extract(session: Session, named: str) -> tuple[Extract | None, tuple[Problem, ...]]:
    """The extract and what is said of the release; else why there is none. Raises `LedgerError`."""
    service = session.opened()
    if service.trouble is not None:
        raise service.trouble  # that it was withdrawn may stand in the part that cannot be read
    with service.look() as registry:
        release, problems = release_called(registry, named)
        if release is None:
            return None, problems
        standing = release_standing(registry, release)
        if refusals(standing):
            return None, standing
        return extract(registry, release), remarks(standing)


def _bytes(session: Session, made: Extract, form: Form) -> bytes:
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (not for another command's help)

    return write(made, form, stamp_of(session.desk.world))


def _written(session: Session, made: Extract, file: Path, form: Form, *, force: bool) -> Answer:
    """The answer once the file is on the disk. Raises `FileError`."""
    from uidmanager.writers.files import write_file  # noqa: PLC0415 (loaded only when a file is wanted)

    write_file(file, _bytes(session, made, form), replace=force)
    said = notice("conformance.written", "file", f"The rows for {made.title} were written to {file}.")
    return Answer(data={**_data(made), "file": str(file), "format": form.value}, notices=(said,))


def _data(made: Extract) -> dict[str, object]:
    return {
        "product": made.product,
        "version": made.version,
        "uid": made.uid,
        "rows": [structs.asdict(fact) for fact in made.facts],
        "registry": made.registry,
        "organisation": made.organisation,
        "root": made.root,
        "entries": made.entries,
        "head": made.head,
    }
