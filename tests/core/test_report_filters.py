from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core import events as e
from uidmanager.core.drafts import AssignInstallations, RegisterRelease, VoidInstallation, WithdrawRelease
from uidmanager.core.records import Origin, Scheme, State
from uidmanager.core.reports import EVERYTHING, Asked, Filter, Kind, in_words, read_filter, report
from uidmanager.core.reports.rows import product_of

if TYPE_CHECKING:
    from tests.core.conftest import Book


@pytest.fixture
def stocked(book: Book) -> Book:
    """More to choose from: a withdrawn release, a void unit, a unit without a product."""
    book.do(RegisterRelease("2", "4.6"))
    book.do(WithdrawRelease("2", "4.6", "recall"))
    book.do(AssignInstallations(("1", "2")))
    book.do(VoidInstallation("2", "typo"))
    return book


def uids(book: Book, kind: Kind, wanted: Filter) -> list[str]:
    """The ends of the UIDs in a report, behind the root."""
    root = book.registry.founding.root
    return [str(row["uid"]).removeprefix(root) for row in report(book.registry, kind, wanted).rows]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (EVERYTHING, [".1.2.4.5.0.3", ".1.2.4.6", ".2.1", ".2.2", ".2.372764"]),
        (Filter(product=2), [".1.2.4.5.0.3", ".1.2.4.6", ".2.372764"]),
        (Filter(product=1), []),
        (Filter(state=State.WITHDRAWN), [".1.2.4.6"]),
        (Filter(state=State.VOID), [".2.2"]),
        (Filter(station="line-3"), [".1.2.4.5.0.3", ".1.2.4.6", ".2.1", ".2.2", ".2.372764"]),
        (Filter(station="LINE-4"), []),
        (Filter(since="2026-11-23"), []),
        (Filter(since="2026-11-22", until="2026-11-22", state=State.VOID), [".2.2"]),
        (Filter(until="2026-11-21"), []),
        (Filter(containing="0372764"), [".2.372764"]),
    ],
)
def test_a_report_has_what_is_wanted(stocked: Book, wanted: Filter, expected: list[str]) -> None:
    assert uids(stocked, Kind.IDENTIFIERS, wanted) == expected
    releases, installations = uids(stocked, Kind.RELEASES, wanted), uids(stocked, Kind.INSTALLATIONS, wanted)
    assert releases + installations == expected


def test_products_are_chosen_as_well(stocked: Book) -> None:
    rows = report(stocked.registry, Kind.PRODUCTS, Filter(product=2)).rows
    assert [(row["number"], row["releases"], row["installations"]) for row in rows] == [(2, 2, 1)]
    assert report(stocked.registry, Kind.PRODUCTS, Filter(state=State.RETIRED)).rows == ()


def test_the_history_of_a_product_is_that_of_its_releases_and_installations_too(stocked: Book) -> None:
    rows = report(stocked.registry, Kind.HISTORY, Filter(product=2)).rows
    assert [row["what"] for row in rows] == [
        "product registered",
        "release registered",
        "installation assigned",
        "release registered",
        "release withdrawn",
    ]
    everything = report(stocked.registry, Kind.HISTORY).rows
    assert len(everything) == 10
    assert report(stocked.registry, Kind.HISTORY, Filter(station="line-3")).rows == everything


def test_an_event_about_nothing_that_is_there_belongs_to_no_product(book: Book) -> None:
    assert product_of(book.registry, e.InstallationVoided("9")) is None
    assert product_of(book.registry, e.InstallationVoided("372764")) == 2
    assert (
        product_of(book.registry, e.RegistryFounded(e.FORMAT, e.FORMAT_VERSION, "r", "Acme", "1.2", Scheme())) is None
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), Filter()),
        (
            Asked(product=" ct console ", station=" LINE-3 ", containing=" a b "),
            Filter(2, station="LINE-3", containing="a b"),
        ),
        (Asked(product="2", state="void"), Filter(2, state=State.VOID)),
        (Asked(since="2026-01-01", until=" 2026-01-01"), Filter(since="2026-01-01", until="2026-01-01")),
    ],
)
def test_a_filter_is_read_from_text(book: Book, asked: Asked, expected: Filter) -> None:
    assert read_filter(book.registry, Kind.INSTALLATIONS, asked) == (expected, ())


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (Asked(product="Toaster"), ["product.unknown"]),
        (Asked(product="3"), ["product.unknown"]),
        (Asked(since="22.11.2026"), ["filter.not_a_day"]),
        (Asked(since="2026-02-30"), ["filter.not_a_day"]),
        (Asked(until="２０２６-11-22"), ["filter.not_a_day"]),
        (Asked(since="20261122"), ["filter.not_a_day"]),
        (Asked(since="2026-11-23", until="2026-11-22"), ["filter.days_reversed"]),
        (Asked(state="gone"), ["filter.unknown_state"]),
        (
            Asked(product="x", since="x", until="x", state="x"),
            ["product.unknown", *["filter.not_a_day"] * 2, "filter.unknown_state"],
        ),
    ],
)
def test_everything_wrong_with_a_filter_is_said_at_once(book: Book, asked: Asked, codes: list[str]) -> None:
    _, problems = read_filter(book.registry, Kind.INSTALLATIONS, asked)
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize("kind", [Kind.HISTORY, Kind.EXCEPTIONS])
def test_a_state_is_refused_where_rows_have_none(book: Book, kind: Kind) -> None:
    wanted, (problem,) = read_filter(book.registry, kind, Asked(state="void"))
    assert (wanted, problem.code, problem.field) == (Filter(), "filter.no_state", "state")


def test_a_filter_stands_on_the_report_in_words(book: Book) -> None:
    wanted = Filter(2, "2026-01-01", "2026-12-31", State.VOID, "LINE-3", "x")
    words = "product 2 CT Console; from 2026-01-01; to 2026-12-31; state void; station LINE-3; containing “x”"
    assert in_words(book.registry, wanted) == words
    assert report(book.registry, Kind.IDENTIFIERS, wanted).asked == words
    assert in_words(book.registry, EVERYTHING) == "none: everything is listed"
    assert in_words(book.registry, Filter(product=9)) == "product 9"


@given(st.dates(), st.dates(), st.dates())
def test_days_are_compared_as_days(day: object, since: object, until: object) -> None:
    origin = Origin(1, f"{day}T00:00:00.000000Z", "anna", "LINE-3")
    assert Filter(since=str(since), until=str(until)).takes(None, origin) == (str(since) <= str(day) <= str(until))


def test_whoever_waits_is_told_and_may_stop(book: Book) -> None:
    told: list[tuple[str, float]] = []
    report(book.registry, Kind.HISTORY, progress=lambda message, fraction: told.append((message, fraction)))
    assert told == [("Making the rows", 0.0)]

    def stop(_message: str, _fraction: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        report(book.registry, Kind.HISTORY, progress=stop)


def test_releases_stand_product_by_product(book: Book) -> None:
    assert report(book.registry, Kind.RELEASES).grouped_by == "product"
    assert report(book.registry, Kind.HISTORY).grouped_by == ""
