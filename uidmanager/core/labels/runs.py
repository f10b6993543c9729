"""A print run: the labels of many units, laid out, and the draft that notes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.drafts import NoteLabelsPrinted, Print
from uidmanager.core.errors import Problem
from uidmanager.core.labels.contents import CodeWish
from uidmanager.core.labels.layout import layout
from uidmanager.core.labels.sheets import SheetOptions, check_options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from uidmanager.core.labels.marks import Label, Pen
    from uidmanager.core.labels.matrix import MatrixOf
    from uidmanager.core.labels.templates import Template
    from uidmanager.core.labels.units import Unit

MOST_TOLD: Final = 20
"""Problems of labels that are told one by one: forty units of one product mostly fail alike."""

_SOME_UNITS: Final = 50


def lay_out(
    template: Template,
    units: Sequence[Unit],
    matrix_of: MatrixOf,
    pen: Pen,
    options: SheetOptions,
    wish: CodeWish = CodeWish.AUTO,
    progress: Callable[[str, float], None] = lambda _message, _fraction: None,
) -> tuple[tuple[Label, ...], tuple[Problem, ...]]:
    """The labels of these units in their order, and what keeps others from being printed: then none should be.

    Whatever ``progress`` raises ends the work.
    """
    problems = list(check_options(template, options, len(units)))
    labels: list[Label] = []
    untold = 0
    for number, unit in enumerate(units):
        if number % _SOME_UNITS == 0:
            progress("Laying out the labels", number / len(units))
        label, unfit = layout(template, unit, matrix_of, pen, wish)
        if label is not None:
            labels.append(label)
        elif len(problems) < MOST_TOLD:
            problems.extend(unfit)
        else:
            untold += 1
    if untold:
        sentence = f"{untold:,} more labels cannot be printed either. Put right what is said of the first ones."
        problems.append(Problem("label.and_more", "serial", sentence))
    return tuple(labels), tuple(problems)


def draft_of(
    template: Template, labels: Sequence[Label], options: SheetOptions, reason: str | None
) -> NoteLabelsPrinted:
    """What notes that these labels are printed."""
    prints = tuple(Print(label.unit.serial, label.code) for label in labels)
    return NoteLabelsPrinted(prints, template.name, options.copies, reason)
