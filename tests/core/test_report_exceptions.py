from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core import events as e
from uidmanager.core.drafts import (
    AssignInstallations,
    RegisterProduct,
    ReinstateInstallation,
    RetireInstallation,
    RetireProduct,
    VoidInstallation,
    WithdrawRelease,
)
from uidmanager.core.records import NumberKind
from uidmanager.core.reports import Filter, Kind, Row, report


def rows(book: Book, wanted: Filter | None = None) -> list[Row]:
    return list(report(book.registry, Kind.EXCEPTIONS, wanted or Filter()).rows)


def told(book: Book, wanted: Filter | None = None) -> list[tuple[object, ...]]:
    return [(row["what"], row["subject"], row["number"], row["product"], row["why"]) for row in rows(book, wanted)]


def test_nothing_is_out_of_the_ordinary_at_first(book: Book) -> None:
    assert rows(book) == []


def test_what_is_out_of_use_stands_there_with_its_reason(book: Book) -> None:
    book.do(AssignInstallations(("7", "8")))
    book.do(VoidInstallation("8", "typo"))
    book.do(RetireInstallation("0372764", "scrapped"))
    book.do(WithdrawRelease("2", "4.5.0.3", "recall"))
    book.do(RetireProduct("1", "gone"))
    assert told(book) == [
        ("retired product", "1 Viewer", "1", "Viewer", "gone"),
        ("withdrawn release", "CT Console 4.5.0.3", f"{ROOT}.1.2.4.5.0.3", "CT Console", "recall"),
        ("void installation", "8", f"{ROOT}.2.8", None, "typo"),
        ("retired installation", "0372764", f"{ROOT}.2.372764", "CT Console", "scrapped"),
    ]
    assert [row["at"] for row in rows(book)] == [f"2026-11-22T21:06:{n:02}.000000Z" for n in (10, 9, 7, 8)]
    assert [row[0] for row in told(book, Filter(product=2))] == ["withdrawn release", "retired installation"]
    assert rows(book, Filter(since="2026-11-23")) == []


def test_the_reason_is_that_of_the_entry_which_ended_it(book: Book) -> None:
    book.do(VoidInstallation("0372764", "first typo"))
    book.do(ReinstateInstallation("0372764", "no typo"))
    assert rows(book) == []
    book.do(VoidInstallation("0372764", "typo after all"))
    book.write(e.InstallationNoteCorrected("372764", None, "later"), why="a word more")
    assert [row[-1] for row in told(book)] == ["typo after all"]


def test_product_numbers_passed_over_are_gaps(book: Book) -> None:
    book.do(RegisterProduct("Archive", number=4))
    book.do(RegisterProduct("Printer", number=900_000_000))
    gaps = [(what, subject, number) for what, subject, number, *_ in told(book)]
    assert gaps == [
        ("number never given", "product number", "3"),
        ("number never given", "product numbers", "5 to 899999999"),
    ]
    assert [number for _, _, number, *_ in told(book, Filter(product=3))] == ["3"]
    assert [number for _, _, number, *_ in told(book, Filter(product=77))] == ["5 to 899999999"]
    for dated in (Filter(station="LINE-3"), Filter(since="2026-01-01"), Filter(until="2027-01-01")):
        assert told(book, dated) == []


@pytest.mark.parametrize(
    ("kind", "number", "now", "subject", "shown", "product"),
    [
        (NumberKind.PRODUCT, "3", "4", "product of “Archive” in another history; now 4", "3", None),
        (NumberKind.RELEASE, "2.9.1", None, "release of “Archive” in another history", f"{ROOT}.1.2.9.1", "CT Console"),
        (NumberKind.INSTALLATION, "55", None, "installation of “Archive” in another history", f"{ROOT}.2.55", None),
        (NumberKind.VERSION_NAME, "CT_9", None, "version name of “Archive” in another history", "CT_9", None),
    ],
)
def test_numbers_given_up_stand_for_nothing_here(
    book: Book, kind: NumberKind, number: str, now: str | None, subject: str, shown: str, product: str | None
) -> None:
    book.write(e.NumberGivenUp(kind, number, "Archive", now), why="merged")
    assert told(book) == [("number given up", subject, shown, product, "merged")]
    assert told(book, Filter(station="LINE-4")) == []


def test_a_number_given_up_is_no_gap(book: Book) -> None:
    book.write(e.NumberGivenUp(NumberKind.PRODUCT, "3", "Archive", None), why="merged")
    book.do(RegisterProduct("Printer"))
    assert [row[0] for row in told(book)] == ["number given up"]
