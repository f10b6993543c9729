"""A report as a PDF: its head, its pictures, its rows, and what a reader must be told at the end."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from uidmanager.core.texts import visible
from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.book import Book
from uidmanager.writers.pdf.breaking import lines_of
from uidmanager.writers.pdf.charts import draw_charts
from uidmanager.writers.pdf.columns import laid_out
from uidmanager.writers.pdf.file import Properties
from uidmanager.writers.pdf.head import draw_head, draw_lines, foot_of
from uidmanager.writers.pdf.table import Table
from uidmanager.writers.pdf.typeface import Style, Typefaces

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report
    from uidmanager.writers.pdf.paper import Paper
    from uidmanager.writers.stamp import Stamp

_SOME_ROWS: Final = 500
_MEASURED: Final = 0.3  # of the work is done when all is measured
_DRAWN: Final = 0.95
_TO_SIGN: Final = 48.0  # in height
_NAME_AND_HAND: Final = 0.66  # of the width; the rest is for the date
_NO_ROWS: Final = (
    "This report has no rows: nothing of its kind is registered, or nothing of it is as the filter above asks."
)


def write(report: Report, stamp: Stamp, progress: Progress, paper: Paper) -> bytes:
    """The report as the content of a PDF file. The same report, stamp and paper make the same bytes."""
    faces = Typefaces()
    grouped_by = next((column for column in report.columns if column.field == report.grouped_by), None)
    columns = tuple(column for column in report.columns if column is not grouped_by)
    count = len(report.rows)
    measuring = _watch(progress, "Measuring the rows", 0.0, _MEASURED, count)
    layout = laid_out(faces, columns, report.rows, paper, measuring)
    book = Book((layout.width, layout.height), *foot_of(faces, report, layout.width))
    draw_head(book, faces, report, stamp)
    draw_charts(book, faces, report.charts)
    if report.rows:
        drawing = _watch(progress, "Drawing the pages", _MEASURED, _DRAWN, count)
        Table(book, faces, layout, report.root).draw(report.rows, grouped_by, drawing)
    _draw_end(book, faces, report)
    progress("Putting the file together", _DRAWN)
    return book.content(faces, _properties(report, stamp))


def _watch(progress: Progress, message: str, begin: float, end: float, count: int) -> Callable[[int], None]:
    """Tells the progress of every so many rows."""

    def watch(number: int) -> None:
        if number % _SOME_ROWS == 0:
            progress(message, begin + (end - begin) * number / count)

    return watch


def _draw_end(book: Book, faces: Typefaces, report: Report) -> None:
    """That this is all of it, and what could not be shown as it is."""
    rows = "1 row" if len(report.rows) == 1 else f"{len(report.rows):,} rows"
    said = [f"End of the report: {rows}." if report.rows else _NO_ROWS]
    if faces.missing:
        points = sorted(faces.missing)
        names = ", ".join(f"U+{ord(each):04X} {unicodedata.name(each, '')}".rstrip() for each in points)
        said.append(
            "Some characters are in none of the fonts that come with this program. Each stands in brackets by its "
            f"code point in Unicode; the other formats have the character itself: {names}."
        )
    for sentence in said:
        book.down(look.TEXT)
        lines = lines_of(faces, sentence, Style.SANS, look.TEXT, book.right - look.SIDE)
        draw_lines(book, lines, look.TEXT, look.MUTED if report.rows else look.INK)
    _draw_signatures(book, faces, report.signatures)


def _draw_signatures(book: Book, faces: Typefaces, signatures: tuple[str, ...]) -> None:
    """A line to sign on for each, with its date; all of them on one page."""
    if not signatures:
        return
    if book.room < len(signatures) * _TO_SIGN:
        book.turn()
    middle = look.SIDE + (book.right - look.SIDE) * _NAME_AND_HAND
    for said in signatures:
        y = book.down(_TO_SIGN - look.SMALL * look.LEADING)
        below = book.down(look.SMALL * look.LEADING)
        for begin, end, text in (
            (look.SIDE, middle, f"{said} (name, signature)"),
            (middle + 2 * look.GAP, book.right, "Date"),
        ):
            book.sheet.rule(begin, y, end, look.STRONG_RULE)
            book.sheet.write(begin, below, faces.line(text, Style.SANS), look.SMALL, look.MUTED)


def _properties(report: Report, stamp: Stamp) -> Properties:
    return Properties(
        title=visible(f"{report.title} – {report.organisation}"),
        author=visible(f"{stamp.by} at {stamp.station}"),
        subject=visible(f"Registry {report.registry} under the root {report.root}; filter: {report.asked}"),
        creator=f"UID Manager {stamp.app}",
        keywords=f"ledger head {report.head}",
        made_at=stamp.made_at,
    )
