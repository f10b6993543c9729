"""A GTIN is taken with 14 digits or not at all; a wrong check digit names the one that would fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.barcodes import check_digit, check_gtin, read_gtin


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        pytest.param("96385074", "00000096385074", id="8 digits"),
        pytest.param("036000291452", "00036000291452", id="12 digits"),
        pytest.param("5901234123457", "05901234123457", id="13 digits"),
        pytest.param("09521101530001", "09521101530001", id="14 digits"),
    ],
)
def test_a_gtin_is_taken_with_14_digits(text: str, gtin: str) -> None:
    assert check_gtin(text) == ()
    assert read_gtin(text) == gtin


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "gtin.form", id="nothing"),
        pytest.param("0952110153000X", "gtin.form", id="a letter"),
        pytest.param("0952 1101530001", "gtin.form", id="a blank inside"),
        pytest.param("０９５２１１０１５３０００１", "gtin.form", id="digits of full width"),
        pytest.param("٠٩٥٢١١٠١٥٣٠٠٠١", "gtin.form", id="Arabic digits"),
        pytest.param("1234567", "gtin.form", id="7 digits"),
        pytest.param("123456789", "gtin.form", id="9 digits"),
        pytest.param("1" * 5000, "gtin.form", id="5000 digits"),
        pytest.param("00000000000000", "gtin.form", id="zeros only"),
        pytest.param("09521101530002", "gtin.check_digit", id="a wrong check digit"),
    ],
)
def test_what_is_none_says_why(text: str, code: str) -> None:
    (problem,) = check_gtin(text)
    assert problem.code == code
    assert len(problem.message) < 300


def test_a_wrong_check_digit_names_the_one_that_would_fit() -> None:
    (problem,) = check_gtin("09521101530002")
    assert "check digit 2, and 1 would fit" in problem.message
    assert problem.position == 13


@given(st.text("0123456789", min_size=13, max_size=13), st.integers(0, 12), st.integers(1, 9))
def test_any_single_digit_that_is_wrong_is_noticed(payload: str, at: int, by: int) -> None:
    gtin = payload + check_digit(payload)
    wrong = gtin[:at] + str((int(gtin[at]) + by) % 10) + gtin[at + 1 :]
    assert check_gtin(wrong)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(check_gtin(text), tuple)
