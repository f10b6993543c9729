"""``report``: the rows of one kind, for a file or for the next program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from uidmanager.cli.answers import Answer, notice, refused
from uidmanager.cli.commands import Command, reads, shows
from uidmanager.cli.listing import data_of
from uidmanager.cli.output import shown_progress, terminal_refusal
from uidmanager.core.reports import Asked, Kind, read_filter
from uidmanager.core.reports import report as report_of
from uidmanager.writers.formats import Format, format_of, render

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.errors import Problem
    from uidmanager.core.reports import Report

_STDOUT: Final = "-"


def _schema(_context: click.Context) -> str:
    from uidmanager.writers.rows_json import schema  # noqa: PLC0415 (loaded only when it is asked for)

    return schema().rstrip("\n")


@click.command("report", cls=Command)
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--product", default="", metavar="PRODUCT", help="Only what belongs to this one, by number or name.")
@click.option("--since", default="", metavar="DAY", help="Only what was registered on this day (UTC) or later.")
@click.option("--until", default="", metavar="DAY", help="Only what was registered on this day (UTC) or earlier.")
@click.option("--state", default="", metavar="STATE", help="Only what is active, withdrawn, retired or void.")
@click.option("--station", default="", metavar="STATION", help="Only what was registered there.")
@click.option("--containing", default="", metavar="TEXT", help="Only rows with this text in one of their fields.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="How; else as the file's name ends, else text.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to; else stdout. A file that is there is kept.")
@click.option("--force", is_flag=True, help="Write over a file that is there. A ledger is never written over.")
@click.option("--verify", is_flag=True, help="Read the whole ledger anew first; refuse when anything is wrong with it.")
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=shows(_schema),
    help="Show the JSON Schema of the reports in JSON, and stop.",
)
@reads
@click.pass_context
def report(
    context: click.Context,
    /,
    *,
    kind: str,
    form: str | None,
    output: str | None,
    force: bool,
    verify: bool,
    **asked: str,
) -> Answer:
    """Write rows of one kind to stdout or into a file: all of them, or those that are asked for."""
    session: Session = context.obj
    if output is not None and not output:
        raise click.UsageError("--output names no file.", context)
    file = None if output is None or output == _STDOUT else Path(output)
    if session.as_json and file is None and form not in {None, Format.JSON}:
        raise click.UsageError(f"With --json the rows come as JSON; for {form} name a file with -o.", context)
    wanted = _format(form, file)
    refusal = terminal_refusal(wanted) if file is None and wanted.is_binary else None
    if refusal is not None:
        return refused(refusal)
    service = session.opened()
    if service.trouble is not None and file is not None:
        raise service.trouble  # a file does not tell that it is not all
    with shown_progress(as_json=session.as_json) as progress:
        if verify:
            _prove(service, progress)
        made, problems = _made(service, Kind(kind), Asked(**asked), progress)
        if problems:
            return refused(*problems, data={"rows": []}).in_trouble(service.trouble)
        if session.as_json and file is None:
            data = {**data_of(made), "verified": verify}
            return Answer(data=data).in_trouble(service.trouble)
        content = _bytes(session, made, wanted, progress, verified=verify)
    if file is None:
        return Answer(text=lambda: _for_stdout(content, wanted)).in_trouble(service.trouble)
    return _written(made, content, file, wanted, force=force, verified=verify)


def _format(form: str | None, file: Path | None) -> Format:
    if form is not None:
        return Format(form)
    return (None if file is None else format_of(file.name)) or Format.TEXT


def _prove(service: Service, progress: Progress) -> None:
    """Read the whole ledger anew. Raises the `LedgerError` that is found; the state that is reported is part of it."""
    verified = service.verify(progress)
    service.remarks.extend(remark for remark in verified.remarks if remark not in service.remarks)
    if verified.trouble is not None:
        raise verified.trouble


def _made(service: Service, kind: Kind, asked: Asked, progress: Progress) -> tuple[Report, tuple[Problem, ...]]:
    """The report, and what is wrong with the filter that was asked for."""
    with service.look() as registry:
        wanted, problems = read_filter(registry, kind, asked)
        return report_of(registry, kind, wanted, progress=progress), problems


def _bytes(session: Session, made: Report, form: Format, progress: Progress, *, verified: bool) -> bytes:
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (loaded for a report only)

    return render(made, form, stamp_of(session.desk.world, verified=verified), progress)


def _for_stdout(content: bytes, form: Format) -> str | bytes:
    """Bytes as they stand in a file, but text as the terminal can show it."""
    return content.decode("utf-8") if form is Format.TEXT else content


def _written(made: Report, content: bytes, file: Path, form: Format, *, force: bool, verified: bool) -> Answer:
    """The answer once the file is on the disk. Raises `FileError`."""
    from uidmanager.writers.files import write_file  # noqa: PLC0415 (loaded only when a file is wanted)

    write_file(file, content, replace=force)
    rows = "1 row" if len(made.rows) == 1 else f"{len(made.rows)} rows"
    said = notice("report.written", "file", f"{rows} written to {file}.")
    data = {**data_of(made), "file": str(file), "format": form.value, "count": len(made.rows), "verified": verified}
    del data["rows"]
    return Answer(data=data, notices=(said,))
