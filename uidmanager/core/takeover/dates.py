"""Days as spreadsheets write them: taken where they can mean one day only, or as the person says they are meant."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from uidmanager.core.errors import Problem
from uidmanager.core.texts import excerpt, is_day


class DateForm(StrEnum):
    """In which order the parts of a day stand. A year of four digits in front is understood whatever is chosen."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\.?").fullmatch
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})").fullmatch
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}").fullmatch
_TIME: Final = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp][Mm]|Z)?$")
_LAST_MONTH: Final = 12


def read_day(text: str, form: DateForm | None) -> tuple[str | None, tuple[Problem, ...]]:
    """The day as 2019-03-04, or why it cannot be told. A time of day behind it is left out."""
    bare = _TIME.sub("", text.strip())
    year_first = _YEAR_FIRST(bare)
    if year_first:
        return _checked(text, *year_first.groups())
    found = _YEAR_LAST(bare)
    if found is None:
        return None, (_unknown(text, has_short_year=bool(_SHORT_YEAR(bare))),)
    first, mark, second, year = found.groups()
    order = _order(int(first), int(second), form, is_dotted=mark == ".")
    if order is None:
        sentence = (
            f"“{excerpt(text)}” may be {year}-{second:0>2}-{first:0>2} or {year}-{first:0>2}-{second:0>2}. Say in "
            "which order day and month stand."
        )
        return None, (Problem("takeover.date_ambiguous", "date", sentence),)
    day, month = (first, second) if order is DateForm.DAY_FIRST else (second, first)
    return _checked(text, year, month, day)


def _order(first: int, second: int, form: DateForm | None, *, is_dotted: bool) -> DateForm | None:
    """Which of two numbers before a year is the day; with dots between them, wherever they are used, the first."""
    if form is not None:
        return form
    if is_dotted or first == second or first > _LAST_MONTH >= second:
        return DateForm.DAY_FIRST
    return DateForm.MONTH_FIRST if second > _LAST_MONTH >= first else None


def _checked(text: str, year: str, month: str, day: str) -> tuple[str | None, tuple[Problem, ...]]:
    written = f"{year}-{month:0>2}-{day:0>2}"
    if is_day(written):
        return written, ()
    sentence = f"“{excerpt(text)}” is no day that there is. Check it, or the order in which day and month are taken."
    return None, (Problem("takeover.date_unknown", "date", sentence),)


def _unknown(text: str, *, has_short_year: bool) -> Problem:
    why = "has a year of two digits" if has_short_year else "is not understood as a day"
    sentence = f"“{excerpt(text)}” {why}. Write year, month and day with dashes, as in 2019-03-04."
    return Problem("takeover.date_unknown", "date", sentence)
