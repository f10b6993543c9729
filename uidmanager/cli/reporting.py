"""``report``: the rows of one kind, for a file or for the next program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, notice, refused
from uidmanager.cli.commands import Command, reads, shows
from uidmanager.cli.listing import data_of
from uidmanager.cli.output import shortened, shown_progress, terminal_refusal
from uidmanager.core.errors import Problem
from uidmanager.core.reports import Asked, Kind, find_preset, read_filter
from uidmanager.core.reports import report as report_of
from uidmanager.writers.formats import Format, format_of, render
from uidmanager.writers.pdf.paper import Paper

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Report

_STDOUT: Final = "-"


def _schema(_context: click.Context) -> str:
    from uidmanager.writers.rows_json import schema  # noqa: PLC0415 (loaded only when it is asked for)

    return schema().rstrip("\n")


@click.command("report", cls=Command)
@click.argument("kind", required=False, type=click.Choice([kind.value for kind in Kind]))
@click.option(
    "--preset", metavar="NAME", help="As the window keeps it under this name; what is asked beside it counts."
)
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
@click.option(
    "--paper", type=click.Choice([each.value for each in Paper]), default="a4", help="What a PDF is laid out for."
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
    kind: str | None,
    preset: str | None,
    form: str | None,
    paper: str,
    output: str | None,
    force: bool,
    verify: bool,
    **asked: str,
) -> Answer:
    """Write rows of one kind to stdout or into a file: all of them, or those that are asked for."""
    session: Session = context.obj
    _check(context, session, kind or preset, form, output)
    file = None if output is None or output == _STDOUT else Path(output)
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
        meant = _meant(service, kind, preset, asked)
        if isinstance(meant, Problem):
            return refused(meant, data={"rows": []}).in_trouble(service.trouble)
        made, problems = _made(service, *meant, progress)
        if problems:
            return refused(*problems, data={"rows": []}).in_trouble(service.trouble)
        if session.as_json and file is None:
            data = {**data_of(made), "verified": verify}
            return Answer(data=data).in_trouble(service.trouble)
        content = _bytes(session, made, wanted, Paper(paper), progress, verified=verify)
    if file is None:
        return Answer(text=lambda: _for_stdout(content, wanted)).in_trouble(service.trouble)
    return _written(made, content, file, wanted, force=force, verified=verify)


def _check(context: click.Context, session: Session, what: str | None, form: str | None, output: str | None) -> None:
    """Whether the arguments go together. Raises `click.UsageError`."""
    if what is None:
        raise click.UsageError("Neither a KIND is named nor a --preset.", context)
    if output is not None and not output:
        raise click.UsageError("--output names no file.", context)
    if session.as_json and output in {None, _STDOUT} and form not in {None, Format.JSON}:
        raise click.UsageError(f"With --json the rows come as JSON; for {form} name a file with -o.", context)


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


def _meant(
    service: Service, kind: str | None, preset: str | None, asked: dict[str, str]
) -> tuple[Kind, Asked] | Problem:
    """What is asked for: in its own words, as it is kept under a name, or both. Raises `PresetsUnreadableError`."""
    if preset is None:
        return Kind(kind or ""), Asked(**asked)
    from uidmanager.settings.presets import StationPresets  # noqa: PLC0415 (few reports are of a preset)

    with service.look() as registry:
        known = StationPresets().presets(registry.founding.registry)
    found = find_preset(known, preset)
    if found is None:
        names = ", ".join(f"“{each.name}”" for each in known) or "none yet; keep one on the Reports page of the window"
        sentence = f"There is no preset “{shortened(preset)}” for this registry on this station. There are: {names}."
        return Problem("presets.unknown", "preset", sentence)
    if kind not in {None, found.kind}:
        sentence = f"The preset “{found.name}” is a report of {found.kind}, not of {kind}. Name one of the two."
        return Problem("presets.other_kind", "preset", sentence)
    return found.kind, structs.replace(found.asked, **{name: text for name, text in asked.items() if text})


def _made(service: Service, kind: Kind, asked: Asked, progress: Progress) -> tuple[Report, tuple[Problem, ...]]:
    """The report, and what is wrong with the filter that was asked for."""
    with service.look() as registry:
        wanted, problems = read_filter(registry, kind, asked)
        return report_of(registry, kind, wanted, progress=progress), problems


def _bytes(session: Session, made: Report, form: Format, paper: Paper, progress: Progress, *, verified: bool) -> bytes:
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (loaded for a report only)

    return render(made, form, stamp_of(session.desk.world, verified=verified), progress, paper=paper)


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
