"""``label …``: print labels into a file or on a printer, a test page, the sheet that goes with a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from uidmanager.cli.answers import Answer, refused
from uidmanager.cli.commands import Group, file_meant, over, reads, writes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.cli.session import Session

_Callback = TypeVar("_Callback", bound="Callable[..., Any]")
_DEFAULT = "a4-3x8"


@click.group(
    "label",
    cls=Group,
    elsewhere={
        "check": "uidmanager.cli.label_checks:check",
        "runs": "uidmanager.cli.label_checks:runs",
    },
)
def label() -> None:
    """Labels: print them, and the sheet that goes with a batch; read them back."""


def drawn(callback: _Callback) -> _Callback:
    """Give a command the options that say what labels are drawn on, and where they go."""
    options = (
        click.option("--template", default=_DEFAULT, show_default=True, metavar="NAME", help="On what; see templates."),
        click.option("--offset", default="0,0", metavar="X,Y", help="Move all of it right and down, in mm."),
        click.option(
            "--dpi",
            type=click.Choice(["203", "300", "600"]),
            default="203",
            show_default=True,
            help="Dots to the inch of a label printer.",
        ),
        click.option("-o", "--output", metavar="FILE", callback=file_meant, help="Into a file: .pdf or .zpl."),
        click.option("--to", metavar="HOST[:PORT]", help="To a label printer in the network that knows ZPL."),
        over,
    )
    for wrap in reversed(options):
        callback = wrap(callback)
    return callback


@label.command("print")
@click.argument("serials", nargs=-1, metavar="[SERIAL]...")
@click.option("--entry", type=click.IntRange(min=1), metavar="N", help="The batch that was assigned in this entry.")
@drawn
@click.option("--start", type=int, default=1, show_default=True, help="The first label of the first sheet to use.")
@click.option("--copies", type=int, default=1, show_default=True, help="How many of each label.")
@click.option(
    "--code",
    "wish",
    type=click.Choice(["auto", "plain", "gs1"]),
    default="auto",
    show_default=True,
    help="GS1's code where the product has a GTIN, never, or always.",
)
@click.option(
    "--codes-by",
    type=click.Choice(["drawn", "printer"]),
    default="drawn",
    show_default=True,
    help="In ZPL: codes as they were checked, or made by the printer.",
)
@writes
@click.pass_context
def print_(
    context: click.Context,
    /,
    *,
    serials: tuple[str, ...],
    entry: int | None,
    output: Path | None,
    to: str | None,
    **asked: Any,
) -> Answer:
    """Print the labels of units, or of a whole batch. Prints the number of the entry that notes it.

    “-” reads serials from stdin, one a line. A label that was printed before needs a --reason.
    """
    if bool(serials) == (entry is not None):
        raise click.UsageError("Name either serials or the --entry of a batch.", context)
    _check_destination(context, output, to, needs_one=not asked["dry_run"])
    from uidmanager.cli.label_printing import Asked, print_run  # noqa: PLC0415 (not for another command's help)

    return print_run(context.obj, Asked(serials=serials, entry=entry, output=output, to=to, **asked))


@label.command("templates")
@reads
@click.pass_obj
def templates(_session: Session) -> Answer:
    """List what labels can be printed on: sheets and rolls, those of your own among them."""
    from uidmanager.cli.label_printing import listed_templates  # noqa: PLC0415 (as above)

    return listed_templates()


@label.command("test-page")
@drawn
@reads
@click.pass_context
def test_page(context: click.Context, /, *, output: Path | None, to: str | None, **asked: Any) -> Answer:
    """Print the outlines of all labels of a page, to see how far the printer is off."""
    _check_destination(context, output, to, needs_one=True)
    from uidmanager.cli.label_printing import Asked, print_test_page  # noqa: PLC0415 (as above)

    return print_test_page(context.obj, Asked(output=output, to=to, **asked))


@label.command("batch-sheet")
@click.option("--entry", type=click.IntRange(min=1), required=True, metavar="N", help="The batch of this entry.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", help="What a PDF is laid out for.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    callback=file_meant,
    help="Where to: .pdf, to be signed, or another format of reports. Required.",
)
@over
@reads
@click.pass_obj
def batch_sheet(session: Session, /, *, entry: int, paper: str, output: Path, force: bool) -> Answer:
    """Write the sheet that goes with a batch: its units, how far their labels are, a place to sign."""
    from uidmanager.cli.report_files import format_meant, keep, rendered  # noqa: PLC0415 (as above)
    from uidmanager.core.labels.batch_sheet import batch_sheet as sheet_of  # noqa: PLC0415 (as above)
    from uidmanager.writers.pdf.paper import Paper  # noqa: PLC0415 (as above)

    service = session.opened()
    if service.trouble is not None:
        raise service.trouble  # what was voided may stand in the part that cannot be read
    with service.look() as registry:
        made, problems = sheet_of(registry, entry)
    if made is None:
        return refused(*problems, data={"file": None})
    content = rendered(session, made, format_meant(None, output), paper=Paper(paper))
    said = keep(made, content, output, force=force)
    return Answer(data={"file": str(output), "entry": entry, "units": len(made.rows)}, notices=(said,))


def _check_destination(context: click.Context, output: Path | None, to: str | None, *, needs_one: bool) -> None:
    """Whether it is clear where the labels go. Raises `click.UsageError`."""
    if output is not None and to is not None:
        raise click.UsageError("Say either -o FILE or --to HOST, not both.", context)
    if output is None and to is None and needs_one:
        raise click.UsageError("Say where to: -o FILE.pdf, -o FILE.zpl or --to HOST.", context)
    if output is not None and output.suffix.lower() not in {".pdf", ".zpl"}:
        raise click.UsageError("Name a file that ends in .pdf or in .zpl.", context)
