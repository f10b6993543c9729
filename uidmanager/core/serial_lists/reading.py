"""A text that names many serials, read: which they are, and where each stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from msgspec import Struct

from uidmanager.core.errors import Problem
from uidmanager.core.scheme import LARGEST_BATCH, SERIAL_LENGTH
from uidmanager.core.serial_lists.terms import MARK, pattern, read_term
from uidmanager.core.texts import excerpt

LONGEST_TEXT: Final = LARGEST_BATCH * (SERIAL_LENGTH + 2)
"""No batch needs more characters, each serial with a line end of Windows."""

_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")


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
    for found in pattern().finditer(text, 1 if text.startswith(MARK) else 0):
        term = read_term(found, highest)
        line = bisect_right(line_ends, found.start()) + 1
        count = before + len(rows) + term.count
        if count > most:
            return Listing((), (_too_many(found, line, count, most),), highest)
        where = (found.start(), found.end(), line, term.problem)
        rows.extend(Listed(serial, *where) for serial in term.serials())
        if term.is_next:
            highest = rows[-1].serial
    return Listing(tuple(rows), (), highest)


def _too_many(found: re.Match[str], line: int, count: int, most: int) -> Problem:
    sentence = (
        f"With “{excerpt(found[0])}” in line {line:,} the list has {count:,} serials; {most:,} is the most at once. "
        "Check what is written there, or assign them in several batches."
    )
    return Problem("batch.too_large", "serial", sentence, found.start())
