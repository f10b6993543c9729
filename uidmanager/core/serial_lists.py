"""Many serials in one text, as people write them: `1001-1050, 1001+49, ~+5`. What it comes to, and where each stands.

Serials are parted by commas, semicolons, blanks, tabs and line ends, as many as there are. ``a-b`` is from a to b,
``a+n`` is a and n more, ``~`` is the next after the highest there is. Zeros in front keep the width. What is in
double quotes is one serial whatever it looks like; a quote in it is written twice. Anything else is a serial as it
stands, and whether it may be one is for the rules of the registry to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem
from uidmanager.core.scheme import LARGEST_BATCH, SERIAL_LENGTH
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_TEXT: Final = LARGEST_BATCH * (SERIAL_LENGTH + 2)
"""No batch needs more characters, each serial with a line end of Windows."""

_BETWEEN: Final = ",; \t\r\n\u00a0\u2028\u2029"
_DASHES: Final = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"  # a word processor writes another one than is typed
_DIGITS: Final = f"[0-9]{{1,{SERIAL_LENGTH}}}+"
_BLANKS: Final = "[ \u00a0]*+"
_END: Final = f"(?=[{_BETWEEN}]|\\Z)"
_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")
_MARK: Final = "\ufeff"  # a byte order mark, which some programs write before any text
_A_RUN: Final = 3  # so many in a row are shorter as a range


class Listed(Struct, frozen=True, gc=False):
    """One row of a list: a serial as it would be printed, and the place in the text of what it comes from.

    Where what stands there comes to no serial, ``problem`` says why, and ``serial`` is what stands there.
    """

    serial: str
    at: int
    end: int
    line: int
    problem: Problem | None = None


class Listing(Struct, frozen=True):
    """What a text comes to: its rows in their order; no row where ``problems`` are, which are about the whole.

    ``highest`` is the serial after which a further list goes on with ``~``.
    """

    rows: tuple[Listed, ...] = ()
    problems: tuple[Problem, ...] = ()
    highest: str | None = None


class _Term(Struct, frozen=True, gc=False):
    """A serial, or several from one on; ``fault`` has code and sentence where it can be neither."""

    first: str
    count: int = 1
    fault: tuple[str, str] | None = None


def read_list(text: str, highest: str | None = None, *, most: int = LARGEST_BATCH, before: int = 0) -> Listing:
    """The serials that a text names, each with its place; how many they are is known before any of them is made.

    ``highest`` is the highest serial there is, as printed, which ``~`` goes on from; None where there is none.
    ``before`` is how many were named before this text, and count.
    """
    if len(text) > LONGEST_TEXT:
        sentence = (
            f"{len(text):,} characters; a list of serials has at most {LONGEST_TEXT:,}. Check what was pasted, or "
            "assign them in several batches."
        )
        return Listing((), (Problem("list.too_long", "serial", sentence, LONGEST_TEXT),), highest)
    line_ends = [found.end() for found in _LINE_END.finditer(text)]
    rows: list[Listed] = []
    for found in _term().finditer(text, 1 if text.startswith(_MARK) else 0):
        term = _read(found, highest)
        line = bisect_right(line_ends, found.start()) + 1
        count = before + len(rows) + term.count
        if count > most:
            return Listing((), (_too_many(found, line, count, most),), highest)
        where = (found.start(), found.end(), line)
        if term.fault is not None:
            code, sentence = term.fault
            rows.append(Listed(term.first, *where, Problem(code, "serial", sentence, found.start())))
            continue
        serials = list(_serials(term))
        rows.extend(Listed(serial, *where) for serial in serials)
        if found["next"]:
            highest = serials[-1]
    return Listing(tuple(rows), (), highest)


def in_short(serials: Iterable[str]) -> str:
    """A list that reads back as these very serials: those that follow one another as ranges, odd ones in quotes.

    A serial must have no line end in it.
    """
    return ", ".join(piece for run in _runs(serials) for piece in _written(run))


@cache
def _term() -> re.Pattern[str]:
    """What may stand between two separators; made when it is asked for, since to make it takes some milliseconds."""
    return re.compile(
        f"(?P<first>{_DIGITS}){_BLANKS}"
        f"(?:[{_DASHES}]{_BLANKS}(?P<last>{_DIGITS})|\\+{_BLANKS}(?P<more>{_DIGITS})){_END}"
        f"|(?P<next>~)(?:{_BLANKS}\\+{_BLANKS}(?P<after>{_DIGITS}))?+{_END}"
        f'|"(?P<quoted>(?:[^"\\r\\n]|"")*+)"{_END}'
        f"|(?P<lone>[^{_BETWEEN}]++)"
    )


def _read(found: re.Match[str], highest: str | None) -> _Term:
    """What stands between two separators."""
    text = found[0]
    if found["lone"] is not None:
        return _Term(text, fault=_unclear(text))
    if found["quoted"] is not None:
        return _Term(found["quoted"].replace('""', '"'))
    if found["next"] is not None:
        return _next(text, found["after"], highest)
    first, last, more = found["first"], found["last"], found["more"]
    if last is None:
        return _Term(first, int(more) + 1)
    fault = _no_range(first, last)
    return _Term(text, fault=fault) if fault else _Term(first, int(last) - int(first) + 1)


def _unclear(text: str) -> tuple[str, str] | None:
    """Why something cannot be taken as a serial as it stands, if so."""
    if text.startswith("~"):
        sentence = f"“{excerpt(text)}” is not clear. Write ~ for the next serial, ~+49 for the next one and 49 more."
        return "list.next_unclear", sentence
    if text.startswith('"'):
        sentence = (
            f"The quote before “{excerpt(text[1:])}” has no other one at the end of the serial. Put it there, or take "
            "this one out; a quote that belongs to the serial is written twice, in quotes."
        )
        return "list.unclosed", sentence
    return None


def _next(text: str, after: str | None, highest: str | None) -> _Term:
    """The next serial after the highest, as wide as that, and so many more."""
    if highest is None:
        sentence = (
            "There is no serial of digits yet, of the product if one is chosen, from which ~ could go on. Write the "
            "first one, for instance 1001+49."
        )
        return _Term(text, fault=("list.no_highest", sentence))
    return _Term(_following(highest), int(after or 0) + 1)


def _no_range(first: str, last: str) -> tuple[str, str] | None:
    """Why two numbers with a dash are no range, if so. A short end is not completed: it may as well be a count."""
    text = f"{first}-{last}"
    alone = f'If it is one serial, write it in quotes: “"{text}"”.'
    if int(last) < int(first):
        meant = first[: -len(last)] + last if len(last) < len(first) else ""
        whole = f"{first}-{meant}" if meant and int(meant) >= int(first) else f"{last}-{first}"
        sentence = (
            f"{text} ends before it begins. Write {whole}, or {first}+{last} for {first} and {last} more. {alone}"
        )
        return "range.backwards", sentence
    if len(first) != len(last) and (_has_zeros(first) or _has_zeros(last)):
        wide = max(len(first), len(last))
        sentence = (
            f"The ends of {text} are not of one width ({len(first)} and {len(last)} digits), so it is not clear which "
            f"zeros the serials have. Write {first.zfill(wide)}-{last.zfill(wide)}. {alone}"
        )
        return "range.widths", sentence
    return None


def _too_many(found: re.Match[str], line: int, count: int, most: int) -> Problem:
    sentence = (
        f"With “{excerpt(found[0])}” in line {line:,} the list has {count:,} serials; {most:,} is the most at once. "
        "Check what is written there, or assign them in several batches."
    )
    return Problem("batch.too_large", "serial", sentence, found.start())


def _serials(term: _Term) -> Iterator[str]:
    if term.count == 1:
        yield term.first
        return
    first, width = int(term.first), len(term.first)
    yield from (str(number).zfill(width) for number in range(first, first + term.count))


def _following(serial: str) -> str:
    return str(int(serial) + 1).zfill(len(serial))


def _has_zeros(digits: str) -> bool:
    return len(digits) > 1 and digits[0] == "0"


def _runs(serials: Iterable[str]) -> Iterator[list[str]]:
    """Serials that follow one another together; a run never grows wider than zeros in front would let it."""
    run: list[str] = []
    for serial in serials:
        if (
            run
            and _is_number(run[-1])
            and serial == _following(run[-1])
            and (len(serial) == len(run[0]) or not _has_zeros(run[0]))
        ):
            run.append(serial)
            continue
        if run:
            yield run
        run = [serial]
    if run:
        yield run


def _written(run: list[str]) -> list[str]:
    if len(run) >= _A_RUN and _is_number(run[-1]):
        return [f"{run[0]}-{run[-1]}"]
    return [serial if _is_plain(serial) else '"' + serial.replace('"', '""') + '"' for serial in run]


def _is_number(serial: str) -> bool:
    return len(serial) <= SERIAL_LENGTH and serial.isascii() and serial.isdigit()


def _is_plain(serial: str) -> bool:
    found = _term().fullmatch(serial)
    is_lone = found is not None and found["lone"] is not None
    return is_lone and not serial.startswith(_MARK) and _unclear(serial) is None
