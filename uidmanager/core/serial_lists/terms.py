"""What may stand between two separators of a list: a serial, several from one on, or why it can be neither."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from msgspec import Struct

from uidmanager.core.errors import Problem
from uidmanager.core.scheme import SERIAL_LENGTH
from uidmanager.core.texts import excerpt

MARK: Final = "\ufeff"  # a byte order mark, which some programs write before any text

_BETWEEN: Final = ",; \t\r\n\u00a0\u2028\u2029"
_DASHES: Final = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"  # a word processor writes another one than is typed
_DIGITS: Final = f"[0-9]{{1,{SERIAL_LENGTH}}}+"
_BLANKS: Final = "[ \u00a0]*+"
_END: Final = f"(?=[{_BETWEEN}]|\\Z)"


class Term(Struct, frozen=True, gc=False):
    """A serial, or so many from one on; where it can be neither, ``problem`` says why.

    ``is_next`` is whether it goes on from the highest there was.
    """

    first: str
    count: int = 1
    problem: Problem | None = None
    is_next: bool = False

    def serials(self) -> list[str]:
        """The serials, as they would be printed. ``count`` should be looked at before."""
        if self.count == 1:
            return [self.first]
        first, width = int(self.first), len(self.first)
        return [str(number).zfill(width) for number in range(first, first + self.count)]


@cache
def pattern() -> re.Pattern[str]:
    """What may stand between two separators; made when it is asked for, since to make it takes some milliseconds."""
    return re.compile(
        f"(?P<first>{_DIGITS}){_BLANKS}"
        f"(?:[{_DASHES}]{_BLANKS}(?P<last>{_DIGITS})|\\+{_BLANKS}(?P<more>{_DIGITS})){_END}"
        f"|(?P<next>~)(?:{_BLANKS}\\+{_BLANKS}(?P<after>{_DIGITS}))?{_END}"
        f'|"(?P<quoted>[^"\\r\\n]*+(?:""[^"\\r\\n]*+)*)"{_END}'
        f"|(?P<lone>[^{_BETWEEN}]++)"
    )


def read_term(found: re.Match[str], highest: str | None) -> Term:
    """What stands between two separators, as the pattern has found it."""
    text, at = found[0], found.start()
    if found["lone"] is not None:
        return Term(text, problem=_unclear(text, at))
    if found["quoted"] is not None:
        return Term(found["quoted"].replace('""', '"'))
    if found["next"] is not None:
        return _next(text, at, found["after"], highest)
    first, last, more = found["first"], found["last"], found["more"]
    if last is None:
        return Term(first, int(more) + 1)
    problem = _no_range(first, last, at)
    return Term(text, problem=problem) if problem else Term(first, int(last) - int(first) + 1)


def following(serial: str) -> str:
    """The serial after one of digits, as wide as that."""
    return str(int(serial) + 1).zfill(len(serial))


def has_zeros(digits: str) -> bool:
    """Whether zeros stand in front; zero itself has none."""
    return len(digits) > 1 and digits[0] == "0"


def is_plain(serial: str) -> bool:
    """Whether a serial is read as itself without quotes."""
    found = pattern().fullmatch(serial)
    is_lone = found is not None and found["lone"] is not None
    return is_lone and not serial.startswith(MARK) and _unclear(serial, 0) is None


def _unclear(text: str, at: int) -> Problem | None:
    """Why something cannot be taken as a serial as it stands, if so."""
    if text.startswith("~"):
        sentence = f"“{excerpt(text)}” is not clear. Write ~ for the next serial, ~+49 for the next one and 49 more."
        return Problem("list.next_unclear", "serial", sentence, at)
    if text.startswith('"'):
        sentence = (
            f"The quote before “{excerpt(text[1:])}” has no other one at the end of the serial. Put it there, or take "
            "this one out; a quote that belongs to the serial is written twice, in quotes."
        )
        return Problem("list.unclosed", "serial", sentence, at)
    return None


def _next(text: str, at: int, after: str | None, highest: str | None) -> Term:
    """The next serial after the highest, as wide as that, and so many more."""
    if highest is None:
        sentence = (
            "There is no serial of digits yet, of the product if one is chosen, from which ~ could go on. Write the "
            "first one, for instance 1001+49."
        )
        return Term(text, problem=Problem("list.no_highest", "serial", sentence, at))
    return Term(following(highest), int(after or 0) + 1, is_next=True)


def _no_range(first: str, last: str, at: int) -> Problem | None:
    """Why two numbers with a dash are no range, if so. A short end is not completed: it may as well be a count."""
    text = f"{first}-{last}"
    alone = f'If it is one serial, write it in quotes: “"{text}"”.'
    if int(last) < int(first):
        sentence = f"{text} ends before it begins. Write {_other_way(first, last)}. {alone}"
        return Problem("range.backwards", "serial", sentence, at)
    if len(first) != len(last) and (has_zeros(first) or has_zeros(last)):
        wide = max(len(first), len(last))
        sentence = (
            f"The ends of {text} are not of one width ({len(first)} and {len(last)} digits), so it is not clear which "
            f"zeros the serials have. Write {first.zfill(wide)}-{last.zfill(wide)}. {alone}"
        )
        return Problem("range.widths", "serial", sentence, at)
    return None


def _other_way(first: str, last: str) -> str:
    """What may be meant by a range that ends before it begins: an end that was shortened, a count, or the reverse."""
    if len(last) >= len(first):
        return f"{last}-{first}"
    whole = first[: -len(last)] + last
    meant = f"{first}-{whole}" if int(whole) >= int(first) else f"{last}-{first}"
    return f"{meant}, or {first}+{last} for {first} and {last} more"
