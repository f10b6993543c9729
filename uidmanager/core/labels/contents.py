"""What a code on a label says: the serial, the same as GS1 has it with the product's GTIN, or the installation root."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.barcodes import check_gtin
from uidmanager.core.barcodes.characters import first_foreign
from uidmanager.core.barcodes.gtin import GTIN_LENGTH
from uidmanager.core.barcodes.identifiers import LONGEST_SERIAL
from uidmanager.core.errors import Problem
from uidmanager.core.labels.templates import Symbol

if TYPE_CHECKING:
    from uidmanager.core.labels.units import Unit

_GTIN: Final = "01"
_SERIAL: Final = "21"


class CodeWish(StrEnum):
    """Whether a DataMatrix is to be GS1's: where the product has a GTIN, never, or always."""

    AUTO = "auto"
    PLAIN = "plain"
    GS1 = "gs1"


class Content(Struct, frozen=True, gc=False):
    """What one code says.

    ``text`` is what a scanner sends of it, without the AIM identifier. ``elements`` are the element strings of a GS1
    code, identifier and value, the device's identifier first (FDA: DI, then PI); any other code has none.
    """

    symbol: Symbol
    text: str
    elements: tuple[tuple[str, str], ...] = ()

    @property
    def is_gs1(self) -> bool:
        """Whether it is a code of GS1's."""
        return bool(self.elements)

    @property
    def parts(self) -> tuple[str, ...]:
        """The same for people; each part may stand on a line of its own."""
        return tuple(f"({identifier}){value}" for identifier, value in self.elements) or (self.text,)

    @property
    def shown(self) -> str:
        """The same for people, on one line."""
        return "".join(self.parts)


def content_of(unit: Unit, symbol: Symbol, wish: CodeWish) -> tuple[Content | None, tuple[Problem, ...]]:
    """What this code says of a unit, else why there can be no such code."""
    if symbol is Symbol.QR:
        return Content(symbol, unit.root), ()
    if wish is CodeWish.PLAIN or (wish is CodeWish.AUTO and unit.gtin is None):
        return _plain(unit)
    return _gs1(unit)


def _plain(unit: Unit) -> tuple[Content | None, tuple[Problem, ...]]:
    if unit.serial.isascii() and unit.serial.isprintable():
        return Content(Symbol.DATAMATRIX, unit.serial), ()
    sentence = f"Serial {unit.serial} has characters that scanners read in more than one way. It gets no code."
    return None, (Problem("label.serial_characters", "serial", sentence),)


def _gs1(unit: Unit) -> tuple[Content | None, tuple[Problem, ...]]:
    problems = (*_check_gtin(unit), *_check_serial(unit.serial))
    if problems or unit.gtin is None:
        return None, problems
    elements = ((_GTIN, unit.gtin), (_SERIAL, unit.serial))
    return Content(Symbol.DATAMATRIX, "".join(map("".join, elements)), elements), ()


def _check_gtin(unit: Unit) -> tuple[Problem, ...]:
    if unit.gtin is None:
        lacking = f"The product {unit.product} of unit {unit.serial} has" if unit.product else f"{unit.serial} has"
        sentence = f"{lacking} no GTIN, which a GS1 code needs. Set it at the product, or print the plain code."
        return (Problem("label.no_gtin", "code", sentence),)
    if len(unit.gtin) == GTIN_LENGTH and not check_gtin(unit.gtin):
        return ()
    sentence = f"{unit.gtin} is no GTIN of 14 digits with its check digit. Put it right at the product {unit.product}."
    return (Problem("label.gtin", "code", sentence),)


def _check_serial(serial: str) -> tuple[Problem, ...]:
    """AI (21): up to 20 characters of GS1's set 82 (GS1 General Specifications, 3.5.2 and figure 7.11-1)."""
    problems = []
    if len(serial) > LONGEST_SERIAL:
        sentence = (
            f"Serial {serial} has {len(serial)} characters; in a GS1 code there is room for {LONGEST_SERIAL} (AI 21). "
            "Print the plain code instead."
        )
        problems.append(Problem("label.serial_too_long", "serial", sentence, LONGEST_SERIAL))
    at = first_foreign(serial)
    if at is not None:
        sentence = f"“{serial[at]}” in serial {serial} is not among GS1's characters. Print the plain code instead."
        problems.append(Problem("label.serial_characters", "serial", sentence, at))
    return tuple(problems)
