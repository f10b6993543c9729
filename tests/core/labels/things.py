"""Units, templates, and a pen whose widths can be reckoned in the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from uidmanager.core.labels.marks import POINT
from uidmanager.core.labels.matrix import Matrix
from uidmanager.core.labels.templates import CodePlace, Line, Style, Symbol, Template, TextPlace, What
from uidmanager.core.labels.units import Unit

if TYPE_CHECKING:
    from uidmanager.core.labels.contents import Content

ROOT = "1.2.826.0.1.3680043.2.50"
GTIN = "04012345678901"
HEAD = "3f9a12bc" * 8
UNIT = Unit("0372764", f"{ROOT}.2.372764", "2026-11-24", 17, HEAD, "CT Console")
WITH_GTIN = structs.replace(UNIT, gtin=GTIN)


class EvenPen:
    """Each letter is half as wide as it is high; modules may have any width in steps of a hundredth."""

    letters = "the even letters"
    dot = 0.01

    def __init__(self, dot: float = 0.01, lacks: str = "") -> None:
        self.dot = dot
        self._lacks = lacks

    def size_for(self, wanted: float, smallest: float) -> float:
        return max(wanted, smallest)

    def width(self, text: str, style: Style, size: float) -> float:  # noqa: ARG002 (all styles are the same)
        return len(text) * size / 2

    def lacking(self, text: str, style: Style) -> str:  # noqa: ARG002 (the same)
        return "".join(each for each in text if each in self._lacks)


def ten_by_ten(content: Content) -> Matrix:
    """Every code has ten modules each way."""
    return Matrix((b"\1" * 10,) * 10)


def template(
    *lines: Line, code: float = 12.0, text: tuple[float, float] = (40.0, 20.0), smallest: float = 0.25
) -> Template:
    """A label with a place for a DataMatrix of so many millimetres, and one for text beside it."""
    return Template(
        "trial",
        "Trial",
        "",
        60.0,
        30.0,
        codes=(CodePlace(Symbol.DATAMATRIX, 1.0, 1.0, code, code),),
        texts=(TextPlace(15.0, 1.0, *text, lines),) if lines else (),
        smallest_module=smallest,
        largest_module=5.0,
    )


def line(what: What, millimetres: float, smallest: float | None = None, lines: int = 1) -> Line:
    """A line whose size is in millimetres, so that half of it is a letter's width."""
    return Line(what, millimetres / POINT, (smallest or millimetres) / POINT, lines=lines)
