"""The pictures of a report: bars that stand side by side on a scale, or lie below each other beside their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.breaking import lines_of
from uidmanager.writers.pdf.typeface import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from uidmanager.core.reports import Chart
    from uidmanager.writers.pdf.book import Book
    from uidmanager.writers.pdf.typeface import Line, Typefaces

_HEIGHT: Final = 92.0
"""Of the highest standing bar."""
_AFTER: Final = 18.0
_WIDEST_BAR: Final = 26.0
_LYING: Final = 8.0
"""How thick a lying bar is."""
_LABELS: Final = 0.32
"""As much of the width as the labels of lying bars may take."""
_LEADING: Final = look.SMALL * look.LEADING
_LONGEST_LABEL: Final = 90.0
_NARROWEST_SLOT: Final = look.SMALL * 1.2
"""Of standing bars: as much as text needs that runs upwards."""
_BEFORE_WORD: Final = 3.0
_CAPITALS: Final = 0.74  # how high capital letters and digits are, as a share of their size
_VALUE_ROOM: Final = _LEADING + 2
_NOTHING: Final = "Nothing to show."


def draw_charts(book: Book, faces: Typefaces, charts: Iterable[Chart]) -> None:
    """All of them, one below the other."""
    for chart in charts:
        if not chart.bars:
            _draw_title(book, faces, chart, _LEADING)
            line = faces.line(_NOTHING, Style.SANS)
            book.sheet.write(look.SIDE, book.down(_LEADING), line, look.SMALL, look.MUTED)
        elif chart.is_row and (standing := _Standing(book, faces, chart)).has_room:
            standing.draw()
        else:
            _draw_lying(book, faces, chart)
        book.down(_AFTER)


def _draw_title(book: Book, faces: Typefaces, chart: Chart, needed: float) -> None:
    """The title, on a new page if what follows has no room below it."""
    lines = lines_of(faces, chart.title, Style.BOLD, look.HEADING, book.right - look.SIDE)
    if book.room < needed + len(lines) * look.HEADING * look.LEADING + look.GAP:
        book.turn()
    for line in lines:
        book.sheet.write(look.SIDE, book.down(look.HEADING * look.LEADING), line, look.HEADING)
    book.down(look.GAP)


class _Standing:
    """Bars on a scale, with their values above, their labels below, and the marks between them.

    It ``has_room`` for days, lengths and the like; not for labels that are long, or for very many.
    """

    def __init__(self, book: Book, faces: Typefaces, chart: Chart) -> None:
        self._book, self._faces, self._chart = book, faces, chart
        words = [(after + 1, faces.line(word, Style.SANS)) for after, word in chart.marks]
        width = book.right - look.SIDE
        # Narrower where the word of a mark would go beyond the page.
        slots = [(width - _BEFORE_WORD - word.width_at(look.SMALL)) / after for after, word in words]
        self._slot = min(width / len(chart.bars), *slots, width)
        self._labels = [faces.line(bar.label, Style.SANS) for bar in chart.bars]
        self._values = [faces.line(f"{bar.value:,}", Style.SANS) for bar in chart.bars]
        widest = max(line.width_at(look.SMALL) for line in self._labels)
        self.has_room = self._slot >= _NARROWEST_SLOT and widest <= _LONGEST_LABEL
        self._labels_upright = widest + 3 > self._slot
        self._values_upright = max(line.width_at(look.SMALL) for line in self._values) + 2 > self._slot
        self._below = widest + 5 if self._labels_upright else _LEADING + 3
        self._above = self._values_height() + 2
        self._marks = _in_tiers([(look.SIDE + after * self._slot, word) for after, word in words])

    def _values_height(self) -> float:
        if not self._values_upright:
            return _VALUE_ROOM
        return max(line.width_at(look.SMALL) for line in self._values) + 5

    def draw(self) -> None:
        """The whole picture, on one page."""
        book = self._book
        tiers = max((tier for _, _, tier in self._marks), default=-1) + 1
        height = tiers * _LEADING + self._above + _HEIGHT
        _draw_title(book, self._faces, self._chart, height + self._below)
        base = book.down(height)
        most = max(bar.value for bar in self._chart.bars) or 1
        for place, bar in enumerate(self._chart.bars):
            self._draw_bar(place, base, _HEIGHT * bar.value / most)
        book.sheet.rule(look.SIDE, base, book.right, look.STRONG_RULE, 0.7)
        for x, word, tier in self._marks:
            y = base + self._above + _HEIGHT + tier * _LEADING
            book.sheet.mark(x, base, y + look.SMALL * _CAPITALS, look.CAUTION)
            book.sheet.write(x + _BEFORE_WORD, y, word, look.SMALL, look.CAUTION)
        book.down(self._below)

    def _draw_bar(self, place: int, base: float, height: float) -> None:
        sheet, middle = self._book.sheet, look.SIDE + (place + 0.5) * self._slot
        width = min(_WIDEST_BAR, self._slot * 0.68)
        if self._chart.bars[place].value:
            sheet.box(middle - width / 2, base, width, max(height, 0.6), look.BAR)
            self._label(self._values[place], middle, base + height + 3, look.INK, upright=self._values_upright)
        label = self._labels[place]
        below = label.width_at(look.SMALL) + 3 if self._labels_upright else _LEADING
        self._label(label, middle, base - below, look.MUTED, upright=self._labels_upright)

    def _label(self, line: Line, middle: float, y: float, colour: str, *, upright: bool) -> None:
        x = middle + look.SMALL * _CAPITALS / 2 if upright else middle - line.width_at(look.SMALL) / 2
        self._book.sheet.write(x, y, line, look.SMALL, colour, upright=upright)


def _in_tiers(marks: Sequence[tuple[float, Line]]) -> list[tuple[float, Line, int]]:
    """Place, word and tier of each mark, so that no word meets another one or the line of a mark behind it."""
    placed: list[tuple[float, Line, int]] = []
    for x, word in sorted(marks, key=lambda mark: -mark[0]):
        end = x + _BEFORE_WORD + word.width_at(look.SMALL) + _BEFORE_WORD
        placed.append((x, word, max((tier + 1 for other, _, tier in placed if other < end), default=0)))
    return placed


def _draw_lying(book: Book, faces: Typefaces, chart: Chart) -> None:
    """Bars below each other, each with its label before it and its value behind it; the marks between them."""
    width = book.right - look.SIDE
    labels = [lines_of(faces, bar.label, Style.SANS, look.SMALL, width * _LABELS) for bar in chart.bars]
    values = [faces.line(f"{bar.value:,}", Style.SANS) for bar in chart.bars]
    begin = look.SIDE + max(line.width_at(look.SMALL) for lines in labels for line in lines) + look.GAP
    longest = book.right - begin - max(line.width_at(look.SMALL) for line in values) - look.GAP
    most = max(bar.value for bar in chart.bars) or 1
    _draw_title(book, faces, chart, 2 * _LEADING + 2 * look.GAP)
    for place, (bar, lines, value) in enumerate(zip(chart.bars, labels, values, strict=True)):
        _draw_lying_bar(book, lines, begin, longest * bar.value / most, value)
        for word in (word for after, word in chart.marks if after == place):
            _draw_mark_below(book, faces, word)


def _draw_lying_bar(book: Book, label: Sequence[Line], begin: float, length: float, value: Line) -> None:
    height = max(_LYING, _LEADING * len(label)) + 4
    if book.room < height:
        book.turn()
    middle = book.down(height) + height / 2
    base = middle - look.SMALL * _CAPITALS / 2
    book.sheet.box(begin, middle - _LYING / 2, max(length, 0.6), _LYING, look.BAR)
    book.sheet.write(begin + length + 5, base, value, look.SMALL)
    for place, line in enumerate(label):
        y = base + _LEADING * ((len(label) - 1) / 2 - place)
        book.sheet.write(look.SIDE, y, line, look.SMALL, look.MUTED)


def _draw_mark_below(book: Book, faces: Typefaces, word: str) -> None:
    lines = lines_of(faces, word, Style.SANS, look.SMALL, book.right - look.SIDE)
    if book.room < _LEADING * len(lines):
        book.turn()
    book.sheet.rule(look.SIDE, book.y, book.right, look.CAUTION)
    for line in lines:
        book.sheet.write(look.SIDE, book.down(_LEADING), line, look.SMALL, look.CAUTION)
