"""Merging again: what was left out, what was merged before, what came by way of a third history."""

from __future__ import annotations

import pytest

from tests.core.merging.histories import History, two
from uidmanager.core.drafts import (
    AssignInstallations,
    CorrectProduct,
    CorrectRelease,
    RegisterProduct,
    RegisterRelease,
    RetireInstallation,
    RetireProduct,
)
from uidmanager.core.events import FORMAT, FORMAT_VERSION, EntryMerged, NumberGivenUp, RegistryFounded
from uidmanager.core.merging.planning import plan
from uidmanager.core.merging.terms import Choice
from uidmanager.core.records import NumberKind, Scheme

KEEP, APART = Choice.KEEP, Choice.APART
CT = "CT Console"


def test_an_entry_says_where_it_came_from() -> None:
    base, other = two()
    other.do(RetireProduct("1", "over"))
    base.merge(other)
    assert base.registry.entries[-1].events[0] == EntryMerged(
        6, "b-6", "id-b-6", "2026-11-22T21:06:06.000000Z", "anna", "L", "0", "over"
    )


def test_leaving_out_gives_up_each_number_that_is_not_held_for_the_same() -> None:
    base, other = two()
    base.do(RegisterProduct("MR"), RegisterRelease(CT, "5.0"), AssignInstallations(("7", "8")))
    other.do(
        RegisterProduct("MR"),
        RegisterRelease("MR", "1.0"),
        RegisterProduct("US"),
        RegisterRelease("US", "1.0"),
        RegisterRelease(CT, "5.0"),
        AssignInstallations(("07", "8")),
        RetireInstallation("8", "x"),
    )
    planned = base.merge(other, leaves_out=True)
    assert [(str(each.kind), each.number, each.meant) for each in planned.given_up] == [
        ("release", "3.1.0", "MR 1.0"),
        ("version_name", "MR_1.0", "MR 1.0"),
        ("product", "4", "US"),
        ("release", "4.1.0", "US 1.0"),
        ("version_name", "US_1.0", "US 1.0"),
        ("installation", "7", "07"),
    ]
    assert [told.subject for told in planned.present] == ["product 3", "CT Console 5.0", "8"]
    assert not planned.taken
    assert not planned.clashes
    assert base.plan(other).entries == ()


def test_after_leaving_out_what_is_written_on_there_follows() -> None:
    base, other = two()
    base.do(RegisterProduct("MR"))
    other.do(RegisterProduct("US"), AssignInstallations(("7",)), RegisterRelease(CT, "5.0"))
    base.merge(other, leaves_out=True)
    other.do(
        RegisterRelease("US", "1.0"), RetireInstallation("7", "x"), CorrectRelease(CT, "5.0", "n", "x"),
        CorrectProduct("US", "Ultra", "x"), RetireProduct("3", "x"),
    )  # fmt: skip
    planned = base.merge(other)
    assert [(each.number, each.now) for each in planned.given_up] == [("3.1.0", None), ("US_1.0", None)]
    assert (len(planned.present), len(planned.left_out), planned.taken) == (3, 5, [])


def test_what_is_written_on_there_goes_where_the_product_is_by_now() -> None:
    base, other = two()
    base.do(RegisterProduct("MR"), RegisterProduct("US"))
    other.do(RegisterProduct("US"), RegisterProduct("XA", number=9), RegisterProduct("MR 2", number=10))
    other.do(RegisterRelease("XA", "1.0", version_name="CT_4.5.0.3X"))
    base.merge(other, {"product:3": APART})
    other.do(RegisterRelease("US", "1.0"), CorrectProduct("US", "Ultra", "x"), RegisterRelease("9", "2.0"))
    assert not base.merge(other).clashes
    assert {p.number: p.name for p in base.registry.products} == {
        1: "Viewer", 2: CT, 3: "MR", 4: "US", 11: "Ultra", 9: "XA", 10: "MR 2"
    }  # fmt: skip
    assert base.registry.release(11, "1.0")
    assert base.registry.release(9, "2.0")


def by_way_of_a_third() -> tuple[History, History, History]:
    """``one`` has merged ``two``, which had merged ``three`` and taken product 3 of both for one."""
    one, second = two()
    third = second.parted("z")
    one.do(RegisterProduct("XA"))
    second.do(RegisterProduct("MR"))
    third.do(RegisterProduct("Mr"), RegisterRelease("Mr", "1.0"), AssignInstallations(("7",)))
    second.merge(third, {"product:3": KEEP})
    return one, second, third


def test_what_a_history_had_merged_comes_along() -> None:
    one, second, third = by_way_of_a_third()
    one.merge(second, {"product:3": APART})
    assert one.registry.release(4, "1.0")
    assert one.plan(third).entries == ()
    assert one.registry.elsewhere.merged.keys() == {"b-6", "b-7", "b-8", "b-9", "z-6", "z-7", "z-8"}


def test_by_way_of_a_third_nothing_is_taken_for_the_same_unseen() -> None:
    one, second, third = by_way_of_a_third()
    one.merge(second, {"product:3": APART})
    third.do(RegisterRelease("Mr", "2.0"), RetireInstallation("7", "x"), CorrectRelease("Mr", "1.0", "n", "x"))
    planned = one.merge(third)
    assert [(each.number, each.now) for each in planned.given_up] == [("3.2.0", None), ("MR_2.0", None)]
    assert one.registry.release(3, "2.0") is None
    assert [told.what for told in planned.taken] == ["installation retired"]


def test_by_way_of_a_third_what_is_told_just_so_is_the_same() -> None:
    one, second = two()
    third = second.parted("z")
    third.do(RegisterProduct("MR"), RegisterRelease("MR", "1.0"), RegisterRelease(CT, "5.0"))
    second.merge(third)
    one.merge(second)
    third.do(CorrectRelease("MR", "1.0", "n", "x"), CorrectProduct("MR", "MR 2", "x"))
    assert [told.what for told in one.merge(third).taken] == ["release note corrected", "product name corrected"]


def test_leaving_out_keeps_what_the_other_had_merged() -> None:
    one, second = two()
    third = second.parted("z")
    second.do(RetireProduct("1", "x"))
    third.do(RegisterProduct("US"))
    second.merge(third, leaves_out=True)
    planned = one.merge(second, leaves_out=True)
    assert [(each.number, each.meant) for each in planned.given_up] == [("3", "US")]
    assert one.plan(third).entries == ()


def test_numbers_that_a_history_had_given_up_are_given_up_here_under_the_numbers_of_here() -> None:
    one, second = two()
    third = second.parted("z")
    one.do(RegisterProduct("XA"))
    second.do(RegisterProduct("MR"), RegisterRelease(CT, "5.0", version_name="ONE"), AssignInstallations(("7",)))
    third.do(RegisterProduct("US"), RegisterRelease("US", "1.0", version_name="ONE"), AssignInstallations(("07",)))
    second.merge(third, {"product:3": APART, "release.version_name:3.1.0": APART, "installation:7": APART})
    planned = one.merge(second, {"product:3": APART})
    assert [(str(each.kind), each.number, each.meant, each.now) for each in planned.given_up] == [
        ("product", "3", "MR", "5"),
        ("product", "3", "US", "4"),
        ("version_name", "ONE", "US 1.0", "US_1.0"),
        ("release", "3.1.0", "US 1.0", "4.1.0"),
        ("installation", "7", "07", None),
    ]


def test_of_its_own_entries_a_history_is_told_nothing_new() -> None:
    one, other = two()
    one.do(RegisterProduct("MR"))
    other.do(RegisterProduct("US"))
    one.merge(other, {"product:3": APART})
    planned = other.plan(one, {"product:3": APART, "product:4": KEEP})
    assert [told.what for told in planned.present] == ["entry merged", "product registered", "number given up"]
    assert [(each.number, each.meant, each.now) for each in planned.given_up] == [("3", "MR", "5"), ("4", "US", "3")]


def test_a_now_of_what_is_not_here_is_none() -> None:
    base, other = two()
    other.do(RegisterProduct("MR", number=4, code="M"), RegisterRelease("4", "1.0"), AssignInstallations(("7",)))
    base.do(RegisterProduct("US", code="M"), AssignInstallations(("07",)))
    other.write(
        NumberGivenUp(NumberKind.PRODUCT, "9", "old", "4"),
        NumberGivenUp(NumberKind.RELEASE, "9.1.0", "old", "4.1.0"),
        NumberGivenUp(NumberKind.INSTALLATION, "9", "9", "7"),
    )
    planned = base.merge(other, {"product.code:4": KEEP, "installation:7": APART})
    assert [(each.number, each.now) for each in planned.given_up][-3:] == [("9", None), ("9.1.0", None), ("9", None)]


def test_two_foundings_are_not_merged() -> None:
    founding = RegistryFounded(FORMAT, FORMAT_VERSION, "registry-1", "Acme", "1.2.826.0.1.3680043.2.50", Scheme())
    left, right = History("a"), History("b")
    left.write(founding)
    right.write(founding)
    with pytest.raises(TypeError):
        plan(left.entries, right.entries, 0, {})
