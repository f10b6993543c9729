"""GS1's rules for what a label says: check digits, and the 82 characters of which serials are made."""

from __future__ import annotations

import re
from typing import Final

LONGEST_SERIAL: Final = 20
"""AI (21)."""

_SET_82: Final = frozenset("!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_GTIN = re.compile(r"[0-9]{14}").fullmatch


def foreign_in(serial: str) -> int | None:
    """The place of the first character that is not of GS1's set 82."""
    return next((place for place, character in enumerate(serial) if character not in _SET_82), None)


def is_gtin(text: str) -> bool:
    """Whether it is a GTIN of 14 digits, the last of which is right."""
    return _GTIN(text) is not None and check_digit(text[:-1]) == text[-1]


def check_digit(digits: str) -> str:
    """The digit behind these (GS1 General Specifications, 7.9.1): weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)
