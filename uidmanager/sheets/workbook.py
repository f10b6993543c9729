"""XLSX: which sheets there are, and the rows of one, with what its formats, formulas, merged and hidden cells tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.takeover.table import Line, Mark, letters_of
from uidmanager.core.texts import excerpt
from uidmanager.sheets.cells import Cells, Merged, Row, SharedTexts
from uidmanager.sheets.errors import DamagedSheetError, EmptySheetError, NoSuchSheetError
from uidmanager.sheets.limits import LONGEST_CELL, MOST_CELLS
from uidmanager.sheets.numbers import as_formats
from uidmanager.sheets.parts import target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from uidmanager.app.ports import Progress
    from uidmanager.sheets.parts import Parts

_USUAL_BOOK: Final = "xl/workbook.xml"
_ROOT_RELATIONS: Final = "_rels/.rels"
_TRUE: Final = frozenset({"1", "true"})
_BYTES_A_ROW: Final = 300  # about; for the progress only


class SheetName(Struct, frozen=True):
    """A sheet that can be chosen."""

    name: str
    is_hidden: bool = False


class Workbook(Struct, frozen=True):
    """The lines of one sheet of a workbook, and which others there are."""

    lines: tuple[Line, ...]
    sheet: str
    sheets: tuple[SheetName, ...]
    hidden_columns: frozenset[int]
    remarks: tuple[Problem, ...]


class _Book(Struct):
    """What stands in the parts that are about the whole workbook."""

    sheets: list[tuple[SheetName, str]]
    since_1904: bool = False
    texts: str | None = None
    styles: str | None = None


def main_part(parts: Parts) -> str:
    """The part that an archive names as its document; the usual one where it names none."""
    found: list[str] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(target("", attributes.get("Target", "")))

    if _ROOT_RELATIONS in parts:
        parts.parse(_ROOT_RELATIONS, begin, _nothing, _nothing)
    return next((name for name in found if name in parts), _USUAL_BOOK)


def read_workbook(parts: Parts, main: str, named: str | None, progress: Progress) -> Workbook:
    """Read one sheet of the workbook in the part ``main``: the one that is named, else the first not hidden.

    Raises a `SheetError`.
    """
    book = _book(parts, main)
    name, part = _sheet_meant(parts.where, book, named)
    rows = max(1, parts.size(part) // _BYTES_A_ROW)

    def told(row: int) -> None:
        if row % 500 == 0:
            progress("Reading the spreadsheet", min(0.9, row / rows))

    cells = Cells(parts.where, _formats(parts, book), since_1904=book.since_1904, told=told)
    parts.parse(part, cells.begin, cells.end, cells.take)
    wanted = {cell for row in cells.rows for cell in row.cells.values() if isinstance(cell, int)}
    progress("Reading the spreadsheet", 0.9)
    texts = _texts(parts, book, wanted)
    _mark_merged(parts.where, cells.rows, cells.merged)
    lines = tuple(line for line in (_line(parts.where, row, texts) for row in cells.rows) if line is not None)
    names = tuple(each for each, _part in book.sheets)
    remarks = tuple(_remarks(name, names, lines, cells))
    return Workbook(lines, name.name, names, frozenset(cells.hidden_columns), remarks)


def _book(parts: Parts, main: str) -> _Book:
    book = _Book([])
    relations = _relations(parts, main)
    for kind, place in relations.values():
        if kind.endswith("/sharedStrings"):
            book.texts = place
        elif kind.endswith("/styles"):
            book.styles = place

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            book.since_1904 = attributes.get("date1904") in _TRUE
        elif tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            kind, place = relations.get(relation, ("", ""))
            if kind.endswith("/worksheet"):  # not a chart, which has no cells
                is_hidden = attributes.get("state", "visible") != "visible"
                book.sheets.append((SheetName(attributes.get("name", ""), is_hidden), place))

    parts.parse(main, begin, _nothing, _nothing)
    return book


def _relations(parts: Parts, main: str) -> dict[str, tuple[str, str]]:
    """The parts that the workbook refers to, by the names it has for them: their kind, their place."""
    found: dict[str, tuple[str, str]] = {}

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            place = target(main, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), place)

    folder, _, name = main.rpartition("/")
    parts.parse(f"{folder}/_rels/{name}.rels", begin, _nothing, _nothing)
    return found


def _sheet_meant(where: Path, book: _Book, named: str | None) -> tuple[SheetName, str]:
    if not book.sheets:
        raise DamagedSheetError(where, "it has no sheet with cells")
    if named is None:
        return next((each for each in book.sheets if not each[0].is_hidden), book.sheets[0])
    meant = [each for each in book.sheets if each[0].name == named]
    meant = meant or [each for each in book.sheets if each[0].name.casefold() == named.strip().casefold()]
    if not meant:
        raise NoSuchSheetError(where, excerpt(named), ", ".join(f"“{excerpt(each.name)}”" for each, _ in book.sheets))
    return meant[0]


def _formats(parts: Parts, book: _Book) -> list[tuple[str | None, bool]]:
    """The number formats of the cells' styles, in their order."""
    codes: dict[int, str] = {}
    ids: list[int] = []
    inside: list[str] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        inside.append(tag)
        number = attributes.get("numFmtId", "0")
        if not (number.isascii() and number.isdigit()):
            number = "0"
        if tag == "numFmt" and "numFmts" in inside[-2:]:
            codes[int(number[:9])] = attributes.get("formatCode", "")
        elif tag == "xf" and "cellXfs" in inside[-2:]:
            ids.append(int(number[:9]))

    def end(_tag: str) -> None:
        inside.pop()

    if book.styles is None or book.styles not in parts:
        return []
    parts.parse(book.styles, begin, end, _nothing)
    return as_formats(codes, ids)


def _texts(parts: Parts, book: _Book, wanted: set[int]) -> dict[int, str]:
    if not wanted:
        return {}
    if book.texts is None:
        raise DamagedSheetError(parts.where, "its texts are missing")
    shared = SharedTexts(wanted)
    parts.parse(book.texts, shared.begin, shared.end, shared.take)
    return shared.texts


def _line(where: Path, row: Row, texts: dict[int, str]) -> Line | None:
    """A row with its texts; None where all of them are blank."""
    cells = [""] * (max(row.cells) + 1)
    for column, cell in row.cells.items():
        if isinstance(cell, str):
            cells[column] = cell
        elif cell in texts:
            cells[column] = texts[cell]
        else:
            raise DamagedSheetError(where, f"cell {letters_of(column)}{row.number} has a text that is not there")
    if max(map(len, cells)) > LONGEST_CELL:
        raise DamagedSheetError(where, f"row {row.number:,} has a cell of more than {LONGEST_CELL:,} characters")
    if not row.marks and all(not cell or cell.isspace() for cell in cells):
        return None
    return Line(row.number, tuple(cells), row.marks, row.is_hidden)


def _mark_merged(where: Path, rows: list[Row], merged: Iterable[Merged]) -> None:
    """Mark the cells that are covered by the first of a range with which they are merged."""
    numbers = [row.number for row in rows]
    width = max((max(row.cells) for row in rows), default=0)
    work = 0
    for each in merged:
        for row in rows[bisect_left(numbers, each.top) : bisect_right(numbers, each.bottom)]:
            last = min(each.right, width)
            work += 1 + max(0, last - each.left)
            if work > MOST_CELLS:
                raise DamagedSheetError(where, "its merged cells cover one another")
            for column in range(each.left, last + 1):
                if (row.number, column) != (each.top, each.left):
                    row.marks[column] = row.marks.get(column, 0) | Mark.MERGED


def _remarks(name: SheetName, names: tuple[SheetName, ...], lines: tuple[Line, ...], cells: Cells) -> Iterable[Problem]:
    hidden = sum(line.is_hidden for line in lines)
    if name.is_hidden:
        sentence = f"The sheet “{excerpt(name.name)}” is hidden in the workbook. Make sure that it is the one you mean."
        yield Problem("sheet.hidden_sheet", "sheet", sentence, None, Severity.CAUTION)
    if len(names) > 1:
        others = ", ".join(
            f"“{excerpt(each.name)}”{' (hidden)' if each.is_hidden else ''}" for each in names if each != name
        )
        sentence = f"The sheet “{excerpt(name.name)}” is read; the workbook has others: {others}."
        yield Problem("sheet.sheet_said", "sheet", sentence, None, Severity.NOTICE)
    if hidden:
        sentence = (
            f"{hidden:,} of the rows are hidden or filtered out in the spreadsheet; they are read like all others."
        )
        yield Problem("sheet.hidden_rows", "sheet", sentence, None, Severity.CAUTION)
    if cells.hidden_columns:
        columns = ", ".join(letters_of(column) for column in sorted(cells.hidden_columns)[:10])
        sentence = f"Hidden in the spreadsheet: column {columns}{' …' if len(cells.hidden_columns) > 10 else ''}."  # noqa: PLR2004 (enough for a sentence)
        yield Problem("sheet.hidden_columns", "sheet", sentence, None, Severity.CAUTION)


def empty(where: Path, sheet: str) -> EmptySheetError:
    """A sheet without a single row."""
    return EmptySheetError(where, f"The sheet “{excerpt(sheet)}”")


def _nothing(*_told: object) -> None:
    """What is not looked at."""
