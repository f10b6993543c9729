"""Templates that cannot be: each says what is wrong with it."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.core.labels.things import line, template
from uidmanager.core.labels.templates import (
    CodePlace,
    Grid,
    Line,
    Paper,
    Symbol,
    Template,
    TextPlace,
    What,
    faults_of,
    is_name,
)

GOOD = template(line(What.SERIAL, 3.0))


def text(*lines: Line, x: float = 15.0, width: float = 40.0) -> tuple[TextPlace, ...]:
    return (TextPlace(x, 1.0, width, 20.0, lines),)


def grid(columns: int = 3, rows: int = 8, left: float = 5.0, gap: float = 0.0) -> Grid:
    return Grid(Paper.A4, columns, rows, left, 0.0, gap)


BAD = {
    "no label is so small": (structs.replace(GOOD, width=4.0), "width"),
    "no label is so large": (structs.replace(GOOD, height=501.0), "height"),
    "a length that is no number": (structs.replace(GOOD, width=float("nan")), "width"),
    "a place before the edge": (structs.replace(GOOD, texts=text(x=-1.0)), "codes, texts, sheet"),
    "a margin without end": (structs.replace(GOOD, sheet=grid(left=float("inf"))), "codes, texts, sheet"),
    "no code": (structs.replace(GOOD, codes=()), "codes"),
    "two of a kind": (structs.replace(GOOD, codes=GOOD.codes * 2), "codes"),
    "beyond the label": (structs.replace(GOOD, texts=text(width=45.1)), "codes, texts"),
    "text on the code": (structs.replace(GOOD, texts=text(x=12.0)), "codes, texts"),
    "modules of nothing": (structs.replace(GOOD, smallest_module=0.0), "smallest_module"),
    "the smallest is larger than the largest": (structs.replace(GOOD, largest_module=0.2), "smallest_module"),
    "no columns": (structs.replace(GOOD, sheet=grid(columns=0)), "sheet"),
    "wider than the paper": (structs.replace(GOOD, sheet=grid(gap=13.0)), "sheet"),
    "longer than the paper": (structs.replace(GOOD, sheet=grid(rows=10)), "sheet"),
    "a thousand labels too many": (structs.replace(GOOD, sheet=grid(1000, 1000)), "sheet"),
    "text that grows when it shrinks": (structs.replace(GOOD, texts=text(Line(What.DATE, 6.0, 7.0))), "size"),
    "text that nobody can read": (structs.replace(GOOD, texts=text(Line(What.DATE, 6.0, 2.0))), "size"),
    "no line at all": (structs.replace(GOOD, texts=text(Line(What.DATE, 6.0, 6.0, lines=0))), "lines"),
    "a text without text": (structs.replace(GOOD, texts=text(Line(What.TEXT, 6.0, 6.0))), "caption"),
    "a caption that hides": (
        structs.replace(GOOD, texts=text(Line(What.DATE, 6.0, 6.0, caption="\u202e"))),
        "words",
    ),
    "a title as long as a book": (structs.replace(GOOD, title="x" * 201), "words"),
}


def test_a_good_one() -> None:
    assert faults_of(GOOD) == ()
    assert faults_of(structs.replace(GOOD, sheet=grid())) == ()


@pytest.mark.parametrize(("made", "field"), BAD.values(), ids=BAD.keys())
def test_a_fault_is_named_with_its_field(made: Template, field: str) -> None:
    assert field in {where for where, _ in faults_of(made)}


def test_places_may_touch() -> None:
    codes = (CodePlace(Symbol.DATAMATRIX, 1.0, 1.0, 10.0, 10.0), CodePlace(Symbol.QR, 1.0, 11.0, 10.0, 10.0))
    assert faults_of(structs.replace(GOOD, codes=codes)) == ()


@pytest.mark.parametrize(("name", "is_one"), [("a4-3x8", True), ("A4", False), ("../x", False), ("", False)])
def test_names(name: str, is_one: bool) -> None:  # noqa: FBT001 (a test's parameter)
    assert is_name(name) is is_one
