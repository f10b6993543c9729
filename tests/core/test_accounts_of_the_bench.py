"""What the work bench writes, in words; which product and which record it is about; in which order reports list it."""

from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.accounts import account_of, entry_in_words
from uidmanager.core.barcodes import Read
from uidmanager.core.branches import Endangered, compare
from uidmanager.core.records import SerialRule
from uidmanager.core.reports import Kind, report
from uidmanager.core.reports.rows import product_of
from uidmanager.core.subjects import subject_of_event

RULE = SerialRule(True, "SN-.*", "SN-A1")


@pytest.fixture
def bench(book: Book) -> Book:
    """0372764 with digits; SN-A2 to SN-A11 with the indices 1 to 10, the first of them scanned."""
    book.do(d.OpenIndexedArc("3", "letters"))
    book.do(d.RegisterProduct("MR", serials=SerialRule(indexed=True)))
    reads = (Read("]C1SN-A2", "SN-A2", "]C1"), *[None] * 9)
    book.do(d.AssignInstallations(tuple(f"SN-A{n}" for n in range(2, 12)), "MR", reads=reads))
    book.do(d.AssignInstallations(("99999999999999999999",), "Viewer"))
    return book


SHA = "a" * 64


@pytest.mark.parametrize(
    ("event", "words", "product", "subject"),
    [
        (e.IndexedArcOpened("3"), "indexed arc opened: arc 3", None, ("registry",)),
        (
            e.SpreadsheetImported("list.xlsx", SHA, 1, 0),
            "spreadsheet imported: list.xlsx",
            None,
            ("registry",),
        ),
        (
            e.ProductGtinSet(3, None, "09521234543213"),
            "product GTIN set: product 3 MR, 09521234543213",
            3,
            ("product", "3"),
        ),
        (
            e.ProductGtinSet(3, "09521234543213", None),
            "product GTIN set: product 3 MR, 09521234543213 → nothing",
            3,
            ("product", "3"),
        ),
        (
            e.ProductSerialsSet(3, SerialRule(), RULE),
            "product serials set: product 3 MR, digits → an index each, like SN-A1 (SN-.*)",
            3,
            ("product", "3"),
        ),
        (e.ProductNoteCorrected(3, None, "old"), "product note corrected: product 3 MR, old", 3, ("product", "3")),
        (
            e.InstallationIndexed("SN-A2", "3.1", 3),
            "installation assigned: SN-A2",
            3,
            ("installation", "3.1"),
        ),
        (e.BarcodeRead("3.1", "]C1SN-A2"), "barcode read: SN-A2, ]C1SN-A2", 3, ("installation", "3.1")),
        (
            e.LabelPrinted("3.1", "a4", "SN-A2", 3),
            "label printed: SN-A2, SN-A2 on a4, 3 copies",
            3,
            ("installation", "3.1"),
        ),
        (
            e.LabelChecked("3.1", 9, "]d2SN-A2"),
            "label checked: SN-A2, ]d2SN-A2, print run 9",
            3,
            ("installation", "3.1"),
        ),
        (e.LabelMissed(9, "junk", "twice"), "label missed: print run 9, junk → twice", None, ("print run", "9")),
    ],
)
def test_each_event_is_told_and_is_about_something(
    bench: Book, event: e.Event, words: str, product: int | None, subject: tuple[str, ...]
) -> None:
    entry = e.Entry("x", 1, "id", "2026-11-22T21:06:42.000000Z", "anna", "LINE-3", "0.1.0", None, (event,))
    assert entry_in_words(bench.registry, entry).startswith(words)
    assert product_of(bench.registry, event) == product
    assert subject_of_event(event) == subject


def test_a_table_that_was_taken_over_is_told_with_its_rows() -> None:
    told = account_of(Book().registry, e.SpreadsheetImported("list.xlsx", SHA, 1200, 3, "Units"))
    assert (told.subject, told.old, told.new) == ("list.xlsx, sheet Units", "1,200 rows, 3 left out", SHA)


def test_reports_list_digits_first_and_then_the_indices_as_numbers(bench: Book) -> None:
    expected = [f"{ROOT}.2.372764", f"{ROOT}.2.99999999999999999999", *(f"{ROOT}.3.{n}" for n in range(1, 11))]
    for kind in (Kind.INSTALLATIONS, Kind.IDENTIFIERS):
        rows = report(bench.registry, kind).rows
        assert [row["uid"] for row in rows if row["uid"] in expected] == expected
    (first, *_) = [row for row in report(bench.registry, Kind.INSTALLATIONS).rows if row["component"] == "3.1"]
    assert first["serial"] == "SN-A2"


def test_the_history_tells_what_was_scanned_beside_the_assignment(bench: Book) -> None:
    rows = report(bench.registry, Kind.HISTORY).rows
    told = [(row["what"], row["subject"]) for row in rows if row["subject"] == "SN-A2"]
    assert told == [("installation assigned", "SN-A2"), ("barcode read", "SN-A2")]


def test_an_index_given_in_two_histories_is_in_danger() -> None:
    def entry(n: int, branch: str, event: e.Event) -> e.Entry:
        return e.Entry(f"{branch}{n}", n, f"{branch}{n}", "2026-11-22T21:06:42.000000Z", "a", "L", "0", None, (event,))

    common = [entry(1, "c", e.IndexedArcOpened("3"))]
    left = [*common, entry(2, "a", e.InstallationIndexed("SN-A", "3.1"))]
    right = [*common, entry(2, "b", e.InstallationIndexed("SN-B", "3.1", 1))]
    assert compare(left, right).endangered == (
        Endangered("installation", "3.1", "SN-A (no product)", "SN-B (product 1)"),
    )
