"""Labels of many units for the tests of writers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.labels.things import GTIN, HEAD, ROOT
from uidmanager.barcodes.making import matrix_of
from uidmanager.core.labels.layout import layout
from uidmanager.core.labels.units import Unit
from uidmanager.writers.label_templates import read_label_templates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.labels.marks import Label, Pen
    from uidmanager.core.labels.templates import Template

SHELF = read_label_templates(None)
TEMPLATES = SHELF.templates
ROLLS = tuple(template for template in TEMPLATES if template.sheet is None)


def template_called(name: str) -> Template:
    template, problems = SHELF.choose(name)
    assert template is not None, problems
    return template


def units(count: int) -> tuple[Unit, ...]:
    """Every other one of a product with a GTIN."""
    return tuple(
        Unit(
            f"SN-{number:05}",
            f"{ROOT}.3.{1000 + number}",
            "2026-11-24",
            17,
            HEAD,
            "CT Console",
            GTIN if number % 2 else None,
        )
        for number in range(count)
    )


def labels(template: Template, of: Iterable[Unit], pen: Pen) -> list[Label]:
    made = []
    for unit in of:
        label, problems = layout(template, unit, matrix_of, pen)
        assert label is not None, problems
        made.append(label)
    return made


def said_by(made: Iterable[Label]) -> list[str]:
    """What the codes on these labels are to say."""
    return [code.content.text for label in made for code in label.codes]
