from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.conftest import ROOT, Book, codes, notices
from uidmanager.core.barcodes import Read, check_digit, check_gtin, read_gtin
from uidmanager.core.drafts import AssignInstallations, RegisterProduct, SetProductGtin
from uidmanager.core.events import ProductGtinSet

GTIN = "09521234543213"
OTHER = "04012345123456"
_DIGITS = st.text("0123456789", min_size=7, max_size=13).filter(
    lambda digits: len(digits) in {7, 11, 12, 13} and bool(digits.strip("0"))
)


@pytest.mark.parametrize(
    "gtin",
    [
        pytest.param("12345670", id="of 8 digits"),
        pytest.param("012345678905", id="of 12 digits"),
        pytest.param("9521234543213", id="of 13 digits"),
        pytest.param(GTIN, id="of 14 digits"),
        pytest.param("19521234543210", id="of a carton, which has an indicator in front"),
    ],
)
def test_a_gtin(gtin: str) -> None:
    assert check_gtin(gtin) == ()
    assert len(read_gtin(gtin)) == 14


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "gtin.form", id="nothing"),
        pytest.param("9521234543213 ", "gtin.form", id="a blank behind it"),
        pytest.param("9 521234 543213", "gtin.form", id="blanks as on the package"),
        pytest.param("952123454321X", "gtin.form", id="a letter"),
        pytest.param("0" * 14, "gtin.form", id="zeros alone"),
        pytest.param("９５２１２３４５４３２１３", "gtin.form", id="full-width digits"),
        pytest.param("٩٥٢١٢٣٤٥٤٣٢١٣", "gtin.form", id="Arabic digits"),
        pytest.param("952123454321", "gtin.check_digit", id="the check digit left out, which leaves 12"),
        pytest.param("95212345432", "gtin.form", id="11 digits"),
        pytest.param("095212345432130", "gtin.form", id="15 digits"),
        pytest.param("9521234543214", "gtin.check_digit", id="a wrong check digit"),
        pytest.param("9521234543231", "gtin.check_digit", id="two digits swapped"),
    ],
)
def test_no_gtin(text: str, code: str) -> None:
    assert [problem.code for problem in check_gtin(text)] == [code]


def test_a_wrong_check_digit_is_shown_where_it_stands_with_the_one_that_would_fit() -> None:
    (problem,) = check_gtin("9521234543214")
    assert problem.position == 12
    assert "ends with the check digit 4, and 3 would fit" in problem.message


@given(_DIGITS)
def test_the_check_digit_makes_a_gtin_and_any_other_does_not(digits: str) -> None:
    due = check_digit(digits)
    assert check_gtin(digits + due) == ()
    assert all(check_gtin(digits + other) for other in "0123456789".replace(due, ""))


@given(_DIGITS, st.data())
def test_one_wrong_digit_is_always_found(digits: str, data: st.DataObject) -> None:
    gtin = digits + check_digit(digits)
    at = data.draw(st.integers(0, len(gtin) - 1))
    wrong = data.draw(st.sampled_from("0123456789".replace(gtin[at], "")))
    assert check_gtin(gtin[:at] + wrong + gtin[at + 1 :])


@given(_DIGITS)
def test_zeros_in_front_make_no_other_gtin(digits: str) -> None:
    gtin = digits + check_digit(digits)
    assert check_gtin(gtin.zfill(14)) == ()
    assert read_gtin(gtin) == read_gtin(gtin.zfill(14))


# -- of a product ----------------------------------------------------------------------------------------------------


def test_a_product_has_its_gtin_from_the_beginning_in_14_digits(book: Book) -> None:
    book.do(RegisterProduct("Ultrasound", gtin=" 9521234543213\r\n"))
    product = book.registry.product_with_gtin(GTIN)
    assert product is not None
    assert (product.name, product.gtin) == ("Ultrasound", GTIN)


def test_a_gtin_is_set_changed_and_taken_away_and_only_a_change_needs_a_reason(book: Book) -> None:
    assert book.do(SetProductGtin("CT Console", GTIN)).events == (ProductGtinSet(2, None, GTIN),)
    assert codes(book.ask(SetProductGtin("2", OTHER))) == ["reason.missing"]
    assert book.do(SetProductGtin("2", OTHER, "a new one")).events == (ProductGtinSet(2, GTIN, OTHER),)
    assert codes(book.ask(SetProductGtin("2", ""))) == ["reason.missing"]
    assert book.do(SetProductGtin("2", " ", "never was")).events == (ProductGtinSet(2, OTHER, None),)
    assert book.registry.product_with_gtin(OTHER) is None


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(SetProductGtin("1", "9521234543213"), ["gtin.taken"], id="that of another product, without zero"),
        pytest.param(RegisterProduct("MR", gtin=GTIN), ["gtin.taken"], id="of another product, for a new one"),
        pytest.param(SetProductGtin("1", "4711"), ["gtin.form"], id="no GTIN"),
        pytest.param(RegisterProduct("MR", gtin="9521234543214"), ["gtin.check_digit"], id="a wrong one for a new one"),
        pytest.param(SetProductGtin("2", "9521234543213", "same"), ["change.none"], id="the one it has, without zero"),
        pytest.param(SetProductGtin("1", ""), ["change.none"], id="none where there is none"),
        pytest.param(SetProductGtin("7", GTIN), ["product.unknown", "gtin.taken"], id="of a product that is not there"),
    ],
)
def test_a_gtin_is_refused(book: Book, draft: RegisterProduct | SetProductGtin, expected: list[str]) -> None:
    book.do(SetProductGtin("2", GTIN))
    decision = book.ask(draft)
    assert codes(decision) == expected
    assert decision.events == ()


# -- in a code that was scanned --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gtin", "chosen", "product", "refused", "said"),
    [
        pytest.param(GTIN, None, 2, [], [], id="the GTIN of a product chooses it"),
        pytest.param(GTIN, "CT Console", 2, [], [], id="the GTIN of the product that is chosen"),
        pytest.param(GTIN, "Viewer", None, ["gtin.other_product"], [], id="the GTIN of another product than is chosen"),
        pytest.param(OTHER, "CT Console", None, ["gtin.other_product"], [], id="not the GTIN that the product has"),
        pytest.param(OTHER, "Viewer", 1, [], ["gtin.unknown"], id="a GTIN nobody has, and a product without one"),
        pytest.param(OTHER, None, None, [], ["gtin.unknown"], id="a GTIN nobody has, and no product"),
        pytest.param(None, "Viewer", 1, [], [], id="a code without a GTIN"),
    ],
)
def test_a_scan_of(
    book: Book, gtin: str | None, chosen: str | None, product: int | None, refused: list[str], said: list[str]
) -> None:
    book.do(SetProductGtin("CT Console", GTIN))
    read = Read(f"]d201{gtin}2155", "55", "]d2", gtin)
    decision = book.ask(AssignInstallations(("55",), chosen, reads=(read,)))
    assert (codes(decision), notices(decision)) == (refused, said)
    if not refused:
        book.do(AssignInstallations(("55",), chosen, reads=(read,)))
        held = book.registry.installation("55")
        assert held is not None
        assert (held.product, held.uid) == (product, f"{ROOT}.2.55")
