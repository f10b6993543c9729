"""How wide each column is, and whether the page must lie on its side for them: every value is measured first."""

from __future__ import annotations

import math
import re
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
_A_UID: Final = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
_UTC: Final = " UTC"
_WIDEST: Final = 52.0  # times the size: no column of prose asks for more
_ROUNDING: Final = 0.1  # places are written to the hundredth of a point
_MOST_AIR: Final = 26.0  # no column gets more than it needs by more than this


class _Way(NamedTuple):
    """On which side the page lies, how large its text is, and to how many times that which columns may be narrowed.

    The text of a narrowed column takes several lines. What is not named keeps the width of its widest value, and a
    column of prose that of the widest UID in it, if it ``keeps_uids``.
    """

    on_its_side: bool
    size: float
    narrowest: dict[Nature, float]
    keeps_uids: bool = True


_SMALL: Final[dict[Nature, float]] = {Nature.TEXT: 6.0, Nature.CODE: 6.6, Nature.WORD: 6.0}
_WAYS: Final = (
    _Way(False, look.TEXT, {Nature.TEXT: 11.5}),
    _Way(True, look.TEXT, {Nature.TEXT: 11.5}),
    _Way(True, 7.2, dict.fromkeys((Nature.TEXT, Nature.CODE, Nature.WORD), 8.0)),
    _Way(True, 6.6, _SMALL),
    _Way(True, 6.6, _SMALL, keeps_uids=False),
    _Way(True, 6.6, dict.fromkeys(Nature, 6.0), keeps_uids=False),
    _Way(True, 6.6, dict.fromkeys(Nature, 5.5), keeps_uids=False),
)
"""From best to last. The last with text in `_SMALL` widths has room for 64 characters in a column of UIDs on any paper;
the very last has room for fifteen columns of anything on Letter."""


class _Wish(NamedTuple):
    """What a column asks for, in times the size: its widest value or its head, and the widest UID in it."""

    width: float
    uid: float
    has_numbers_only: bool

    def least(self, way: _Way, nature: Nature) -> float:
        """To how many times the size it may be narrowed."""
        keeps = self.uid if way.keeps_uids else 0.0
        return min(self.width, max(keeps, way.narrowest.get(nature, math.inf)))


class Placed(NamedTuple):
    """A column in its place: from x on, so many points wide. Numbers stand to the right."""

    column: Column
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


def style_of(text: str, nature: Nature) -> Style:
    """What a value is set in: UIDs in digits of one width, wherever they stand."""
    is_code = nature in _IN_MONO or (nature is Nature.TEXT and _A_UID.fullmatch(text) is not None)
    return Style.MONO if is_code else Style.SANS


def laid_out(
    faces: Typefaces, columns: Sequence[Column], rows: Iterable[Row], paper: Paper, watch: Callable[[int], None]
) -> Layout:
    """The columns for these rows. ``watch`` is told the number of each row that is measured."""
    wishes = _measured(faces, columns, rows, watch)
    for way in _WAYS:
        width, height = sorted(paper.size, reverse=way.on_its_side)
        room = width - 2 * look.SIDE - look.GAP * (len(columns) - 1)
        leasts = [wish.least(way, column.nature) for column, wish in zip(columns, wishes, strict=True)]
        least = [each * way.size + _ROUNDING for each in leasts]
        if sum(least) <= room:
            break
    widths = _allotted(least, [wish.width * way.size + _ROUNDING for wish in wishes], room)
    return Layout(_placed(columns, widths, wishes), way.size, width, height)


def _measured(
    faces: Typefaces, columns: Sequence[Column], rows: Iterable[Row], watch: Callable[[int], None]
) -> list[_Wish]:
    """What each column asks for."""
    widest = [faces.width(column.title, Style.BOLD) for column in columns]
    uids = [0.0] * len(columns)
    numbers = [True] * len(columns)
    plan = [(place, column.field, column.nature) for place, column in enumerate(columns)]
    for number, row in enumerate(rows):
        watch(number)
        for place, field, nature in plan:
            value = row[field]
            text = shown(value, nature)
            style = style_of(text, nature)
            width = faces.width(text, style)
            widest[place] = max(widest[place], width)
            if style is Style.MONO and nature is Nature.TEXT:
                uids[place] = max(uids[place], width)
            numbers[place] = numbers[place] and isinstance(value, int)
    return [
        _Wish(min(width / EM, _WIDEST) if column.nature is Nature.TEXT else width / EM, uid / EM, has_numbers_only)
        for column, width, uid, has_numbers_only in zip(columns, widest, uids, numbers, strict=True)
    ]


def _allotted(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """At least the least of each; what is left goes to those that want more, in equal parts, then to all a little."""
    widths = list(least)
    while (spare := room - sum(widths)) > 1 and (hungry := [i for i, w in enumerate(widths) if w < wanted[i] - 0.01]):
        part = spare / len(hungry)
        for place in hungry:
            widths[place] = min(wanted[place], widths[place] + part)
    air = min(_MOST_AIR, max(0.0, room - sum(widths)) / len(widths))
    return [width + air for width in widths]


def _placed(columns: Sequence[Column], widths: Sequence[float], wishes: Sequence[_Wish]) -> tuple[Placed, ...]:
    x, placed = look.SIDE, []
    for column, width, wish in zip(columns, widths, wishes, strict=True):
        placed.append(Placed(column, x, width, wish.has_numbers_only))
        x += width + look.GAP
    return tuple(placed)
