"""A text as it arrives from a scanner: without its line end, with real separators, and what form it has."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from msgspec import Struct

from uidmanager.core.barcodes.gtin import has_right_check_digit
from uidmanager.core.barcodes.identifiers import GTIN, SERIAL, identifier_at
from uidmanager.core.barcodes.read import GS, SHOWN_GS
from uidmanager.core.barcodes.settings import Mode, ScannerSettings
from uidmanager.core.barcodes.symbologies import (
    IDENTIFIER_LENGTH,
    Says,
    identifier_of,
    is_crooked,
    name_of,
    what_it_says,
)
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.texts import visible

LONGEST_SCAN: Final = 512
_OUTER: Final = " \t\r\n\u00a0"
_SOH: Final = "\x01\x02"  # scanners can be set to announce a scan with SOH or STX
_PICTURE_OF_DEL: Final = 0x2421
_DEL: Final = 0x7F
_PICTURES: Final = 0x2400  # as a field shows control characters
_CONTROL = re.compile(r"[\x00-\x1c\x1e\x1f\x7f-\x9f\u2400-\u241c\u241e\u241f\u2421]")
_PARENTHESES = re.compile(r"\(([0-9]{2,4})\)").match
_UNIT_LENGTH: Final = len(GTIN) + 14 + len(SERIAL)


class Form(Enum):
    """What a text is, before anybody has looked at what it says."""

    PLAIN = auto()  # a serial as it is
    GS1 = auto()  # element strings
    HUMAN_READABLE = auto()  # element strings with their identifiers in parentheses
    GTIN = auto()  # what a shop's till reads: a product, no unit of it


class Arrived(Struct, frozen=True):
    """A text without its line end and its AIM identifier. ``start`` is where ``data`` begins in ``scanned``."""

    scanned: str
    data: str
    form: Form
    symbology: str | None = None
    start: int = 0
    problems: tuple[Problem, ...] = ()


def arrive(text: str, settings: ScannerSettings) -> Arrived:
    """The text as it arrived; positions in its problems count in ``scanned``."""
    bare = text[: LONGEST_SCAN * 4].strip(_OUTER).lstrip(_SOH).strip(_OUTER)
    if len(bare) > LONGEST_SCAN or len(text) > LONGEST_SCAN * 4:
        return _too_long(text)
    symbology = identifier_of(bare)
    says = None if symbology is None else what_it_says(symbology)
    is_plain = says is Says.PLAIN or (says is None and settings.mode is Mode.PLAIN)
    full = bare if is_plain else _with_separators(bare, settings.stand_in_text)
    scanned = visible(full.replace(GS, SHOWN_GS))
    start = IDENTIFIER_LENGTH if symbology else 0
    data = full[start:]
    foreign = _CONTROL.search(full)
    if foreign is not None:
        return Arrived(scanned, data, Form.PLAIN, symbology, start, (_control(foreign),))
    if symbology is None and is_crooked(full):
        return Arrived(scanned, data, Form.PLAIN, None, 0, (_no_identifier(scanned),))
    form, problems = _form(data, says, settings.mode)
    if form is Form.PLAIN:
        problems = (*problems, *_separator(data, symbology, start))
    return Arrived(scanned, data, form, symbology, start, problems)


def _form(data: str, says: Says | None, mode: Mode) -> tuple[Form, tuple[Problem, ...]]:
    """What this is, and what to say where nobody else has said it."""
    if says in {Says.GS1, Says.GTIN}:
        return (Form.GS1 if says is Says.GS1 else Form.GTIN), ()
    if says is None and mode is Mode.PLAIN:
        return Form.PLAIN, ()
    found = _PARENTHESES(data)
    if found and identifier_at(found[1]) == found[1]:
        sentence = "Read as a GS1 code in writing, with its identifiers in parentheses."
        return Form.HUMAN_READABLE, (Problem("scan.human_readable", "serial", sentence, 0, Severity.NOTICE),)
    if says is None and mode is Mode.GS1:
        return Form.GS1, ()
    if says is None and (GS in data or _names_a_unit(data)):
        return Form.GS1, (_taken_as_gs1(),)
    return Form.PLAIN, ()


def _taken_as_gs1() -> Problem:
    sentence = (
        "Read as GS1, although the scanner did not say which kind of code it is. Set it to send AIM identifiers; "
        "Help ▸ Try my scanner shows whether it does."
    )
    return Problem("scan.taken_as_gs1", "serial", sentence, 0, Severity.NOTICE)


def _names_a_unit(data: str) -> bool:
    """Whether this begins with a whole GTIN and goes on with a serial, so that it is hardly a serial itself."""
    digits = data[len(GTIN) : _UNIT_LENGTH - len(SERIAL)]
    return (
        data.startswith(GTIN)
        and len(data) > _UNIT_LENGTH
        and data[_UNIT_LENGTH - len(SERIAL) : _UNIT_LENGTH] == SERIAL
        and has_right_check_digit(digits)
    )


def _with_separators(text: str, stand_in: str) -> str:
    """The text with the separator wherever something stands for it."""
    text = text.replace(SHOWN_GS, GS)
    return text.replace(stand_in, GS) if stand_in else text


def _too_long(text: str) -> Arrived:
    sentence = (
        f"{len(text)} characters; no code on a unit holds more than {LONGEST_SCAN}. Scan one code at a time; for many "
        "serials at once there are ranges and the import."
    )
    shown = visible(text[:LONGEST_SCAN].replace(GS, SHOWN_GS)) + "…"
    return Arrived(shown, "", Form.PLAIN, problems=(Problem("scan.too_long", "serial", sentence, LONGEST_SCAN),))


def _control(found: re.Match[str]) -> Problem:
    if found[0] in "\r\n":
        sentence = f"There is a line end at position {found.start()}, so these are several. Range… takes many at once."
        return Problem("scan.several_lines", "serial", sentence, found.start())
    code = ord(found[0]) % _PICTURES if ord(found[0]) != _PICTURE_OF_DEL else _DEL
    what = f"There is a control character (U+{code:04X}) at position {found.start()}, which no serial has."
    sentence = f"{what} Scan again; if it stays so, Help ▸ Try my scanner shows what the scanner sends."
    return Problem("scan.character", "serial", sentence, found.start())


def _no_identifier(scanned: str) -> Problem:
    sentence = (
        f"“{scanned[:IDENTIFIER_LENGTH]}” looks like an AIM identifier, but is none. Turn Caps Lock off, scan again; "
        "if it stays so, the scanner types for another keyboard layout than this computer has: Help ▸ Try my scanner."
    )
    return Problem("scan.unknown_identifier", "serial", sentence, 0)


def _separator(data: str, symbology: str | None, start: int) -> tuple[Problem, ...]:
    """A plain code has no separators; one that has was meant as GS1 and made wrongly."""
    at = next((index for index, character in enumerate(data) if character in {GS, SHOWN_GS}), None)
    if at is None:
        return ()
    said = f"{symbology} says a plain {name_of(symbology)}" if symbology else "the scanner is set up for plain serials"
    sentence = (
        f"There is a separator (GS) at position {at + start}, but {said}. Nothing is guessed: have the code made as "
        "GS1, with FNC1 at its beginning, or type the serial."
    )
    return (Problem("scan.separator_in_plain", "serial", sentence, at + start),)
