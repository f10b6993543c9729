"""``report``: the rows of one kind, for a file or for the next program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from uidmanager.cli.answers import Answer, notice
from uidmanager.cli.commands import Command, reads
from uidmanager.cli.listing import data_of
from uidmanager.core.reports import Kind
from uidmanager.core.reports import report as report_of

if TYPE_CHECKING:
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Report
    from uidmanager.writers.formats import Format

_FORMATS: Final = ("csv", "json", "text")
_STDOUT: Final = "-"


@click.command("report", cls=Command)
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How; else as the file's name ends, else text.")
@click.option("-o", "--output", metavar="FILE", help="Where to; else stdout. A file that is there is kept.")
@click.option("--force", is_flag=True, help="Write over a file that is there. A ledger is never written over.")
@reads
@click.pass_context
def report(context: click.Context, *, kind: str, form: str | None, output: str | None, force: bool) -> Answer:
    """Write all rows of one kind to stdout or into a file."""
    session: Session = context.obj
    if output is not None and not output:
        raise click.UsageError("--output names no file.", context)
    file = None if output is None or output == _STDOUT else Path(output)
    if session.as_json and file is None and form not in {None, "json"}:
        raise click.UsageError(f"With --json the rows come as JSON; for {form} name a file with -o.", context)
    service = session.opened()
    with service.look() as registry:
        made = report_of(registry, Kind(kind))
    if file is None:
        answer = Answer(data=data_of(made), text=lambda: _rendered(session, made, form or "text"))
        return answer.in_trouble(service.trouble)
    if service.trouble is not None:
        raise service.trouble  # a file does not tell that it is not all
    return _written(session, made, file, form or _as_named(file), force=force)


def _rendered(session: Session, made: Report, form: str) -> str | bytes:
    """For stdout: bytes as they stand in a file, but text as the terminal can show it."""
    from uidmanager.writers.formats import Format  # noqa: PLC0415 (the writers are loaded for a report only)

    content = _bytes(session, made, Format(form))
    return content.decode("utf-8") if form == Format.TEXT else content


def _written(session: Session, made: Report, file: Path, form: str, *, force: bool) -> Answer:
    """The answer once the file is on the disk. Raises `FileError`."""
    from uidmanager.writers.files import write_file  # noqa: PLC0415 (the writers are loaded for a report only)
    from uidmanager.writers.formats import Format  # noqa: PLC0415 (the same)

    write_file(file, _bytes(session, made, Format(form)), replace=force)
    rows = "1 row" if len(made.rows) == 1 else f"{len(made.rows)} rows"
    said = notice("report.written", "file", f"{rows} written to {file}.")
    data = {**data_of(made), "file": str(file), "format": form, "count": len(made.rows)}
    del data["rows"]
    return Answer(data=data, notices=(said,))


def _bytes(session: Session, made: Report, form: Format) -> bytes:
    from uidmanager.writers.formats import render  # noqa: PLC0415 (the writers are loaded for a report only)
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (the same)

    return render(made, form, stamp_of(session.desk.world))


def _as_named(file: Path) -> str:
    suffix = file.suffix.lower().removeprefix(".")
    return suffix if suffix in _FORMATS else "text"
