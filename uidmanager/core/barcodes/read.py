"""What a scanner sent, and what was taken from it."""

from __future__ import annotations

from msgspec import Struct

from uidmanager.core.errors import Problem


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
