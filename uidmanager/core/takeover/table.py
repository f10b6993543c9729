"""A spreadsheet as it was read: every cell as text, and a mark where the text may not be what a person typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from uidmanager.core.errors import Problem

MOST_ROWS: Final = 100_000
"""Rows of data in one take-over. It is one entry, and an entry is bounded."""


class Mark:
    """What is odd about a cell: bits of a plain number, since there may be a million of them."""

    NUMBER: Final = 1
    """Stored as a number: zeros before it, or behind its point, may be gone."""
    SHAPED: Final = 2
    """A number that its format shows with zeros; the text is what is shown."""
    ROUNDED: Final = 4
    """A number of more digits than a spreadsheet keeps: the last ones are made up."""
    DATE: Final = 8
    """Stored as a date, whatever was typed."""
    BOOLEAN: Final = 16
    """True or false."""
    ERROR: Final = 32
    """A formula's failure, as ``#N/A``."""
    FORMULA: Final = 64
    """Calculated; the text is the result that was stored."""
    NO_RESULT: Final = 128
    """Calculated, and no result was stored."""
    MERGED: Final = 256
    """Covered by a cell beside or above it with which it is merged: it holds nothing of its own."""
    UNWRAPPED: Final = 512
    """Written ``="…"`` to keep its zeros; the text is what stood in the quotes."""


class Line(Struct, frozen=True):
    """A row of the spreadsheet, ``number`` as its program counts it. Cells that are empty at its end may be missing."""

    number: int
    cells: tuple[str, ...]
    marks: Mapping[int, int] = {}
    is_hidden: bool = False

    def text(self, column: int) -> str:
        """The text of a cell, without the blanks around it."""
        return self.cells[column].strip() if column < len(self.cells) else ""


class Table(Struct, frozen=True):
    """All rows that are not blank, and how many columns there are.

    ``document`` is the SHA-256 of the file; ``remarks`` are about it as a whole.
    """

    file: str
    document: str
    lines: tuple[Line, ...]
    width: int
    sheet: str | None = None
    hidden_columns: frozenset[int] = frozenset()
    remarks: tuple[Problem, ...] = ()


def letters_of(column: int) -> str:
    """The name of a column, as spreadsheets call it: A for 0, AA for 26."""
    name = ""
    left = column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
