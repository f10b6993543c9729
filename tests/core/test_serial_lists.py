"""What people write for many serials, and what it comes to; a list that is printed reads back as it was."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uidmanager.core.scheme import LARGEST_BATCH
from uidmanager.core.serial_lists import LONGEST_TEXT, Listing, in_short, read_list

HIGHEST: Final = "0099"


def serials(text: str, highest: str | None = HIGHEST) -> list[str]:
    """The serials of a text with nothing wrong in it."""
    listing = read_list(text, highest)
    assert not listing.problems
    assert [row.problem for row in listing.rows] == [None] * len(listing.rows)
    return [row.serial for row in listing.rows]


def codes(listing: Listing) -> list[str]:
    rows = [row.problem.code for row in listing.rows if row.problem]
    return [*rows, *(problem.code for problem in listing.problems)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1001", ["1001"], id="one serial"),
        pytest.param("1001-1003", ["1001", "1002", "1003"], id="from the first to the last"),
        pytest.param("1001+2", ["1001", "1002", "1003"], id="the first and so many more"),
        pytest.param("1001+0", ["1001"], id="none more"),
        pytest.param("7-7", ["7"], id="from one to itself"),
        pytest.param("0098-0102", ["0098", "0099", "0100", "0101", "0102"], id="zeros in front keep the width"),
        pytest.param("0098+2", ["0098", "0099", "0100"], id="zeros keep the width when counted on as well"),
        pytest.param("98-101", ["98", "99", "100", "101"], id="without zeros the width grows"),
        pytest.param("0-2", ["0", "1", "2"], id="from zero, which is no zero in front"),
        pytest.param("000-002", ["000", "001", "002"], id="from a serial of zeros"),
        pytest.param(
            "1001, 1003;1005\t1007\r\n1009 1011\n", [str(n) for n in range(1001, 1012, 2)], id="any separator"
        ),
        pytest.param(",;\n ,1,,\t ; 2\n\n", ["1", "2"], id="with nothing between separators"),
        pytest.param("1 - 3, 7 + 1", ["1", "2", "3", "7", "8"], id="blanks around the sign"),
        pytest.param("1001–1002 1004−1005", ["1001", "1002", "1004", "1005"], id="the dashes of word processors"),
        pytest.param("\ufeff1\u00a02\u20283", ["1", "2", "3"], id="with marks that nobody sees"),
        pytest.param("SN-A17 SN-A18,A1-9", ["SN-A17", "SN-A18", "A1-9"], id="dashes of which a side is no number"),
        pytest.param("1-2-3 +5 5+ 5++1 1..3", ["1-2-3", "+5", "5+", "5++1", "1..3"], id="what only looks like a range"),
        pytest.param('"2024-0001" "a b,c" "say ""so"""', ["2024-0001", "a b,c", 'say "so"'], id="in quotes as it is"),
        pytest.param("１-３ ٣٧", ["１-３", "٣٧"], id="digits of other scripts, which the rules refuse"),
        pytest.param("12\x1d13 a\x00", ["12\x1d13", "a\x00"], id="control characters, which the rules refuse"),
        pytest.param("1" * 65, ["1" * 65], id="more digits than a serial has, which the rules refuse"),
        pytest.param("~", ["0100"], id="the next after the highest, as wide"),
        pytest.param("~+2", ["0100", "0101", "0102"], id="the next and two more"),
        pytest.param("~ + 1, 5 ~\n~", ["0100", "0101", "5", "0102", "0103"], id="the next going on from one another"),
        pytest.param("", [], id="nothing at all"),
        pytest.param(" \n,;", [], id="nothing but separators"),
    ],
)
def test_a_text_comes_to(text: str, expected: list[str]) -> None:
    assert serials(text) == expected


def test_the_next_after_the_last_of_a_width_is_one_wider() -> None:
    assert serials("~+1", "9999") == ["10000", "10001"]


def test_a_further_list_goes_on_where_the_first_has_ended() -> None:
    assert read_list("~+9, 5000", "0099").highest == "0109"
    assert read_list("5000", "0099").highest == "0099"


@pytest.mark.parametrize(
    ("text", "code", "position", "remedy"),
    [
        pytest.param("1, 1050-1001", "range.backwards", 3, "Write 1001-1050", id="the end before the start"),
        pytest.param("1001-50", "range.backwards", 0, "Write 1001-1050, or 1001+50", id="an end that was shortened"),
        pytest.param("1051-50", "range.backwards", 0, "Write 50-1051", id="a short end that would be before the start"),
        pytest.param("0098-102", "range.widths", 0, "Write 0098-0102", id="an end without the zeros of the start"),
        pytest.param("98-0102", "range.widths", 0, "Write 0098-0102", id="a start without the zeros of the end"),
        pytest.param("099-1002", "range.widths", 0, "Write 0099-1002", id="a width that grows over its zeros"),
        pytest.param("2024-0001", "range.backwards", 0, 'quotes: “"2024-0001"”', id="one serial that looks like two"),
        pytest.param("1 ~-5", "list.next_unclear", 2, "Write ~ for the next", id="the next with something else"),
        pytest.param("~~", "list.next_unclear", 0, "Write ~ for the next", id="the next of the next"),
        pytest.param('1 "a', "list.unclosed", 2, "Put it there", id="a quote that is not closed"),
    ],
)
def test_a_row_is_refused_with_its_place_and_the_remedy(text: str, code: str, position: int, remedy: str) -> None:
    listing = read_list(text, HIGHEST)
    problem = next(row.problem for row in listing.rows if row.problem)
    assert (problem.code, problem.position) == (code, position)
    assert remedy in problem.message


def test_what_is_wrong_in_one_row_keeps_the_others() -> None:
    listing = read_list("1001, 1050-1001, 7\n99-0100", HIGHEST)
    assert [row.serial for row in listing.rows] == ["1001", "1050-1001", "7", "99-0100"]
    assert codes(listing) == ["range.backwards", "range.widths"]


def test_there_is_no_next_where_nothing_was_assigned() -> None:
    listing = read_list("~+2, 5", None)
    assert codes(listing) == ["list.no_highest"]
    assert [row.serial for row in listing.rows] == ["~+2", "5"]


def test_each_row_knows_its_place_in_the_text() -> None:
    listing = read_list("1\r\n  2-3\r4\n\n5", HIGHEST)
    assert [(row.serial, row.at, row.end, row.line) for row in listing.rows] == [
        ("1", 0, 1, 1),
        ("2", 5, 8, 2),
        ("3", 5, 8, 2),
        ("4", 9, 10, 3),
        ("5", 12, 13, 5),
    ]


def test_the_largest_batch_fits_and_one_more_is_refused_with_the_number() -> None:
    assert len(serials(f"1+{LARGEST_BATCH - 1}")) == LARGEST_BATCH
    listing = read_list(f"7\n1-{LARGEST_BATCH}", HIGHEST)
    assert (listing.rows, codes(listing)) == ((), ["batch.too_large"])
    assert "in line 2 the list has 100,001 serials" in listing.problems[0].message
    assert listing.problems[0].position == 2
    assert codes(read_list("1 2 3", most=2)) == ["batch.too_large"]


@pytest.mark.parametrize(
    "text", ["1-99999999999999", f"1+{'9' * 64}", f"1-{'9' * 64}", "~+99999999999999999999", "0 " * (LARGEST_BATCH + 1)]
)
def test_far_too_many_are_refused_before_any_is_made(text: str) -> None:
    assert codes(read_list(text, HIGHEST)) == ["batch.too_large"]


def test_a_text_longer_than_any_batch_is_not_looked_through() -> None:
    assert codes(read_list("1" * (LONGEST_TEXT + 1))) == ["list.too_long"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(map(str, range(100_000, 200_000))), id="a hundred thousand lines"),
        pytest.param("1" + " " * 1_000_000 + "-", id="a million blanks before a sign"),
        pytest.param("1 " * 50_000 + "-", id="a number before each of many blanks"),
        pytest.param('"' * 1_000_001, id="a million quotes"),
        pytest.param("9" * 1_000_000 + "-", id="a million digits"),
        pytest.param("~" * 1_000_000, id="a million tildes"),
    ],
)
def test_the_longest_texts_are_read_in_one_go(text: str) -> None:
    """A pattern that tried things over would go on here for hours."""
    assert not read_list(text, HIGHEST).problems


_number = st.integers(0, 10**6).map(str) | st.from_regex("[0-9]{1,8}", fullmatch=True)
_odd = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1, max_size=12)
_run = st.builds(
    lambda first, width, count: [str(n).zfill(width) for n in range(first, first + count)],
    st.integers(0, 1200),
    st.integers(1, 5),
    st.integers(1, 12),
)


@given(st.lists(_run | _number.map(lambda one: [one]) | _odd.map(lambda one: [one]), max_size=8))
@example([["099", "100", "101"], ["999", "1000", "1001"]])
@example([["2024-0001"], ["~"], ["\ufeff"], ['"'], ["a,b"], ["-5"], ["5", "6", "7"]])
def test_a_printed_list_reads_back_as_it_was(runs: list[list[str]]) -> None:
    wanted = [serial for run in runs for serial in run]
    assert serials(in_short(wanted)) == wanted


@given(st.integers(0, 10**9), st.integers(0, 300), st.integers(0, 12))
def test_a_range_is_its_first_and_so_many_more(first: int, more: int, width: int) -> None:
    begin, end = str(first).zfill(width), str(first + more).zfill(width)
    counted = serials(f"{begin}+{more}")
    assert counted == [str(n).zfill(len(begin)) for n in range(first, first + more + 1)]
    if len(begin) == len(end):
        assert serials(f"{begin}-{end}") == counted
    assert serials(f"~+{more}", begin) == serials(f"~ ~+{more - 1}" if more else "~", begin)


@given(st.text('0123456789-+~,; \n"aZ\x1d٣', max_size=40))
def test_any_text_is_read_and_each_row_stands_where_it_says(text: str) -> None:
    listing = read_list(text, HIGHEST, most=10**4)
    for row in listing.rows:
        assert row.line == text.count("\n", 0, row.at) + 1
        assert text[row.at : row.end].strip(" ,;\n") == text[row.at : row.end]
    assert all("“" not in problem.code for problem in listing.problems)
