"""What a number in a cell is, by its format: a number, a date, or digits with zeros that only the format shows."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from uidmanager.core.takeover.table import Mark

if TYPE_CHECKING:
    from collections.abc import Mapping

DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The numbers of the built-in formats that are dates or times, whatever the language."""
BUILT_IN: Final = {2: "0.00"}
"""Built-in formats of a fixed number of decimals; all others but dates add or take away nothing that matters here."""

_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS: Final = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_TIMES: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
_SHAPE: Final = re.compile(r'((?:"[^"]*"|\\.)*)(0+)(?:\.(0+))?((?:"[^"]*"|\\.)*)').fullmatch
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
_FULL_DIGITS: Final = 10**15
_LAST_DAY: Final = 2_958_466  # 9999-12-31, and one
_MISSING_DAY: Final = 60  # 1900-02-29, which there never was: the first spreadsheets had it
_LONGEST_SHAPE: Final = 64


def is_date_format(code: str) -> bool:
    """Whether a format shows a number as a date or a time."""
    first = code.partition(";")[0]
    return _TIMES.search(_BRACKETS.sub("", _QUOTED.sub("", first))) is not None and first.lower() != "general"


def number_text(stored: str, code: str | None, *, is_date: bool, since_1904: bool) -> tuple[str, int]:
    """The text of a number, and what is odd about it. What is no number is answered as it stands."""
    try:
        value = float(stored)
    except ValueError:
        return stored, 0
    if not math.isfinite(value):
        return stored, Mark.ERROR
    if is_date:
        return _day(value, stored, since_1904=since_1904), Mark.DATE
    if abs(value) >= _FULL_DIGITS:
        return f"{value:.0f}" if abs(value) < _FULL_DIGITS**2 else stored, Mark.NUMBER | Mark.ROUNDED
    shown = None if code is None else _shown(value, code)
    if shown is not None:
        return shown, Mark.NUMBER | Mark.SHAPED
    return (str(int(value)) if value.is_integer() else f"{value:.15g}"), Mark.NUMBER


def as_formats(codes: Mapping[int, str], ids: list[int]) -> list[tuple[str | None, bool]]:
    """For each style its format, as far as it matters here, and whether it is a date."""
    return [(codes.get(each) or BUILT_IN.get(each), _is_date(each, codes)) for each in ids]


def _is_date(number: int, codes: Mapping[int, str]) -> bool:
    return is_date_format(codes[number]) if number in codes else number in DATES


def _shown(value: float, code: str) -> str | None:
    """What is shown by a format that is nothing but zeros with words around them; None for other formats."""
    shape = _SHAPE(code.partition(";")[0])
    if shape is None or value < 0 or len(code) > _LONGEST_SHAPE:
        return None
    before, whole, decimals, after = shape.groups()
    if whole == "0" and not decimals and not before and not after:
        return None if value.is_integer() else f"{value:.0f}"
    width = len(whole) + (len(decimals) + 1 if decimals else 0)
    digits = f"{value:0{width}.{len(decimals or '')}f}"
    return _literal(before) + digits + _literal(after)


def _literal(text: str) -> str:
    return "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(text))


def _day(value: float, stored: str, *, since_1904: bool) -> str:
    """A date as ISO 8601, with its time where it has one; a time alone where it has no day."""
    if not 0 <= value < _LAST_DAY:
        return stored
    if value < 1 and not since_1904:
        return _time(datetime(1900, 1, 1) + timedelta(seconds=round(value * 86400)))  # noqa: DTZ001 (a wall's clock)
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31)  # noqa: DTZ001 (of no zone)
    days = value if since_1904 or value < _MISSING_DAY else value - 1
    try:
        moment = epoch + timedelta(seconds=round(days * 86400))
    except OverflowError:
        return stored
    return (
        f"{moment:%Y-%m-%d}"
        if not moment.hour + moment.minute + moment.second
        else f"{moment:%Y-%m-%d} {_time(moment)}"
    )


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}"
