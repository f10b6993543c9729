"""GS1 element strings taken apart by biip, one at a time, with our own checks before and after it.

biip alone would take the first characters of a value that is too long and read on in its middle, and takes digits of
any script for digits; so a value without a fixed length must reach to its separator, and characters are looked at
before biip sees them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from biip import ParseError
from biip.gs1_element_strings import GS1ElementString
from msgspec import Struct

from uidmanager.core.barcodes import GS, Element
from uidmanager.core.barcodes.characters import first_foreign
from uidmanager.core.barcodes.identifiers import SERIAL
from uidmanager.core.errors import Problem
from uidmanager.core.texts import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.barcodes import Arrived

_IDENTIFIER = re.compile(r"\(([0-9]{2,4})\)")


class Parted(Struct, frozen=True):
    """The elements up to the first that is none; ``is_ended`` when a separator came after the last of them."""

    elements: tuple[Element, ...]
    is_ended: bool = False
    problems: tuple[Problem, ...] = ()


class _NoElementError(Exception):
    """Nothing can be taken from this place on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def part(arrived: Arrived) -> Parted:
    """The elements of a code."""
    elements: list[Element] = []
    at = arrived.start
    try:
        for piece in arrived.data.split(GS):
            elements.extend(_elements(piece, at))
            at += len(piece) + 1
    except _NoElementError as error:
        return Parted(tuple(elements), problems=(error.problem,))
    return Parted(tuple(elements), arrived.data.endswith(GS))


def part_written(arrived: Arrived) -> Parted:
    """The elements of a code in writing: each value reaches to the next identifier in parentheses."""
    found = list(_IDENTIFIER.finditer(arrived.data))
    ends = [match.start() for match in found[1:]] + [len(arrived.data)]
    elements: list[Element] = []
    try:
        for match, end in zip(found, ends, strict=True):
            value = arrived.data[match.end() : end].strip()
            elements.append(_element(match[1], value, arrived.start + match.start()))
    except _NoElementError as error:
        return Parted(tuple(elements), problems=(error.problem,))
    return Parted(tuple(elements), is_ended=True)


def _element(ai: str, value: str, at: int) -> Element:
    """The one element that is written with this identifier."""
    taken = _elements(ai + value, at, written=True)
    if len(taken) != 1 or taken[0].ai != ai:
        raise _NoElementError(_no_element(f"({ai}) {value}", at))
    return taken[0]


def _elements(piece: str, at: int, *, written: bool = False) -> list[Element]:
    """The elements of what stands between two separators."""
    foreign = first_foreign(piece)
    if foreign is not None:
        raise _NoElementError(_foreign(piece[foreign], at + foreign))
    return list(_taken(piece, at, is_one=written))


def _taken(piece: str, at: int, *, is_one: bool) -> Iterator[Element]:
    rest = piece
    while rest:
        try:
            found = GS1ElementString.parse(rest) if is_one else GS1ElementString.extract(rest)
        except (ParseError, ValueError, ArithmeticError, LookupError, AssertionError) as error:
            raise _NoElementError(_no_element(rest, at)) from error
        ai, value = found.ai.ai, found.value
        taken = len(ai) + len(value)
        if found.ai.separator_required and taken < len(rest):
            raise _NoElementError(_too_long(ai, rest[len(ai) :], len(value), at + taken))
        if not taken or rest[:taken] != ai + value:
            raise _NoElementError(_no_element(rest, at))
        yield Element(ai, value)
        rest, at = rest[taken:], at + taken


def _foreign(character: str, at: int) -> Problem:
    sentence = (
        f"“{visible(character)}” (U+{ord(character):04X}) at position {at} is no character of a GS1 code. Scan again; "
        "if it stays so, the keyboard layout of the scanner may differ from this computer's, or something stands for "
        "the separator: see Help ▸ Try my scanner."
    )
    return Problem("scan.character", "serial", sentence, at)


def _no_element(rest: str, at: int) -> Problem:
    sentence = (
        f"“{excerpt(rest)}” at position {at} is no GS1 element: no known identifier with a value that fits it. Scan "
        "again; if it stays so, the code is made wrongly, or a separator is missing before it."
    )
    return Problem("scan.not_gs1", "serial", sentence, at)


def _too_long(ai: str, value: str, room: int, at: int) -> Problem:
    sentence = (
        f"({ai}) holds {len(value)} characters up to the next separator, of which {room} can be its value. A separator "
        "is missing, or the code is made wrongly. Set the scanner to send GS (FNC1 as ASCII 29); see Help ▸ Try my "
        "scanner."
    )
    if ai == SERIAL:
        return Problem("scan.serial_too_long", "serial", sentence, at)
    return Problem("scan.value_too_long", "serial", sentence, at)
