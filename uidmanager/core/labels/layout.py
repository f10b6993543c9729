"""Where everything on a label goes. What does not fit is refused with the numbers, never shrunk or cut in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.errors import Problem
from uidmanager.core.labels.contents import CodeWish, content_of
from uidmanager.core.labels.lettering import lettered
from uidmanager.core.labels.marks import CodeMark, Label
from uidmanager.core.labels.templates import Symbol

if TYPE_CHECKING:
    from uidmanager.core.labels.contents import Content
    from uidmanager.core.labels.marks import Pen
    from uidmanager.core.labels.matrix import Matrix, MatrixOf
    from uidmanager.core.labels.templates import CodePlace, Template
    from uidmanager.core.labels.units import Unit

_HAIR = 1e-6  # of a millimetre; what numbers lose on the way


def layout(
    template: Template, unit: Unit, matrix_of: MatrixOf, pen: Pen, wish: CodeWish = CodeWish.AUTO
) -> tuple[Label | None, tuple[Problem, ...]]:
    """The label of a unit, or all that keeps it from being one."""
    codes: list[CodeMark] = []
    contents: list[Content] = []
    problems: list[Problem] = []
    for place in sorted(template.codes, key=lambda place: place.symbol is not Symbol.DATAMATRIX):
        content, unfit = content_of(unit, place.symbol, wish)
        problems.extend(unfit)
        if content is None:
            continue
        contents.append(content)
        mark, unfit = _fitted(template, place, content, matrix_of(content), pen)
        problems.extend(unfit)
        if mark is not None:
            codes.append(mark)
    texts, unfit = lettered(template, unit, contents, pen)
    problems.extend(unfit)
    if problems:
        return None, tuple(problems)
    return Label(unit, template.width, template.height, tuple(codes), texts), ()


def _fitted(
    template: Template, place: CodePlace, content: Content, matrix: Matrix, pen: Pen
) -> tuple[CodeMark | None, tuple[Problem, ...]]:
    """The code in its place, as large as that lets it be: whole dots a module, in the middle of what is left."""
    symbol = place.symbol
    across, down = matrix.width + 2 * symbol.quiet, matrix.height + 2 * symbol.quiet
    room = min(place.width / across, place.height / down, template.largest_module)
    module = int(room / pen.dot + _HAIR) * pen.dot
    smallest = template.smallest_for(is_gs1=content.is_gs1)
    if module < smallest - _HAIR:
        return None, (_too_small(template, place, content, (across, down), pen),)
    x = place.x + (place.width - matrix.width * module) / 2
    y = place.y + (place.height - matrix.height * module) / 2
    return CodeMark(content, matrix, x, y, module), ()


def _too_small(template: Template, place: CodePlace, content: Content, modules: tuple[int, int], pen: Pen) -> Problem:
    smallest = template.smallest_for(is_gs1=content.is_gs1)
    dots = -int(-(smallest / pen.dot - _HAIR) // 1)
    needed = dots * pen.dot
    across, down = modules
    what = f"GS1 {content.symbol.called}" if content.is_gs1 else content.symbol.called
    printed = f", which are {needed:.3f} mm on this printer" if needed > smallest + _HAIR else ""
    sentence = (
        f"The {what} of “{content.shown}” needs {across * needed:.1f} × {down * needed:.1f} mm ({across} × {down} "
        f"modules of {smallest:g} mm{printed}, with its quiet zone); the template “{template.title}” has "
        f"{place.width:.1f} × {place.height:.1f} mm for it. {_remedy(content, needed > smallest + _HAIR)}"
    )
    return Problem("label.code_too_large", "template", sentence)


def _remedy(content: Content, has_coarse_dots: bool) -> str:  # noqa: FBT001 (private)
    ways = ["Take a larger label"]
    if content.is_gs1:
        ways.append("print the plain code")
    if has_coarse_dots:
        ways.append("a printer with finer dots")
    return f"{', or '.join(ways)}."
