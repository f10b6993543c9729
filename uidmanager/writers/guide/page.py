"""The sheet as a PDF of one page: on the left what to do, on the right how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.resources import resource_bytes
from uidmanager.writers.guide.steps import STEPS, TITLE, TROUBLES
from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.book import Book
from uidmanager.writers.pdf.breaking import lines_of
from uidmanager.writers.pdf.file import Properties
from uidmanager.writers.pdf.pictures import Picture
from uidmanager.writers.pdf.typeface import Style, Typefaces

if TYPE_CHECKING:
    from uidmanager.writers.guide.steps import Step
    from uidmanager.writers.pdf.paper import Paper
    from uidmanager.writers.pdf.sheet import Sheet
    from uidmanager.writers.stamp import Stamp

_TEXT: Final = 9.0
_HEADING: Final = 11.5
_FOOT: Final = 10.0
_NUMBER: Final = 20.0
_SHARES: Final = (0.38, 0.42, 0.46, 0.5, 0.54)  # of the width that is text; what fits on the sheet first is taken
_BETWEEN: Final = 12.0
_TERM: Final = 0.24


def write_guide(organisation: str, stamp: Stamp, paper: Paper) -> bytes:
    """The sheet as the content of a PDF file. The same organisation, stamp and paper make the same bytes."""
    faces = Typefaces()

    said = f"{organisation} · UID Manager {stamp.app} · printed {stamp.made_at[:10]}"
    lines = lines_of(faces, said, Style.SANS, look.SMALL, paper.size[0] - 2 * look.SIDE)

    def foot(sheet: Sheet, _number: int, _count: int) -> None:
        for above, line in enumerate(reversed(lines)):
            sheet.write(look.SIDE, look.BOTTOM + above * _FOOT, line, look.SMALL, look.MUTED)

    pictures = [Picture(resource_bytes(f"guide/{step.picture}")) for step in STEPS]

    def drawn(share: float) -> Book:
        book = Book(paper.size, len(lines) * _FOOT, foot)
        book.sheet.write(look.SIDE, book.down(look.TITLE), faces.line(TITLE, Style.BOLD), look.TITLE)
        book.down(_BETWEEN)
        for number, (step, picture) in enumerate(zip(STEPS, pictures, strict=True), 1):
            _draw_step(book, faces, number, step, picture, share)
        _draw_troubles(book, faces)
        return book

    books = map(drawn, _SHARES)
    book = next((book for book in books if book.room >= 0), None) or drawn(_SHARES[-1])
    properties = Properties(TITLE, organisation, "Work instruction", f"UID Manager {stamp.app}", "", stamp.made_at)
    return book.content(faces, properties)


def _draw_step(book: Book, faces: Typefaces, number: int, step: Step, picture: Picture, share: float) -> None:
    begin, left = look.SIDE, look.SIDE + _NUMBER
    middle = begin + (book.right - begin) * share
    width = book.right - middle - _BETWEEN
    top = book.y
    book.show(picture, middle + _BETWEEN, width)
    end = top - width * picture.height / picture.width
    book.sheet.write(begin, book.down(_HEADING), faces.line(str(number), Style.BOLD), _HEADING, look.ACCENT)
    book.sheet.write(left, book.y, faces.line(step.heading, Style.BOLD), _HEADING)
    book.down(_HEADING * (look.LEADING - 1))
    for sentence in step.sentences:
        _draw_text(book, faces, sentence, left, middle - left)
        book.down(_TEXT * (look.LEADING - 1))
    book.y = min(book.y, end) - _BETWEEN


def _draw_troubles(book: Book, faces: Typefaces) -> None:
    """What may be shown, and what to do then, in two columns."""
    book.sheet.rule(look.SIDE, book.y, book.right, look.STRONG_RULE)
    book.down(_BETWEEN)
    book.sheet.write(look.SIDE, book.down(_HEADING), faces.line("When you see", Style.BOLD), _HEADING)
    book.down(_HEADING * (look.LEADING - 1))
    column = look.SIDE + (book.right - look.SIDE) * _TERM
    for sign, remedy in TROUBLES:
        book.sheet.write(look.SIDE, book.y - _TEXT, faces.line(sign, Style.BOLD), _TEXT)
        _draw_text(book, faces, remedy, column, book.right - column)
        book.down(_TEXT * (look.LEADING - 1))


def _draw_text(book: Book, faces: Typefaces, text: str, left: float, width: float) -> None:
    for line in lines_of(faces, text, Style.SANS, _TEXT, width):
        book.sheet.write(left, book.down(_TEXT), line, _TEXT)
        book.down(_TEXT * (look.LEADING - 1))
