"""CSV and TSV: encoding and delimiter recognised or as asked for, quoted cells with line breaks, bounded."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.takeover.table import Line, Mark
from uidmanager.sheets.encodings import ENCODINGS, Recognised, mark_of, recognised
from uidmanager.sheets.errors import DamagedSheetError, EncodingError, ForeignSheetError
from uidmanager.sheets.limits import LONGEST_CELL, Room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from uidmanager.app.ports import Progress

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""Those that are recognised and can be chosen."""

_LOOKED_AT: Final = 100
_SAYS_DELIMITER: Final = re.compile(r"sep=(.)[ \t]*(?:\r\n|\r|\n)")
_UNWRAPS: Final = re.compile(r'="([^"]*)"').fullmatch
_SOME: Final = 2000


class Delimited(Struct, frozen=True):
    """The lines of a text, and how it was read."""

    lines: tuple[Line, ...]
    encoding: str
    delimiter: str
    remarks: tuple[Problem, ...]


def read_delimited(
    where: Path, content: bytes, encoding: str | None, delimiter: str | None, progress: Progress
) -> Delimited:
    """Read a text as rows. Raises a `SheetError` for what is no table, or too large."""
    found = recognised(content) if encoding is None else _asked_for(content, encoding)
    if found.encoding is None:
        raise ForeignSheetError(where, f"no text, and no workbook that is known here ({found.why})")
    text = _decoded(where, content, found)
    said = _SAYS_DELIMITER.match(text)
    start = said.end() if said else 0
    chosen = delimiter or (said[1] if said and said[1] in DELIMITERS else None) or _recognised_delimiter(text[start:])
    lines = tuple(_lines(where, text, start, chosen, progress))
    how = "" if delimiter is None else ", as you chose"
    told_encoding = f"Read as {ENCODINGS[found.encoding]}, {found.why}."
    told_delimiter = f"The delimiter is a {DELIMITERS.get(chosen, chosen)}{how}."
    remarks = (_told_encoding(told_encoding, found), _notice_delimiter(told_delimiter))
    return Delimited(lines, found.encoding, chosen, remarks)


def _asked_for(content: bytes, encoding: str) -> Recognised:
    return Recognised(encoding, "as you chose", mark_of(content, encoding))


def _told_encoding(sentence: str, found: Recognised) -> Problem:
    """A guess is a caution: it always fits, and letters may be the wrong ones."""
    if found.encoding == "windows-1252" and found.why != "as you chose":
        sentence = f"{sentence} If letters look wrong, choose another encoding."
        return Problem("sheet.encoding_guessed", "encoding", sentence, None, Severity.CAUTION)
    mark = " A byte order mark stands before it, which is no part of the text." if found.mark else ""
    return Problem("sheet.encoding_said", "encoding", f"{sentence}{mark}", None, Severity.NOTICE)


def _notice_delimiter(sentence: str) -> Problem:
    return Problem("sheet.delimiter_said", "delimiter", sentence, None, Severity.NOTICE)


def _decoded(where: Path, content: bytes, found: Recognised) -> str:
    encoding = found.encoding or "utf-8"
    try:
        return content[found.mark :].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "windows-1252" and found.why != "as you chose":  # five bytes of it mean nothing
            return content.decode("iso-8859-15")
        raise EncodingError(where, ENCODINGS[encoding], found.mark + error.start) from error


def _recognised_delimiter(text: str) -> str:
    """The one that cuts most of the first rows into the same number of cells, more than one; else the comma."""
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0.0, 0) else ","


def _score(text: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter fits: the share of the rows that agree on a number of cells, and that number."""
    try:
        sizes = [len(row) for row, _ in zip(_cut(text, delimiter), range(_LOOKED_AT), strict=False) if row]
    except csv.Error:
        return 0.0, 0
    if not sizes:
        return 0.0, 0
    size, times = Counter(sizes).most_common(1)[0]
    return (times / len(sizes), size) if size > 1 else (0.0, 0)


def _cut(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _lines(where: Path, text: str, start: int, delimiter: str, progress: Progress) -> Iterator[Line]:
    room = Room(where)
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=delimiter, strict=True)
    before = 1 if start else 0
    at = before + 1
    done = 0
    try:
        for cells in reader:
            done += sum(map(len, cells)) + len(cells)
            if reader.line_num % _SOME == 0:
                progress("Reading the spreadsheet", min(1.0, done / max(1, len(text))))
            if any(cell and not cell.isspace() for cell in cells):
                room.take(at, len(cells), max(map(len, cells)))
                yield _line(at, cells)
            at = before + reader.line_num + 1
    except csv.Error as error:
        what = f"in the row that begins at line {at}, {_in_words(str(error))}"
        raise DamagedSheetError(where, what) from error


def _line(at: int, cells: list[str]) -> Line:
    """A row; what was written ``="0042"`` to keep its zeros is taken for what it says."""
    if not any(cell.startswith("=") for cell in cells):
        return Line(at, tuple(cells))
    marks: dict[int, int] = {}
    for column, cell in enumerate(cells):
        unwrapped = _UNWRAPS(cell.strip())
        if unwrapped:
            cells[column], marks[column] = unwrapped[1], Mark.UNWRAPPED
        elif cell.startswith("="):
            marks[column] = Mark.FORMULA | Mark.NO_RESULT
    return Line(at, tuple(cells), marks)


def _in_words(error: str) -> str:
    """What Python's reader finds wrong, for people."""
    if "unexpected end of data" in error:
        return "a quotation mark is never closed"
    if "field larger than" in error:
        return f"a cell has more than {LONGEST_CELL:,} characters; a quotation mark may be missing"
    if "expected after" in error:
        return "something stands between a closing quotation mark and the next delimiter; it may be another delimiter"
    return error
