"""How the sheets of a workbook look: letters, lines, widths, what stays in sight, what is printed on each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.reports import Nature
from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from uidmanager.core.reports import Report

ABOUT_WIDTHS: Final = (18, 72)
"""Of names and values, in characters."""

WIDEST_PROSE: Final = 56
"""How many characters of prose stand on one line; beyond it the text is wrapped."""

_MONOSPACED: Final = "Consolas"
_CODES: Final = frozenset({Nature.UID, Nature.CODE})
_AIR: Final = 3  # beside the text, for the filter's arrow too
_WIDER: Final = 1.1  # a fixed font's letters
_NARROWEST: Final = 8
_BROKEN: Final = 6  # that a line of prose may be shorter, since words are kept whole
_LINE: Final = 15  # points
_TALLEST: Final = 405  # points; a spreadsheet allows 409
_WIDEST_CODE: Final = 76  # a UID is never wrapped
_MARGINS: Final = {"left": 0.5, "right": 0.5, "top": 0.7, "bottom": 0.7}


class Look:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        at_top = {"valign": "top", "align": "left"}  # text from right to left stands to the left as well
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.head: Format = book.add_format({"bold": True, "bg_color": "#E7EBEF", "bottom": 1, "valign": "vcenter"})
        self.name: Format = book.add_format({**at_top, "font_color": "#57606A"})
        self.wrapped: Format = book.add_format({**at_top, "text_wrap": True})
        self._code: Format = book.add_format({**at_top, "font_name": _MONOSPACED})
        self._number: Format = book.add_format({**at_top, "align": "right"})
        self._plain: Format = book.add_format(at_top)

    def of(self, nature: Nature) -> Format:
        """That of a column's cells."""
        if nature in _CODES:
            return self._code
        if nature is Nature.TEXT:
            return self.wrapped
        return self._number if nature is Nature.NUMBER else self._plain


def set_out(sheet: Worksheet, report: Report, longest: Sequence[int], last: int) -> None:
    """Make a sheet of rows ready to be read, filtered and printed; ``last`` is the index of its last row.

    ``longest`` has the number of characters of the longest text in each column.
    """
    for number, (column, characters) in enumerate(zip(report.columns, longest, strict=True)):
        sheet.set_column(number, number, _width(column.nature, characters))
    end = len(report.columns) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, end)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + end)}{last + 1}"})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(**_MARGINS)
    sheet.set_header(f"&L{_in_head(report.title)}&R{_in_head(report.organisation)}")
    sheet.set_footer("&RPage &P of &N")


def height(report: Report, taken: Sequence[int]) -> int:
    """How tall a row is in points whose texts take so many characters: not every reader finds that out by itself."""
    prose = [many for column, many in zip(report.columns, taken, strict=True) if column.nature is Nature.TEXT]
    lines = max((-(-many // (WIDEST_PROSE - _BROKEN)) for many in prose), default=1)
    return min(_TALLEST, max(1, lines) * _LINE)


def _width(nature: Nature, characters: int) -> float:
    """So wide that nothing but prose is wrapped."""
    if nature in _CODES:
        return min(_WIDEST_CODE, max(_NARROWEST, characters * _WIDER + _AIR))
    return max(_NARROWEST, min(WIDEST_PROSE, characters) + _AIR)


def _in_head(text: str) -> str:
    """The text on the head of a page, where an ampersand begins an order."""
    return visible(text).replace("&", "&&")
