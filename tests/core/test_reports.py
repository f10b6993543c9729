from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core import events as e
from uidmanager.core.accounts import account_of
from uidmanager.core.drafts import (
    AssignInstallations,
    CorrectInstallation,
    CorrectProduct,
    CorrectRelease,
    ReinstateInstallation,
    RetireInstallation,
    RetireProduct,
    VoidInstallation,
    WithdrawRelease,
)
from uidmanager.core.reports import FIELDS, Filter, Kind, report


def at(entry: int) -> str:
    """When the book wrote an entry."""
    return f"2026-11-22T21:06:{entry:02}.000000Z"


def test_installations_come_in_the_order_of_their_numbers(book: Book) -> None:
    book.do(AssignInstallations(("99999", "1000000"), note="pilot"))
    made = report(book.registry, Kind.INSTALLATIONS)
    assert [row["component"] for row in made.rows] == ["99999", "372764", "1000000"]
    assert made.rows[1] == {
        "serial": "0372764",
        "component": "372764",
        "uid": f"{ROOT}.2.372764",
        "product": "CT Console",
        "state": "active",
        "at": "2026-11-22T21:06:05.000000Z",
        "by": "anna",
        "station": "LINE-3",
        "note": None,
    }


def test_products_and_releases_have_their_rows(book: Book) -> None:
    by_anna = {"by": "anna", "station": "LINE-3"}
    as_usual = {"gtin": None, "serials": "digits", "pattern": None, "note": None}
    nothing = {"releases": 0, "installations": 0}
    one_each = {"releases": 1, "installations": 1}
    assert report(book.registry, Kind.PRODUCTS).rows == (
        {"number": 1, "name": "Viewer", "code": None, "state": "active", **nothing, "at": at(2), **by_anna, **as_usual},
        {
            "number": 2,
            "name": "CT Console",
            "code": "CT",
            "state": "active",
            **one_each,
            "at": at(3),
            **by_anna,
            **as_usual,
        },
    )
    (row,) = report(book.registry, Kind.RELEASES).rows
    assert row == {
        "product": "CT Console",
        "version": "4.5.0.3",
        "uid": f"{ROOT}.1.2.4.5.0.3",
        "version_name": "CT_4.5.0.3",
        "state": "active",
        "at": at(4),
        **by_anna,
        "note": None,
    }


def test_the_history_shows_old_and_new_values_and_the_reason(book: Book) -> None:
    book.do(CorrectInstallation("0372764", product="Viewer", reason="mixed up"))
    row = report(book.registry, Kind.HISTORY).rows[-1]
    assert row == {
        "entry": 6,
        "at": "2026-11-22T21:06:06.000000Z",
        "by": "anna",
        "station": "LINE-3",
        "what": "installation product corrected",
        "subject": "0372764",
        "old": "CT Console",
        "new": "Viewer",
        "why": "mixed up",
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_a_report_carries_its_proof_and_its_fields(book: Book, kind: Kind) -> None:
    made = report(book.registry, kind)
    assert (made.organisation, made.root, made.entries, made.head) == ("Acme Imaging", ROOT, 5, book.registry.head)
    assert made.fields == FIELDS[kind]
    assert all(tuple(row) == made.fields for row in made.rows)


def test_a_filter_keeps_the_rows_that_contain_the_text_in_any_case(book: Book) -> None:
    assert len(report(book.registry, Kind.PRODUCTS, Filter(containing="ct con")).rows) == 1
    assert len(report(book.registry, Kind.PRODUCTS, Filter(containing="2")).rows) == 2  # the dates have one
    assert report(book.registry, Kind.PRODUCTS, Filter(containing="None")).rows == ()


def test_every_event_is_told_in_words(book: Book) -> None:
    for draft in (
        CorrectProduct("1", "Viewer 2", "brand"),
        RetireProduct("1", "gone"),
        CorrectRelease("2", "4.5.0.3", "note", "x"),
        WithdrawRelease("2", "4.5.0.3", "recall"),
        CorrectInstallation("0372764", product="", note="moved", reason="x"),
        VoidInstallation("0372764", "typo"),
        ReinstateInstallation("0372764", "no typo"),
        RetireInstallation("0372764", "scrapped"),
    ):
        book.do(draft)
    told = [(row["what"], row["subject"], row["old"], row["new"]) for row in report(book.registry, Kind.HISTORY).rows]
    assert told == [
        ("registry founded", "Acme Imaging", None, ROOT),
        ("product registered", "product 1", None, "Viewer"),
        ("product registered", "product 2", None, "CT Console"),
        ("release registered", "CT Console 4.5.0.3", None, f"{ROOT}.1.2.4.5.0.3"),
        ("installation assigned", "0372764", None, f"{ROOT}.2.372764"),
        ("product name corrected", "product 1", "Viewer", "Viewer 2"),
        ("product retired", "product 1 Viewer 2", None, None),
        ("release note corrected", "CT Console 4.5.0.3", None, "note"),
        ("release withdrawn", "CT Console 4.5.0.3", None, None),
        ("installation product corrected", "0372764", "CT Console", None),
        ("installation note corrected", "0372764", None, "moved"),
        ("installation voided", "0372764", None, None),
        ("installation reinstated", "0372764", None, None),
        ("installation retired", "0372764", None, None),
    ]


def test_an_event_about_a_record_that_is_not_there_is_told_by_its_numbers(book: Book) -> None:
    assert account_of(book.registry, e.ReleaseWithdrawn(9, "1.2")).subject == "product 9 1.2"
    assert account_of(book.registry, e.ProductRetired(9)).subject == "product 9"
    assert account_of(book.registry, e.InstallationVoided("9")).subject == "9"
    assert account_of(book.registry, e.InstallationProductCorrected("9", 9, None)).old == "9"
