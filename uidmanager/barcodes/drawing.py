"""A label as a picture of dots, for a reader of codes: only its codes, since nothing reads the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from uidmanager.core.labels.marks import Label

_DOTS_A_MM: Final = 24  # some 600 an inch
_WHITE: Final = b"\xff"


class Picture(Struct, frozen=True):
    """Dots row by row, a byte each, 0 for black."""

    dots: bytes
    width: int
    height: int


def picture_of(label: Label) -> Picture:
    """The codes of a label where they stand on it."""
    width, height = round(label.width * _DOTS_A_MM), round(label.height * _DOTS_A_MM)
    dots = bytearray(_WHITE * width * height)
    for code in label.codes:
        for x, y, across, down in code.bars():
            left, right = round(x * _DOTS_A_MM), round((x + across) * _DOTS_A_MM)
            for row in range(round(y * _DOTS_A_MM), round((y + down) * _DOTS_A_MM)):
                dots[row * width + left : row * width + right] = bytes(right - left)
    return Picture(bytes(dots), width, height)
