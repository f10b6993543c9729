"""Application identifiers of the GS1 General Specifications, as far as serials are concerned: how to tell one.

The library that takes codes apart knows all of them. This table is for what it does not look for: a separator that
never came, so that one value holds the next identifier as well.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from uidmanager.core.barcodes.characters import first_foreign, is_digits
from uidmanager.core.barcodes.gtin import has_right_check_digit

SERIAL: Final = "21"
GTIN: Final = "01"
LONGEST_SERIAL: Final = 20
_DATE = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])").fullmatch
_CHECKED: Final = 14  # digits of a GTIN
_SSCC: Final = 18


class Identifier(Struct, frozen=True, gc=False):
    """What follows an identifier: ``fixed`` digits, then up to ``longest`` characters until a separator or the end."""

    name: str
    fixed: int = 0
    longest: int = 0
    is_date: bool = False
    is_checked: bool = False
    takes_digits: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether a hit within other digits is hardly chance: a date, or a check digit."""
        return self.is_date or self.is_checked


IDENTIFIERS: Final[dict[str, Identifier]] = {
    "00": Identifier("SSCC", _SSCC, is_checked=True),
    "01": Identifier("GTIN", _CHECKED, is_checked=True),
    "02": Identifier("GTIN of the content", _CHECKED, is_checked=True),
    "10": Identifier("batch or lot", longest=20),
    **{
        ai: Identifier(name, 6, is_date=True)
        for ai, name in (
            ("11", "production date"),
            ("12", "due date"),
            ("13", "packaging date"),
            ("15", "best before date"),
            ("16", "sell by date"),
            ("17", "expiration date"),
        )
    },
    "20": Identifier("variant", 2),
    "21": Identifier("serial", longest=LONGEST_SERIAL),
    "22": Identifier("consumer product variant", longest=20),
    "235": Identifier("third-party serial", longest=28),
    "240": Identifier("additional item identification", longest=30),
    "241": Identifier("customer part number", longest=30),
    "242": Identifier("made-to-order variation", longest=6, takes_digits=True),
    "243": Identifier("packaging component", longest=20),
    "250": Identifier("secondary serial", longest=30),
    "251": Identifier("reference to source", longest=30),
    "30": Identifier("count", longest=8, takes_digits=True),
    "37": Identifier("count of items", longest=8, takes_digits=True),
    "400": Identifier("order number", longest=30),
    "8003": Identifier("returnable asset", _CHECKED, longest=16, is_checked=True),
    "8004": Identifier("individual asset", longest=30),
    "8010": Identifier("component or part", longest=30),
    "8011": Identifier("serial of a component or part", longest=12, takes_digits=True),
    "8012": Identifier("software version", longest=20),
    "8013": Identifier("global model number", longest=25),
    "90": Identifier("agreed between partners", longest=30),
    **{str(number): Identifier("company internal", longest=90) for number in range(91, 100)},
}
_LENGTHS: Final = sorted({len(ai) for ai in IDENTIFIERS})
_LONG: Final = max(_LENGTHS)


def swallowed(value: str) -> tuple[int, str] | None:
    """Where in this value another identifier begins that reads to its end, and which: a separator never came.

    Only what is hardly chance counts: dates, check digits, identifiers of four digits. ``10`` or ``240`` can stand in
    any serial, so a value that was swallowed with one of those is not told from a longer serial.
    """
    for at in range(1, len(value)):
        ai = identifier_at(value[at:])
        if ai is not None and (len(ai) == _LONG or IDENTIFIERS[ai].is_telling) and _reads_to_end(value[at:]):
            return at, ai
    return None


def identifier_at(text: str) -> str | None:
    """The identifier of our table at the head of a text."""
    return next((text[:length] for length in _LENGTHS if text[:length] in IDENTIFIERS), None)


def _reads_to_end(text: str) -> bool:
    """Whether the text is whole elements of our table, one after the other."""
    rest = text
    while rest:
        ai = identifier_at(rest)
        if ai is None:
            return False
        identifier, rest = IDENTIFIERS[ai], rest[len(ai) :]
        if not _fits(identifier, rest[: identifier.fixed]):
            return False
        rest = rest[identifier.fixed :]
        if identifier.longest:
            return _fills(identifier, rest)
    return True


def _fits(identifier: Identifier, digits: str) -> bool:
    """Whether these can be the digits of fixed number."""
    if not identifier.fixed:
        return True
    if len(digits) != identifier.fixed or not is_digits(digits):
        return False
    if identifier.is_date:
        return _DATE(digits) is not None
    return not identifier.is_checked or has_right_check_digit(digits)


def _fills(identifier: Identifier, rest: str) -> bool:
    """Whether the rest can be the value of no fixed length, to its end."""
    if len(rest) > identifier.longest or (not rest and not identifier.fixed):
        return False
    return is_digits(rest) if identifier.takes_digits else first_foreign(rest) is None
