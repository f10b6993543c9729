"""A finding in the field is noted on an installation, once, and changes nothing of it."""

from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book, codes, notices
from tests.core.merging.histories import two
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.errors import ContradictionError
from uidmanager.core.merging.terms import Choice
from uidmanager.core.records import State
from uidmanager.core.reports import Kind, report
from uidmanager.core.reports.filters import Filter
from uidmanager.core.subjects import subject_of_event

UID = f"{ROOT}.2.372764"
TODAY = "2026-11-24"
SEEN = d.NoteSeen("0372764", "St Mary's", "its root in a log", "2026-11-22", today=TODAY)


def test_it_is_written_as_it_was_said_and_nothing_else_changes(book: Book) -> None:
    before = book.registry.installation("372764")
    decision = book.do(SEEN)
    event = e.InstallationSeen("372764", "2026-11-22", "St Mary's", "its root in a log")
    assert (decision.uids, decision.events, decision.notices) == ((UID,), (event,), ())
    held = book.registry.installation("372764")
    assert held == before
    assert held
    assert book.registry.findings_on(held) == [event]
    assert [entry.n for entry in book.registry.history_of(held)] == [5, 6]
    assert subject_of_event(event) == ("installation", "372764")


def test_texts_are_tidied_and_the_day_is_today_where_none_is_named(book: Book) -> None:
    draft = d.NoteSeen("372764", "  Mu\u0308nchen ", " it\n", None, today=TODAY)
    decision = book.ask(draft)
    assert decision.events == (e.InstallationSeen("372764", TODAY, "München", "it"),)
    assert notices(decision) == ["serial.read_as"]


def test_the_same_finding_again_is_answered_and_nothing_is_written(book: Book) -> None:
    book.do(SEEN)
    again = book.ask(d.NoteSeen("372764", "St Mary's ", "its root in a log", " 2026-11-22", "why", TODAY))
    assert (again.is_settled, again.uids) == (True, (UID,))
    assert notices(again) == ["serial.read_as", "seen.already"]


@pytest.mark.parametrize(
    "other",
    [
        d.NoteSeen("0372764", "St Mary's", "its root in a log", "2026-11-23", today=TODAY),
        d.NoteSeen("0372764", "St Mary's 2", "its root in a log", "2026-11-22", today=TODAY),
        d.NoteSeen("0372764", "St Mary's", "its root in an image", "2026-11-22", today=TODAY),
        d.NoteSeen("8", "St Mary's", "its root in a log", "2026-11-22", today=TODAY),
    ],
)
def test_another_day_place_finding_or_unit_is_another_finding(book: Book, other: d.NoteSeen) -> None:
    book.do(d.AssignInstallations(("8",)))
    book.do(SEEN)
    assert book.ask(other).events


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (d.NoteSeen("9", "a", "b", today=TODAY), ["installation.unknown"]),
        (d.NoteSeen("A9", "a", "b", today=TODAY), ["serial.not_numeric"]),
        (d.NoteSeen("0372764", " ", "", today=TODAY), ["seen.nowhere", "seen.nothing"]),
        (d.NoteSeen("0372764", "x" * 1001, "b", today=TODAY), ["text.too_long"]),
        (d.NoteSeen("0372764", "a", "b\u202ec", today=TODAY), ["text.character"]),
        (d.NoteSeen("0372764", "a", "b", reason="x" * 1001, today=TODAY), ["text.too_long"]),
        (d.NoteSeen("0372764", "a", "b", "2026-11-25", today=TODAY), ["seen.in_future"]),
        (d.NoteSeen("0372764", "a", "b", "2026-02-29", today=TODAY), ["seen.not_a_day"]),
        (d.NoteSeen("0372764", "a", "b", "22.11.2026", today=TODAY), ["seen.not_a_day"]),
        (d.NoteSeen("0372764", "a", "b", "٢026-11-22", today=TODAY), ["seen.not_a_day"]),
        (d.NoteSeen("0372764", "a", "b", "2026-11-22"), ["seen.in_future"]),
        (d.NoteSeen("0372764", "a", "b"), ["seen.not_a_day"]),
    ],
)
def test_it_is_refused_for(book: Book, draft: d.NoteSeen, expected: list[str]) -> None:
    decision = book.ask(draft)
    assert codes(decision) == expected
    assert decision.events == ()


def test_a_unit_that_was_void_or_retired_can_be_seen(book: Book) -> None:
    book.do(d.VoidInstallation("0372764", "typo"))
    book.do(SEEN)
    held = book.registry.installation("372764")
    assert held
    assert held.state is State.VOID


def test_a_ledger_that_notes_it_of_nobody_is_a_contradiction(book: Book) -> None:
    with pytest.raises(ContradictionError, match="there is no installation 9"):
        book.write(e.InstallationSeen("9", "2026-11-22", "a", "b"))


def test_the_history_tells_it_and_it_counts_for_the_product(book: Book) -> None:
    book.do(SEEN)
    (row,) = report(book.registry, Kind.HISTORY, Filter(product=2, containing="mary")).rows
    assert (row["what"], row["subject"], row["new"]) == (
        "installation seen",
        "0372764",
        "2026-11-22, St Mary's: its root in a log",
    )
    assert not report(book.registry, Kind.HISTORY, Filter(product=1, containing="mary")).rows


def test_what_was_noted_later_is_not_in_a_copy_that_holds_still(book: Book) -> None:
    book.do(SEEN)
    still = book.registry.still()
    book.do(d.NoteSeen("0372764", "there", "again", today=TODAY))
    held = book.registry.installation("372764")
    assert held
    assert (len(still.findings_on(held)), len(book.registry.findings_on(held))) == (1, 2)


def test_of_several_in_one_entry_each_goes_with_its_own_unit(book: Book) -> None:
    book.do(d.AssignInstallations(("8",)))
    one, other = e.InstallationSeen("8", TODAY, "a", "b"), e.InstallationSeen("372764", TODAY, "a", "b")
    book.write(one, other)
    held = book.registry.installation("8")
    assert held
    assert book.registry.findings_on(held) == [one]


# -- another history -------------------------------------------------------------------------------------------------


def test_a_finding_of_the_other_history_is_taken_over() -> None:
    base, other = two()
    base.do(d.RetireInstallation("0372764", "x"))
    other.do(SEEN)
    planned = base.merge(other)
    assert (len(planned.taken), planned.clashes) == (1, ())
    held = base.registry.installation("372764")
    assert held
    assert held.state is State.RETIRED
    assert base.registry.findings_on(held) == [e.InstallationSeen("372764", "2026-11-22", *SEEN_WORDS)]


def test_one_that_both_have_is_there_already() -> None:
    base, other = two()
    base.do(SEEN)
    other.do(SEEN)
    planned = base.merge(other)
    assert (len(planned.taken), len(planned.present)) == (0, 1)
    held = base.registry.installation("372764")
    assert held
    assert len(base.registry.findings_on(held)) == 1


def test_one_of_a_unit_that_is_left_out_is_left_out_with_it() -> None:
    base, other = two()
    base.do(d.AssignInstallations(("7",)))
    other.do(d.AssignInstallations(("07",)), d.NoteSeen("07", "a", "b", today=TODAY))
    planned = base.merge(other, {"installation:7": Choice.APART})
    assert [told.what for told in planned.left_out] == ["installation assigned", "installation seen"]
    held = base.registry.installation("7")
    assert held
    assert base.registry.findings_on(held) == []


SEEN_WORDS = (SEEN.where, SEEN.what)
