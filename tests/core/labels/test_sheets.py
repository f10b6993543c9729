"""Labels on their pages: none twice, none left out, none beyond the paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.core.labels.things import UNIT, EvenPen, template
from uidmanager.core.labels.marks import Label
from uidmanager.core.labels.outlines import outline_page
from uidmanager.core.labels.sheets import SheetOptions, check_options, page_count, pages_of
from uidmanager.core.labels.templates import Grid, Paper, Template

SHEET = structs.replace(template(), sheet=Grid(Paper.A4, 3, 8, 5.0, 10.0, 2.0, 1.0))
ROLL = template()


def labels(count: int) -> list[Label]:
    return [Label(structs.replace(UNIT, serial=str(number)), 60.0, 30.0) for number in range(count)]


def test_the_first_label_lies_at_the_margins_and_the_next_beside_it_beyond_the_gap() -> None:
    [page] = pages_of(SHEET, labels(4), SheetOptions())
    assert [(placed.x, placed.y) for placed in page] == [(5, 10), (67, 10), (129, 10), (5, 41)]


def test_a_sheet_that_was_begun_is_used_to_its_end() -> None:
    pages = list(pages_of(SHEET, labels(3), SheetOptions(start=23)))
    assert [len(page) for page in pages] == [2, 1]
    assert (pages[0][0].x, pages[0][0].y) == SHEET.corner(22)
    assert (pages[1][0].x, pages[1][0].y) == SHEET.corner(0)


def test_copies_follow_each_other() -> None:
    [page] = pages_of(SHEET, labels(2), SheetOptions(copies=3))
    assert [placed.label.unit.serial for placed in page] == ["0", "0", "0", "1", "1", "1"]


def test_everything_is_moved_by_the_offset() -> None:
    [page] = pages_of(SHEET, labels(1), SheetOptions(right=0.5, down=-1.25))
    assert (page[0].x, page[0].y) == (5.5, 8.75)


def test_a_roll_has_one_on_a_page() -> None:
    assert [len(page) for page in pages_of(ROLL, labels(3), SheetOptions(copies=2))] == [1] * 6


@given(st.integers(0, 60), st.integers(1, 24), st.integers(1, 5))
def test_each_label_is_there_as_often_as_asked_and_no_cell_is_used_twice(count: int, start: int, copies: int) -> None:
    options = SheetOptions(start, copies)
    pages = list(pages_of(SHEET, labels(count), options))
    assert len(pages) == page_count(SHEET, count, options)
    assert [placed.label.unit.serial for page in pages for placed in page] == [
        str(number) for number in range(count) for _ in range(copies)
    ]
    for page in pages:
        assert len({(placed.x, placed.y) for placed in page}) == len(page) <= 24


@pytest.mark.parametrize(
    ("made", "options", "codes"),
    [
        (SHEET, SheetOptions(), []),
        (SHEET, SheetOptions(24), []),
        (SHEET, SheetOptions(25), ["label.start"]),
        (SHEET, SheetOptions(0), ["label.start"]),
        (ROLL, SheetOptions(2), ["label.start"]),
        (SHEET, SheetOptions(copies=0), ["label.copies"]),
        (SHEET, SheetOptions(copies=101), ["label.copies"]),
        (SHEET, SheetOptions(copies=100), ["label.too_many"]),
        (SHEET, SheetOptions(right=20.1), ["label.offset"]),
        (SHEET, SheetOptions(down=float("nan")), ["label.offset"]),
        (SHEET, SheetOptions(0, 0, -21), ["label.start", "label.copies", "label.offset"]),
    ],
)
def test_options_that_make_no_sense_are_refused_all_at_once(
    made: Template, options: SheetOptions, codes: list[str]
) -> None:
    assert [problem.code for problem in check_options(made, options, 1001)] == codes


def test_the_test_page_outlines_each_label() -> None:
    page = outline_page(SHEET, SheetOptions(right=1.0), EvenPen())
    assert len(page.bars) == 4 * 24 + 21 + 29
    assert (6.0, 10.0, 60.0, 0.1) in page.bars
    assert {str(number) for number in range(1, 25)} <= {text.text for text in page.texts}
    assert "offset 1,0 mm" in {text.text for text in page.texts}


def test_a_small_label_has_only_the_words_that_it_has_room_for() -> None:
    small = structs.replace(SHEET, width=12.0, height=5.0)
    page = outline_page(small, SheetOptions(), EvenPen())
    assert "ticks: 10 mm" not in {text.text for text in page.texts}
    assert "1" in {text.text for text in page.texts}
