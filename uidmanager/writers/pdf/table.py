"""The rows: under their heads on each page, in groups where the report has them, never cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.records import State
from uidmanager.core.reports import Nature
from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.breaking import lines_of
from uidmanager.writers.pdf.columns import shown, style_of
from uidmanager.writers.pdf.directions import has_text_to_the_left
from uidmanager.writers.pdf.typeface import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from uidmanager.core.reports import Column, Row
    from uidmanager.writers.pdf.book import Book
    from uidmanager.writers.pdf.columns import Layout, Placed
    from uidmanager.writers.pdf.typeface import Line, Typefaces

_PAD: Final = 2.6  # above and below the text of a row
_RISE: Final = 0.28  # of a line's height lies below its base line
_OUT_OF_USE: Final = frozenset(set(State) - {State.ACTIVE})
_Cell = tuple[str, list["Line"]]


class Table:
    """The table of a report. ``root`` is shown paler where a UID begins with it, for it is the same in all of them."""

    def __init__(self, book: Book, faces: Typefaces, layout: Layout, root: str) -> None:
        self._book = book
        self._faces = faces
        self._columns = layout.columns
        self._size = layout.size
        self._leading = layout.size * look.LEADING
        self._root = f"{root}."
        self._root_line = faces.line(self._root, Style.MONO)
        self._head_size = min(look.SMALL, layout.size)
        self._heads = [
            lines_of(faces, placed.column.title, Style.BOLD, self._head_size, placed.width) for placed in layout.columns
        ]
        self._head_height = 2 * _PAD + self._head_size * look.LEADING * max(map(len, self._heads))
        self._group: list[Line] = []  # the heading
        self._group_again: list[Line] = []  # the same on a page on which the group goes on

    def draw(self, rows: Sequence[Row], grouped_by: Column | None, watch: Callable[[int], None]) -> None:
        """All rows; ``watch`` is told the number of each. A group gets a heading, again on each page it goes on on."""
        group: object = self  # equals no value of a row
        if grouped_by is None:
            self._make_room()
            self._draw_heads(())
        for number, row in enumerate(rows):
            watch(number)
            if grouped_by is not None and row[grouped_by.field] != group:
                group = row[grouped_by.field]
                name = shown(row[grouped_by.field], grouped_by.nature) or f"No {grouped_by.title.lower()}"
                self._begin_group(name, is_first=number == 0)
            self._draw_row(row)

    def _begin_group(self, name: str, *, is_first: bool) -> None:
        width = self._book.right - look.SIDE
        self._group, self._group_again = (
            lines_of(self._faces, said, Style.BOLD, look.HEADING, width) for said in (name, f"{name} (continued)")
        )
        if not is_first:
            self._book.down(4 * _PAD)
        self._make_room()
        self._draw_heads(self._group)

    def _make_room(self) -> None:
        """Heads stand on no page that has no room for a row or two below them."""
        if self._book.room < self._heading_height + self._head_height + 2 * (self._leading + 2 * _PAD):
            self._book.turn()

    @property
    def _heading_height(self) -> float:
        return look.HEADING * look.LEADING * len(self._group_again) + _PAD if self._group_again else 0.0

    def _turn(self) -> None:
        self._book.turn()
        self._draw_heads(self._group_again)

    def _draw_heads(self, heading: Sequence[Line]) -> None:
        """The heads of the columns, below the heading of their group if there are groups."""
        book, size = self._book, self._head_size
        if not heading:
            book.sheet.rule(look.SIDE, book.y, book.right, look.STRONG_RULE)
        for line in heading:
            book.sheet.write(look.SIDE, book.down(look.HEADING * look.LEADING), line, look.HEADING)
        if heading:
            book.down(_PAD)
        bottom = book.down(self._head_height)
        for placed, lines in zip(self._columns, self._heads, strict=True):
            for place, line in enumerate(reversed(lines)):
                y = bottom + _PAD + size * look.LEADING * (place + _RISE)
                book.sheet.write(self._begin(placed, line, size), y, line, size, look.MUTED)
        book.sheet.rule(look.SIDE, bottom, book.right, look.STRONG_RULE)

    @staticmethod
    def _begin(placed: Placed, line: Line, size: float) -> float:
        """Where a line begins in its column."""
        return placed.x + placed.width - line.width_at(size) if placed.is_right else placed.x

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _draw_row(self, row: Row) -> None:
        """One row, on one page if a page has room for it; a longer one goes on on the next."""
        cells = [self._cell(placed, row) for placed in self._columns]
        count = max(len(lines) for _, lines in cells)
        book = self._book
        if count * self._leading + 2 * _PAD > book.room and not self._is_longer_than_a_page(count):
            self._turn()
        first = 0
        while count - first > (fitting := int((book.room - 2 * _PAD) / self._leading)):
            if fitting > 0:
                self._draw_part(cells, first, first + fitting)
                first += fitting
            self._turn()
        self._draw_part(cells, first, count)

    def _is_longer_than_a_page(self, count: int) -> bool:
        book = self._book
        taken = self._head_height + self._heading_height + 2 * _PAD
        return count * self._leading > book.highest - book.lowest - taken

    def _cell(self, placed: Placed, row: Row) -> _Cell:
        text = shown(row[placed.column.field], placed.column.nature)
        if not text:
            return text, []
        return text, lines_of(self._faces, text, style_of(text, placed.column.nature), self._size, placed.width)

    def _draw_part(self, cells: Sequence[_Cell], first: int, last: int) -> None:
        """The lines of a row from ``first`` up to ``last``, and the rule below."""
        book = self._book
        base = book.y - _PAD - self._leading * (1 - _RISE)
        bottom = book.down((last - first) * self._leading + 2 * _PAD)
        for placed, (text, lines) in zip(self._columns, cells, strict=True):
            if len(lines) == 1 and first == 0:
                self._draw_whole(placed, text, lines[0], base)
            elif lines[first:last]:
                is_whole = first == 0 and last >= len(lines)
                self._draw_lines(placed, text if is_whole else "", lines[first:last], base)
        book.sheet.rule(look.SIDE, bottom, book.right)

    def _draw_whole(self, placed: Placed, text: str, line: Line, y: float) -> None:
        sheet, size, x = self._book.sheet, self._size, self._begin(placed, line, self._size)
        if placed.column.nature is Nature.UID and text.startswith(self._root):
            rest = self._faces.line(text[len(self._root) :], Style.MONO)
            sheet.write(x, y, self._root_line, size, look.MUTED)
            sheet.write(x + self._root_line.width_at(size), y, rest, size)
        else:
            is_out_of_use = placed.column.nature is Nature.WORD and text in _OUT_OF_USE
            sheet.write(x, y, line, size, look.CAUTION if is_out_of_use else look.INK)

    def _draw_lines(self, placed: Placed, text: str, lines: Sequence[Line], base: float) -> None:
        """A value in several lines. The page also knows it whole if they are all here, for whoever searches or copies.

        Not so what runs from right to left: readers take that for what they see and turn it round.
        """
        sheet, size = self._book.sheet, self._size
        is_span = bool(text) and not has_text_to_the_left(text)
        if is_span:
            sheet.begin_span(self._faces.printable(text, Style.SANS))
        for place, line in enumerate(lines):
            sheet.write(self._begin(placed, line, size), base - place * self._leading, line, size)
        if is_span:
            sheet.end_span()
