"""The formats a report can be written in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from uidmanager.app.ports import no_progress
from uidmanager.writers.pdf.paper import Paper

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report
    from uidmanager.writers.stamp import Stamp


class Format(StrEnum):
    """How a report is written."""

    PDF = "pdf"
    CSV = "csv"
    JSON = "json"
    TEXT = "text"

    @property
    def suffix(self) -> str:
        """How the name of a file in this format ends, without the dot."""
        return "txt" if self is Format.TEXT else self.value


def format_of(name: str) -> Format | None:
    """The format that a file's name asks for by its end, if it does."""
    end = name.rpartition(".")[2].lower()
    return next((form for form in Format if end == form.suffix), None)


def render(
    report: Report, form: Format, stamp: Stamp, progress: Progress = no_progress, *, paper: Paper = Paper.A4
) -> bytes:
    """The report as the content of a file. The same report and stamp make the same bytes.

    ``paper`` is what a PDF is laid out for. Whatever ``progress`` raises ends the work. A writer is loaded when it is
    asked for.
    """
    match form:
        case Format.PDF:
            from uidmanager.writers.pdf import document  # noqa: PLC0415 (see above)

            return document.write(report, stamp, progress, paper)
        case Format.CSV:
            from uidmanager.writers import rows_csv  # noqa: PLC0415 (see above)

            return rows_csv.write(report, stamp, progress)
        case Format.JSON:
            from uidmanager.writers import rows_json  # noqa: PLC0415 (see above)

            return rows_json.write(report, stamp, progress)
        case Format.TEXT:
            from uidmanager.writers import rows_text  # noqa: PLC0415 (see above)

            return rows_text.write(report, stamp, progress)
        case _:
            assert_never(form)
