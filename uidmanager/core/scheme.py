"""From versions and serials to components, from components to UIDs. What changes on the way is said, never silent."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.barcodes.characters import not_in_cset
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.uid import MAX_LENGTH, leading_zero, missing_number, show

if TYPE_CHECKING:
    from uidmanager.core.records import Scheme

SERIAL_LENGTH: Final = 64
LARGEST_BATCH: Final = 100_000  # serials at once: a batch is one line of the ledger, and a line is bounded
LONGEST_INSTALLATION_ROOT: Final = 62  # of 64 characters: a dot and one digit must follow
_OUTER_BLANKS: Final = " \t\r\n\u00a0"  # not all that Python calls blank: a scanner's GS (U+001D) has a meaning
_ARC = re.compile(r"0|[1-9][0-9]{0,8}")
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_CAPITALS: Final = {ord(small): small.upper() for small in "abcdefghijklmnopqrstuvwxyz"}
_NOT_IN_A_VERSION = re.compile(r"[^0-9.]")


class Meaning(StrEnum):
    """What a part of a UID stands for."""

    ROOT = "root"
    ARC = "arc"
    PRODUCT = "product"
    VERSION = "version"
    SERIAL = "serial"
    INDEX = "index"
    SUFFIX = "suffix"


class Part(Struct, frozen=True, gc=False):
    """Some components of a UID that mean one thing; joined by dots the parts are the UID."""

    text: str
    meaning: Meaning


class Reading(Struct, frozen=True, gc=False):
    """A serial or version as read: the text as it is kept, its numeric form (None when it has none), what to say."""

    text: str
    numeric: str | None
    problems: tuple[Problem, ...] = ()


def class_uid(root: str, scheme: Scheme, product: int, numeric: str) -> str:
    """The Implementation Class UID of a release (PS3.7 §D.3.3.2). Nothing is ever appended to it."""
    return f"{root}.{scheme.releases}.{product}.{numeric}"


def class_uid_parts(root: str, scheme: Scheme, product: int, numeric: str) -> tuple[Part, ...]:
    """`class_uid` taken apart."""
    return (
        Part(root, Meaning.ROOT),
        Part(scheme.releases, Meaning.ARC),
        Part(str(product), Meaning.PRODUCT),
        Part(numeric, Meaning.VERSION),
    )


def installations_arc(root: str, scheme: Scheme) -> str:
    """The UID under which installations stand whose component is their serial's."""
    return f"{root}.{scheme.installations}"


def installation_root(root: str, scheme: Scheme, component: str) -> str:
    """The root under which one piece of equipment makes its own UIDs. One with an index has its arc with it."""
    return f"{root}.{component}" if "." in component else f"{root}.{scheme.installations}.{component}"


def installation_root_parts(root: str, scheme: Scheme, component: str) -> tuple[Part, ...]:
    """`installation_root` taken apart."""
    arc, _, index = component.partition(".")
    if index:
        return Part(root, Meaning.ROOT), Part(arc, Meaning.ARC), Part(index, Meaning.INDEX)
    return Part(root, Meaning.ROOT), Part(scheme.installations, Meaning.ARC), Part(component, Meaning.SERIAL)


def is_arc(text: str) -> bool:
    """Whether this can be an arc: one number of at most nine digits."""
    return _ARC.fullmatch(text) is not None


def indexed_key(serial: str) -> str:
    """What two serials with an index that are the same have in common: no outer blanks, capitals for a to z."""
    return serial.strip(_OUTER_BLANKS).translate(_CAPITALS)


def is_index(text: str) -> bool:
    """Whether this can be an index: a number as it stands in UIDs, of no more characters than a UID has."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_LENGTH and without_zeros(text) == text


def read_indexed_serial(text: str) -> Reading:
    """A serial that is to have an index; its `indexed_key` stands where others have their numeric form.

    The characters are those that GS1 has for serials, CSET 82, which are in ISO/IEC 646 the same everywhere.
    """
    serial = text.strip(_OUTER_BLANKS)
    unfit = _unfit_in_any(serial)
    if unfit:
        return Reading(serial, None, unfit)
    foreign = not_in_cset(serial)
    if foreign:
        return Reading(serial, None, (_not_in_cset(serial, foreign[0], foreign.start()),))
    return Reading(serial, indexed_key(serial))


def read_serial(text: str) -> Reading:
    """The component of a serial: its digits without leading zeros. ``0`` and ``000`` are the component 0.

    Outer blanks and a scanner's line end are trimmed without a word; any other character that is not an ASCII digit
    refuses the serial, since the scheme has no number for it.
    """
    serial = text.strip(_OUTER_BLANKS)
    unfit = _unfit_in_any(serial)
    if unfit:
        return Reading(serial, None, unfit)
    foreign = _NOT_A_DIGIT.search(serial)
    if foreign:
        return Reading(serial, None, (_not_numeric(serial, foreign[0], foreign.start()),))
    component = without_zeros(serial)
    if component == serial:
        return Reading(serial, component)
    zeros = len(serial) - len(component)
    sentence = f"Leading {'zero' if zeros == 1 else 'zeros'} dropped: {serial} → {component}."
    return Reading(serial, component, (Problem("serial.leading_zeros", "serial", sentence, 0, Severity.NOTICE),))


def read_version(text: str, numeric: str | None = None) -> Reading:
    """The numeric form of a version: ``4.5.0.3`` as it is, ``v2024.01`` as ``2024.1`` with two notices.

    Letters have no number; ``numeric`` gives the form in numbers apart from the text.
    """
    version = text.strip(_OUTER_BLANKS)
    if not version:
        return Reading("", None, (Problem("version.empty", "version", "Give the version, for instance 4.5.0.3.", 0),))
    if numeric is not None:
        given = _read_numbers(numeric.strip(_OUTER_BLANKS), "numeric")
        return Reading(version, given.numeric, given.problems)
    if version[0] in "vV" and version[1:2].isascii() and version[1:2].isdigit():
        given = _read_numbers(version[1:], "version", dropped=1)
        sentence = f"The leading “{version[0]}” is not part of the UID: {version} → {version[1:]}."
        notice = Problem("version.v_dropped", "version", sentence, 0, Severity.NOTICE)
        return Reading(version, given.numeric, (notice, *given.problems))
    given = _read_numbers(version, "version")
    return Reading(version, given.numeric, given.problems)


def without_zeros(digits: str) -> str:
    """A number without leading zeros; zero itself stays ``0``."""
    return digits.lstrip("0") or "0"


def _unfit_in_any(serial: str) -> tuple[Problem, ...]:
    """What no serial can be, whether it is a number or not."""
    if not serial:
        return (Problem("serial.empty", "serial", "Scan or type the serial number.", 0),)
    if len(serial) > SERIAL_LENGTH:
        sentence = f"{len(serial)} characters; a serial has at most {SERIAL_LENGTH}. Check what was scanned."
        return (Problem("serial.too_long", "serial", sentence, SERIAL_LENGTH),)
    return ()


def _not_in_cset(serial: str, character: str, at: int) -> Problem:
    """The refusal of a serial with something in it that is in no serial with an index."""
    what = f"{show(character)} at position {at} of {show_text(serial)}"
    if character in _OUTER_BLANKS:
        sentence = f"There is {what}. Check for two serials in one field, or take the blank out."
    else:
        sentence = f"{what} is in no serial: they have letters A to Z, digits and plain marks such as “-” and “/”."
    return Problem("serial.character", "serial", sentence, at)


def _read_numbers(text: str, field: str, dropped: int = 0) -> Reading:
    """Numbers with dots between them; ``dropped`` characters before them count in the positions."""
    foreign = _NOT_IN_A_VERSION.search(text)
    if foreign or not text:
        at = foreign.start() if foreign else 0
        what = (
            f"{show(foreign[0])} at position {at + dropped} has no number" if foreign else "The numeric form is empty"
        )
        sentence = f"{what}. A UID has only numbers: give the version's numeric form as well, for instance 2.0.0."
        return Reading(text, None, (Problem("version.not_numeric", field, sentence, at + dropped),))
    missing = missing_number(text)
    if missing is not None:
        at = missing + dropped
        sentence = f"A number is missing beside the dot at position {at}. Take the dot out or put the number in."
        return Reading(text, None, (Problem("version.empty_component", field, sentence, at),))
    numeric = ".".join(without_zeros(number) for number in text.split("."))
    zero = leading_zero(text)
    if zero is None:
        return Reading(text, numeric)
    at = zero + dropped
    sentence = f"Leading zeros dropped: {text} → {numeric}."
    return Reading(text, numeric, (Problem("version.leading_zeros", field, sentence, at, Severity.NOTICE),))


def _not_numeric(serial: str, character: str, at: int) -> Problem:
    """The refusal of a serial with something in it that is no ASCII digit, in words that fit what it is."""
    what = f"{show(character)} at position {at} of {show_text(serial)}"
    if character in _OUTER_BLANKS:
        sentence = (
            f"There is {what}. A serial is one number: check for two serials in one field, or take the blank out."
        )
    elif character.isdecimal():
        sentence = f"{what} is a digit of another script. Type the serial with the digits 0 to 9."
    elif character.isalpha() or character in "-_/":
        sentence = (
            f"{what} is not a digit. The letters are not dropped, since two units could then become one. Give the unit "
            "a numeric serial, or choose a product whose serials have an index each."
        )
    else:
        sentence = f"{what} is not a digit. Check what was scanned; a serial has only the digits 0 to 9."
    return Problem("serial.not_numeric", "serial", sentence, at)


def show_text(text: str) -> str:
    """A text as it can stand in a sentence: quoted, with anything unprintable made visible."""
    return "“" + "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in text) + "”"
