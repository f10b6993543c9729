"""“Try my scanner”: a code whose text is known was scanned; what the keys that arrived tell of the scanner."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from msgspec import Struct

from uidmanager.core.barcodes.layouts import LAYOUTS, arrives_as, arrives_in_capitals_lock, turned
from uidmanager.core.barcodes.read import GS, SHOWN_GS, Element
from uidmanager.core.barcodes.settings import ScannerSettings, check_stand_in
from uidmanager.core.barcodes.symbologies import identifier_of, name_of
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.texts import visible

TEST_ELEMENTS: Final = (
    Element("01", "09521101530001"),
    Element("21", "AZ-QY/MW_09"),
    Element("10", "LOT7"),
)
"""The code on the screen: letters that keyboards have in different places, and a separator between the last two.

The GTIN is from the numbers that GS1 keeps for demonstrations.
"""
_BEFORE: Final = "".join(element.ai + element.value for element in TEST_ELEMENTS[:2])
_AFTER: Final = TEST_ELEMENTS[2].ai + TEST_ELEMENTS[2].value
_ENDS: Final = {"\r": "CR", "\n": "LF", "\r\n": "CR and LF", "\r\r": "CR and LF", "\t": "Tab"}
_ANNOUNCED: Final = {"\x01": "SOH", "\x02": "STX"}
_SLOW_MS: Final = 35
_FRENCH_DIGITS: Final = re.compile(r"[&é\"'(è_çà-]{6}")


class Stroke(Struct, frozen=True, gc=False):
    """A key that arrived: its character (GS for whatever was meant as one), its name where it has none, its time."""

    text: str
    key: str = ""
    at: int = 0


class Trial(Struct, frozen=True):
    """What was heard and what is to be said of it. ``stand_in`` is what stands for the separator, if something does."""

    text: str
    prefix: str
    suffix: str
    is_test_code: bool
    stand_in: str
    slowest_ms: int
    findings: tuple[Problem, ...]
    proposed: ScannerSettings

    @property
    def shown(self) -> str:
        """The text as a line can show it."""
        return visible(self.text.replace(GS, SHOWN_GS))

    @property
    def as_bytes(self) -> str:
        """Its bytes in hexadecimal, as the scanner's manual names them."""
        return self.text.encode("utf-8", "backslashreplace").hex(" ").upper()


class _Heard(Struct, frozen=True):
    """The text in its parts. ``between`` is what stood where the separator belongs; None: not the test code."""

    prefix: str
    between: str | None
    layout: str = ""
    is_turned: bool = False
    is_capitals: bool = False


def try_out(strokes: tuple[Stroke, ...], settings: ScannerSettings) -> Trial:
    """What these keys tell."""
    text = "".join(stroke.text or f"{{{stroke.key}}}" for stroke in strokes)
    body = text.rstrip("\r\n\t")
    end = text[len(body) :]
    announced = body[:1] if body[:1] in _ANNOUNCED else ""
    heard = _heard(body[len(announced) :])
    gaps = [after.at - before.at for before, after in pairwise(strokes) if before.at and after.at]
    slowest = max(gaps, default=0)
    stand_in = _stand_in(heard.between)
    findings = (
        *_of_code(heard, body),
        *_of_layout(heard, body),
        *_of_prefix(heard),
        *_of_separator(heard, stand_in),
        *_of_end(end, slowest),
    )
    proposed = ScannerSettings(
        settings.mode,
        stand_in if heard.between else settings.stand_in,
        settings.refractory_ms,
        settings.tab_ends or (end == "\t" and slowest > _SLOW_MS),
    )
    return Trial(
        text=text,
        prefix=" ".join(filter(None, (_ANNOUNCED.get(announced), visible(heard.prefix)))),
        suffix=_ENDS.get(end, visible(end)),
        is_test_code=heard.between is not None,
        stand_in=stand_in,
        slowest_ms=slowest,
        findings=findings,
        proposed=proposed,
    )


def _heard(body: str) -> _Heard:
    """The test code, as it would have arrived through one layout or another."""
    straight = _parts(body, _BEFORE, _AFTER)
    if straight is not None:
        return _Heard(*straight)
    capitals = _parts(body, arrives_in_capitals_lock(_BEFORE), arrives_in_capitals_lock(_AFTER))
    if capitals is not None:
        return _Heard(*capitals, is_capitals=True)
    for name, layout in LAYOUTS.items():
        for is_turned, keys in ((False, layout), (True, turned(layout))):
            found = _parts(body, arrives_as(_BEFORE, keys), arrives_as(_AFTER, keys))
            if found is not None:
                return _Heard(*found, layout=name, is_turned=is_turned)
    return _Heard(identifier_of(body) or "", None)


def _parts(body: str, before: str, after: str) -> tuple[str, str] | None:
    """What stands before the test code, and between its halves."""
    head, found, rest = body.partition(before)
    if not found or not rest.endswith(after):
        return None
    return head, rest.removesuffix(after)


def _stand_in(between: str | None) -> str:
    """What to note as standing for the separator; nothing where it is the separator, or cannot be told."""
    if not between or between == GS:
        return ""
    key = between.strip("{}") if between.startswith("{F") and between.endswith("}") else between
    return "" if check_stand_in(key) else key


def _of_code(heard: _Heard, body: str) -> tuple[Problem, ...]:
    if heard.between is not None:
        return ()
    if not body:
        return (_say("Only the end of a scan arrived. Let the scanner see the whole code.", Severity.ERROR),)
    sentence = "This is another code than the one shown here, so separator and keyboard layout stay uncertain."
    return (_say(sentence, Severity.CAUTION),)


def _of_layout(heard: _Heard, body: str) -> tuple[Problem, ...]:
    if heard.is_capitals:
        return (_say("Capitals arrive as small letters: turn Caps Lock off at this computer.", Severity.ERROR),)
    if heard.layout and heard.is_turned:
        sentence = (
            f"The keyboard layouts differ: the scanner types for {heard.layout}, this computer has an American one. "
            "Set the scanner's “keyboard country” to this computer's layout, and try again."
        )
        return (_say(sentence, Severity.ERROR),)
    if heard.layout:
        sentence = (
            "The keyboard layouts differ: the scanner types for an American one, this computer has "
            f"{heard.layout}. Set the scanner's “keyboard country” to this computer's layout, and try again."
        )
        return (_say(sentence, Severity.ERROR),)
    if heard.between is None and _FRENCH_DIGITS.search(body):
        sentence = (
            "Digits arrive as the signs that a French keyboard has on them: set the scanner's “keyboard country” to "
            "French, and try again."
        )
        return (_say(sentence, Severity.ERROR),)
    if heard.between is not None:
        return (_say("Letters, digits and signs arrive as they are in the code.", Severity.NOTICE),)
    return ()


def _of_prefix(heard: _Heard) -> tuple[Problem, ...]:
    identifier = identifier_of(heard.prefix)
    if identifier is not None:
        return (_say(f"It sends AIM identifiers: {identifier}, {name_of(identifier)}.", Severity.NOTICE),)
    if heard.layout or heard.is_capitals:
        return ()  # nothing can be told before the layout is right
    sentence = (
        "No AIM identifier comes before the text. Set the scanner to send them (“transmit AIM code ID”): then a plain "
        "serial is never taken for a GS1 code, nor the other way round."
    )
    return (_say(sentence, Severity.CAUTION),)


def _of_separator(heard: _Heard, stand_in: str) -> tuple[Problem, ...]:
    if heard.between is None:
        return ()
    if heard.between == GS:
        return (_say("The separator (GS) arrives.", Severity.NOTICE),)
    if not heard.between:
        sentence = (
            "The separator (GS) does not arrive, so a value would run into the next. Set the scanner to send FNC1 as "
            "GS (ASCII 29), or to replace it by | or a function key."
        )
        return (_say(sentence, Severity.ERROR),)
    shown = visible(heard.between)
    if stand_in:
        return (
            _say(f"“{shown}” arrives for the separator. Keep these settings, and it will be one.", Severity.NOTICE),
        )
    sentence = (
        f"“{shown}” arrives where the separator belongs; it cannot stand for it. Set the scanner to send GS or |."
    )
    return (_say(sentence, Severity.ERROR),)


def _of_end(end: str, slowest: int) -> tuple[Problem, ...]:
    if not end:
        sentence = "Nothing ends the scan, so somebody must press Enter. Set the scanner to send CR after it."
        return (_say(sentence, Severity.CAUTION),)
    if end == "\t" and slowest > _SLOW_MS:
        sentence = "It ends with Tab, so slowly as a person. With these settings any Tab after a serial ends a scan."
        return (_say(sentence, Severity.CAUTION),)
    return (_say(f"It ends with {_ENDS.get(end, visible(end))}; that assigns, once.", Severity.NOTICE),)


def _say(sentence: str, severity: Severity) -> Problem:
    return Problem("", "scanner", sentence, None, severity)
