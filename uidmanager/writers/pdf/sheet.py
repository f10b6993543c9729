"""One page while it is drawn: what lies below, and the text upon it, in the operators of PDF."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from uidmanager.writers.pdf import look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.writers.pdf.typeface import Line

_FINEST: Final = 0.005
_ROUND: Final = 2.5  # radius of the corners of a panel


class Sheet:
    """What is drawn on a page; places are counted from its lower left corner, in points."""

    def __init__(self) -> None:
        self._below: list[str] = []
        self._text: list[str] = ["BT"]
        self._font = ("", 0.0)
        self._colour = ""

    def write(
        self, x: float, y: float, line: Line, size: float, colour: str = look.INK, *, upright: bool = False
    ) -> None:
        """A line of text that begins at x on the base line y; with ``upright`` it runs upwards."""
        code = self._text
        if colour != self._colour:
            self._colour = colour
            code.append(f"{_rgb(colour)} rg")
        code.append(f"{'0 1 -1 0' if upright else '1 0 0 1'} {x:.2f} {y:.2f} Tm")
        for key, parts, _ in line.runs:
            if (key, size) != self._font:
                self._font = (key, size)
                code.append(f"/{key} {size:g} Tf")
            for up, shown in parts:
                raised = abs(up * size) > _FINEST
                code.append(f"{up * size:.2f} Ts [{shown}] TJ 0 Ts" if raised else f"[{shown}] TJ")

    def begin_span(self, text: str) -> None:
        """What is written from here to `end_span` is this text, in however many lines (ISO 32000-1, 14.9.4)."""
        self._text.append(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")

    def end_span(self) -> None:
        """The text that was begun is complete."""
        self._text.append("EMC")

    def rule(self, x: float, y: float, end: float, colour: str = look.RULE, thickness: float = 0.5) -> None:
        """A level line."""
        self._below.append(f"{_rgb(colour)} RG {thickness:g} w [] 0 d {x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S")

    def mark(self, x: float, y: float, top: float, colour: str) -> None:
        """A dashed line upwards."""
        self._below.append(f"{_rgb(colour)} RG 0.7 w [2 2] 0 d {x:.2f} {y:.2f} m {x:.2f} {top:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle with its lower left corner at x and y."""
        self._below.append(f"{_rgb(colour)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def bars(self, bars: Iterable[tuple[float, float, float, float]], colour: str) -> None:
        """Filled rectangles that are one shape, so that no seam shows where two of them touch."""
        path = "\n".join(f"{x:.4f} {y:.4f} {width:.4f} {height:.4f} re" for x, y, width, height in bars)
        self._below.append(f"{_rgb(colour)} rg\n{path} f")

    def panel(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """The same, with round corners: a thick outline does that without a curve."""
        inner = f"{x + _ROUND:.2f} {y + _ROUND:.2f} {width - 2 * _ROUND:.2f} {height - 2 * _ROUND:.2f}"
        self._below.append(f"q 1 j {2 * _ROUND:g} w [] 0 d {_rgb(colour)} rg {_rgb(colour)} RG {inner} re B Q")

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A picture by its name, with its lower left corner at x and y."""
        self._below.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q")

    def content(self) -> bytes:
        """The operators of the whole page."""
        return "\n".join((*self._below, *self._text, "ET", "")).encode("ascii")


@cache
def _rgb(colour: str) -> str:
    """A colour as it stands in the window, ``#0550AE``, in PDF's parts of 1."""
    return " ".join(f"{int(colour[start : start + 2], 16) / 255:.3f}" for start in (1, 3, 5))
