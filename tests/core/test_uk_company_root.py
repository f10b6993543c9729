from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.roots import check_root, uk_company_root
from uidmanager.core.uid import is_uid


@pytest.mark.parametrize(
    ("number", "root"),
    [
        ("08407369", "1.2.826.0.1.8407369"),
        ("8407369", "1.2.826.0.1.8407369"),
        (" 0840 7369\t", "1.2.826.0.1.8407369"),
        ("1", "1.2.826.0.1.1"),
        ("16777215", "1.2.826.0.1.16777215"),
        ("SC234456", "1.2.826.0.2.234456"),
        ("sc 234456", "1.2.826.0.2.234456"),
        ("SC000001", "1.2.826.0.2.1"),
        ("Ni012345", "1.2.826.0.3.12345"),
    ],
)
def test_a_uk_company_has_a_root_by_right(number: str, root: str) -> None:
    answer = uk_company_root(number)
    assert answer.root == root
    assert root in answer.sentence
    assert check_root(root) == ()


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("", "Ask BSI"),
        ("27371R", "Ask BSI"),
        ("R0027371", "Ask BSI"),
        ("OC301234", "Ask BSI"),
        ("FC012345", "Ask BSI"),
        ("SC", "Ask BSI"),
        ("SC1234567", "Ask BSI"),
        ("SCSC1234", "Ask BSI"),
        ("123456789", "this is neither"),
        ("008407369", "this is neither"),
        ("-1", "Ask BSI"),
        ("\uff18\uff14", "Ask BSI"),
        ("\u0663", "Ask BSI"),
        ("\u017fC234456", "Ask BSI"),
        ("16777216", "16777216 is above 16777215"),
        ("99999999", "Ask BSI"),
        ("0", "never zero"),
        ("SC000000", "never zero"),
    ],
)
def test_where_the_rule_does_not_reach_there_is_no_root_but_advice(number: str, part: str) -> None:
    answer = uk_company_root(number)
    assert answer.root is None
    assert part in answer.sentence


def test_the_advice_for_northern_ireland_is_to_have_it_confirmed() -> None:
    assert "Companies Act 1985" in uk_company_root("NI012345").sentence
    assert "BSI" in uk_company_root("NI012345").sentence
    assert "by right" in uk_company_root("SC234456").sentence


def test_medical_connections_company_number_is_the_arc_where_it_gives_roots() -> None:
    root = uk_company_root("03680043").root
    assert root == "1.2.826.0.1.3680043"
    assert [problem.code for problem in check_root(root)] == ["root.registrar"]


@given(st.text())
def test_any_company_number_gets_an_answer(number: str) -> None:
    answer = uk_company_root(number)
    assert answer.sentence.endswith(".")
    assert answer.root is None or is_uid(answer.root)
