"""A set of rows tells its numbers, whether it has few rows in it, many or all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.finding.planes import Letters
from uidmanager.core.finding.rows import first_rows, flags, numbers, rows_with

SETS = st.sets(st.integers(0, 300))
TEXTS = st.text("01a", max_size=6)


def rows_of(places: set[int]) -> int:
    return sum(1 << place for place in places)


@given(SETS, st.integers(0, 10**6))
def test_the_numbers_of_a_set_are_those_that_were_put_in(places: set[int], start: int) -> None:
    assert list(numbers(rows_of(places), start)) == [start + place for place in sorted(places)]


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 64])
def test_nothing_depends_on_how_dense_a_set_is(step: int) -> None:
    assert list(numbers(rows_of(set(range(7, 1000, step))), 5)) == list(range(12, 1005, step))


@given(SETS)
def test_flags_and_columns_are_the_same_set_again(places: set[int]) -> None:
    inside = flags(rows_of(places), 301)
    assert inside == bytes(place in places for place in range(301))
    assert rows_with(inside, b"\1") == rows_of(places)
    assert rows_with(inside, b"\0") == first_rows(301) ^ rows_of(places)


@given(st.lists(TEXTS, max_size=9), st.lists(TEXTS, max_size=9), TEXTS.filter(bool), st.integers(0, 6))
def test_a_part_is_found_where_it_stands_in_texts_of_any_length(
    first: list[str], then: list[str], part: str, position: int
) -> None:
    letters = Letters()
    letters.extend(first)
    letters.extend(then)
    texts = first + then
    assert list(numbers(letters.having(part))) == [n for n, text in enumerate(texts) if part in text]
    assert list(numbers(letters.having_at(position, part))) == [
        n for n, text in enumerate(texts) if text[position:].startswith(part)
    ]
    assert letters.having_at(position, "") == first_rows(len(texts))
