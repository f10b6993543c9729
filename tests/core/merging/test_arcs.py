"""The indexed arc of another history: one index, one serial; one serial, one root."""

from __future__ import annotations

import pytest

from tests.core.conftest import ROOT
from tests.core.merging.histories import History, two
from uidmanager.core.drafts import (
    AssignInstallations,
    CorrectInstallation,
    OpenIndexedArc,
    RegisterProduct,
    SetProductSerials,
    VoidInstallation,
)
from uidmanager.core.events import IndexedArcOpened, NumberGivenUp
from uidmanager.core.merging.terms import Choice
from uidmanager.core.records import NumberKind, SerialRule

KEEP, APART = Choice.KEEP, Choice.APART
OPENED = OpenIndexedArc("3", "letters")
LETTERS = SetProductSerials("2", SerialRule(indexed=True), "x")


def in_both() -> tuple[History, History]:
    base, _ = two()
    base.do(OPENED, LETTERS)
    return base, base.parted("b")


def roots(history: History) -> dict[str, str]:
    """The component of each unit."""
    return {held.serial: held.component for held in history.registry.installations}


def given_up(history: History) -> list[tuple[str, str, str | None]]:
    return [(it.number, it.meant, it.now) for it in history.registry.elsewhere.all_given_up]


def test_an_arc_that_only_the_other_has_is_opened_and_its_indices_are_kept() -> None:
    base, other = two()
    other.do(OPENED, LETTERS, AssignInstallations(("SN-A", "SN-B"), "2"), VoidInstallation("sn-b", "x"))
    planned = base.merge(other)
    assert (planned.clashes, base.registry.indexed_arc) == ((), "3")
    assert roots(base) == {"0372764": "372764", "SN-A": "3.1", "SN-B": "3.2"}
    assert base.ask(AssignInstallations(("SN-C",), "2")).uids == (f"{ROOT}.3.3",)


def test_an_arc_that_only_the_base_has_stays() -> None:
    base, other = two()
    base.do(OPENED, LETTERS, AssignInstallations(("SN-A",), "2"))
    other.do(AssignInstallations(("7",), "2"))
    base.merge(other)
    assert roots(base) == {"0372764": "372764", "SN-A": "3.1", "7": "7"}


def test_the_same_arc_opened_in_both_is_there_already() -> None:
    base, other = two()
    base.do(OPENED)
    other.do(OPENED)
    planned = base.merge(other)
    assert [told.what for told in planned.present] == ["indexed arc opened"]


def test_of_two_arcs_the_base_keeps_its_own_and_all_serials_get_an_index_there() -> None:
    base, other = two()
    base.do(OpenIndexedArc("4", "x"), LETTERS, AssignInstallations(("SN-Z",), "2"))
    other.do(
        OPENED, LETTERS, AssignInstallations(("SN-A", "SN-B"), "2"), CorrectInstallation("SN-B", None, "note", "x")
    )
    base.merge(other)
    assert roots(base) == {"0372764": "372764", "SN-Z": "4.1", "SN-A": "4.3", "SN-B": "4.4"}
    held = base.registry.installation_with("SN-B")
    assert held
    assert held.note == "note"
    assert given_up(base) == [("3.1", "SN-A", "4.3"), ("3.2", "SN-B", "4.4")]


@pytest.mark.parametrize("choice", [APART, KEEP])
def test_one_index_given_to_two_serials_is_for_a_person_to_decide(choice: Choice) -> None:
    base, other = in_both()
    base.do(AssignInstallations(("SN-A",), "2"))
    other.do(AssignInstallations(("SN-B",), "2"), CorrectInstallation("SN-B", None, "note", "x"))
    assert base.plan(other).undecided == ("installation:3.1",)
    base.merge(other, {"installation:3.1": choice})
    if choice is APART:
        assert roots(base) == {"0372764": "372764", "SN-A": "3.1", "SN-B": "3.2"}
        assert given_up(base) == [("3.1", "SN-B", "3.2")]
    else:
        assert roots(base) == {"0372764": "372764", "SN-A": "3.1"}
        assert given_up(base) == [("3.1", "SN-B", None)]
    assert base.registry.installation("3.1")


def test_in_the_other_direction_the_other_keeps_its_own() -> None:
    base, other = in_both()
    base.do(AssignInstallations(("SN-A",), "2"))
    other.do(AssignInstallations(("SN-B",), "2"))
    other.merge(base, {"installation:3.1": APART})
    assert roots(other) == {"0372764": "372764", "SN-B": "3.1", "SN-A": "3.2"}


def test_an_index_for_which_room_is_made_is_none_that_the_other_gives_later_on() -> None:
    base, other = in_both()
    base.do(AssignInstallations(("SN-A",), "2"))
    other.do(AssignInstallations(("SN-B",), "2"), AssignInstallations(("SN-C", "SN-D"), "2"))
    base.merge(other, {"installation:3.1": APART})
    assert roots(base) == {"0372764": "372764", "SN-A": "3.1", "SN-B": "3.4", "SN-C": "3.2", "SN-D": "3.3"}
    assert base.ask(AssignInstallations(("SN-E",), "2")).uids == (f"{ROOT}.3.5",)


def test_one_serial_with_two_indices_keeps_that_of_the_base_whatever_its_letters() -> None:
    base, other = in_both()
    base.do(AssignInstallations(("SN-A", "SN-B"), "2"))
    other.do(AssignInstallations(("sn-b",), "2"), CorrectInstallation("SN-B", None, "note", "x"))
    planned = base.merge(other)
    assert planned.clashes == ()
    assert roots(base) == {"0372764": "372764", "SN-A": "3.1", "SN-B": "3.2"}
    assert given_up(base) == [("3.1", "sn-b", "3.2")]
    held = base.registry.installation_with("SN-B")
    assert held
    assert held.note == "note"


def test_a_serial_that_has_its_digits_in_one_and_an_index_in_the_other_keeps_the_root_of_the_base() -> None:
    base, other = in_both()
    base.do(AssignInstallations(("4711",), "1"))
    other.do(AssignInstallations(("4711",), "2"))
    choices = {"installation.product:4711": KEEP}
    there = other.parted("c")
    base.merge(other, choices)
    assert roots(base) == {"0372764": "372764", "4711": "4711"}
    assert given_up(base) == [("3.1", "4711", "4711")]
    there.merge(two_back(base), {"installation.product:3.1": KEEP})
    assert roots(there) == {"0372764": "372764", "4711": "3.1"}
    assert ("4711", "4711", "3.1") in given_up(there)
    for history in (base, there):
        assert not history.ask(AssignInstallations(("4711",), "1")).events
        assert not history.ask(AssignInstallations(("04711",), "1")).events


def two_back(base: History) -> History:
    """The base as it was before the merge."""
    return History("a", [entry for entry in base.entries if entry.n <= 8])


def test_what_is_left_out_is_given_up_and_never_given_again() -> None:
    base, other = two()
    other.do(OPENED, LETTERS, AssignInstallations(("SN-A", "SN-B"), "2"), AssignInstallations(("7",), "1"))
    base.merge(other, leaves_out=True)
    assert given_up(base) == [("3.1", "SN-A", None), ("3.2", "SN-B", None), ("7", "7", None)]
    base.do(OPENED, LETTERS)
    assert base.ask(AssignInstallations(("SN-Z",), "2")).uids == (f"{ROOT}.3.3",)


def test_what_is_left_out_while_the_base_has_the_serial_says_which_root_it_has() -> None:
    base, other = in_both()
    base.do(AssignInstallations(("SN-Z", "SN-A"), "2"))
    other.do(AssignInstallations(("sn-a", "SN-Q"), "2"))
    base.merge(other, leaves_out=True)
    assert given_up(base) == [("3.1", "sn-a", "3.2"), ("3.2", "SN-Q", None)]
    assert roots(base) == {"0372764": "372764", "SN-Z": "3.1", "SN-A": "3.2"}


def test_after_the_arc_was_left_out_a_later_merge_opens_it_for_what_comes_then() -> None:
    base, other = two()
    other.do(OPENED, LETTERS, AssignInstallations(("SN-A",), "2"))
    base.merge(other, leaves_out=True)
    other.do(AssignInstallations(("SN-B",), "2"), CorrectInstallation("SN-A", None, "note", "x"))
    planned = base.merge(other)
    assert IndexedArcOpened("3") in planned.entries[0].events
    assert roots(base) == {"0372764": "372764", "SN-B": "3.2"}
    assert [told.what for told in planned.left_out] == ["installation note corrected"]


def test_what_was_moved_is_followed_when_its_history_is_merged_again() -> None:
    base, other = in_both()
    base.do(AssignInstallations(("SN-A",), "2"))
    other.do(AssignInstallations(("SN-B",), "2"))
    base.merge(other, {"installation:3.1": APART})
    other.do(CorrectInstallation("SN-B", None, "note", "x"), RegisterProduct("MR"))
    base.merge(other)
    held = base.registry.installation("3.2")
    assert held
    assert (held.serial, held.note) == ("SN-B", "note")
    # A third history, which knows only the other one, is told the same by both.
    third = in_both()[1]
    third.merge(base, {})
    assert roots(third) == roots(base)


def test_a_root_that_came_by_way_of_a_third_history_is_the_same_units() -> None:
    base, other = in_both()
    third = other.parted("t")
    other.do(AssignInstallations(("SN-B",), "2"))
    third.merge(other)
    base.merge(third)
    other.do(CorrectInstallation("sn-b", None, "note", "x"))
    base.merge(other)
    held = base.registry.installation("3.1")
    assert held
    assert (held.serial, held.note) == ("SN-B", "note")
    assert not [e for entry in base.entries for e in entry.events if isinstance(e, NumberGivenUp)]
    assert base.registry.elsewhere.given_up(NumberKind.INSTALLATION, "3.1") == ()
