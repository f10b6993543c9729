"""Releases of another history: one UID, one version name, one build."""

from __future__ import annotations

import pytest

from tests.core.merging.histories import two
from uidmanager.core.drafts import CorrectRelease, RegisterProduct, RegisterRelease, WithdrawRelease
from uidmanager.core.merging.terms import Choice
from uidmanager.core.records import NumberKind, State

KEEP, TAKE, APART = Choice.KEEP, Choice.TAKE, Choice.APART
CT = "CT Console"


def test_a_release_that_only_the_other_has_is_taken_over_with_what_became_of_it() -> None:
    base, other = two()
    other.do(
        RegisterRelease(CT, "5.0", note="one"), CorrectRelease(CT, "5.0", "two", "x"), WithdrawRelease(CT, "5.0", "x")
    )
    assert not base.merge(other).clashes
    release = base.registry.release(2, "5.0")
    assert release
    assert (release.version_name, release.note, release.state) == ("CT_5.0", "two", State.WITHDRAWN)


def test_the_same_release_is_there_already_and_withdrawn_stays_withdrawn() -> None:
    base, other = two()
    base.do(RegisterRelease(CT, "5.0", note="mine"), WithdrawRelease(CT, "5.0", "x"))
    other.do(RegisterRelease(CT, "5.0"), WithdrawRelease(CT, "5.0", "x"))
    planned = base.merge(other)
    assert (len(planned.present), planned.clashes) == (2, ())


@pytest.mark.parametrize("choice", [KEEP, APART])
def test_two_tellings_of_one_uid_are_one_release_or_two(choice: Choice) -> None:
    base, other = two()
    base.do(RegisterRelease(CT, "v5.0"))
    other.do(RegisterRelease(CT, "5.0", version_name="FIVE", note="a"), CorrectRelease(CT, "5.0", "b", "x"))
    planned = base.plan(other, {"release:2.5.0": choice, "release.note:2.5.0": TAKE})
    assert planned.clashes[0].key == "release:2.5.0"
    assert "one UID" in planned.clashes[0].options[1].meaning
    base.merge(other, {"release:2.5.0": choice, "release.note:2.5.0": TAKE})
    release = base.registry.release(2, "5.0")
    given_up = base.registry.elsewhere.given_up
    assert release
    assert release.version == "v5.0"
    assert [each.now for each in given_up(NumberKind.VERSION_NAME, "FIVE")] == [
        release.version_name if choice is KEEP else None
    ]
    if choice is KEEP:
        assert release.note == "b"
        assert not given_up(NumberKind.RELEASE, "2.5.0")
    else:
        assert release.note is None
        assert [each.meant for each in given_up(NumberKind.RELEASE, "2.5.0")] == ["CT Console 5.0"]
        assert [told.what for told in planned.left_out] == ["release registered", "release note corrected"]


def test_of_a_product_with_two_numbers_no_two_builds_carry_one_uid() -> None:
    base, other = two()
    base.do(RegisterProduct("X"), RegisterProduct("MR"), RegisterRelease("MR", "v1.0"))
    other.do(RegisterProduct("MR"), RegisterRelease("MR", "1.0"))
    planned = base.plan(other, {"product:3": KEEP})
    assert planned.undecided == ("release:3.1.0",)
    assert "the UID it had is given up" in planned.clashes[1].options[1].meaning


@pytest.mark.parametrize(("choice", "note"), [(KEEP, "mine"), (TAKE, "theirs")])
def test_two_notes_of_one_release_are_decided(choice: Choice, note: str) -> None:
    base, other = two()
    base.do(RegisterRelease(CT, "5.0", note="mine"))
    other.do(RegisterRelease(CT, "5.0", note="theirs"))
    (clash,) = base.plan(other).clashes
    assert (clash.key, clash.base, clash.other) == ("release.note:2.5.0", "mine", "theirs")
    base.merge(other, {clash.key: choice})
    release = base.registry.release(2, "5.0")
    assert release
    assert release.note == note


def test_a_note_changed_in_both_is_decided_and_the_same_change_is_there_already() -> None:
    base, other = two()
    base.do(CorrectRelease(CT, "4.5.0.3", "same", "x"))
    other.do(CorrectRelease(CT, "4.5.0.3", "same", "x"), CorrectRelease(CT, "4.5.0.3", None, "x"))
    assert not base.merge(other).clashes
    base, other = two()
    base.do(CorrectRelease(CT, "4.5.0.3", "mine", "x"))
    other.do(CorrectRelease(CT, "4.5.0.3", "theirs", "x"), CorrectRelease(CT, "4.5.0.3", None, "x"))
    (clash,) = base.plan(other).clashes
    assert (clash.base, clash.other) == ("mine", "no note")
    base.merge(other, {clash.key: TAKE})
    release = base.registry.release(2, "4.5.0.3")
    assert release
    assert release.note is None


@pytest.mark.parametrize("choice", [APART, KEEP])
def test_a_version_name_that_is_taken_gives_way_or_the_release_does(choice: Choice) -> None:
    base, other = two()
    base.do(RegisterRelease(CT, "5.0", version_name="ONE"))
    other.do(RegisterRelease(CT, "6.0", version_name="ONE"), WithdrawRelease(CT, "6.0", "x"))
    planned = base.merge(other, {"release.version_name:2.6.0": choice})
    release = base.registry.release(2, "6.0")
    (given_up,) = base.registry.elsewhere.given_up(NumberKind.VERSION_NAME, "ONE")
    assert "ONE" in planned.clashes[0].base
    if choice is APART:
        assert release
        assert (release.version_name, given_up.now, release.state) == ("CT_6.0", "CT_6.0", State.WITHDRAWN)
    else:
        assert release is None
        assert given_up.now is None
        assert base.registry.elsewhere.given_up(NumberKind.RELEASE, "2.6.0")


def test_where_no_version_name_can_be_made_the_release_can_only_be_left_out() -> None:
    base, other = two()
    long = "1.2.3.4.5.6.7.8.9.10"
    base.do(RegisterRelease(CT, "5.0", version_name="ONE"))
    other.do(RegisterRelease(CT, long, version_name="ONE"))
    (clash,) = base.plan(other).clashes
    assert [option.choice for option in clash.options] == [KEEP]


def test_what_was_given_up_before_is_not_registered_by_another_merge() -> None:
    base, other = two()
    third = other.parted("z")
    other.do(RegisterRelease(CT, "5.0", version_name="ONE"))
    third.do(RegisterRelease(CT, "5.0", version_name="TWO"), RegisterRelease(CT, "6.0", version_name="ONE"))
    base.merge(other, leaves_out=True)
    planned = base.plan(third)
    assert [(each.kind, each.number) for each in planned.given_up][:2] == [
        (NumberKind.RELEASE, "2.5.0"),
        (NumberKind.VERSION_NAME, "TWO"),
    ]
    assert [(clash.key, clash.base) for clash in planned.clashes] == [("release.version_name:2.6.0", "given up")]
