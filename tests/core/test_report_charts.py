from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.budget import TOOLKITS
from uidmanager.core.drafts import AssignInstallations, RetireProduct, VoidInstallation
from uidmanager.core.records import State
from uidmanager.core.reports import Bar, Chart, Filter, Kind, report
from uidmanager.core.reports.charts import of_lengths, over_time, per_station

if TYPE_CHECKING:
    from tests.core.conftest import Book


def bars(chart: Chart) -> list[tuple[str, int]]:
    return [(bar.label, bar.value) for bar in chart.bars]


def test_a_summary_counts_what_there_is_and_in_which_state(book: Book) -> None:
    book.do(AssignInstallations(("7", "8")))
    book.do(VoidInstallation("8", "typo"))
    book.do(RetireProduct("1", "gone"))
    rows = report(book.registry, Kind.SUMMARY).rows
    figures = [(row["section"], row["what"], row["value"]) for row in rows]
    assert figures[:10] == [
        ("Products", "registered", 2),
        ("Products", "active", 1),
        ("Products", "retired", 1),
        ("Releases", "registered", 1),
        ("Releases", "active", 1),
        ("Installations", "registered", 3),
        ("Installations", "active", 2),
        ("Installations", "void", 1),
        ("Numbers", "highest product number", 2),
        ("Numbers", "given up in favour of another history", 0),
    ]


def test_its_pictures_say_no_more_than_its_rows(book: Book) -> None:
    book.do(AssignInstallations(("7", "8")))
    made = report(book.registry, Kind.SUMMARY)
    assert [(chart.title, bars(chart)) for chart in made.charts] == [
        ("Assigned by day", [("2026-11-22", 4)]),
        ("Assigned per product", [("CT Console", 2), ("no product", 2)]),
        ("Assigned per station", [("LINE-3", 4)]),
        (
            "Characters used by installation roots, of 64",
            [("28", 2), ("29", 0), ("30", 0), ("31", 0), ("32", 0), ("33", 1)],
        ),
    ]
    drawn = {(chart.title, bar.label, bar.value) for chart in made.charts for bar in chart.bars if bar.value}
    assert drawn <= {(row["section"], row["what"], row["value"]) for row in made.rows}
    assert report(book.registry, Kind.HISTORY).charts == ()


def test_a_summary_can_be_of_some_only(book: Book) -> None:
    made = report(book.registry, Kind.SUMMARY, Filter(product=1, state=State.ACTIVE))
    assert {(row["section"], row["value"]) for row in made.rows if row["what"] == "registered"} == {
        ("Products", 1),
        ("Releases", 0),
        ("Installations", 0),
    }
    assert [bars(chart) for chart in made.charts] == [[], [], [], []]


@pytest.mark.parametrize(
    ("days", "title", "first", "last", "count"),
    [
        ({"2026-11-22": 1, "2026-11-24": 2}, "Assigned by day", ("2026-11-22", 1), ("2026-11-24", 2), 3),
        (
            {f"2026-{month:02}-{day:02}": 1 for month in (1, 3) for day in range(1, 15)},
            "Assigned by month",
            ("2026-01", 14),
            ("2026-03", 14),
            3,
        ),
        (
            {f"20{year}-01-{day:02}": 1 for year in (10, 26) for day in range(1, 15)},
            "Assigned by year",
            ("2010", 14),
            ("2026", 14),
            17,
        ),
        ({f"{year}-01-01": 1 for year in range(1960, 2026)}, "Assigned by year", ("1960", 1), ("2025", 1), 66),
    ],
    ids=["days", "months with one in between", "years", "more years than usual"],
)
def test_time_goes_in_as_short_spans_as_can_be_read(
    days: dict[str, int], title: str, first: tuple[str, int], last: tuple[str, int], count: int
) -> None:
    chart = over_time(days)
    assert (chart.title, chart.is_row) == (title, True)
    assert (bars(chart)[0], bars(chart)[-1], len(chart.bars)) == (first, last, count)


@given(st.dictionaries(st.dates().map(str), st.integers(1, 9)))
def test_nothing_is_lost_over_time(days: dict[str, int]) -> None:
    assert sum(bar.value for bar in over_time(days).bars) == sum(days.values())


@given(st.dictionaries(st.text(), st.integers(1, 9), max_size=60))
def test_many_stations_are_gathered_and_none_is_lost(counts: dict[str, int]) -> None:
    found = per_station(counts).bars
    assert sum(bar.value for bar in found) == sum(counts.values())
    assert len(found) <= 25
    named = found[:24]
    assert list(named) == sorted(named, key=lambda bar: (-bar.value, bar.label))


def test_the_limits_of_toolkits_are_marked_where_roots_are_about_as_long() -> None:
    chart = of_lengths({19: 1, 30: 5})
    assert (chart.bars[0], chart.bars[-1]) == (Bar("19", 1), Bar("30", 5))
    expected = {f"{kit.name} {kit.fits_up_to}" for kit in TOOLKITS if 19 <= kit.fits_up_to < 30}
    assert {word for _, word in chart.marks} == expected
    assert all(chart.bars[index].label == word.split()[-1] for index, word in chart.marks)
