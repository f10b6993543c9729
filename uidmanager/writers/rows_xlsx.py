"""A report as a workbook: a sheet that says what proves it, and the rows on one sheet, or on several if they are many.

Every cell is text, numbers and times as well: nothing is rounded, turned into a date, loses its zeros or is run as a
formula. The pictures of a summary are left out, since a spreadsheet draws only what it holds as numbers; their figures
stand in the rows. What cannot be seen in a line of text is written as an escape.

The rows go through a file of the writer's own folder, so that memory does not grow with them.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from datetime import datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from uidmanager.core.errors import UidManagerError
from uidmanager.core.texts import visible
from uidmanager.writers.provenance import provenance
from uidmanager.writers.rows_text import width_of
from uidmanager.writers.sheet_look import ABOUT_WIDTHS, WIDEST_PROSE, Look, height, set_out
from uidmanager.writers.watched import watched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report, Row, Value
    from uidmanager.writers.stamp import Stamp

LONGEST_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_575
"""Below the head of one sheet."""

_ABOUT: Final = "About"
_UTF_16: Final = "utf-16-le"  # in whose units a spreadsheet counts characters
_MOST_FOR_ONE: Final = 10  # characters of an escape


class CellTooLongError(UidManagerError):
    """A value has more characters than a cell of a workbook can hold."""

    code = "report.cell_too_long"

    def __init__(self, row: int, title: str, length: int) -> None:
        super().__init__(
            f"In row {row:,} “{title}” has {length:,} characters; a cell of a workbook holds {LONGEST_CELL:,}, and "
            "nothing is cut off. Nothing was written; choose another format."
        )


class _Sheet(Worksheet):  # type: ignore[misc] # the library has no types
    """A sheet on which text that looks like the library's own markup is text as well."""

    def _xml_rich_inline_string(self, string: str, attributes: list[tuple[str, Any]]) -> None:
        self._xml_inline_string(string, True, attributes)


def write(report: Report, stamp: Stamp, progress: Progress) -> bytes:
    """The workbook. Raises `CellTooLongError` before anything is made."""
    _refuse_what_is_too_long(report)
    target = io.BytesIO()
    with TemporaryDirectory(prefix="uidmanager-") as folder, _workbook(target, folder) as book:
        book.set_properties(_properties(report, stamp))
        look = Look(book)
        _about(book.add_worksheet(_ABOUT, _Sheet), report, stamp, look)
        rows = watched(report.rows, progress)
        for number in range(max(1, -(-len(report.rows) // MOST_ROWS))):
            name = report.title if number == 0 else f"{report.title} {number + 1}"
            sheet = book.add_worksheet(name, _Sheet)
            if number == 0:
                sheet.activate()
            _rows(sheet, report, rows, look)
    return target.getvalue()


@contextmanager
def _workbook(target: io.BytesIO, folder: str) -> Iterator[Workbook]:
    """A workbook that is finished at the end, or leaves no open file behind when something is raised."""
    book = Workbook(target, {"constant_memory": True, "tmpdir": folder})
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets():
            sheet._opt_close()  # noqa: SLF001 (the library closes these files only when it finishes)
        book.fileclosed = True
        raise
    book.close()


def _about(sheet: Worksheet, report: Report, stamp: Stamp, look: Look) -> None:
    for column, width in enumerate(ABOUT_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, report.title, look.title)
    for number, (name, value) in enumerate(provenance(report, stamp), 2):
        sheet.write_string(number, 0, name, look.name)
        sheet.write_string(number, 1, visible(value), look.wrapped)


def _rows(sheet: Worksheet, report: Report, rows: Iterator[Row], look: Look) -> None:
    """As many rows as there is room for, below a head."""
    columns = [(number, column.field, look.of(column.nature)) for number, column in enumerate(report.columns)]
    for number, column in enumerate(report.columns):
        sheet.write_string(0, number, column.title, look.head)
    widths = [len(column.title) for column in report.columns]
    below = 0
    for below, row in zip(range(1, MOST_ROWS + 1), rows, strict=False):
        texts = [_text(row[field]) for _, field, _ in columns]
        taken = [width_of(text) for text in texts]
        widths = list(map(max, widths, taken))
        if max(taken) > WIDEST_PROSE:
            sheet.set_row(below, height(report, taken))
        for text, (number, _, form) in zip(texts, columns, strict=True):
            if text:
                sheet.write_string(below, number, text, form)
    set_out(sheet, report, widths, below)


def _text(value: Value) -> str:
    return "" if value is None else visible(str(value))


def _refuse_what_is_too_long(report: Report) -> None:
    for number, row in enumerate(report.rows, 1):
        for column in report.columns:
            value = row[column.field]
            if isinstance(value, str) and len(value) > LONGEST_CELL // _MOST_FOR_ONE:
                length = len(_text(value).encode(_UTF_16)) // 2
                if length > LONGEST_CELL:
                    raise CellTooLongError(number, column.title, length)


def _properties(report: Report, stamp: Stamp) -> dict[str, object]:
    proof: Iterable[str] = (f"{name}: {visible(value)}" for name, value in provenance(report, stamp))
    return {
        "title": report.title,
        "subject": f"UIDs below {report.root}",
        "author": visible(stamp.by),
        "company": visible(report.organisation),
        "comments": "\n".join(proof),
        "created": datetime.fromisoformat(stamp.made_at).replace(tzinfo=None),
    }
