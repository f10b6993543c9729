"""The letters and dots of a label printer: fonts that are in every one of them, all letters equally wide."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.labels.marks import LEADING

if TYPE_CHECKING:
    from uidmanager.core.labels.templates import Style

_HAIR: Final = 1e-6
_KNOWN: Final = "cp850"  # the characters of the printer's own fonts


class Resolution(IntEnum):
    """Dots to the inch."""

    DPI_203 = 203
    DPI_300 = 300
    DPI_600 = 600


class _Font(NamedTuple):
    """A font of the printer's: height and width of a letter in dots, the gap between two of them, how far it grows."""

    name: str
    height: int
    width: int
    gap: int
    times: int


_FONTS: Final = (_Font("A", 9, 5, 1, 2), _Font("D", 18, 10, 2, 10), _Font("F", 26, 13, 3, 10))
"""Bitmaps with capitals and small letters, at any resolution the same dots. They can be enlarged 1 to 10 times; the
smallest one gets so coarse that the others are better.
"""


class Letters(NamedTuple):
    """A font enlarged: its size and the distance from one letter to the next in dots."""

    font: str
    height: int
    width: int
    advance: int


_ALL: Final = tuple(
    sorted(
        (
            Letters(font.name, font.height * times, font.width * times, (font.width + font.gap) * times)
            for font in _FONTS
            for times in range(1, font.times + 1)
        ),
        key=lambda letters: (letters.height, letters.advance, letters.font != "D"),
    )
)


class ZplPen:
    """Draws with the printer's own letters. Bold and proportional ones it has not: all styles are the same."""

    letters = "the printer’s own fonts"
    leading = LEADING

    def __init__(self, resolution: Resolution) -> None:
        self.dot = 25.4 / resolution

    def dots(self, length: float) -> int:
        """So many dots, to the nearest."""
        return int(length / self.dot + 0.5)

    def size_for(self, wanted: float, smallest: float) -> float:
        """The largest size there is that is no larger than wanted; where that is too small, the next one."""
        sizes = [letters.height * self.dot for letters in _ALL]
        fitting = [size for size in sizes if smallest - _HAIR <= size <= wanted + _HAIR]
        return max(fitting) if fitting else min((size for size in sizes if size >= smallest - _HAIR), default=sizes[-1])

    def width(self, text: str, style: Style, size: float) -> float:  # noqa: ARG002 (all styles are the same)
        """How wide a text is on one line."""
        return len(text) * self.letters_at(size).advance * self.dot

    def lacking(self, text: str, style: Style) -> str:  # noqa: ARG002 (the same)
        """The characters that its fonts do not have."""
        return "".join(each for each in dict.fromkeys(text) if not _is_known(each))

    def letters_at(self, size: float) -> Letters:
        """The letters of a size that `size_for` gave."""
        height = self.dots(size)
        return next((letters for letters in _ALL if letters.height >= height), _ALL[-1])


def _is_known(character: str) -> bool:
    if character.isascii():
        return character.isprintable()
    try:
        character.encode(_KNOWN)
    except UnicodeEncodeError:
        return False
    return character.isprintable()
