"""Products of another history: the same, another one, or one with two numbers."""

from __future__ import annotations

import pytest

from tests.core.merging.histories import two
from uidmanager.core.drafts import CorrectProduct, RegisterProduct, RegisterRelease, RetireProduct
from uidmanager.core.events import NumberGivenUp, ProductNameCorrected, ProductRegistered
from uidmanager.core.merging.terms import Choice
from uidmanager.core.records import NumberKind, State

KEEP, TAKE, APART = Choice.KEEP, Choice.TAKE, Choice.APART
PRODUCT = NumberKind.PRODUCT


def test_a_product_that_only_the_other_has_is_taken_over_as_it_is() -> None:
    base, other = two()
    other.do(RegisterProduct("MR", code="MR"))
    planned = base.merge(other)
    assert not planned.clashes
    assert base.registry.entries[-1].events[1] == ProductRegistered(3, "MR", "MR")
    assert [(told.entry, told.what, told.new) for told in planned.taken] == [(6, "product registered", "MR")]


def test_the_same_product_under_the_same_number_is_there_already() -> None:
    base, other = two()
    for history in (base, other):
        history.do(RegisterProduct("Mr"), CorrectProduct("3", "MR", "typo"))
    planned = base.merge(other)
    assert (len(planned.present), planned.clashes, planned.given_up) == (2, (), [])
    assert [len(entry.events) for entry in planned.entries] == [1, 1]


@pytest.mark.parametrize(("choice", "name"), [(KEEP, "CT 2"), (TAKE, "MR")])
def test_one_number_for_one_product_by_one_name(choice: Choice, name: str) -> None:
    base, other = two()
    base.do(RegisterProduct("CT 2"))
    other.do(RegisterProduct("MR"), RegisterRelease("MR", "1.0"))
    (clash,) = base.plan(other).clashes
    assert clash.key == "product:3"
    assert "“CT 2”" in clash.base
    assert "“MR”" in clash.other
    base.merge(other, {"product:3": choice})
    assert [(p.number, p.name) for p in base.registry.products][2:] == [(3, name)]
    assert base.registry.release(3, "1.0")


def test_one_number_for_two_products_moves_one_with_its_releases() -> None:
    base, other = two()
    base.do(RegisterProduct("CT 2"))
    other.do(RegisterProduct("MR"), RegisterRelease("MR", "1.0"), RegisterProduct("US"))
    planned = base.merge(other, {"product:3": APART})
    assert [(p.number, p.name) for p in base.registry.products][2:] == [(3, "CT 2"), (5, "MR"), (4, "US")]
    moved = base.registry.release(5, "1.0")
    assert moved
    assert moved.uid.endswith(".1.5.1.0")
    assert [(each.number, each.meant, each.now) for each in planned.given_up] == [
        ("3", "MR", "5"),
        ("3.1.0", "MR 1.0", "5.1.0"),
    ]
    assert base.registry.highest_product == 5


def test_one_product_with_two_numbers_keeps_one_and_gives_the_other_up() -> None:
    base, other = two()
    base.do(RegisterProduct("CT 2"), RegisterProduct("MR"), RegisterRelease("MR", "1.0"))
    other.do(RegisterProduct("mr"), RegisterRelease("mr", "1.0", version_name="MR_1.0"), RegisterRelease("mr", "2.0"))
    planned = base.merge(other, {"product:3": KEEP})
    assert not planned.undecided
    assert [(each.number, each.now) for each in planned.given_up] == [
        ("3", "4"),
        ("3.1.0", "4.1.0"),
        ("3.2.0", "4.2.0"),
    ]
    assert base.registry.release(4, "2.0")
    assert base.registry.release(3, "2.0") is None


def test_two_products_of_one_name_are_told_apart_by_the_number() -> None:
    base, other = two()
    base.do(RegisterProduct("CT 2"), RegisterProduct("MR", code="MR"))
    other.do(RegisterProduct("MR", code="mr"), CorrectProduct("MR", "MR small", "clearer"))
    base.merge(other, {"product:3": APART})
    assert base.registry.entries[-2].events[1:] == (
        ProductRegistered(5, "MR (5)", None),
        NumberGivenUp(PRODUCT, "3", "MR", "5"),
    )
    assert base.registry.entries[-1].events[1:] == (ProductNameCorrected(5, "MR (5)", "MR small"),)


def test_a_name_that_was_made_before_is_not_made_again() -> None:
    base, other = two()
    base.do(RegisterProduct("CT 2"), RegisterProduct("MR"), RegisterProduct("MR (6)"))
    other.do(RegisterProduct("MR"))
    base.merge(other, {"product:3": APART})
    assert [p.name for p in base.registry.products][-1] == "MR (6-2)"


@pytest.mark.parametrize("choice", [APART, KEEP])
def test_a_code_that_is_taken_is_left_away_or_the_product_is(choice: Choice) -> None:
    base, other = two()
    base.do(RegisterProduct("MR", code="M"))
    other.do(RegisterProduct("MR 2", number=4, code="M"), RegisterRelease("4", "1.0"), RetireProduct("4", "x"))
    other.do(CorrectProduct("4", "MR 3", "x"))
    base.merge(other, {"product.code:4": choice})
    product = base.registry.product(4)
    given_up = base.registry.elsewhere.given_up(PRODUCT, "4")
    if choice is APART:
        assert product
        assert (product.code, product.name, product.state) == (None, "MR 3", State.RETIRED)
        assert not given_up
    else:
        assert product is None
        assert [each.now for each in given_up] == [None]
        assert base.registry.elsewhere.given_up(NumberKind.RELEASE, "4.1.0")
        assert base.registry.highest_product == 4


def test_a_name_changed_in_one_history_only_is_changed() -> None:
    base, other = two()
    other.do(CorrectProduct("1", "Image Viewer", "marketing"), RetireProduct("1", "over"))
    assert not base.merge(other).clashes
    viewer = base.registry.product(1)
    assert viewer
    assert (viewer.name, viewer.state) == ("Image Viewer", State.RETIRED)


@pytest.mark.parametrize(("choice", "name"), [(KEEP, "Acme View"), (TAKE, "Viewer 3")])
def test_a_name_changed_in_both_is_decided_once(choice: Choice, name: str) -> None:
    base, other = two()
    base.do(CorrectProduct("1", "Acme View", "marketing"), RetireProduct("1", "over"))
    other.do(CorrectProduct("1", "Viewer 2", "x"), CorrectProduct("1", "Viewer 3", "x"), RetireProduct("1", "over"))
    (clash,) = base.plan(other).clashes
    assert (clash.key, clash.base, clash.other) == ("product.name:1", "Acme View", "Viewer 3")
    planned = base.merge(other, {"product.name:1": choice})
    assert [told.what for told in planned.present] == ["product retired"]
    viewer = base.registry.product(1)
    assert viewer
    assert viewer.name == name


@pytest.mark.parametrize(("choice", "name"), [(KEEP, "Viewer"), (APART, "MR (1)")])
def test_a_name_that_another_product_has_by_now_is_decided(choice: Choice, name: str) -> None:
    base, other = two()
    base.do(RegisterProduct("MR"))
    other.do(CorrectProduct("1", "MR", "x"))
    base.merge(other, {"product.name:1": choice})
    viewer = base.registry.product(1)
    assert viewer
    assert viewer.name == name


def test_the_same_clash_with_other_choices_is_a_clash_of_its_own() -> None:
    base, other = two()
    base.do(CorrectProduct("1", "Acme View", "x"), RegisterProduct("MR"))
    other.do(CorrectProduct("1", "Viewer 2", "x"), CorrectProduct("1", "MR", "x"))
    planned = base.plan(other, {"product.name:1": KEEP})
    assert [(clash.key, clash.chosen) for clash in planned.clashes] == [
        ("product.name:1", KEEP),
        ("product.name:1@7", None),
    ]
    assert planned.undecided == ("product.name:1@7",)


def test_a_choice_that_a_clash_does_not_allow_decides_nothing() -> None:
    base, other = two()
    base.do(CorrectProduct("1", "Acme View", "x"))
    other.do(CorrectProduct("1", "Viewer 2", "x"))
    assert base.plan(other, {"product.name:1": APART}).undecided == ("product.name:1",)


def test_what_is_two_products_in_the_other_history_is_not_made_one() -> None:
    base, other = two()
    base.do(CorrectProduct("1", "MR", "x"))
    other.do(RegisterProduct("MR"))
    planned = base.merge(other)
    assert not planned.clashes
    assert [(p.number, p.name) for p in base.registry.products] == [(1, "MR"), (2, "CT Console"), (3, "MR (3)")]


def test_after_the_highest_number_a_gap_is_used() -> None:
    base, other = two()
    base.do(RegisterProduct("CT 2", number=999_999_999))
    other.do(RegisterProduct("MR", number=999_999_999), RegisterProduct("US", number=3))
    base.merge(other, {"product:999999999": APART})
    assert {p.number: p.name for p in base.registry.products} == {
        1: "Viewer", 2: "CT Console", 999_999_999: "CT 2", 4: "MR", 3: "US"
    }  # fmt: skip


def test_a_number_given_up_before_is_given_to_nothing() -> None:
    base, other = two()
    third = other.parted("z")
    other.do(RegisterProduct("MR"))
    third.do(RegisterProduct("US"))
    base.merge(other, leaves_out=True)
    planned = base.merge(third)
    assert [(each.number, each.meant, each.now) for each in planned.given_up] == [("3", "US", "4")]


def test_where_no_other_number_has_room_two_products_cannot_be_told_apart() -> None:
    base, other = two(long_root(58))
    base.do(RegisterProduct("CT 2", number=9))
    other.do(RegisterProduct("MR", number=9))
    (clash,) = base.plan(other).clashes
    assert [option.choice for option in clash.options] == [KEEP, TAKE]
    third = other.parted("z")
    base.merge(other, leaves_out=True)
    third.do(RegisterProduct("US", number=8))
    second = base.parted("y")
    second.do(RegisterProduct("XA", number=8))
    assert [option.choice for option in second.plan(third).clashes[0].options] == [KEEP, TAKE]


def test_a_product_that_has_no_number_left_is_left_out() -> None:
    base, other = two(long_root(58))
    third = base.parted("z")
    other.do(RegisterProduct("MR", number=9))
    third.do(RegisterProduct("US", number=9))
    base.merge(other, leaves_out=True)
    planned = base.merge(third)
    assert [(each.number, each.meant, each.now) for each in planned.given_up] == [("9", "US", None)]
    assert base.registry.product(9) is None


def test_a_release_that_would_be_too_long_under_the_other_number_is_left_out() -> None:
    base, other = two(long_root(56))
    base.do(RegisterProduct("CT 2", number=9))
    other.do(RegisterProduct("MR", number=9), RegisterRelease("MR", "1.0"), RegisterRelease("MR", "2"))
    planned = base.merge(other, {"product:9": APART})
    assert [(each.number, each.now) for each in planned.given_up] == [
        ("9", "10"),
        ("9.1.0", None),
        ("MR_1.0", None),
        ("9.2", "10.2"),
    ]
    assert [r.uid for r in base.registry.releases] == [f"{long_root(56)}.1.10.2"]


def long_root(length: int) -> str:
    return "1.2.826.0.1.3680043.2.50." + "9" * (length - 25)
