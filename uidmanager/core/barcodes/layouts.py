"""Keyboard layouts: what arrives when the scanner types for one and the computer has another.

A scanner that is a keyboard sends keys, not characters. Only characters of the code that we show are here.
"""

from __future__ import annotations

from typing import Final

_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CAPS_LOCK: Final = {**dict(zip(_CAPITALS, _CAPITALS.lower(), strict=True)), "d": "D"}
_Y_AND_Z: Final = {"Y": "Z", "Z": "Y"}
_GERMAN: Final = {**_Y_AND_Z, "-": "ß", "/": "-", "_": "?", "]": "+"}
_SWISS: Final = {**_Y_AND_Z, "-": "'", "/": "-", "_": "?", "]": "¨"}
_FRENCH: Final = {
    "A": "Q",
    "Q": "A",
    "Z": "W",
    "W": "Z",
    "M": "?",
    "-": ")",
    "/": "!",
    "_": "°",
    "]": "$",
    **dict(zip("1234567890", "&é\"'(-è_çà", strict=True)),
}
_SOUTHERN: Final = {"-": "'", "/": "-", "_": "?", "]": "+"}
_NORDIC: Final = {"-": "+", "/": "-", "_": "?", "]": "¨"}
LAYOUTS: Final[dict[str, dict[str, str]]] = {
    "a German one": _GERMAN,
    "a Swiss one": _SWISS,
    "a French one": _FRENCH,
    "an Italian or Spanish one": _SOUTHERN,
    "a Nordic one": _NORDIC,
}
"""What a computer with such a keyboard makes of the keys of an American one."""


def arrives_as(text: str, layout: dict[str, str]) -> str:
    """What arrives of a text. Keys that wait for a second one, as accents do, may leave nothing behind."""
    return "".join(layout.get(character, character) for character in text)


def arrives_in_capitals_lock(text: str) -> str:
    """What arrives of a text while Caps Lock is on."""
    return "".join(_CAPS_LOCK.get(character, character) for character in text)


def turned(layout: dict[str, str]) -> dict[str, str]:
    """The other way round: the scanner types for this layout, and the computer has an American one."""
    return {arriving: sent for sent, arriving in layout.items()}
