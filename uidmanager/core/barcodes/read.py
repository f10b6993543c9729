"""What a scanner sent, and what was taken from it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from uidmanager.core.errors import Problem, refusals

GS: Final = "\x1d"
"""The separator that ends a value of no fixed length; a code has FNC1 in its place."""
SHOWN_GS: Final = "\u241d"
"""How it is shown and kept. It reads as the separator again, so what was shown can be pasted."""


class Element(Struct, frozen=True):
    """One element of a GS1 element string: the application identifier and its value."""

    ai: str
    value: str


class Read(Struct, frozen=True):
    """One scan. ``scanned`` is all of it but the line end, on one line: the separator GS is written ``␝`` (U+241D).

    ``serial`` is what was taken as the serial, "" when nothing could be; ``symbology`` the AIM identifier (``]d2``),
    ``gtin`` the Global Trade Item Number in 14 digits. ``problems`` says what speaks against taking it.
    """

    scanned: str
    serial: str
    symbology: str | None = None
    gtin: str | None = None
    elements: tuple[Element, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether nothing may be done with it."""
        return bool(refusals(self.problems))

    @property
    def is_changed(self) -> bool:
        """Whether something else was taken than was scanned, so that both are worth showing and keeping."""
        return self.scanned != self.serial


def taken_words(read: Read, serial: str = "") -> str:
    """What was scanned and what was taken, in one line; empty where they are the same.

    ``serial`` is what was taken after all, where more was known than the read alone tells.
    """
    if not read.is_changed:
        return ""
    taken = read.serial or serial
    if not taken:
        return f"Scanned {read.scanned} → no serial"
    beside = f", GTIN {read.gtin}" if read.gtin else ""
    return f"Scanned {read.scanned} → serial {taken}{beside}"
