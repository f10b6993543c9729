from __future__ import annotations

import pytest

from tests.core.conftest import Book, codes
from uidmanager.core.accounts import account_of
from uidmanager.core.drafts import (
    AssignInstallations,
    CorrectProduct,
    OpenIndexedArc,
    RegisterProduct,
    RetireProduct,
    SetProductSerials,
)
from uidmanager.core.events import (
    ProductGtinSet,
    ProductNameCorrected,
    ProductNoteCorrected,
    ProductRegistered,
    ProductSerialsSet,
)
from uidmanager.core.records import Product, SerialRule

NONE = SerialRule()
INDEXED = SerialRule(indexed=True)
LIKE_SN = SerialRule(True, "SN-[A-Z][0-9]+", "SN-A17")
SEVEN = SerialRule(False, "[0-9]{7}", "0372764")


def product(book: Book, number: int) -> Product:
    found = book.registry.product(number)
    assert found is not None
    return found


@pytest.fixture
def open_book(book: Book) -> Book:
    book.do(OpenIndexedArc("3", "letters"))
    return book


def test_all_of_it_can_be_said_when_a_product_is_registered_in_one_entry(open_book: Book) -> None:
    draft = RegisterProduct("Ultrasound", code="US", gtin="9521234543213", serials=LIKE_SN, note=" hand held ")
    assert open_book.do(draft).events == (
        ProductRegistered(3, "Ultrasound", "US"),
        ProductGtinSet(3, None, "09521234543213"),
        ProductSerialsSet(3, NONE, LIKE_SN),
        ProductNoteCorrected(3, None, "hand held"),
    )
    made = product(open_book, 3)
    assert (made.gtin, made.serials, made.note) == ("09521234543213", LIKE_SN, "hand held")


def test_what_is_not_said_is_not_written(book: Book) -> None:
    draft = RegisterProduct("MR", gtin=" ", serials=SerialRule(False, "", " "), note="")
    assert book.do(draft).events == (ProductRegistered(3, "MR"),)


def test_serials_are_said_to_be_otherwise_and_only_a_change_needs_a_reason(open_book: Book) -> None:
    assert open_book.do(SetProductSerials("2", SEVEN)).events == (ProductSerialsSet(2, NONE, SEVEN),)
    assert codes(open_book.ask(SetProductSerials("2", LIKE_SN))) == ["reason.missing"]
    event = open_book.do(SetProductSerials("2", LIKE_SN, "new series")).events[0]
    assert event == ProductSerialsSet(2, SEVEN, LIKE_SN)
    account = account_of(open_book.registry, event)
    assert (account.old, account.new) == (
        "digits, like 0372764 ([0-9]{7})",
        "an index each, like SN-A17 (SN-[A-Z][0-9]+)",
    )
    open_book.do(SetProductSerials("2", NONE, "no more"))
    assert product(open_book, 2).serials == NONE


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(INDEXED, [], id="an index each"),
        pytest.param(LIKE_SN, [], id="an index each, with a pattern"),
        pytest.param(SEVEN, [], id="digits with a pattern"),
        pytest.param(SerialRule(False, " [0-9]{7} ", " 0372764 "), [], id="blanks around them"),
        pytest.param(NONE, ["change.none"], id="what it is already"),
        pytest.param(SerialRule(True, "SN.*"), ["serials.incomplete"], id="a pattern without an example"),
        pytest.param(SerialRule(True, None, "SN-A17"), ["serials.incomplete"], id="an example without a pattern"),
        pytest.param(SerialRule(True, "SN-[", "SN-A17"), ["serials.pattern"], id="no regular expression"),
        pytest.param(SerialRule(True, "(?=S)SN", "SN"), ["serials.pattern"], id="one that RE2 does not have"),
        pytest.param(SerialRule(True, "SN-[A-Z]", "SN-A17"), ["serials.example"], id="an example that does not fit"),
        pytest.param(SerialRule(True, "SN [A-Z]", "SN A"), ["serials.example"], id="an example that is no serial"),
        pytest.param(SerialRule(False, "SN-A17", "SN-A17"), ["serials.example"], id="letters where digits are due"),
        pytest.param(SerialRule(True, "ＳＮ１", "ＳＮ１"), ["serials.example"], id="full-width characters"),
        pytest.param(SerialRule(True, "S\x1dN", "S\x1dN"), ["text.character"] * 2, id="a control character"),
        pytest.param(SerialRule(True, "\ud800", "S"), ["text.character"], id="half a character"),
        pytest.param(SerialRule(True, "S" * 201, "S"), ["text.too_long"], id="a pattern of 201 characters"),
        pytest.param(SerialRule(True, "S{65}", "S" * 65), ["serials.example"], id="an example of 65 characters"),
    ],
)
def test_a_rule_for_serials(open_book: Book, rule: SerialRule, expected: list[str]) -> None:
    assert codes(open_book.ask(SetProductSerials("2", rule))) == expected
    if expected != ["change.none"]:
        assert codes(open_book.ask(RegisterProduct("MR", serials=rule))) == expected


def test_an_index_each_needs_the_arc(book: Book) -> None:
    assert codes(book.ask(SetProductSerials("2", INDEXED))) == ["arc.missing"]
    assert codes(book.ask(RegisterProduct("MR", serials=LIKE_SN))) == ["arc.missing"]


def test_the_problem_stands_at_its_field(open_book: Book) -> None:
    fields = {
        field: SerialRule(True, pattern, example)
        for field, pattern, example in (("example", "S", "T"), ("pattern", "S(", "S"))
    }
    assert all(open_book.ask(SetProductSerials("2", rule)).problems[0].field == at for at, rule in fields.items())


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        pytest.param("0372765", [], id="one that fits"),
        pytest.param("372765", ["serial.pattern"], id="a zero left out"),
        pytest.param("03727650", ["serial.pattern"], id="a digit too many"),
        pytest.param("0372764", [], id="the one that has its root"),
    ],
)
def test_a_typing_error_is_caught_at_entry(book: Book, serial: str, expected: list[str]) -> None:
    book.do(SetProductSerials("2", SEVEN))
    decision = book.ask(AssignInstallations((serial,), "2"))
    assert codes(decision) == expected
    if expected:
        assert "such as 0372764" in decision.problems[0].message


def test_a_pattern_that_another_program_let_through_is_no_fault_of_this_one(book: Book) -> None:
    book.write(ProductSerialsSet(2, NONE, SerialRule(False, "([0-9]", "1")))
    assert codes(book.ask(AssignInstallations(("5",), "2"))) == ["serials.pattern"]
    assert codes(book.ask(AssignInstallations(("5",)))) == []
    book.do(SetProductSerials("2", SEVEN, "mended"))
    assert codes(book.ask(AssignInstallations(("0000005",), "2"))) == []


def test_name_and_note_are_corrected_together_or_apart(book: Book) -> None:
    both = book.do(CorrectProduct("2", "CT Workplace", "new brand", "was CT Console"))
    assert both.events == (
        ProductNameCorrected(2, "CT Console", "CT Workplace"),
        ProductNoteCorrected(2, None, "was CT Console"),
    )
    assert book.do(CorrectProduct("2", None, "typo", "renamed")).events == (
        ProductNoteCorrected(2, "was CT Console", "renamed"),
    )
    assert book.do(CorrectProduct("2", "CT Workplace", "gone", " ")).events == (
        ProductNoteCorrected(2, "renamed", None),
    )


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(CorrectProduct("2", None, "why"), ["change.none"], id="nothing at all"),
        pytest.param(CorrectProduct("2", "CT Console", "why", ""), ["change.none"], id="what stands there already"),
        pytest.param(CorrectProduct("2", None, None, "a note"), ["reason.missing"], id="without a reason"),
        pytest.param(CorrectProduct("2", None, "why", "x" * 1001), ["text.too_long"], id="a note of 1,001 characters"),
        pytest.param(CorrectProduct("2", "", "why", "a note"), ["product.name_empty"], id="no name"),
    ],
)
def test_a_correction_is_refused(book: Book, draft: CorrectProduct, expected: list[str]) -> None:
    assert codes(book.ask(draft)) == expected


def test_a_product_that_is_retired_can_still_be_described(book: Book) -> None:
    book.do(RetireProduct("2", "sold"))
    book.do(CorrectProduct("2", None, "for the archive", "sold to Umbrella"))
    assert product(book, 2).note == "sold to Umbrella"
