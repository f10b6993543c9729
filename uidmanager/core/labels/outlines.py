"""A page that shows where the printer puts things: the edges of every label, and a ruler to measure with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.labels.marks import LEADING, POINT, TextMark
from uidmanager.core.labels.templates import Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.labels.marks import Pen
    from uidmanager.core.labels.sheets import SheetOptions
    from uidmanager.core.labels.templates import Template

Bar = tuple[float, float, float, float]

_HAIRLINE: Final = 0.1
_TICK: Final = 10.0
_INSET: Final = 2.0
_SIZE: Final = 6.5 * POINT


class OutlinePage(Struct, frozen=True):
    """Thin filled rectangles (left, top, width, height) and texts, on a page of the template's size."""

    bars: tuple[Bar, ...]
    texts: tuple[TextMark, ...]


def outline_page(template: Template, options: SheetOptions, pen: Pen) -> OutlinePage:
    """The outlines of all labels of a page, their numbers, and in the first one what to do with them."""
    bars: list[Bar] = []
    texts: list[TextMark] = []
    size = pen.size_for(_SIZE, 0.0)
    for cell in range(template.cells):
        x, y = template.corner(cell)
        x, y = x + options.right, y + options.down
        bars.extend(_outline(x, y, template.width, template.height))
        words = (str(cell + 1), *(_words(options) if cell == 0 else ()))
        texts.extend(_lines(words, x + _INSET, y + _INSET, template, size, pen))
    width, height = template.page
    bars.extend(_ruler(options, width, height))
    return OutlinePage(tuple(bars), tuple(texts))


def _outline(x: float, y: float, width: float, height: float) -> Iterator[Bar]:
    yield x, y, width, _HAIRLINE
    yield x, y + height - _HAIRLINE, width, _HAIRLINE
    yield x, y, _HAIRLINE, height
    yield x + width - _HAIRLINE, y, _HAIRLINE, height


def _words(options: SheetOptions) -> tuple[str, ...]:
    return (f"offset {options.right:g},{options.down:g} mm", "ticks: 10 mm")


def _lines(words: tuple[str, ...], x: float, y: float, template: Template, size: float, pen: Pen) -> Iterator[TextMark]:
    """As many of the words as the label has room for: here they are only help."""
    for number, text in enumerate(words):
        fits_down = _INSET + (number + 1) * LEADING * size <= template.height
        if fits_down and pen.width(text, Style.SANS, size) <= template.width - 2 * _INSET:
            yield TextMark(text, Style.SANS, x, y + number * LEADING * size, size)


def _ruler(options: SheetOptions, width: float, height: float) -> Iterator[Bar]:
    """Ticks every 10 mm from the left and from the top, in the middle of the page."""
    for number in range(1, int(width / _TICK) + 1):
        yield number * _TICK + options.right, height / 2 - 1, _HAIRLINE, 2.0
    for number in range(1, int(height / _TICK) + 1):
        yield width / 2 - 1, number * _TICK + options.down, 2.0, _HAIRLINE
