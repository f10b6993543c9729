"""``scan``: files and folders from the field against the registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from uidmanager.cli.answers import Answer, Exit, refused
from uidmanager.cli.commands import Command, file_meant, reads
from uidmanager.cli.report_files import format_meant, keep, rendered
from uidmanager.cli.watching import watched
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.scanning import scan_report
from uidmanager.core.scanning.tally import SUMMARY_FIELDS
from uidmanager.core.texts import visible
from uidmanager.dicom.names import DicomNames
from uidmanager.dicom.scan import Scan
from uidmanager.writers.formats import FOR_PAPER, Format
from uidmanager.writers.rows_text import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Row

_SHOWN: Final = {
    "faults": (Severity.ERROR,),
    "cautions": (Severity.ERROR, Severity.CAUTION),
    "all": (),
}


@click.command("scan", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--show", type=click.Choice(list(_SHOWN)), help="Which files to list; else those with faults.")
@click.option("--report", metavar="FILE", callback=file_meant, help="Write all rows into this file as well.")
@click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in Format]),
    help="How; else as the file's name ends, else text.",
)
@click.option("--force", is_flag=True, help="Write over a report that is there. A ledger is never written over.")
@reads
@click.pass_obj
def scan(
    session: Session,
    *,
    paths: tuple[str, ...],
    show: str | None,
    report: Path | None,
    form: str | None,
    force: bool,
) -> Answer:
    """Say of DICOM files whose they are, and what is wrong with them. Prints a line for each, and a summary.

    A PATH is a file, a ZIP archive or a folder, which is looked through with all that lies below it. Nothing is
    changed, no link is followed.
    """
    missing = [path for path in paths if not _is_there(path)]
    if missing:
        return refused(*map(_missing, missing))
    service = session.opened()
    with service.look() as registry:
        made = Scan(paths, registry.still(), DicomNames())
    is_stopped = _run(made, session)
    shown = _SHOWN[show or ("all" if session.as_json or all(Path(path).is_file() for path in paths) else "faults")]
    written = () if report is None or is_stopped else (_written(made, session, report, form, force=force),)
    answer = Answer(
        Exit.STOPPED if is_stopped else Exit.REFUSED if made.tally.faulty else Exit.DONE,
        {
            "files": made.tally.files,
            "faulty": made.tally.faulty,
            "is_whole": made.is_whole,
            "seconds": round(made.seconds, 3),
            "summary": made.summary(),
        },
        lambda: _told(made, shown),
        written,
        tuple(_problems(made, is_stopped=is_stopped)),
        rows=lambda: _rows(made, shown),
    )
    return answer.in_trouble(service.trouble)


def _run(made: Scan, session: Session) -> bool:
    """Scan; whether it was stopped before the end."""
    try:
        with watched(is_shown=not session.as_json) as progress:
            made.run(progress)
    except KeyboardInterrupt:
        return True
    return False


def _problems(made: Scan, *, is_stopped: bool) -> Iterator[Problem]:
    if is_stopped:
        sentence = f"Stopped after {made.done:,} of {made.found:,} files; what was found until then is told."
        yield Problem("cancelled", "command", sentence)
    if made.tally.faulty:
        sentence = f"{made.tally.faulty:,} of {made.tally.files:,} files have something wrong."
        yield Problem("scan.faults", "path", f"{sentence} What it is stands beside each of them.")


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # whatever it is, it is told when it is read
        return True


def _missing(path: str) -> Problem:
    return Problem("scan.no_such_path", "path", f"There is nothing at {path}. Check the name.")


def _told(made: Scan, shown: tuple[Severity, ...]) -> Iterator[str]:
    """A line for each file that is to be shown, then the summary."""
    is_empty = True
    for row in _rows(made, shown):
        is_empty = False
        yield f"{visible(str(row['path']))}: {row['verdicts']}: {visible(str(row['what']))}\n"
    yield "" if is_empty else "\n"
    yield table(SUMMARY_FIELDS, made.summary())


def _rows(made: Scan, shown: tuple[Severity, ...]) -> Iterator[Row]:
    """The rows that are to be shown, after which there are none any more."""
    try:
        yield from made.spool.rows([severity.value for severity in shown])
    finally:
        made.close()


def _written(made: Scan, session: Session, file: Path, form: str | None, *, force: bool) -> Problem:
    """What is to be said once the report is on the disk. Raises `FileError`."""
    wanted = format_meant(form, file)
    rows = tuple(made.spool.rows())
    listed = scan_report(made.registry, rows, made.paths, for_paper=wanted in FOR_PAPER, is_whole=made.is_whole)
    return keep(listed, rendered(session, listed, wanted), file, force=force)
