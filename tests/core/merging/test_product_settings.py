"""GTINs, rules for serials and notes of products, changed in one history or in both."""

from __future__ import annotations

import pytest

from tests.core.merging.histories import History, two
from uidmanager.core.drafts import (
    CorrectProduct,
    Draft,
    OpenIndexedArc,
    RegisterProduct,
    SetProductGtin,
    SetProductSerials,
)
from uidmanager.core.merging.terms import Choice
from uidmanager.core.records import SerialRule

KEEP, TAKE, APART = Choice.KEEP, Choice.TAKE, Choice.APART
ONE, ANOTHER = "09521234543213", "00614141007349"
RULE, OTHER_RULE = SerialRule(False, "[0-9]{4}", "4711"), SerialRule(False, "[0-9]{5}", "47110")


def settings(history: History, number: int = 2) -> tuple[str | None, SerialRule, str | None]:
    product = history.registry.product(number)
    assert product
    return product.gtin, product.serials, product.note


def test_what_only_the_other_says_is_taken_over() -> None:
    base, other = two()
    other.do(SetProductGtin("2", ONE), SetProductSerials("2", RULE), CorrectProduct("2", None, "x", "a note"))
    planned = base.merge(other)
    assert planned.clashes == ()
    assert settings(base) == (ONE, RULE, "a note")
    assert len(base.merge(other).entries) == 0


def test_what_both_say_alike_is_there_already() -> None:
    base, other = two()
    for history in (base, other):
        history.do(SetProductGtin("2", ONE), SetProductSerials("2", RULE), CorrectProduct("2", None, "x", "a note"))
    assert len(base.merge(other).present) == 3


@pytest.mark.parametrize("choice", [KEEP, TAKE])
@pytest.mark.parametrize(
    ("key", "here", "there", "kept", "taken"),
    [
        pytest.param("gtin", SetProductGtin("2", ONE), SetProductGtin("2", ANOTHER), ONE, ANOTHER, id="GTIN"),
        pytest.param(
            "serials", SetProductSerials("2", RULE), SetProductSerials("2", OTHER_RULE), RULE, OTHER_RULE, id="serials"
        ),
        pytest.param(
            "note",
            CorrectProduct("2", None, "x", "one"),
            CorrectProduct("2", None, "x", "two"),
            "one",
            "two",
            id="note",
        ),
    ],
)
def test_what_each_says_in_its_own_way_is_for_a_person_to_decide(
    key: str, here: Draft, there: Draft, kept: object, taken: object, choice: Choice
) -> None:
    base, other = two()
    base.do(here)
    other.do(there)
    assert base.plan(other).undecided == (f"product.{key}:2",)
    base.merge(other, {f"product.{key}:2": choice})
    assert (taken if choice is TAKE else kept) in settings(base)


def test_a_gtin_that_another_product_has_here_is_left_out() -> None:
    base, other = two()
    base.do(SetProductGtin("1", ONE))
    other.do(SetProductGtin("2", ONE))
    planned = base.merge(other)
    assert [told.what for told in planned.left_out] == ["product GTIN set"]
    assert (settings(base, 1)[0], settings(base)[0]) == (ONE, None)


def test_they_follow_a_product_to_its_other_number() -> None:
    base, other = two()
    base.do(RegisterProduct("US", gtin=ONE))
    other.do(RegisterProduct("MR", gtin=ANOTHER, note="loan", serials=RULE))
    base.merge(other, {"product:3": APART})
    assert (settings(base, 3)[0], settings(base, 4)) == (ONE, (ANOTHER, RULE, "loan"))


def test_of_a_product_left_out_nothing_is_said() -> None:
    base, other = two()
    base.do(OpenIndexedArc("3", "x"))
    other.do(RegisterProduct("MR", gtin=ANOTHER, note="loan", serials=RULE))
    base.merge(other, leaves_out=True)
    assert base.registry.product(3) is None
    assert base.registry.product_with_gtin(ANOTHER) is None
