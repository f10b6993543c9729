"""``label check`` and ``label runs``: read labels back, and see how far the print runs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, Exit, notice, refused
from uidmanager.cli.commands import Command, reads, writes
from uidmanager.cli.session import with_lines
from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.checking import Checking, Scan
    from uidmanager.core.errors import Problem
    from uidmanager.core.registry import Registry


@click.command("check", cls=Command)
@click.option(
    "--entry", type=click.IntRange(min=1), required=True, metavar="N", help="The entry of the print run. Required."
)
@click.option("--units-first", is_flag=True, help="The scans go in pairs: the unit, then the label on it.")
@writes
@click.pass_obj
def check(session: Session, *, entry: int, units_first: bool, reason: str | None, dry_run: bool) -> Answer:
    """Read labels back: scans from stdin, one a line. Prints one verdict a line.

    What came of it is written in one entry. The exit code is 0 only once every label of the run is checked, void or
    printed again.
    """
    from uidmanager.barcodes.reading import read  # noqa: PLC0415 (not for another command's help)
    from uidmanager.core.checking import Checking  # noqa: PLC0415 (the same)
    from uidmanager.core.print_runs import print_run  # noqa: PLC0415 (the same)
    from uidmanager.settings.scanner import StationScanner  # noqa: PLC0415 (the same)

    settings = StationScanner().settings()
    service = session.opened()
    if service.trouble is not None:
        raise service.trouble  # that a label was printed again may stand in the part that cannot be read
    with service.look() as registry:
        run = print_run(registry, entry)
        if run is None:
            return refused(_no_run(entry), data={"run": entry, "rows": []})
        checking = Checking(run, units_first=units_first)
        for line in with_lines(("-",)):
            found = read(line, settings)
            checking.take(registry, found.scanned or line, found)
    written, problems = (None, _tried(service, checking, reason)) if dry_run else _write(service, checking, reason)
    if problems:
        return refused(*problems, data={"run": entry, "rows": []})
    with service.look() as registry:
        checking.renew(registry)
        data = {**_data(registry, checking), "entry": written, "dry_run": dry_run}
    said = [notice("label.standing", "entry", f"Print run {entry}: {checking.standing.words}.")]
    if dry_run:
        said.append(notice("dry_run", "command", "Only tried (--dry-run); nothing was written."))
    code = Exit.DONE if checking.is_complete else Exit.REFUSED
    return Answer(code, data, lambda: "".join(map(_line, checking.scans)), tuple(said))


@click.command("runs", cls=Command)
@click.option("--open", "only_open", is_flag=True, help="Only those with labels that are yet to be read back.")
@reads
@click.pass_obj
def runs(session: Session, *, only_open: bool) -> Answer:
    """List the print runs, and how far their labels are read back."""
    from uidmanager.cli.listing import data_of, table_of  # noqa: PLC0415 (a tenth of a command; only lists need it)
    from uidmanager.core.reports import Kind, report  # noqa: PLC0415 (the same)

    service = session.opened()
    with service.look() as registry:
        made = report(registry, Kind.LABELS)
    if only_open:
        made = structs.replace(made, rows=tuple(row for row in made.rows if row["missing"]))
    return Answer(data=data_of(made), text=lambda: table_of(made)).in_trouble(service.trouble)


def _tried(service: Service, checking: Checking, reason: str | None) -> tuple[Problem, ...]:
    """What speaks against writing it."""
    with service.look() as registry:
        draft, _count = checking.draft(registry, reason)
    return service.preview(draft).problems


def _write(service: Service, checking: Checking, reason: str | None) -> tuple[int | None, tuple[Problem, ...]]:
    """The number of the entry, None where there was nothing to write; else why not. Raises `LedgerError`."""
    if not checking.unwritten:
        return None, ()
    with service.look() as registry:
        draft, count = checking.draft(registry, reason)
    receipt = service.submit(draft)
    if not receipt.decision.is_refused:
        checking.wrote(count)
    return None if receipt.entry is None else receipt.entry.n, receipt.decision.problems


def _no_run(entry: int) -> Problem:
    from uidmanager.core.errors import Problem  # noqa: PLC0415 (only where it is needed)

    sentence = f"No labels were printed in entry {entry}. Name the entry of the print run; “label runs” lists them."
    return Problem("label.no_run", "entry", sentence)


def _line(scan: Scan) -> str:
    return f"{visible(scan.verdict.value if scan.verdict else 'unit')}: {visible(scan.sentence)}\n"


def _data(registry: Registry, checking: Checking) -> dict[str, object]:
    far = checking.standing
    return {
        "run": checking.run.entry,
        "printed": far.printed,
        "checked": far.checked,
        "void": far.void,
        "replaced": far.replaced,
        "complete": checking.is_complete,
        "missing": [_serial(registry, component) for component in checking.missing],
        "rows": [
            {
                "scanned": scan.scanned,
                "verdict": scan.verdict.value if scan.verdict else "unit",
                "serial": None if scan.component is None else _serial(registry, scan.component),
                "sentence": scan.sentence,
            }
            for scan in checking.scans
        ],
    }


def _serial(registry: Registry, component: str) -> str:
    unit = registry.installation(component)
    return component if unit is None else unit.serial
