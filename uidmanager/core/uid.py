"""The rules of a UID: PS3.5 §9.1 for the form, X.660 for the first two arcs, PS3.5 §B.2 for the arc 2.25.

Strict, because this is what we issue. A component is kept as text: it may have more digits than any machine integer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from uidmanager.core.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_LENGTH = 64
_HIGHEST_UUID = str(2**128 - 1)
_COMPONENT = "(?:0|[1-9][0-9]*+)"
# All rules but one, in one pattern, which says yes or no and not why; its group is the arc under 2.25 if that is short
# enough to be a UUID. [0-9], never \d, which takes the digits of all scripts; fullmatch, never $, which lets a line
# feed through; *+ and {}+, since what was matched once need not be tried otherwise.
_WELL_FORMED = re.compile(
    r"(?:[01]\.(?:[0-9]|[1-3][0-9])"
    rf"|2\.(?:(?!25\.){_COMPONENT}|25\.(0|[1-9][0-9]{{0,{len(_HIGHEST_UUID) - 1}}}+)))"
    rf"(?:\.{_COMPONENT})*+"
).fullmatch
_FOREIGN_CHARACTER = re.compile(r"[^0-9.]")
_MISSING_COMPONENT = re.compile(r"\A\.|(?<=\.)\.|\.\Z")
_LEADING_ZERO = re.compile(r"(?:^|(?<=\.))0(?=[0-9])")


def check_uid(text: str) -> tuple[Problem, ...]:
    """All rules that ``text`` breaks as a UID to be issued; empty when it is a good one.

    Each problem's position is the 0-based index of the first offending character.
    """
    if is_uid(text):
        return ()
    if not text:
        return (
            Problem("uid.empty", "uid", "The UID is empty. Give numbers with dots between them, as in 1.2.840.1.", 0),
        )
    return tuple(problem for rule in _RULES for problem in rule(text))


def is_uid(text: str) -> bool:
    """Whether ``text`` may be issued as a UID."""
    found = _WELL_FORMED(text) if len(text) <= MAX_LENGTH else None
    if found is None:
        return False
    uuid = found[1]
    return uuid is None or len(uuid) < len(_HIGHEST_UUID) or uuid <= _HIGHEST_UUID


def is_under(uid: str, prefix: str) -> bool:
    """Whether ``uid`` is ``prefix`` or lies below it, component by component."""
    return uid == prefix or uid.startswith(prefix + ".")


def order_of(uid: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts dotted numbers as numbers, of any number of digits: 1.2.9 before 1.2.10."""
    return tuple((len(component), component) for component in uid.split("."))


def show(character: str) -> str:
    """A character so that a person recognises it: printable ones quoted, all with their code point when not ASCII."""
    if character == " ":
        return "a blank"
    if character.isascii() and character.isprintable():
        return f"“{character}”"
    code = f"U+{ord(character):04X}"
    return f"“{character}” ({code})" if character.isprintable() else code


def leading_zero(text: str) -> int | None:
    """Where the first number begins with a zero that is not its only digit; None where none does."""
    found = _LEADING_ZERO.search(text)
    return found.start() if found else None


def missing_number(text: str) -> int | None:
    """Where a dot has no number before it or, at the end, behind it; None where each has."""
    found = _MISSING_COMPONENT.search(text)
    return found.start() if found else None


def _characters(text: str) -> Iterator[Problem]:
    """PS3.5 §9.1: digits of ISO 646 and the full stop, nothing else."""
    found = _FOREIGN_CHARACTER.search(text)
    if found:
        yield Problem(
            "uid.character",
            "uid",
            f"{show(found[0])} at position {found.start()} is not allowed: a UID has only the digits 0 to 9 and dots. "
            "Take it out.",
            found.start(),
        )


def _empty_components(text: str) -> Iterator[Problem]:
    """PS3.5 §9.1: each component has at least one digit."""
    at = missing_number(text)
    if at is not None:
        yield Problem(
            "uid.empty_component",
            "uid",
            f"A number is missing beside the dot at position {at}. Take the dot out or put the number in.",
            at,
        )


def _leading_zeros(text: str) -> Iterator[Problem]:
    """PS3.5 §9.1: the first digit of a component is not 0 unless it is the only one."""
    at = leading_zero(text)
    if at is not None:
        yield Problem(
            "uid.leading_zero",
            "uid",
            f"The number at position {at} begins with a zero. Write it without leading zeros.",
            at,
        )


def _length(text: str) -> Iterator[Problem]:
    """PS3.5 §9.1: 64 characters in all, dots counted."""
    if len(text) > MAX_LENGTH:
        yield Problem(
            "uid.too_long",
            "uid",
            f"{len(text)} characters; a UID has at most {MAX_LENGTH}. Nothing is cut off: shorten it by "
            f"{len(text) - MAX_LENGTH}.",
            MAX_LENGTH,
        )


def _single_component(text: str) -> Iterator[Problem]:
    """X.660: an identifier has at least two arcs (the first two are encoded as one, X.690 §8.19)."""
    if "." not in text:
        yield Problem("uid.single_component", "uid", "A UID has at least two numbers with a dot between them.", 0)


def _first_arc(text: str) -> Iterator[Problem]:
    """X.660: the first arc is 0, 1 or 2."""
    value = _number(text.partition(".")[0])
    if value and value not in {"0", "1", "2"}:
        yield Problem("uid.first_arc", "uid", f"The first number is {_short(value)}; it can only be 0, 1 or 2.", 0)


def _second_arc(text: str) -> Iterator[Problem]:
    """X.660: under 0 and 1 the second arc is 0 to 39."""
    first, dot, rest = text.partition(".")
    value = _number(rest.partition(".")[0])
    if dot and value and _number(first) in {"0", "1"} and order_of(value) > order_of("39"):
        yield Problem(
            "uid.second_arc",
            "uid",
            f"The second number is {_short(value)}; after {_number(first)} it can be at most 39.",
            len(first) + 1,
        )


def _uuid_range(text: str) -> Iterator[Problem]:
    """PS3.5 §B.2, X.667: the arc under 2.25 is a UUID, so below 2 to the power of 128."""
    arcs = text.split(".", 3)
    if len(arcs) > 2 and [_number(arc) for arc in arcs[:2]] == ["2", "25"]:  # noqa: PLR2004 (the arc after 2.25)
        value = _number(arcs[2])
        if value and order_of(value) > order_of(_HIGHEST_UUID):
            yield Problem(
                "uid.uuid_range",
                "uid",
                f"The number after 2.25 is not a UUID: it is larger than {_HIGHEST_UUID}.",
                len(arcs[0]) + len(arcs[1]) + 2,
            )


def _number(component: str) -> str:
    """The digits without leading zeros; empty when it is not a number."""
    return (component.lstrip("0") or "0") if component and not _FOREIGN_CHARACTER.search(component) else ""


def _short(number: str) -> str:
    """A number as a sentence can hold it."""
    return number if len(number) <= MAX_LENGTH else f"{number[:12]}… ({len(number)} digits)"


_RULES: tuple[Callable[[str], Iterator[Problem]], ...] = (
    _characters,
    _empty_components,
    _leading_zeros,
    _length,
    _single_component,
    _first_arc,
    _second_arc,
    _uuid_range,
)
