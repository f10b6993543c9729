"""Installations of another history: one root, one unit."""

from __future__ import annotations

import pytest

from tests.core.merging.histories import two
from uidmanager.core.drafts import (
    AssignInstallations,
    CorrectInstallation,
    RegisterProduct,
    ReinstateInstallation,
    RetireInstallation,
    VoidInstallation,
)
from uidmanager.core.events import InstallationReinstated, InstallationRetired
from uidmanager.core.merging.terms import Choice
from uidmanager.core.records import NumberKind, State

KEEP, TAKE, APART = Choice.KEEP, Choice.TAKE, Choice.APART


def test_what_only_the_other_has_is_taken_over_with_all_that_became_of_it() -> None:
    base, other = two()
    other.do(
        AssignInstallations(("7", "8"), "1", "loan"),
        CorrectInstallation("7", "2", "sold", "x"),
        RetireInstallation("7", "x"),
        ReinstateInstallation("7", "x"),
        VoidInstallation("8", "x"),
    )
    planned = base.merge(other)
    assert (len(planned.taken), planned.clashes) == (7, ())
    seven, eight = base.registry.installation("7"), base.registry.installation("8")
    assert seven
    assert eight
    assert (seven.product, seven.note, seven.state) == (2, "sold", State.ACTIVE)
    assert eight.state is State.VOID


def test_the_product_follows_its_new_number() -> None:
    base, other = two()
    base.do(RegisterProduct("CT 2"))
    other.do(RegisterProduct("MR"), AssignInstallations(("7",), "MR"), CorrectInstallation("0372764", "MR", None, "x"))
    base.merge(other, {"product:3": APART})
    for component in ("7", "372764"):
        held = base.registry.installation(component)
        assert held
        assert held.product == 4


def test_of_a_product_left_out_a_unit_is_of_none() -> None:
    base, other = two()
    base.do(RegisterProduct("MR", code="M"))
    other.do(RegisterProduct("US", number=4, code="M"), AssignInstallations(("7",), "US"))
    other.do(CorrectInstallation("0372764", "US", None, "x"), CorrectInstallation("7", None, "note", "x"))
    planned = base.merge(other, {"product.code:4": KEEP})
    seven = base.registry.installation("7")
    assert seven
    assert (seven.product, seven.note) == (None, "note")
    assert [told.what for told in planned.left_out] == ["product registered", "installation product corrected"]


def test_the_same_unit_is_there_already_and_what_was_not_said_is_no_clash() -> None:
    base, other = two()
    base.do(AssignInstallations(("7", "8"), "1", "note"), VoidInstallation("7", "x"))
    other.do(AssignInstallations(("7",), "1", "note"), AssignInstallations(("8",)))
    planned = base.merge(other)
    assert (len(planned.present), planned.clashes) == (2, ())


@pytest.mark.parametrize("choice", [KEEP, APART])
def test_two_serials_with_one_root_are_one_unit_or_two(choice: Choice) -> None:
    base, other = two()
    base.do(AssignInstallations(("07",)))
    other.do(AssignInstallations(("7",)), CorrectInstallation("7", None, "theirs", "x"))
    planned = base.merge(other, {"installation:7": choice})
    held = base.registry.installation("7")
    given_up = base.registry.elsewhere.given_up(NumberKind.INSTALLATION, "7")
    assert held
    assert held.serial == "07"
    assert (held.note, [each.meant for each in given_up]) == (("theirs", []) if choice is KEEP else (None, ["7"]))
    assert len(planned.left_out) == (2 if choice is APART else 0)
    assert base.registry.history_of(held)[-1].n == (7 if choice is APART else 8)


@pytest.mark.parametrize("choice", [KEEP, TAKE])
def test_product_note_and_state_told_differently_are_decided_each(choice: Choice) -> None:
    base, other = two()
    base.do(AssignInstallations(("7",), "1", "mine"), VoidInstallation("7", "x"))
    other.do(AssignInstallations(("7",), "2", "theirs"))
    planned = base.plan(other)
    assert [(clash.key, clash.base, clash.other) for clash in planned.clashes] == [
        ("installation.state:7", "void", "active"),
        ("installation.product:7", "product 1 “Viewer”", "product 2 “CT Console”"),
        ("installation.note:7", "mine", "theirs"),
    ]
    base.merge(other, dict.fromkeys(planned.undecided, choice))
    held = base.registry.installation("7")
    assert held
    expected = (2, "theirs", State.ACTIVE) if choice is TAKE else (1, "mine", State.VOID)
    assert (held.product, held.note, held.state) == expected


def test_a_product_where_the_base_has_none_is_a_clash_too() -> None:
    base, other = two()
    base.do(AssignInstallations(("7",)))
    other.do(AssignInstallations(("7",), "2"))
    assert [(clash.base, clash.other) for clash in base.plan(other).clashes] == [("none", "product 2 “CT Console”")]


def test_changes_of_both_are_decided_and_the_way_leads_through_active() -> None:
    base, other = two()
    base.do(VoidInstallation("0372764", "x"), CorrectInstallation("0372764", "1", "mine", "x"))
    other.do(RetireInstallation("0372764", "x"), CorrectInstallation("0372764", "", "theirs", "x"))
    planned = base.plan(other)
    assert planned.undecided == (
        "installation.state:372764",
        "installation.product:372764",
        "installation.note:372764",
    )
    base.merge(other, dict.fromkeys(planned.undecided, TAKE))
    assert base.registry.entries[-2].events[1:] == (InstallationReinstated("372764"), InstallationRetired("372764"))
    held = base.registry.installation("372764")
    assert held
    assert (held.product, held.note, held.state) == (None, "theirs", State.RETIRED)


def test_the_same_changes_are_there_already() -> None:
    base, other = two()
    for history in (base, other):
        history.do(CorrectInstallation("0372764", "1", "same", "x"), RetireInstallation("0372764", "x"))
    planned = base.merge(other)
    assert (len(planned.present), planned.clashes) == (3, ())


def test_a_root_given_up_is_taken_over_for_the_same_serial_only() -> None:
    base, other = two()
    third, fourth = other.parted("z"), other.parted("y")
    other.do(AssignInstallations(("7",)))
    base.merge(other, leaves_out=True)
    third.do(AssignInstallations(("07",)))
    fourth.do(AssignInstallations(("7",)))
    assert [told.subject for told in base.plan(third).left_out] == ["07"]
    assert [told.subject for told in base.plan(fourth).taken] == ["7"]
    base.merge(fourth)
    assert base.registry.installation("7")
