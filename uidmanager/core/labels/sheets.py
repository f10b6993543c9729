"""Labels on their pages: from which one on, how many of each, moved by what the printer is off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem
from uidmanager.core.labels.marks import Label
from uidmanager.core.rules.labels import MOST_COPIES, MOST_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.core.labels.templates import Template

_FARTHEST: Final = 20.0


class SheetOptions(Struct, frozen=True):
    """``start`` is the first label of the first sheet to be used, from 1 on; ``right`` and ``down`` move everything."""

    start: int = 1
    copies: int = 1
    right: float = 0.0
    down: float = 0.0


class Placed(Struct, frozen=True, gc=False):
    """A label on its page, with its upper left corner."""

    label: Label
    x: float
    y: float


def check_options(template: Template, options: SheetOptions, units: int) -> tuple[Problem, ...]:
    """What is wrong with the options for so many units."""
    problems = []
    if not 1 <= options.start <= template.cells:
        has = "a roll has one a page" if template.sheet is None else f"the sheet has {template.cells}"
        sentence = f"No label has the number {options.start}: {has}. Give a number from 1 to {template.cells}."
        problems.append(Problem("label.start", "start", sentence))
    if not 1 <= options.copies <= MOST_COPIES:
        sentence = f"{options.copies} copies of each label are not possible. Ask for 1 to {MOST_COPIES}."
        problems.append(Problem("label.copies", "copies", sentence))
    elif units * options.copies > MOST_LABELS:
        many = units * options.copies
        sentence = f"{many:,} labels are more than one print run may have: {MOST_LABELS:,}. Print them in several runs."
        problems.append(Problem("label.too_many", "copies", sentence))
    if not (abs(options.right) <= _FARTHEST and abs(options.down) <= _FARTHEST):
        sentence = f"Labels can be moved by {_FARTHEST:g} mm at most; more than that is another template."
        problems.append(Problem("label.offset", "offset", sentence))
    return tuple(problems)


def pages_of(template: Template, labels: Sequence[Label], options: SheetOptions) -> Iterator[tuple[Placed, ...]]:
    """The pages, each with its labels in order. Copies of a label follow each other."""
    cell = options.start - 1
    page: list[Placed] = []
    for label in labels:
        for _ in range(options.copies):
            if cell == template.cells:
                yield tuple(page)
                page, cell = [], 0
            x, y = template.corner(cell)
            page.append(Placed(label, x + options.right, y + options.down))
            cell += 1
    if page:
        yield tuple(page)


def page_at(template: Template, labels: Sequence[Label], options: SheetOptions, number: int) -> tuple[Placed, ...]:
    """One of the pages, by its place from 0 on, without the others being made."""
    first = number * template.cells - (options.start - 1)
    placed = []
    for cell in range(template.cells):
        at = first + cell
        if 0 <= at < len(labels) * options.copies:
            x, y = template.corner(cell)
            placed.append(Placed(labels[at // options.copies], x + options.right, y + options.down))
    return tuple(placed)


def page_count(template: Template, units: int, options: SheetOptions) -> int:
    """How many pages that makes."""
    return -(-(options.start - 1 + units * options.copies) // template.cells) if units else 0
