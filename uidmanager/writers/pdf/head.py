"""What stands above the rows: whose report it is, its name, and what proves it; and what stands below each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.breaking import lines_of
from uidmanager.writers.pdf.typeface import Style
from uidmanager.writers.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.core.reports import Report
    from uidmanager.writers.pdf.book import Book
    from uidmanager.writers.pdf.sheet import Sheet
    from uidmanager.writers.pdf.typeface import Line, Typefaces
    from uidmanager.writers.stamp import Stamp

_IN_MONO: Final = frozenset({"Root", "Registry", "Ledger head"})
_INSET: Final = 11.0
_NAMES: Final = 84.0
_SHOWN_OF_HEAD: Final = 12
_OVER_FOOT: Final = 9.0


def draw_head(book: Book, faces: Typefaces, report: Report, stamp: Stamp) -> None:
    """The title, and the provenance in a panel below it."""
    width = book.right - look.SIDE
    for line in lines_of(faces, report.organisation, Style.BOLD, look.TEXT, width):
        book.sheet.write(look.SIDE, book.down(look.TEXT * look.LEADING), line, look.TEXT, look.MUTED)
    book.down(5)
    for line in lines_of(faces, report.title, Style.BOLD, look.TITLE, width):
        book.sheet.write(look.SIDE, book.down(look.TITLE * look.LEADING - 4), line, look.TITLE)
    book.down(16)
    _draw_panel(book, faces, provenance(report, stamp), width)
    book.down(16)


def _draw_panel(book: Book, faces: Typefaces, values: tuple[tuple[str, str], ...], width: float) -> None:
    leading = look.TEXT * look.LEADING + 1.6
    told = [
        (name, lines_of(faces, value, _style(name), look.TEXT, width - _NAMES - 2 * _INSET)) for name, value in values
    ]
    height = 2 * _INSET + leading * sum(len(lines) for _, lines in told) - 4
    book.sheet.panel(look.SIDE, book.y - height, width, height, look.GROUND)
    book.sheet.box(look.SIDE, book.y - height, 2.4, height, look.ACCENT)
    book.down(_INSET - 3.2)
    for name, lines in told:
        name_line = faces.line(name, Style.SANS)
        for number, line in enumerate(lines):
            y = book.down(leading)
            if number == 0:
                book.sheet.write(look.SIDE + _INSET, y, name_line, look.TEXT, look.MUTED)
            book.sheet.write(look.SIDE + _INSET + _NAMES, y, line, look.TEXT)
    book.down(_INSET - 0.8)


def _style(name: str) -> Style:
    return Style.MONO if name in _IN_MONO else Style.SANS


def foot_of(faces: Typefaces, report: Report, width: float) -> tuple[float, Callable[[Sheet, int, int], None]]:
    """What stands below each page, and how high it is: whose report, on which state of the ledger, which page."""
    room = width - 2 * look.SIDE
    page_room = faces.width("Page 99,999 of 99,999", Style.SANS) * look.SMALL / 1000 + look.GAP
    said = f"{report.organisation} · {report.title} · ledger head begins with {report.head[:_SHOWN_OF_HEAD]}"
    lines = lines_of(faces, said, Style.SANS, look.SMALL, room - page_room)
    leading = look.SMALL * look.LEADING
    height = leading * len(lines) + _OVER_FOOT

    def draw(sheet: Sheet, number: int, count: int) -> None:
        top = look.BOTTOM + height - _OVER_FOOT
        sheet.rule(look.SIDE, top + 2, width - look.SIDE, look.STRONG_RULE)
        page = faces.line(f"Page {number:,} of {count:,}", Style.SANS)
        for place, line in enumerate(lines):
            sheet.write(look.SIDE, top - leading * (place + 1) + 2, line, look.SMALL, look.MUTED)
        x = width - look.SIDE - page.width_at(look.SMALL)
        sheet.write(x, top - leading + 2, page, look.SMALL, look.MUTED)

    return height, draw


def draw_lines(book: Book, lines: list[Line], size: float, colour: str) -> None:
    """Lines below each other, on to the next page where there is no room."""
    for line in lines:
        if book.room < size * look.LEADING:
            book.turn()
        book.sheet.write(look.SIDE, book.down(size * look.LEADING), line, size, colour)
