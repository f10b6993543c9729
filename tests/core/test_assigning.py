from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book, codes, notices
from uidmanager.core.barcodes import Read
from uidmanager.core.drafts import (
    AssignInstallations,
    CorrectInstallation,
    Draft,
    FoundRegistry,
    ReinstateInstallation,
    RetireInstallation,
    RetireProduct,
    VoidInstallation,
)
from uidmanager.core.events import InstallationAssigned, InstallationNoteCorrected, InstallationProductCorrected
from uidmanager.core.records import State
from uidmanager.core.rules import assigning

UID = f"{ROOT}.2.372764"


def test_the_published_example_the_zero_is_dropped_and_said(book: Book) -> None:
    installation = book.registry.installation("372764")
    assert installation is not None
    assert (installation.serial, installation.uid) == ("0372764", UID)
    assert notices(book.ask(AssignInstallations(("00555",)))) == ["serial.leading_zeros"]


def test_the_same_serial_again_is_the_same_root_and_nothing_is_written(book: Book) -> None:
    for draft in (AssignInstallations(("0372764",)), AssignInstallations((" 0372764\r\n",), product="CT Console")):
        decision = book.ask(draft)
        assert (decision.uids, decision.is_settled) == ((UID,), True)


def test_the_serial_without_its_zero_is_the_same_root_and_refused_by_name_and_date(book: Book) -> None:
    decision = book.ask(AssignInstallations(("372764",)))
    assert codes(decision) == ["serial.taken"]
    message = decision.problems[0].message
    assert "0372764" in message
    assert "2026-11-22" in message
    assert "anna" in message


def test_a_serial_of_zeros_is_the_component_zero(book: Book) -> None:
    assert book.do(AssignInstallations(("000",))).uids == (f"{ROOT}.2.0",)


def test_a_batch_writes_only_what_is_new(book: Book) -> None:
    decision = book.do(AssignInstallations(("12", "0372764", "011")))
    assert decision.uids == (f"{ROOT}.2.12", UID, f"{ROOT}.2.11")
    assert decision.events == (InstallationAssigned("12", "12"), InstallationAssigned("011", "11"))


def test_one_bad_serial_refuses_the_whole_batch_and_all_are_named(book: Book) -> None:
    decision = book.ask(AssignInstallations(("12", "AB-1234", "372764", "12", "１")))
    assert codes(decision) == ["serial.not_numeric", "serial.taken", "serial.repeated", "serial.not_numeric"]
    assert decision.events == ()
    assert "AB-1234" in decision.problems[0].message


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(AssignInstallations(()), ["serial.empty"], id="no serial"),
        pytest.param(AssignInstallations(("",)), ["serial.empty"], id="an empty serial"),
        pytest.param(AssignInstallations(("AB-1234",)), ["serial.not_numeric"], id="letters"),
        pytest.param(AssignInstallations(("12 34",)), ["serial.not_numeric"], id="a blank inside"),
        pytest.param(AssignInstallations(("٣٧",)), ["serial.not_numeric"], id="Arabic digits"),
        pytest.param(AssignInstallations(("-5",)), ["serial.not_numeric"], id="a sign"),
        pytest.param(AssignInstallations(("1" * 65,)), ["serial.too_long"], id="65 characters"),
        pytest.param(AssignInstallations(("1" * 38,)), ["installation.no_room"], id="a root with no room for a suffix"),
        pytest.param(AssignInstallations(("1",), product="MR"), ["product.unknown"], id="a product that is not there"),
        pytest.param(AssignInstallations(("1",), note="x" * 1001), ["text.too_long"], id="a note of 1,001 characters"),
        pytest.param(
            AssignInstallations(("0372764",), product="Viewer"),
            ["installation.differs"],
            id="another product afterwards",
        ),
        pytest.param(
            AssignInstallations(("0372764",), note="new"), ["installation.differs"], id="another note afterwards"
        ),
        pytest.param(VoidInstallation("0372764"), ["reason.missing"], id="voiding without a reason"),
        pytest.param(VoidInstallation("9", "x"), ["installation.unknown"], id="voiding what was never assigned"),
        pytest.param(RetireInstallation("A9", "x"), ["serial.not_numeric"], id="retiring what is no serial"),
        pytest.param(ReinstateInstallation("0372764", "x"), ["state.already"], id="reinstating what holds"),
        pytest.param(CorrectInstallation("0372764", reason="x"), ["change.none"], id="correcting nothing"),
        pytest.param(CorrectInstallation("9", note="n", reason="x"), ["installation.unknown"], id="correcting nobody"),
        pytest.param(
            CorrectInstallation("0372764", product="MR", reason="x"),
            ["product.unknown"],
            id="correcting to a product that is not there",
        ),
    ],
)
def test_a_draft_is_refused_for(book: Book, draft: Draft, expected: list[str]) -> None:
    decision = book.ask(draft)
    assert set(expected) <= set(codes(decision))
    assert decision.events == ()


def test_a_root_of_62_characters_is_given_and_one_of_63_is_not(book: Book) -> None:
    room = 62 - len(f"{ROOT}.2.")
    assert codes(book.ask(AssignInstallations(("9" * room,)))) == []
    assert codes(book.ask(AssignInstallations(("9" * (room + 1),)))) == ["installation.no_room"]


def test_a_batch_that_no_line_could_hold_is_refused_before_it_is_read(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assigning, "LARGEST_BATCH", 2)
    assert codes(book.ask(AssignInstallations(("1", "2", "3")))) == ["batch.too_large"]
    assert codes(book.ask(AssignInstallations(("1", "2")))) == []


def test_a_retired_product_gets_no_new_installation_but_answers_for_the_old(book: Book) -> None:
    book.do(RetireProduct("2", "sold"))
    assert codes(book.ask(AssignInstallations(("5",), product="2"))) == ["product.retired"]
    assert book.ask(AssignInstallations(("0372764",), product="2")).is_settled


@pytest.mark.parametrize(
    ("draft", "state"),
    [(VoidInstallation("372764", "typo"), State.VOID), (RetireInstallation("0372764", "scrapped"), State.RETIRED)],
)
def test_what_is_out_of_use_keeps_its_root_and_can_be_reinstated(
    book: Book, draft: VoidInstallation | RetireInstallation, state: State
) -> None:
    book.do(draft)
    held = book.registry.installation("372764")
    assert held is not None
    assert (held.state, held.uid) == (state, UID)
    assert codes(book.ask(AssignInstallations(("0372764",)))) == ["installation.not_active"]
    assert codes(book.ask(AssignInstallations(("372764",)))) == ["serial.taken"]
    assert codes(book.ask(draft)) == ["state.already"]
    book.do(ReinstateInstallation("0372764", "it holds after all"))
    assert book.ask(AssignInstallations(("0372764",))).is_settled


def test_what_is_void_must_be_reinstated_before_it_is_retired(book: Book) -> None:
    book.do(VoidInstallation("0372764", "typo"))
    assert codes(book.ask(RetireInstallation("0372764", "scrapped"))) == ["state.not_allowed"]


def test_another_spelling_of_the_serial_finds_the_installation_and_says_so(book: Book) -> None:
    assert notices(book.ask(VoidInstallation("00372764", "typo"))) == ["serial.read_as"]


def test_product_and_note_are_corrected_in_one_entry_with_the_old_values(book: Book) -> None:
    decision = book.do(CorrectInstallation("0372764", product="Viewer", note=" Tokyo ", reason="mixed up"))
    assert decision.events == (
        InstallationProductCorrected("372764", 2, 1),
        InstallationNoteCorrected("372764", None, "Tokyo"),
    )
    decision = book.do(CorrectInstallation("0372764", product="", note="", reason="unknown after all"))
    assert decision.events == (
        InstallationProductCorrected("372764", 1, None),
        InstallationNoteCorrected("372764", "Tokyo", None),
    )


def test_a_registry_under_another_root_gives_other_roots(empty: Book) -> None:
    empty.do(FoundRegistry("1.2.826.0.1.8407369", "Other"))
    assert empty.ask(AssignInstallations(("0372764",))).uids == ("1.2.826.0.1.8407369.2.372764",)


def test_a_scan_of_nothing_is_refused_though_a_serial_came_of_it(book: Book) -> None:
    assert codes(book.ask(AssignInstallations(("7",), reads=(Read("", "7"),)))) == ["read.empty"]
