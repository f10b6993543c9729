"""A label as it is drawn: codes, texts and lines with their places in millimetres from its upper left corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct

from uidmanager.core.labels.contents import Content
from uidmanager.core.labels.matrix import Matrix
from uidmanager.core.labels.templates import Style
from uidmanager.core.labels.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

POINT: Final = 25.4 / 72
"""Millimetres."""

LEADING: Final = 1.17
"""From one line of text to the next, as a share of its size: as much as letters rise and hang."""

_RISE: Final = 0.93


class Pen(Protocol):
    """What a label is drawn with, as far as one must know it to say what fits. Lengths and sizes in millimetres."""

    @property
    def letters(self) -> str:
        """What its letters are called in a sentence, as in “the fonts of this program”."""
        ...

    @property
    def dot(self) -> float:
        """Modules of codes are so many whole dots wide."""
        ...

    def size_for(self, wanted: float, smallest: float) -> float:
        """The largest size of text it has that is no larger than wanted; where that is too small, the next one."""
        ...

    def width(self, text: str, style: Style, size: float) -> float:
        """How wide a text is on one line."""
        ...

    def lacking(self, text: str, style: Style) -> str:
        """The characters of a text that it cannot draw."""
        ...


class CodeMark(Struct, frozen=True, gc=False):
    """A code: where its first module lies (inside the quiet zone), and how wide a module is."""

    content: Content
    matrix: Matrix
    x: float
    y: float
    module: float

    @property
    def width(self) -> float:
        """Without the quiet zone."""
        return self.matrix.width * self.module

    def bars(self) -> Iterator[tuple[float, float, float, float]]:
        """The dark rectangles: left, top, width and height."""
        for x, y, length in self.matrix.runs():
            yield self.x + x * self.module, self.y + y * self.module, length * self.module, self.module


class TextMark(Struct, frozen=True, gc=False):
    """A line of text: its left edge, its upper edge, its size."""

    text: str
    style: Style
    x: float
    y: float
    size: float

    @property
    def base(self) -> float:
        """Where the letters stand."""
        return self.y + _RISE * self.size

    @property
    def points(self) -> float:
        """The size in points."""
        return self.size / POINT


class Label(Struct, frozen=True, gc=False):
    """One label, drawn; of its codes the DataMatrix comes first."""

    unit: Unit
    width: float
    height: float
    codes: tuple[CodeMark, ...] = ()
    texts: tuple[TextMark, ...] = ()

    @property
    def code(self) -> str:
        """What is written down as printed: what the DataMatrix says, else the QR Code."""
        return self.codes[0].content.text
