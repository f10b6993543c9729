"""Reports as files: in the format that is asked for, or the one in which the file's name ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.app.ports import no_progress
from uidmanager.cli.answers import notice
from uidmanager.writers.formats import Format, format_of, render
from uidmanager.writers.pdf.paper import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.app.ports import Progress
    from uidmanager.cli.session import Session
    from uidmanager.core.errors import Problem
    from uidmanager.core.reports import Report


def format_meant(form: str | None, file: Path | None) -> Format:
    """How a report is to be written, in the text format unless it is asked for otherwise."""
    if form is not None:
        return Format(form)
    return (None if file is None else format_of(file.name)) or Format.TEXT


def rendered(
    session: Session,
    made: Report,
    form: Format,
    progress: Progress = no_progress,
    *,
    paper: Paper = Paper.A4,
    verified: bool = False,
) -> bytes:
    """The report as the content of a file. Raises what ``progress`` raises."""
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (loaded for a report only)

    return render(made, form, stamp_of(session.desk.world, verified=verified), progress, paper=paper)


def keep(made: Report, content: bytes, file: Path, *, force: bool) -> Problem:
    """What is to be said once the report is on the disk. Raises `FileError`."""
    from uidmanager.writers.files import write_file  # noqa: PLC0415 (loaded only when a file is wanted)

    write_file(file, content, replace=force)
    rows = "1 row" if len(made.rows) == 1 else f"{len(made.rows):,} rows"
    return notice("report.written", "file", f"{rows} written to {file}.")
