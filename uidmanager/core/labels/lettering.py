"""The text on a label: what each line says, how large it can be, where it is broken.

Lines are as large as the template wants them if all of a place fits so; else all of them are made smaller in step, each
down to its smallest size. What does not fit then is refused with the numbers. A UID is rather smaller than broken, and
broken only after a dot; what a GS1 code says before a bracket, a name at a blank or between ideographs; a serial never.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, assert_never

from msgspec import Struct

from uidmanager.core.errors import Problem
from uidmanager.core.labels.marks import LEADING, POINT, TextMark
from uidmanager.core.labels.templates import Line, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from uidmanager.core.labels.contents import Content
    from uidmanager.core.labels.marks import Pen
    from uidmanager.core.labels.templates import Template, TextPlace
    from uidmanager.core.labels.units import Unit

_STEPS: Final = 20
"""From the wanted size down to the smallest."""

_HAIR: Final = 1e-6
_ROUNDING: Final = 0.05
_MOST_SHOWN: Final = 3
_WIDE: Final = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_PIECES: Final = {
    What.ROOT: re.compile(r"[0-9]+\.?|.").findall,
    What.PRODUCT: re.compile(rf"[{_WIDE}]\s*|[^\s{_WIDE}]+\s*|\s+").findall,
}
_PIECES[What.TEXT] = _PIECES[What.PRODUCT]


class _Said(Struct, frozen=True, gc=False):
    """What a line of the template says of this unit."""

    line: Line
    text: str
    pieces: tuple[str, ...]


def lettered(
    template: Template, unit: Unit, contents: Sequence[Content], pen: Pen
) -> tuple[tuple[TextMark, ...], tuple[Problem, ...]]:
    """The lines of text on a label, or why they do not fit."""
    marks: list[TextMark] = []
    problems: list[Problem] = []
    told = frozenset(line.what for place in template.texts for line in place.lines)
    for place in template.texts:
        said = [each for line in place.lines if (each := _said(line, unit, contents, told))]
        lacking = tuple(_check_characters(said, unit, pen))
        placed = () if lacking else _placed(place, said, pen)
        if placed is None:
            problems.extend(_too_much(template, place, said, unit, pen))
        else:
            problems.extend(lacking)
            marks.extend(placed)
    return tuple(marks), tuple(problems)


def _said(line: Line, unit: Unit, contents: Sequence[Content], told: frozenset[What]) -> _Said | None:
    """None where there is nothing to be said, or another line says it."""
    match line.what:
        case What.CODE:
            pieces = _said_by_code(unit, contents, told)
        case What.SERIAL:
            pieces = (unit.serial,)
        case What.ROOT:
            pieces = _pieces(What.ROOT, unit.root)
        case What.PRODUCT:
            pieces = _pieces(What.PRODUCT, unit.product)
        case What.DATE:
            pieces = (unit.date,)
        case What.BATCH:
            pieces = (unit.batch,)
        case What.TEXT:
            return _Said(line, line.caption, _pieces(What.TEXT, line.caption))
        case _:
            assert_never(line.what)
    if not any(pieces):
        return None
    return _Said(line, line.caption + "".join(pieces), (line.caption + pieces[0], *pieces[1:]))


def _said_by_code(unit: Unit, contents: Sequence[Content], told: frozenset[What]) -> tuple[str, ...]:
    if not contents:
        return ()
    first = contents[0]
    if (first.text == unit.serial and What.SERIAL in told) or (first.text == unit.root and What.ROOT in told):
        return ()
    return first.parts if first.is_gs1 else _pieces(What.ROOT, first.text)


def _pieces(what: What, text: str) -> tuple[str, ...]:
    """The parts of a text that may stand on lines of their own."""
    return tuple(_PIECES[what](text))


def _placed(place: TextPlace, said: Sequence[_Said], pen: Pen) -> tuple[TextMark, ...] | None:
    """The lines at the largest size at which all of them fit; None where there is none."""
    for step in range(_STEPS + 1):
        sizes = [_best_size(each, step, place.width, pen) for each in said]
        broken = [_broken(each, size, place.width, pen) for each, size in zip(said, sizes, strict=True)]
        height = sum(LEADING * size * len(lines or ()) for lines, size in zip(broken, sizes, strict=True))
        if height > place.height + _HAIR or any(lines is None for lines in broken):
            continue
        return tuple(_marks(place, zip(said, sizes, broken, strict=True)))
    return None


def _best_size(said: _Said, step: int, width: float, pen: Pen) -> float:
    """The size of a line at a step, but smaller where that keeps a UID whole."""
    wanted = _size(said.line, step, pen)
    if said.line.what is not What.ROOT or not _is_whole(said, _size(said.line, _STEPS, pen), width, pen):
        return wanted
    sizes = (_size(said.line, each, pen) for each in range(step, _STEPS + 1))
    return next((size for size in sizes if _is_whole(said, size, width, pen)), wanted)


def _is_whole(said: _Said, size: float, width: float, pen: Pen) -> bool:
    """Whether it fits on one line."""
    return pen.width(said.text, said.line.style, size) <= width + _HAIR


def _size(line: Line, step: int, pen: Pen) -> float:
    """The size of a line when so many steps have been gone down."""
    wanted = line.size - (line.size - line.smallest) * step / _STEPS
    return pen.size_for(wanted * POINT, line.smallest * POINT)


def _marks(place: TextPlace, lines: Iterable[tuple[_Said, float, Sequence[str] | None]]) -> Iterable[TextMark]:
    y = place.y
    for said, size, broken in lines:
        for text in broken or ():
            yield TextMark(text, said.line.style, place.x, y, size)
            y += LEADING * size


def _broken(said: _Said, size: float, width: float, pen: Pen) -> list[str] | None:
    """The text in lines no wider than ``width``; None where it needs more of them than it may have."""
    lines: list[str] = []
    line = ""
    for piece in said.pieces:
        if pen.width((line + piece).rstrip(), said.line.style, size) <= width + _HAIR:
            line += piece
            continue
        if line:
            lines.append(line.rstrip())
        if pen.width(piece.rstrip(), said.line.style, size) > width + _HAIR:
            return None
        line = piece
    lines.append(line.rstrip())
    return lines if len(lines) <= said.line.lines else None


# -- why it does not fit -----------------------------------------------------------------------------------------------


def _check_characters(said: Iterable[_Said], unit: Unit, pen: Pen) -> Iterable[Problem]:
    for each in said:
        lacking = pen.lacking(each.text, each.line.style)
        if lacking:
            points = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in lacking[:_MOST_SHOWN])
            more = f" and {len(lacking) - _MOST_SHOWN} more" if len(lacking) > _MOST_SHOWN else ""
            sentence = (
                f"The {each.line.what} on the label of {unit.serial} has characters that {pen.letters} do not have: "
                f"{points}{more}. Take a template without this line, or print another way."
            )
            yield Problem("label.characters", "template", sentence)


def _too_much(template: Template, place: TextPlace, said: Sequence[_Said], unit: Unit, pen: Pen) -> Iterable[Problem]:
    """One for each line that is too wide; where none is, one for all of them."""
    sizes = [_size(each.line, _STEPS, pen) for each in said]
    problems = [
        _too_wide(template, place, each, unit, size, pen)
        for each, size in zip(said, sizes, strict=True)
        if _broken(each, size, place.width, pen) is None
    ]
    if problems:
        return problems
    broken = [_broken(each, size, place.width, pen) or () for each, size in zip(said, sizes, strict=True)]
    height = sum(LEADING * size * len(lines) for lines, size in zip(broken, sizes, strict=True))
    sentence = (
        f"The text on the label of {unit.serial} needs {_up(height)} mm in height at its smallest size; the template "
        f"“{template.title}” has {place.height:.1f} mm for it. Take a larger label, or one with fewer lines."
    )
    return (Problem("label.text_too_high", "template", sentence),)


def _too_wide(template: Template, place: TextPlace, said: _Said, unit: Unit, size: float, pen: Pen) -> Problem:
    most = said.line.lines
    over = "one line" if most == 1 else f"{most} lines"
    whose = "" if said.line.what is What.SERIAL else f" on the label of {unit.serial}"
    sentence = (
        f"The {said.line.what}{whose}, “{said.text}”, needs {_up(_narrowest(said, size, pen))} mm in width, on {over} "
        f"of {size / POINT:.1f} points; the template “{template.title}” has {place.width:.1f} mm for it. Take a larger "
        "label, or a template that may break it over more lines."
    )
    return Problem("label.text_too_wide", "template", sentence)


def _narrowest(said: _Said, size: float, pen: Pen) -> float:
    """As wide as its lines must be allowed to be, to half a tenth of a millimetre."""
    low = max(pen.width(piece.rstrip(), said.line.style, size) for piece in said.pieces)
    high = max(low, pen.width(said.text, said.line.style, size))
    if _broken(said, size, low, pen) is not None:
        return low
    while high - low > _ROUNDING:
        middle = (low + high) / 2
        low, high = (low, middle) if _broken(said, size, middle, pen) is not None else (middle, high)
    return high


def _up(length: float) -> str:
    """To the tenth of a millimetre, never less than it is."""
    return f"{-(-(length - _HAIR) * 10 // 1) / 10:.1f}"
