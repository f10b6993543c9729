"""``report``: the rows of one kind, for a file or for the next program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, refused
from uidmanager.cli.commands import Command, reads, saves, shows
from uidmanager.cli.listing import data_of
from uidmanager.cli.output import on_stdout, shortened, shown_progress, terminal_refusal
from uidmanager.cli.report_files import format_meant, keep, rendered
from uidmanager.core.errors import Problem
from uidmanager.core.reports import Asked, Kind, find_preset, read_filter
from uidmanager.core.reports import report as report_of
from uidmanager.writers.formats import Format
from uidmanager.writers.pdf.paper import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Report


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
@saves
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
    output: Path | None,
    force: bool,
    verify: bool,
    **asked: str,
) -> Answer:
    """Write rows of one kind to stdout or into a file: all of them, or those that are asked for."""
    session: Session = context.obj
    _check(context, session, kind or preset, form, output)
    wanted = format_meant(form, output)
    refusal = terminal_refusal(wanted) if output is None and wanted.is_binary else None
    if refusal is not None:
        return refused(refusal)
    service = session.opened()
    if service.trouble is not None and output is not None:
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
        if session.as_json and output is None:
            data = {**data_of(made), "verified": verify}
            return Answer(data=data).in_trouble(service.trouble)
        content = rendered(session, made, wanted, progress, paper=Paper(paper), verified=verify)
    if output is None:
        shown = on_stdout(content, is_text=wanted is Format.TEXT)
        return Answer(text=lambda: shown).in_trouble(service.trouble)
    said = keep(made, content, output, force=force)
    data = {**data_of(made), "file": str(output), "format": wanted.value, "count": len(made.rows), "verified": verify}
    del data["rows"]
    return Answer(data=data, notices=(said,))


def _check(context: click.Context, session: Session, what: str | None, form: str | None, output: Path | None) -> None:
    """Whether the arguments go together. Raises `click.UsageError`."""
    if what is None:
        raise click.UsageError("Neither a KIND is named nor a --preset.", context)
    if session.as_json and output is None and form not in {None, Format.JSON}:
        raise click.UsageError(f"With --json the rows come as JSON; for {form} name a file with -o.", context)


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
