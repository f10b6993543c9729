"""AIM identifiers (ISO/IEC 15424), which a scanner can put before what it read: ``]``, a letter, a character."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

IDENTIFIER_LENGTH: Final = 3
_GS1: Final = frozenset({"]C1", "]e0", "]e1", "]e2", "]e3", "]d2", "]Q3", "]J1"})
_GTIN: Final = frozenset({"]E0", "]E1", "]E2", "]E3", "]E4"})
_NAMES: Final = {
    "A": "Code 39",
    "C": "Code 128",
    "d": "DataMatrix",
    "E": "EAN/UPC",
    "e": "GS1 DataBar",
    "F": "Codabar",
    "G": "Code 93",
    "I": "Interleaved 2 of 5",
    "J": "DotCode",
    "K": "Code 49",
    "M": "MSI",
    "O": "Codablock",
    "R": "2 of 5",
    "S": "2 of 5",
    "U": "MaxiCode",
    "X": "another kind of code",
    "Z": "no barcode",
    "L": "PDF417",
    "Q": "QR Code",
    "z": "Aztec",
}
_IDENTIFIER = re.compile(f"\\][{''.join(_NAMES)}][0-9A-Za-z]").match
_CROOKED = re.compile(r"[^0-9A-Za-z(\]](?:C1|d2|Q3|e0|c1|D2|q3)(?:[0-9]{2,4})").match


class Says(Enum):
    """What an AIM identifier says of the text after it."""

    GS1 = auto()
    GTIN = auto()
    PLAIN = auto()


def identifier_of(text: str) -> str | None:
    """The AIM identifier at the head of a text, if there is one.

    ``D`` and ``c`` stand for kinds of code that nobody prints; they come from ``d`` and ``C`` with Caps Lock on.
    """
    found = _IDENTIFIER(text)
    return found[0] if found else None


def is_crooked(text: str) -> bool:
    """Whether this begins like an identifier that came through another keyboard layout: ``+d201…`` for ``]d201…``."""
    return (text.startswith("]") and identifier_of(text) is None) or _CROOKED(text) is not None


def what_it_says(identifier: str) -> Says:
    """What a text with this identifier is."""
    if identifier in _GS1:
        return Says.GS1
    return Says.GTIN if identifier in _GTIN else Says.PLAIN


def name_of(identifier: str) -> str:
    """What people call this kind of code."""
    name = _NAMES[identifier[1]]
    if what_it_says(identifier) is Says.GS1 and not name.startswith("GS1"):
        return "GS1-128" if name == "Code 128" else f"GS1 {name}"
    return name
