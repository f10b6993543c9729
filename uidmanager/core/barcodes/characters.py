"""The characters that GS1 codes hold: the 82 of the GS1 General Specifications, figure 7.11-1 (CSET 82)."""

from __future__ import annotations

import re
from typing import Final

not_in_cset: Final = re.compile(r"""[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]""").search
"""The first character of a text that no value of a GS1 code can hold."""
_DIGITS: Final = re.compile(r"[0-9]+").fullmatch


def is_in_cset(character: str) -> bool:
    """Whether a GS1 code can hold this character in a value."""
    return not_in_cset(character) is None


def first_foreign(text: str) -> int | None:
    """Where the first character is that no value of a GS1 code can hold."""
    found = not_in_cset(text)
    return found.start() if found else None


def is_digits(text: str) -> bool:
    """Whether it is digits, of ASCII only, and at least one."""
    return _DIGITS(text) is not None
