from __future__ import annotations

import pytest

from tests.core.conftest import Book, codes, notices
from uidmanager.core.drafts import CorrectProduct, Draft, FoundRegistry, RegisterProduct, RegisterRelease, RetireProduct
from uidmanager.core.events import ProductNameCorrected, ProductRegistered, ProductRetired
from uidmanager.core.records import State


def test_numbers_go_on_from_the_highest_ever_issued(book: Book) -> None:
    assert book.ask(RegisterProduct("MR Console")).number == 3
    decision = book.do(RegisterProduct("Old Printer", number=40))
    assert notices(decision) == ["product.number_gap"]
    assert "3 to 39" in decision.notices[0].message
    assert book.do(RegisterProduct("MR Console")).number == 41


def test_a_free_number_below_the_highest_may_be_asked_for_and_changes_nothing_for_the_next(book: Book) -> None:
    book.do(RegisterProduct("Printer", number=7))
    decision = book.do(RegisterProduct("Workstation", number=5))
    assert (decision.number, notices(decision)) == (5, [])
    assert book.ask(RegisterProduct("MR Console")).number == 8


def test_skipping_a_single_number_is_said_as_such(book: Book) -> None:
    assert book.ask(RegisterProduct("MR", number=4)).notices[0].message.startswith("Skips 3;")


def test_the_preview_shows_the_arc_of_the_product(book: Book) -> None:
    decision = book.ask(RegisterProduct("MR Console"))
    assert ".".join(part.text for part in decision.breakdown) == "1.2.826.0.1.3680043.2.50.1.3"
    assert decision.events == (ProductRegistered(3, "MR Console", None),)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(
            RegisterProduct("ct  CONSOLE"), ["product.name_taken"], id="a name that differs in case and blanks"
        ),
        pytest.param(RegisterProduct("Vie\u200dwer"), ["product.name_taken"], id="a name with an unseen joiner"),
        pytest.param(RegisterProduct(" "), ["product.name_empty"], id="no name"),
        pytest.param(RegisterProduct("2"), ["product.name_numeric"], id="a name that would be read as a number"),
        pytest.param(RegisterProduct("MR", number=2), ["product.number_taken"], id="a number that is taken"),
        pytest.param(RegisterProduct("MR", number=-1), ["product.number_range"], id="a number below zero"),
        pytest.param(RegisterProduct("MR", number=10**9), ["product.number_range"], id="a number of ten digits"),
        pytest.param(RegisterProduct("MR", code="M R"), ["product.code_invalid"], id="a blank in the code"),
        pytest.param(RegisterProduct("MR", code="M" * 13), ["product.code_invalid"], id="a code of 13 characters"),
        pytest.param(RegisterProduct("MR", code="ct"), ["product.code_taken"], id="a code that differs in case only"),
        pytest.param(RegisterProduct("M" * 81), ["text.too_long"], id="a name too long for a table"),
        pytest.param(RegisterProduct("MR\u202econsole"), ["text.character"], id="a name that turns text around"),
        pytest.param(CorrectProduct("9", "MR", "typo"), ["product.unknown"], id="correcting what is not there"),
        pytest.param(CorrectProduct("", "MR", "typo"), ["product.unknown"], id="correcting nothing"),
        pytest.param(CorrectProduct("2", "Viewer", "typo"), ["product.name_taken"], id="correcting to another's name"),
        pytest.param(CorrectProduct("2", "CT Console", "typo"), ["change.none"], id="correcting to the same name"),
        pytest.param(CorrectProduct("2", "CT", " "), ["reason.missing"], id="correcting without a reason"),
        pytest.param(RetireProduct("2"), ["reason.missing"], id="retiring without a reason"),
        pytest.param(RetireProduct("MR", "gone"), ["product.unknown"], id="retiring what is not there"),
    ],
)
def test_a_draft_is_refused_for(book: Book, draft: Draft, expected: list[str]) -> None:
    decision = book.ask(draft)
    assert codes(decision) == expected
    assert decision.events == ()


@pytest.mark.parametrize(("code", "position"), [("M R", 1), ("é", 0), ("M" * 13, 12)])
def test_a_bad_code_is_shown_where_it_is_bad(book: Book, code: str, position: int) -> None:
    assert book.ask(RegisterProduct("MR", code=code)).problems[0].position == position


def test_names_in_two_normal_forms_are_one_name(book: Book) -> None:
    book.do(RegisterProduct("R\u00f6ntgen"))
    assert codes(book.ask(RegisterProduct("Ro\u0308ntgen"))) == ["product.name_taken"]


def test_a_name_is_corrected_and_the_old_one_is_free_again(book: Book) -> None:
    decision = book.do(CorrectProduct("CT Console", "CT Workplace", "new brand"))
    assert decision.events == (ProductNameCorrected(2, "CT Console", "CT Workplace"),)
    assert book.registry.find_product("ct workplace") == book.registry.product(2)
    assert book.registry.find_product("CT Console") is None
    assert book.do(RegisterProduct("CT Console")).number == 3


def test_the_spelling_of_a_name_may_be_corrected(book: Book) -> None:
    book.do(CorrectProduct("2", "CT-console", "typo"))
    book.do(CorrectProduct("2", "CT-Console", "typo"))
    product = book.registry.product(2)
    assert product is not None
    assert product.name == "CT-Console"


def test_a_retired_product_keeps_its_number_and_gets_nothing_new(book: Book) -> None:
    assert book.do(RetireProduct("2", "sold")).events == (ProductRetired(2),)
    product = book.registry.product(2)
    assert product is not None
    assert product.state is State.RETIRED
    assert codes(book.ask(RegisterProduct("MR", number=2))) == ["product.number_taken"]
    assert codes(book.ask(RegisterRelease("2", "5.0"))) == ["product.retired"]
    assert codes(book.ask(RetireProduct("2", "again"))) == ["state.already"]


def test_a_number_that_leaves_no_room_for_a_version_is_refused(empty: Book) -> None:
    root = "1.2.826.0.1.3680043.10." + "1" * 32
    empty.do(FoundRegistry(root, "Acme"))
    assert codes(empty.ask(RegisterProduct("Viewer", number=9999))) == []
    assert codes(empty.ask(RegisterProduct("Viewer", number=99999))) == ["product.no_room"]
