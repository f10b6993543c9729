from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book, codes, notices
from uidmanager.core.drafts import (
    CorrectRelease,
    Draft,
    FoundRegistry,
    RegisterProduct,
    RegisterRelease,
    WithdrawRelease,
)
from uidmanager.core.events import ReleaseNoteCorrected, ReleaseRegistered, ReleaseWithdrawn
from uidmanager.core.records import State

UID = f"{ROOT}.1.2.4.5.0.3"


def test_the_published_example_version_4_5_0_3_of_the_second_product(book: Book) -> None:
    release = book.registry.release(2, "4.5.0.3")
    assert release is not None
    assert release.uid == UID
    assert release.version_name == "CT_4.5.0.3"


def test_the_same_release_again_answers_the_same_uid_and_writes_nothing(book: Book) -> None:
    decision = book.ask(RegisterRelease("2", "4.5.0.3"))
    assert (decision.uids, decision.version_name, decision.is_settled) == ((UID,), "CT_4.5.0.3", True)


def test_a_leading_v_is_no_other_version(book: Book) -> None:
    decision = book.ask(RegisterRelease("2", "V4.5.0.3"))
    assert (decision.uids, decision.is_settled, notices(decision)) == ((UID,), True, ["version.v_dropped"])


def test_leading_zeros_are_dropped_with_a_notice_and_clash_with_the_version_without(book: Book) -> None:
    decision = book.do(RegisterRelease("2", "2024.01", note="first"))
    assert decision.uids == (f"{ROOT}.1.2.2024.1",)
    assert notices(decision)[0] == "version.leading_zeros"
    assert decision.events == (ReleaseRegistered(2, "2024.01", "2024.1", "CT_2024.01", "first"),)
    refused = book.ask(RegisterRelease("2", "2024.1"))
    assert codes(refused) == ["version.taken"]
    assert "2024.01" in refused.problems[0].message


def test_a_version_with_letters_takes_a_numeric_form_of_its_own(book: Book) -> None:
    decision = book.do(RegisterRelease("2", "2.0.0-rc.1", numeric="2.0.0.1"))
    assert decision.uids == (f"{ROOT}.1.2.2.0.0.1",)
    assert book.ask(RegisterRelease("2", "2.0.0-rc.1", numeric="2.0.0.1")).is_settled
    assert codes(book.ask(RegisterRelease("2", "2.0.0-rc.1", numeric="2.0.0.2"))) == ["version.text_taken"]
    assert codes(book.ask(RegisterRelease("2", "2.0.0.1"))) == ["version.taken"]


def test_4_5_and_4_5_0_are_two_releases(book: Book) -> None:
    assert book.do(RegisterRelease("2", "4.5")).uids != book.do(RegisterRelease("2", "4.5.0")).uids


def test_one_version_of_two_products_has_two_uids(book: Book) -> None:
    assert book.do(RegisterRelease("Viewer", "4.5.0.3")).uids == (f"{ROOT}.1.1.4.5.0.3",)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(RegisterRelease("MR", "1.0"), ["product.unknown"], id="a product that is not there"),
        pytest.param(RegisterRelease("3", ""), ["product.unknown", "version.empty"], id="two problems at once"),
        pytest.param(RegisterRelease("2", "2.0.0-rc.1"), ["version.not_numeric"], id="letters in the version"),
        pytest.param(RegisterRelease("2", "rc\x00", numeric="1"), ["text.character"], id="a NUL in the version"),
        pytest.param(RegisterRelease("2", "2\ud800", numeric="2"), ["text.character"], id="half a character"),
        pytest.param(RegisterRelease("2", "r" * 65, numeric="1"), ["text.too_long"], id="a version text of 65"),
        pytest.param(RegisterRelease("2", "1..2"), ["version.empty_component"], id="a number that is missing"),
        pytest.param(RegisterRelease("2", "1", numeric="x"), ["version.not_numeric"], id="letters in the numeric form"),
        pytest.param(RegisterRelease("2", "9" * 50), ["uid.too_long", "version_name.needed"], id="a version too long"),
        pytest.param(
            RegisterRelease("2", "5.0", version_name="CT_4.5.0.3"), ["version_name.taken"], id="a name that is taken"
        ),
        pytest.param(RegisterRelease("2", "5.0", version_name=" "), ["version_name.empty"], id="an empty name"),
        pytest.param(
            RegisterRelease("2", "5.0", version_name="ABCDEFGHIJKLMNOPQ"), ["version_name.too_long"], id="a name of 17"
        ),
        pytest.param(
            RegisterRelease("2", "5.0", version_name="CT\\5"), ["version_name.character"], id="a backslash in the name"
        ),
        pytest.param(
            RegisterRelease("2", "5.0", version_name="CTé"), ["version_name.character"], id="a letter outside ISO 646"
        ),
        pytest.param(
            RegisterRelease("2", "4.5.0.3", version_name="OTHER"),
            ["release.version_name_differs"],
            id="another name for a release that has one",
        ),
        pytest.param(
            RegisterRelease("2", "4.5.0.3", note="new"),
            ["release.note_differs"],
            id="another note by registering again",
        ),
        pytest.param(RegisterRelease("2", "5.0", note="a\x07"), ["text.character"], id="a bell in the note"),
        pytest.param(WithdrawRelease("2", "4.5.0.3"), ["reason.missing"], id="withdrawing without a reason"),
        pytest.param(WithdrawRelease("2", "9", "bad"), ["release.unknown"], id="withdrawing what is not there"),
        pytest.param(WithdrawRelease("9", "9", "bad"), ["product.unknown"], id="withdrawing of a product not there"),
        pytest.param(CorrectRelease("2", "4.5.0.3", None, "x"), ["change.none"], id="correcting nothing"),
        pytest.param(CorrectRelease("2", "9", "n", "x"), ["release.unknown"], id="correcting what is not there"),
    ],
)
def test_a_draft_is_refused_for(book: Book, draft: Draft, expected: list[str]) -> None:
    decision = book.ask(draft)
    assert codes(decision) == expected
    assert decision.events == ()


def test_a_name_of_16_characters_with_the_signs_of_iso_646_is_good(book: Book) -> None:
    assert book.do(RegisterRelease("2", "5.0", version_name="CT [5.0]~!{|}#$%")).version_name == "CT [5.0]~!{|}#$%"


def test_the_name_is_proposed_from_the_product_name_where_there_is_no_code(book: Book) -> None:
    assert book.ask(RegisterRelease("1", "4.5")).version_name == "VIEWER_4.5"


def test_a_long_product_name_gives_way_to_the_version(book: Book) -> None:
    book.do(RegisterProduct("Röntgen Workplace"))
    assert book.ask(RegisterRelease("3", "10.20.30")).version_name == "RONTGEN_10.20.30"


def test_two_names_cut_to_the_same_letters_are_told_apart_by_the_number(book: Book) -> None:
    book.do(RegisterProduct("Workplace Alpha"))
    book.do(RegisterProduct("Workplace Beta"))
    assert book.do(RegisterRelease("3", "10.20.30")).version_name == "WORKPLA_10.20.30"
    assert book.do(RegisterRelease("4", "10.20.30")).version_name == "WORKPL4_10.20.30"


def test_a_version_text_that_cannot_stand_in_a_name_gives_way_to_its_numbers(book: Book) -> None:
    assert book.ask(RegisterRelease("2", "β-7", numeric="7.0.1")).version_name == "CT_7.0.1"


def test_where_no_name_can_be_proposed_one_is_asked_for(book: Book) -> None:
    assert codes(book.ask(RegisterRelease("2", "2026.11.22.123456"))) == ["version_name.needed"]
    assert book.do(RegisterRelease("2", "2026.11.22.123456", version_name="CT_1122")).version_name == "CT_1122"


def test_a_withdrawn_release_keeps_its_uid_and_is_not_given_out_again(book: Book) -> None:
    assert book.do(WithdrawRelease("CT Console", "v4.5.0.3", "recall")).events == (ReleaseWithdrawn(2, "4.5.0.3"),)
    release = book.registry.release(2, "4.5.0.3")
    assert release is not None
    assert release.state is State.WITHDRAWN
    assert codes(book.ask(RegisterRelease("2", "4.5.0.3"))) == ["release.withdrawn"]
    assert codes(book.ask(WithdrawRelease("2", "4.5.0.3", "again"))) == ["state.already"]


def test_a_release_is_found_by_its_text_where_that_has_letters(book: Book) -> None:
    book.do(RegisterRelease("2", "2.0.0-rc.1", numeric="2.0.0.1"))
    assert book.do(WithdrawRelease("2", "2.0.0-RC.1", "bad")).uids == (f"{ROOT}.1.2.2.0.0.1",)


def test_a_note_is_corrected_and_taken_away(book: Book) -> None:
    decision = book.do(CorrectRelease("2", "4.5.0.3", "for Japan", "forgotten"))
    assert decision.events == (ReleaseNoteCorrected(2, "4.5.0.3", None, "for Japan"),)
    assert book.do(CorrectRelease("2", "4.5.0.3", " ", "not so")).events == (
        ReleaseNoteCorrected(2, "4.5.0.3", "for Japan", None),
    )


def test_a_class_uid_of_64_characters_is_given_and_one_of_65_is_not(empty: Book) -> None:
    empty.do(FoundRegistry(ROOT, "Acme"))
    empty.do(RegisterProduct("Viewer"))
    room = 64 - len(f"{ROOT}.1.1.")
    assert codes(empty.ask(RegisterRelease("1", "1" * room, version_name="A"))) == []
    assert codes(empty.ask(RegisterRelease("1", "1" * (room + 1), version_name="A"))) == ["uid.too_long"]
