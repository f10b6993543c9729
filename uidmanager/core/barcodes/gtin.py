"""Global Trade Item Numbers (GS1 General Specifications): 8, 12, 13 or 14 digits; the last checks the others."""

from __future__ import annotations

import re
from typing import Final

from uidmanager.core.errors import Problem
from uidmanager.core.texts import excerpt

GTIN_LENGTH: Final = 14
_LENGTHS: Final = (8, 12, 13, 14)
_DIGITS: Final = re.compile(r"[0-9]+")


def check_digit(digits: str) -> str:
    """The digit that belongs after these: modulo 10, with the weights 3 and 1 from the right."""
    total = sum(int(digit) * (3, 1)[at % 2] for at, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def has_right_check_digit(digits: str) -> bool:
    """Whether the last of these digits fits the others."""
    return _DIGITS.fullmatch(digits) is not None and check_digit(digits[:-1]) == digits[-1]


def check_gtin(text: str) -> tuple[Problem, ...]:
    """Why this is no GTIN."""
    if not _DIGITS.fullmatch(text) or len(text) not in _LENGTHS or not text.strip("0"):
        sentence = (
            f"“{excerpt(text)}” is no GTIN: it has 8, 12, 13 or 14 digits and nothing else, and not only zeros. Read "
            "it again."
        )
        return (Problem("gtin.form", "gtin", sentence),)
    due = check_digit(text[:-1])
    if text[-1] == due:
        return ()
    sentence = (
        f"GTIN {text} ends with the check digit {text[-1]}, and {due} would fit: a digit is wrong or two are swapped. "
        "Read it again."
    )
    return (Problem("gtin.check_digit", "gtin", sentence, len(text) - 1),)


def read_gtin(text: str) -> str:
    """The GTIN in 14 digits, by which one is compared with another. It must be free of problems."""
    return text.zfill(GTIN_LENGTH)
