"""The rows of one worksheet, as its XML is gone through; texts that cells share are taken afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.takeover.table import Mark
from uidmanager.sheets.errors import DamagedSheetError
from uidmanager.sheets.limits import LONGEST_CELL, MOST_COLUMNS, Room
from uidmanager.sheets.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE).fullmatch
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE: Final = frozenset({"1", "true", "on"})
_MOST_MERGED: Final = 50_000
_PER_MERGE: Final = 2


class Row(Struct):
    """A row while it is read. A cell is a text, or the place of one among the shared texts."""

    number: int
    is_hidden: bool
    cells: dict[int, str | int]
    marks: dict[int, int]


class Merged(Struct, frozen=True):
    """A range of cells that are one; rows count from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


class Cells:
    """Takes what a parser tells of a worksheet. ``formats`` are those of its styles."""

    def __init__(
        self,
        where: Path,
        formats: list[tuple[str | None, bool]],
        *,
        since_1904: bool,
        told: Callable[[int], None],
    ) -> None:
        self.rows: list[Row] = []
        self.hidden_columns: set[int] = set()
        self.merged: list[Merged] = []
        self._where = where
        self._formats = formats
        self._since_1904 = since_1904
        self._told = told
        self._room = Room(where)
        self._row = Row(0, False, {}, {})
        self._column = -1
        self._kind = "n"
        self._style = 0
        self._is_text = False
        self._value = ""
        self._has_formula = False
        self._is_phonetic = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in {"v", "t"}:
            self._is_text = not self._is_phonetic
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            number = _whole(attributes.get("r"), self._row.number + 1)
            self._row = Row(number, attributes.get("hidden") in _TRUE, {}, {})
            self._column = -1
        elif tag == "rPh":
            self._is_phonetic = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            first, last = _whole(attributes.get("min"), 0), _whole(attributes.get("max"), 0)
            self.hidden_columns.update(range(max(first - 1, 0), min(last, MOST_COLUMNS)))

    def take(self, text: str) -> None:
        """Text between elements."""
        if self._is_text:
            self._value += text

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in {"v", "t"}:
            self._is_text = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self._is_phonetic = False

    # -- inside ------------------------------------------------------------------------------------------------------

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE(attributes.get("r", ""))
        self._column = column_of(place[1]) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = _whole(attributes.get("s"), 0)
        self._value, self._has_formula = "", False

    def _end_cell(self) -> None:
        mark = Mark.FORMULA if self._has_formula else 0
        if not self._value and not mark:
            return
        text, odd = self._read()
        mark |= odd
        if mark & Mark.FORMULA and not self._value:
            mark |= Mark.NO_RESULT
        self._row.cells[self._column] = text
        if mark:
            self._row.marks[self._column] = mark

    def _read(self) -> tuple[str | int, int]:  # noqa: PLR0911 (one for each type of cell)
        value = self._value
        match self._kind:
            case "s":
                return _whole(value.strip(), -1), 0
            case "str" | "inlineStr":
                return unescaped(value), 0
            case "b":
                return ("TRUE" if value.strip() in _TRUE else "FALSE"), Mark.BOOLEAN
            case "e":
                return value, Mark.ERROR
            case "d":
                return value.removesuffix("T00:00:00").replace("T", " "), Mark.DATE
            case _ if not value:
                return "", 0
            case _:
                code, is_date = self._formats[self._style] if 0 <= self._style < len(self._formats) else (None, False)
                return number_text(value.strip(), code, is_date=is_date, since_1904=self._since_1904)

    def _end_row(self) -> None:
        row = self._row
        self._told(row.number)
        if any(isinstance(cell, int) or not cell.isspace() for cell in row.cells.values()) or row.marks:
            if row.number <= (self.rows[-1].number if self.rows else 0):
                raise DamagedSheetError(self._where, f"row {row.number:,} stands where a later one is due")
            longest = max((len(cell) for cell in row.cells.values() if isinstance(cell, str)), default=0)
            self._room.take(row.number, max(row.cells) + 1, longest)
            self.rows.append(row)

    def _merge(self, reference: str) -> None:
        ends = [_REFERENCE(end) for end in reference.split(":")]
        if len(ends) != _PER_MERGE or not all(ends):
            return
        if len(self.merged) >= _MOST_MERGED:
            raise DamagedSheetError(self._where, f"more than {_MOST_MERGED:,} ranges of cells are merged")
        (left, top), (right, bottom) = ((column_of(end[1]), int(end[2])) for end in ends if end)
        self.merged.append(Merged(top, left, bottom, min(right, MOST_COLUMNS)))


class SharedTexts:
    """Keeps those of a workbook's shared texts that are wanted, by their places."""

    def __init__(self, wanted: set[int]) -> None:
        self.texts: dict[int, str] = {}
        self._wanted = wanted
        self._place = -1
        self._pieces: list[str] = []
        self._is_text = self._is_phonetic = False

    def begin(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "si":
            self._place += 1
            self._pieces = []
        elif tag == "t":
            self._is_text = not self._is_phonetic and self._place in self._wanted
        elif tag == "rPh":
            self._is_phonetic = True

    def take(self, text: str) -> None:
        """Text between elements."""
        if self._is_text:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "si" and self._place in self._wanted:
            self.texts[self._place] = unescaped("".join(self._pieces))[: LONGEST_CELL + 1]
        elif tag == "t":
            self._is_text = False
        elif tag == "rPh":
            self._is_phonetic = False


def column_of(letters: str) -> int:
    """The place of a column, from 0, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def unescaped(text: str) -> str:
    """The text with characters that XML cannot hold, which are written ``_x000D_``."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else otherwise  # noqa: PLR2004 (a row's number has 7)
