"""Text that people write: names, notes, reasons. NFC, bounded, nothing in it that hides or turns other text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from uidmanager.core.errors import Problem

NAME_LENGTH: Final = 80
CODE_LENGTH: Final = 12
NOTE_LENGTH: Final = 1000
VERSION_LENGTH: Final = 64

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})").fullmatch
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z").fullmatch
_DAY_LENGTH: Final = 10
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NOT_TEXT: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"  # of category Cf, but Persian and Indic names need them
_WITHOUT_JOINERS: Final = str.maketrans("", "", _JOINERS)
_NOTHING_TO_SEE: Final = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and marks without ink


def tidy(text: str) -> str:
    """The text as it is kept: NFC, without outer blanks. What is wrong with it is left for `check_text` to find."""
    return unicodedata.normalize("NFC", text.strip())


def name_key(name: str) -> str:
    """What two names that are the same to a person have in common: NFC, case-folded, blanks folded, no joiners."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return " ".join(folded.translate(_WITHOUT_JOINERS).split())


def check_text(text: str, field: str, longest: int) -> tuple[Problem, ...]:
    """Why this text cannot be kept: too long, or a character that does not belong into a line of text."""
    problems = []
    if len(text) > longest:
        problems.append(
            Problem(
                "text.too_long",
                field,
                f"{len(text)} characters; there is room for {longest}. Shorten it by {len(text) - longest}.",
                longest,
            )
        )
    # No further than there is room: ten million characters that were pasted must not make the form wait.
    at = next((index for index, character in enumerate(text[:longest]) if is_foreign(character)), None)
    if at is not None:
        problems.append(
            Problem(
                "text.character",
                field,
                f"The character U+{ord(text[at]):04X} at position {at} cannot be shown in a line of text. Take it out.",
                at,
            )
        )
    return tuple(problems)


def is_time(text: str) -> bool:
    """Whether it is a time as ledgers write it: UTC with microseconds, of a day that there is."""
    return _TIME(text) is not None and is_day(text[:_DAY_LENGTH])


def is_day(text: str) -> bool:
    """Whether it is a day as ledgers write it, 2026-11-22, that there is."""
    found = _DAY(text)
    if found is None:
        return False
    year, month, day = map(int, found.groups())
    if not (year and 1 <= month <= len(_DAYS)):
        return False
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _DAYS[month - 1] + (is_leap and month == 2)  # noqa: PLR2004 (February)


def visible(text: str) -> str:
    """The text on one line; whatever moves a cursor, turns the direction or cannot be seen is written as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _JOINERS else _escape(c) for c in text)


def excerpt(text: str) -> str:
    """A text that may be anything, as a sentence can repeat it: on one line, and no longer than a name."""
    shown = visible(text[:NAME_LENGTH])
    return shown if len(text) <= NAME_LENGTH else f"{shown}… ({len(text)} characters)"


def in_whole_characters(text: str) -> str:
    """The text with halves of characters, which no file can hold, written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def is_foreign(character: str) -> bool:
    """Whether a character belongs into no line of text.

    Controls, halves of a character, private use, line ends, and what hides, turns or is not to be seen at all.
    """
    if character in _JOINERS:
        return False
    return unicodedata.category(character) in _NOT_TEXT or character in _NOTHING_TO_SEE
