"""What is taken from a code whose elements are known: one serial, one GTIN, or the reason why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.barcodes.gtin import check_gtin, read_gtin
from uidmanager.core.barcodes.identifiers import GTIN, IDENTIFIERS, LONGEST_SERIAL, SERIAL, swallowed
from uidmanager.core.barcodes.read import Element, Read
from uidmanager.core.errors import Problem, refusals

if TYPE_CHECKING:
    from uidmanager.core.barcodes.arriving import Arrived

_SET_IT = "Set the scanner to send GS (FNC1 as ASCII 29), or a stand-in for it that Help ▸ Try my scanner knows"


def taken_as_it_is(arrived: Arrived) -> Read:
    """The text itself is the serial, unless something in it speaks against that."""
    serial = "" if refusals(arrived.problems) else arrived.data
    return Read(arrived.scanned, serial, arrived.symbology, problems=arrived.problems)


def taken_as_gtin(arrived: Arrived) -> Read:
    """A code that names the product only."""
    problems = check_gtin(arrived.data)
    gtin = None if problems else read_gtin(arrived.data)
    if gtin is not None:
        sentence = f"This code holds only GTIN {gtin}, the product's number. Scan the code that holds the serial too."
        problems = (Problem("scan.no_serial", "serial", sentence),)
    return Read(arrived.scanned, "", arrived.symbology, gtin, problems=(*arrived.problems, *problems))


def judge(arrived: Arrived, elements: tuple[Element, ...], *, is_ended: bool) -> Read:
    """The serial and the GTIN in these elements. ``is_ended``: a separator came after the last of them."""
    problems: list[Problem] = list(arrived.problems)
    text, told = _one_value(elements, GTIN)
    problems += told
    told = () if text is None else check_gtin(text)
    problems += told
    gtin = None if text is None or told else read_gtin(text)
    serial, told = _one_value(elements, SERIAL)
    problems += told
    if serial is None and not told:
        problems.append(_no_serial(elements))
    if serial is not None:
        problems += _serial(arrived, elements, serial, is_ended=is_ended)
    is_refused = bool(refusals(tuple(problems)))
    taken = "" if is_refused or serial is None else serial
    return Read(arrived.scanned, taken, arrived.symbology, gtin, elements, tuple(problems))


def _one_value(elements: tuple[Element, ...], ai: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The value of this identifier; the same twice is one, two that differ are none."""
    values = list(dict.fromkeys(element.value for element in elements if element.ai == ai))
    if len(values) > 1:
        what = IDENTIFIERS[ai].name
        sentence = f"The code holds two that differ as its {what}: {values[0]} and {values[1]}. Have it made anew."
        return None, (Problem("scan.contradiction", "serial", sentence),)
    return (values[0] if values else None), ()


def _no_serial(elements: tuple[Element, ...]) -> Problem:
    """There is none, or the value before it swallowed it."""
    sentence = "The code holds no serial (21). Scan the code that does; a unit can have several."
    last = elements[-1] if elements else None
    known = IDENTIFIERS.get(last.ai) if last else None
    if last is not None and known is not None and known.longest and SERIAL in last.value:
        sentence = (
            f"No serial (21) was found, but ({last.ai}) {last.value} may hold it: then a separator is missing. "
            f"{_SET_IT}."
        )
    return Problem("scan.no_serial", "serial", sentence)


def _serial(arrived: Arrived, elements: tuple[Element, ...], serial: str, *, is_ended: bool) -> tuple[Problem, ...]:
    """Whether the serial is one, and whole, and nothing but itself."""
    at = arrived.scanned.rfind(serial)
    is_last = elements[-1].ai == SERIAL and not is_ended
    found = swallowed(serial) if is_last else None
    if found is not None:
        place, ai = found
        sentence = (
            f"A separator seems to be missing: {serial} reads as serial {serial[:place]} and ({ai}) "
            f"{serial[place + len(ai) :]}, {IDENTIFIERS[ai].name}. Nothing is guessed. {_SET_IT}; if {serial} really "
            "is the serial, type it."
        )
        return (Problem("scan.no_separator", "serial", sentence, at + place),)
    if len(serial) > LONGEST_SERIAL:
        sentence = (
            f"{len(serial)} characters after (21); a GS1 serial has at most {LONGEST_SERIAL}, so a separator is "
            f"missing or the code is wrong. {_SET_IT}."
        )
        return (Problem("scan.serial_too_long", "serial", sentence, at + LONGEST_SERIAL),)
    return ()
