"""A chart of how costs grow, drawn as SVG: both axes logarithmic, one line for each cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH: Final = 760
_HEIGHT: Final = 420
_LEFT: Final = 84
_RIGHT: Final = 250
_TOP: Final = 24
_BOTTOM: Final = 48
_APART: Final = 16
_COLOURS: Final = ("#0550AE", "#B42318", "#116329", "#7A4B00", "#57606A", "#8250DF")


class _Axis:
    """From a value to a place between two others, by powers of ten."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low = math.floor(math.log10(min(values)))
        self._high = max(math.ceil(math.log10(max(values))), self._low + 1)
        self._start = start
        self._end = end

    @property
    def powers(self) -> list[float]:
        """The powers of ten on it."""
        return [10.0**power for power in range(self._low, self._high + 1)]

    def place(self, value: float) -> float:
        """Where a value lies."""
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)


def chart(sizes: Sequence[int], costs: Mapping[str, Sequence[float]]) -> str:
    """The lines with their names at their ends, apart enough to be read."""
    across = _Axis([float(size) for size in sizes], _LEFT, _WIDTH - _RIGHT)
    upwards = _Axis([value for values in costs.values() for value in values], _HEIGHT - _BOTTOM, _TOP)
    parts = [_grid_line(across.place(power), across.place(power), _TOP, _HEIGHT - _BOTTOM) for power in across.powers]
    parts += [_text(across.place(power), _HEIGHT - _BOTTOM + 20, f"{power:,.0f}", "middle") for power in across.powers]
    parts += [
        _grid_line(_LEFT, _WIDTH - _RIGHT, upwards.place(power), upwards.place(power)) for power in upwards.powers
    ]
    parts += [_text(_LEFT - 8, upwards.place(power) + 4, f"{power:,g} ms", "end") for power in upwards.powers]
    parts.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, "installations", "middle"))
    ends = _spread({name: upwards.place(values[-1]) for name, values in costs.items()})
    for colour, (name, values) in zip(_COLOURS, costs.items(), strict=False):
        points = [(across.place(size), upwards.place(value)) for size, value in zip(sizes, values, strict=True)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        parts.append(_text(points[-1][0] + 10, ends[name] + 4, name, "start", colour))
    size = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    style = 'font-family="sans-serif" font-size="12"'
    ground = f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#FFFFFF"/>'
    return "\n".join((f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>', ground, *parts, "</svg>", ""))


def _spread(places: Mapping[str, float]) -> dict[str, float]:
    """The same places from top to bottom, each far enough below the one before."""
    spread: dict[str, float] = {}
    last = -math.inf
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        last = spread[name] = max(place, last + _APART)
    return spread


def _grid_line(x1: float, x2: float, y1: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1:.1f}" y2="{y2:.1f}" stroke="#D0D7DE"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#1F2328") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
