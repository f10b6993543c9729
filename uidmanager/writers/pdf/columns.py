"""How wide each column is, and whether the page must lie on its side for them: every value is measured first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.reports import Nature
from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.faces import EM
from uidmanager.writers.pdf.typeface import Style
from uidmanager.writers.provenance import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from uidmanager.core.reports import Column, Row, Value
    from uidmanager.writers.pdf.paper import Paper
    from uidmanager.writers.pdf.typeface import Typefaces

_IN_MONO: Final = frozenset({Nature.UID, Nature.CODE})
_UTC: Final = " UTC"
_WIDEST: Final = 52.0  # times the size: no column of prose asks for more
_ROUNDING: Final = 0.1  # places are written to the hundredth of a point
_MOST_AIR: Final = 26.0  # no column gets more than it needs by more than this


class _Way(NamedTuple):
    """On which side the page lies, how large its text is, and to how many times that which columns may be narrowed.

    The text of a narrowed column takes several lines. What is not named keeps the width of its widest value.
    """

    on_its_side: bool
    size: float
    narrowest: dict[Nature, float]


_WAYS: Final = (
    _Way(False, look.TEXT, {Nature.TEXT: 11.5}),
    _Way(True, look.TEXT, {Nature.TEXT: 11.5}),
    _Way(True, 7.2, {Nature.TEXT: 8, Nature.CODE: 8, Nature.WORD: 8}),
    _Way(True, 6.6, {Nature.TEXT: 6, Nature.CODE: 6.6, Nature.WORD: 6}),
    _Way(True, 6.6, dict.fromkeys(Nature, 6)),
)
"""From best to last. The fourth has room for 64 characters in a column of UIDs on any paper, the last for anything."""


class Placed(NamedTuple):
    """A column in its place: from x on, so many points wide. Numbers stand to the right."""

    column: Column
    style: Style
    x: float
    width: float
    is_right: bool


class Layout(NamedTuple):
    """Where the columns stand on pages of this width and height, and the size of their text."""

    columns: tuple[Placed, ...]
    size: float
    width: float
    height: float


def shown(value: Value, nature: Nature) -> str:
    """A value as a reader sees it: times to the second, counts among prose with commas.

    A number in a column of numbers may be that of a product or an entry, which is looked for by its digits.
    """
    if value is None:
        return ""
    if nature is Nature.TIME:
        return moment(str(value)).removesuffix(_UTC)
    return f"{value:,}" if nature is Nature.TEXT and isinstance(value, int) else str(value)


def laid_out(
    faces: Typefaces, columns: Sequence[Column], rows: Iterable[Row], paper: Paper, watch: Callable[[int], None]
) -> Layout:
    """The columns for these rows. ``watch`` is told the number of each row that is measured."""
    ems, numbers = _measured(faces, columns, rows, watch)
    for way in _WAYS:
        width, height = sorted(paper.size, reverse=way.on_its_side)
        wanted = [each * way.size + _ROUNDING for each in ems]
        least = [
            min(wish, way.narrowest.get(column.nature, math.inf) * way.size)
            for column, wish in zip(columns, wanted, strict=True)
        ]
        room = width - 2 * look.SIDE - look.GAP * (len(columns) - 1)
        if sum(least) <= room:
            break
    return Layout(_placed(columns, _allotted(least, wanted, room), numbers), way.size, width, height)


def _measured(
    faces: Typefaces, columns: Sequence[Column], rows: Iterable[Row], watch: Callable[[int], None]
) -> tuple[list[float], list[bool]]:
    """What each column asks for, in times the size: its widest value, or its head; and whether it has numbers only."""
    widest = [faces.width(column.title, Style.BOLD) for column in columns]
    numbers = [True] * len(columns)
    plan = [(place, column.field, column.nature, _style(column)) for place, column in enumerate(columns)]
    for number, row in enumerate(rows):
        watch(number)
        for place, field, nature, style in plan:
            value = row[field]
            width = faces.width(shown(value, nature), style)
            widest[place] = max(widest[place], width)
            numbers[place] = numbers[place] and isinstance(value, int)
    asked = [
        min(width / EM, _WIDEST) if column.nature is Nature.TEXT else width / EM
        for column, width in zip(columns, widest, strict=True)
    ]
    return asked, numbers


def _style(column: Column) -> Style:
    return Style.MONO if column.nature in _IN_MONO else Style.SANS


def _allotted(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """At least the least of each; what is left goes to those that want more, in equal parts, then to all a little."""
    widths = list(least)
    while (spare := room - sum(widths)) > 1 and (hungry := [i for i, w in enumerate(widths) if w < wanted[i] - 0.01]):
        part = spare / len(hungry)
        for place in hungry:
            widths[place] = min(wanted[place], widths[place] + part)
    air = min(_MOST_AIR, max(0.0, room - sum(widths)) / len(widths))
    return [width + air for width in widths]


def _placed(columns: Sequence[Column], widths: Sequence[float], numbers: Sequence[bool]) -> tuple[Placed, ...]:
    x, placed = look.SIDE, []
    for column, width, is_right in zip(columns, widths, numbers, strict=True):
        placed.append(Placed(column, _style(column), x, width, is_right))
        x += width + look.GAP
    return tuple(placed)
