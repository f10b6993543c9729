"""Numbers given up in another history: they stay taken, and whoever asks is told what they were given to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.conftest import ROOT, codes, notices
from uidmanager.core.accounts import account_of
from uidmanager.core.drafts import AssignInstallations, RegisterProduct, RegisterRelease
from uidmanager.core.errors import ContradictionError
from uidmanager.core.events import (
    EntryMerged,
    InstallationAssigned,
    NumberGivenUp,
    ProductRegistered,
    ReleaseRegistered,
)
from uidmanager.core.identify import Answer, identify
from uidmanager.core.records import NumberKind

if TYPE_CHECKING:
    from tests.core.conftest import Book
    from uidmanager.core.events import Event

MERGED = EntryMerged(9, "f" * 64, "id-9", "2026-11-20T08:00:00.000000Z", "bert", "LINE-4", "0.1.0", "moved")
GIVEN_UP = (
    NumberGivenUp(NumberKind.PRODUCT, "7", "MR", "5"),
    NumberGivenUp(NumberKind.RELEASE, "2.5.0", "5.0"),
    NumberGivenUp(NumberKind.VERSION_NAME, "CT_5.1", "5.1", "CT_5.1.0"),
    NumberGivenUp(NumberKind.INSTALLATION, "4711", "04711"),
    NumberGivenUp(NumberKind.INSTALLATION, "372764", "372764"),
)


@pytest.fixture
def merged(book: Book) -> Book:
    book.write(MERGED, *GIVEN_UP, why="two copies")
    return book


@pytest.mark.parametrize(
    "event",
    [
        MERGED,
        ProductRegistered(7, "XA"),
        ReleaseRegistered(2, "5.0", "5.0", "FIVE"),
        ReleaseRegistered(2, "5.1", "5.1", "CT_5.1"),
        InstallationAssigned("4711", "4711"),
        NumberGivenUp(NumberKind.PRODUCT, "seven", "MR"),
        NumberGivenUp(NumberKind.PRODUCT, "7", "MR", "7.1"),
        NumberGivenUp(NumberKind.RELEASE, "٣.1", "1"),
    ],
    ids=str,
)
def test_what_gives_such_a_number_again_stops_the_fold(merged: Book, event: Event) -> None:
    with pytest.raises(ContradictionError):
        merged.write(event)


def test_the_numbers_go_on_after_it(merged: Book) -> None:
    assert merged.ask(RegisterProduct("XA")).number == 8


def test_the_rules_say_what_it_was_given_to(merged: Book) -> None:
    product = merged.ask(RegisterProduct("XA", number=7))
    assert codes(product) == ["product.number_given_up"]
    assert "was given to “MR” (now 5) in another history, merged 2026-11-22 by anna" in product.problems[0].message
    assert codes(merged.ask(RegisterRelease("2", "5.0"))) == ["release.given_up"]
    assert codes(merged.ask(RegisterRelease("2", "6", version_name="CT_5.1"))) == ["version_name.given_up"]
    assert merged.ask(RegisterRelease("2", "5.1")).version_name == "CT2_5.1"
    assert codes(merged.ask(AssignInstallations(("4711",)))) == ["serial.given_up"]


def test_the_same_serial_has_its_root_back(merged: Book) -> None:
    decision = merged.ask(AssignInstallations(("04711",)))
    assert notices(decision) == ["serial.leading_zeros", "serial.given_back"]
    merged.do(AssignInstallations(("04711",)))
    assert merged.registry.installation("4711")


def test_a_number_of_which_two_histories_speak_is_for_both(merged: Book) -> None:
    merged.write(NumberGivenUp(NumberKind.INSTALLATION, "4711", "4711"))
    decision = merged.ask(AssignInstallations(("04711",)))
    assert codes(decision) == ["serial.given_up"]
    assert "to “04711” and “4711” in another history" in decision.problems[0].message


@pytest.mark.parametrize(
    ("uid", "answer", "sentence"),
    [
        (f"{ROOT}.2.4711.3", Answer.GIVEN_UP, "Installation 4711 was given to “04711” in another history"),
        (f"{ROOT}.2.372764.3", Answer.INSTALLATION, "(CT Console). Beware: Installation 372764 was given to “372764”"),
        (f"{ROOT}.1.2.5.0", Answer.PRODUCT_ARC, "no release 5.0. Beware: Release 2.5.0 was given to “5.0”"),
        (f"{ROOT}.1.2.4.5.0.3", Answer.RELEASE, "Release CT Console 4.5.0.3."),
        (f"{ROOT}.1.7", Answer.GIVEN_UP, "Product 7 was given to “MR” (now 5)"),
        (f"{ROOT}.1.7.1.0", Answer.GIVEN_UP, "Product 7 was given to “MR” (now 5)"),
        (f"{ROOT}.1.8.1.0", Answer.OUR_ROOT, "no product 8 was ever registered"),
        (f"{ROOT}.3.4711", Answer.OUR_ROOT, "never issued"),
        (ROOT, Answer.OUR_ROOT, "The root of"),
    ],
)
def test_identify_tells_of_it(merged: Book, uid: str, answer: Answer, sentence: str) -> None:
    found = identify(merged.registry, uid, {})
    assert found.answer is answer
    assert sentence in found.sentence
    assert ("given to" in found.sentence) == ("given to" in sentence)


def test_both_events_are_told_in_words(merged: Book) -> None:
    account = account_of(merged.registry, MERGED)
    assert (account.what, account.subject, account.new) == ("entry merged", "entry 9 of another history", "f" * 64)
    assert account.old == "2026-11-20 by bert at LINE-4: moved"
    account = account_of(merged.registry, GIVEN_UP[2])
    assert (account.subject, account.old, account.new) == ("version name CT_5.1", "5.1", "CT_5.1.0")


def test_a_record_whose_number_was_given_twice_has_it_in_its_history(merged: Book) -> None:
    held = merged.registry.installation("372764")
    assert held
    assert merged.registry.history_of(held)[-1].events[0] == MERGED
    assert merged.registry.records_in([merged.registry.entries[-1]]) == [held]


def test_a_copy_that_holds_still_has_them_and_no_later_ones(merged: Book) -> None:
    still = merged.registry.still()
    merged.write(NumberGivenUp(NumberKind.PRODUCT, "9", "US"))
    assert still.elsewhere.given_up(NumberKind.PRODUCT, "7")
    assert not still.elsewhere.given_up(NumberKind.PRODUCT, "9")
    assert still.elsewhere.merged == merged.registry.elsewhere.merged
    assert (still.elsewhere.highest_product, merged.registry.elsewhere.highest_product) == (7, 9)
