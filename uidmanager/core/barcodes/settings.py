"""How the scanner of this station is set up, as far as it must be known to understand what it sends."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from msgspec import Struct

from uidmanager.core.barcodes.characters import is_in_cset
from uidmanager.core.errors import Problem

LONGEST_STAND_IN: Final = 8
LONGEST_REFRACTORY_MS: Final = 5000
_KEY = re.compile(r"F(?:[1-9]|1[0-2])").fullmatch


class Mode(StrEnum):
    """How a text without an AIM identifier is understood. With one, that alone says it."""

    AS_IT_LOOKS = "as_it_looks"  # a plain serial, unless it can only be GS1
    PLAIN = "plain"
    GS1 = "gs1"


class ScannerSettings(Struct, frozen=True):
    """The settings of a station.

    ``stand_in`` is what the scanner types where a code has the separator: a text like ``|`` or ``{GS}``, a key from
    ``F1`` to ``F12``, or empty where it sends GS itself. A line end within ``refractory_ms`` of the one before, with
    nothing between, is its second half. ``tab_ends``: the scanner ends with Tab, at whatever speed it types.
    """

    mode: Mode = Mode.AS_IT_LOOKS
    stand_in: str = ""
    refractory_ms: int = 300
    tab_ends: bool = False

    @property
    def stand_in_key(self) -> str:
        """The key that stands for the separator, if it is a key."""
        return self.stand_in if _KEY(self.stand_in) else ""

    @property
    def stand_in_text(self) -> str:
        """The text that stands for the separator, if it is a text."""
        return "" if _KEY(self.stand_in) else self.stand_in


def check_stand_in(stand_in: str) -> tuple[Problem, ...]:
    """Why this cannot stand for the separator: it could be part of a serial, or no line of text."""
    if not stand_in or _KEY(stand_in):
        return ()
    if len(stand_in) > LONGEST_STAND_IN or not stand_in.isprintable() or " " in stand_in:
        sentence = (
            f"A stand-in for the separator has 1 to {LONGEST_STAND_IN} characters that can be seen, and no blank."
        )
        return (Problem("scanner.stand_in", "stand_in", f"{sentence} Choose another, for instance | or {{GS}}."),)
    if all(is_in_cset(character) for character in stand_in) or "]" in stand_in:
        sentence = (
            f"“{stand_in}” can be part of what a code says, so it cannot stand for the separator. Choose characters "
            "that no GS1 code holds, for instance |, ~ or {GS}, or a key from F1 to F12."
        )
        return (Problem("scanner.stand_in", "stand_in", sentence),)
    return ()


def settled(settings: ScannerSettings) -> ScannerSettings:
    """Settings as they can be used: what was kept by hand or by another version may be out of bounds."""
    stand_in = "" if check_stand_in(settings.stand_in) else settings.stand_in
    refractory = min(max(settings.refractory_ms, 0), LONGEST_REFRACTORY_MS)
    return ScannerSettings(settings.mode, stand_in, refractory, settings.tab_ends)
