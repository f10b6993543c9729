"""The formats a report can be written in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

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
    HTML = "html"
    JSON = "json"
    MARKDOWN = "markdown"
    TEXT = "text"
    XLSX = "xlsx"

    @property
    def suffix(self) -> str:
        """How the name of a file in this format ends, without the dot."""
        return _SUFFIXES.get(self, self.value)

    @property
    def is_binary(self) -> bool:
        """Whether a terminal can make nothing of it."""
        return self in _BINARY


_SUFFIXES: Final = {Format.MARKDOWN: "md", Format.TEXT: "txt"}  # where it is not the format's name
_BINARY: Final = frozenset({Format.PDF, Format.XLSX})
FOR_PAPER: Final = frozenset({Format.PDF, Format.HTML, Format.MARKDOWN, Format.TEXT})
"""What people read, so that a list of very many columns is better cut down to those that tell most."""


def format_of(name: str) -> Format | None:
    """The format that a file's name asks for by its end, if it does."""
    end = name.rpartition(".")[2].lower()
    return next((form for form in Format if end == form.suffix), None)


def render(  # noqa: PLR0911 (one for each format)
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
        case Format.HTML:
            from uidmanager.writers import rows_html  # noqa: PLC0415 (see above)

            return rows_html.write(report, stamp, progress)
        case Format.JSON:
            from uidmanager.writers import rows_json  # noqa: PLC0415 (see above)

            return rows_json.write(report, stamp, progress)
        case Format.MARKDOWN:
            from uidmanager.writers import rows_markdown  # noqa: PLC0415 (see above)

            return rows_markdown.write(report, stamp, progress)
        case Format.TEXT:
            from uidmanager.writers import rows_text  # noqa: PLC0415 (see above)

            return rows_text.write(report, stamp, progress)
        case Format.XLSX:
            from uidmanager.writers import rows_xlsx  # noqa: PLC0415 (see above)

            return rows_xlsx.write(report, stamp, progress)
        case _:
            assert_never(form)
