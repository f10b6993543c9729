"""Rows as a table for reading: columns of one width, no tabs, and nothing in it that a terminal would obey."""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import TYPE_CHECKING, Final

from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report, Row, Value
    from uidmanager.writers.stamp import Stamp

_GAP: Final = "  "
_JOINERS: Final = "\u200c\u200d"  # not to be seen, but Persian and Indic names need them


def write(report: Report, stamp: Stamp, progress: Progress) -> bytes:
    """The report in UTF-8, with a head that says whose it is, what proves it, and who made it when."""
    from uidmanager.writers.provenance import provenance  # noqa: PLC0415 (commands that only list do without)
    from uidmanager.writers.watched import watched  # noqa: PLC0415 (the same)

    head = pairs((("Report", report.title), *provenance(report, stamp)))
    return f"{head}\n{table(report.fields, watched(report.rows, progress))}".encode()


def table(fields: Sequence[str], rows: Iterable[Row]) -> str:
    """The rows under the names of their fields. Numbers stand to the right, what there is none of is left empty."""
    kept = list(rows)
    columns = [_column(field, [row[field] for row in kept]) for field in fields]
    return "".join(f"{_GAP.join(cells).rstrip()}\n" for cells in zip(*columns, strict=True))


def pairs(values: Iterable[tuple[str, Value]]) -> str:
    """Names and values, one pair a line."""
    kept = list(values)
    names = max((len(name) for name, _ in kept), default=0)
    return "".join(f"{name:<{names}}{_GAP}{_shown(value)}".rstrip() + "\n" for name, value in kept)


def _column(field: str, values: list[Value]) -> list[str]:
    """The cells of one column, the header first, all of one width."""
    cells = [_shown(value) for value in values]
    width = max(map(width_of, chain((field,), cells)))
    to_the_right = bool(values) and all(isinstance(value, int) for value in values)
    return [_padded(cell, width, to_the_right=to_the_right) for cell in chain((field,), cells)]


def _padded(cell: str, width: int, *, to_the_right: bool) -> str:
    blanks = " " * (width - width_of(cell))
    return blanks + cell if to_the_right else cell + blanks


def _shown(value: Value) -> str:
    return "" if value is None else visible(str(value))


def width_of(text: str) -> int:
    """How many columns of a terminal the text takes: wide characters take two, accents and joiners none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
