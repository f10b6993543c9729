from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.conftest import ROOT, Book
from uidmanager.core.announcements import Announcement, Judgement, Verdict, judge
from uidmanager.core.drafts import RegisterRelease, RetireProduct, WithdrawRelease
from uidmanager.core.errors import Severity
from uidmanager.core.events import NumberGivenUp
from uidmanager.core.records import NumberKind

OURS = f"{ROOT}.1.2.4.5.0.3"
NAME = "CT_4.5.0.3"
DCMTK = "1.2.276.0.7230010.3.0.3.6.7"
E, C = Severity.ERROR, Severity.CAUTION


def judged(book: Book, class_uid: str | None, version_name: str | None) -> Judgement:
    return judge(book.registry, Announcement(class_uid, version_name, "CT1", "UIDMANAGER"), {})


@pytest.mark.parametrize(
    ("class_uid", "version_name", "verdict", "words", "problems"),
    [
        pytest.param(OURS, NAME, Verdict.RELEASE, "Release CT Console 4.5.0.3", [], id="registered and consistent"),
        pytest.param(f"{OURS}\0", f"{NAME} ", Verdict.RELEASE, "Release", [], id="the same with padding"),
        pytest.param(OURS, None, Verdict.RELEASE, "Release", [("peer.no_version_name", C)], id="no version name"),
        pytest.param(OURS, " ", Verdict.RELEASE, "Release", [("peer.no_version_name", C)], id="a blank version name"),
        pytest.param(OURS, "CT_9", Verdict.NAME_DIFFERS, "Release", [("peer.name_differs", E)], id="another's name"),
        pytest.param(
            OURS, "OFFIS_DCMTK_367", Verdict.NAME_DIFFERS, "Release", [("peer.name_differs", E)], id="a toolkit's name"
        ),
        pytest.param(
            OURS,
            "CT_4.5.0.3 and so on",
            Verdict.NAME_DIFFERS,
            "Release",
            [("peer.name_differs", E), ("version_name.too_long", C)],
            id="a name that is too long",
        ),
        pytest.param(
            f"{ROOT}.1.2.9.9",
            NAME,
            Verdict.NOT_REGISTERED,
            "has no release 9.9",
            [("peer.not_registered", E), ("peer.name_differs", E)],
            id="a release that was never registered, with the name of another",
        ),
        pytest.param(
            f"{ROOT}.1.9.1", None, Verdict.NOT_REGISTERED, "no product 9", [("peer.not_registered", E)], id="no product"
        ),
        pytest.param(ROOT, None, Verdict.NOT_REGISTERED, "The root", [("peer.not_registered", E)], id="our root"),
        pytest.param(
            f"{ROOT}.2.372764",
            None,
            Verdict.NOT_A_RELEASE,
            "Installation 0372764",
            [("peer.serial", E)],
            id="an installation's root",
        ),
        pytest.param(
            DCMTK, "OFFIS_DCMTK_367", Verdict.TOOLKIT, "OFFIS DCMTK 3.6.7", [("peer.toolkit", C)], id="a toolkit's own"
        ),
        pytest.param(
            DCMTK,
            NAME,
            Verdict.NAME_DIFFERS,
            "OFFIS DCMTK",
            [("peer.toolkit", C), ("peer.name_differs", E)],
            id="a toolkit's class UID with our name",
        ),
        pytest.param("1.2.840.113619.6.1", "GE_1", Verdict.FOREIGN, "GE", [("peer.foreign", C)], id="another maker's"),
        pytest.param("1.0.9.8", None, Verdict.FOREIGN, "Not ours", [("peer.foreign", C)], id="nobody knows whose"),
        pytest.param(
            "1.2.840.10008.1.1", None, Verdict.FOREIGN, "DICOM's root", [("peer.foreign", C)], id="a SOP class"
        ),
        pytest.param(
            f"{ROOT}.1.2.04.5.0.3",
            NAME,
            Verdict.RELEASE,
            "Release CT Console",
            [("uid.leading_zero", C)],
            id="ours, with a zero that does not belong there",
        ),
        pytest.param("1.5 beta", None, Verdict.NOT_A_UID, "no UID", [("uid.character", E)], id="no UID at all"),
        pytest.param(None, "X", Verdict.NOTHING, "No class UID", [("peer.no_class_uid", E)], id="no class UID"),
        pytest.param("", None, Verdict.NOTHING, "No class UID", [("peer.no_class_uid", E)], id="an empty one"),
    ],
)
def test_what_an_announcement_comes_to(
    book: Book,
    class_uid: str | None,
    version_name: str | None,
    verdict: Verdict,
    words: str,
    problems: list[tuple[str, Severity]],
) -> None:
    judgement = judged(book, class_uid, version_name)
    assert judgement.verdict is verdict
    assert words in judgement.sentence
    assert [(problem.code, problem.severity) for problem in judgement.problems] == problems
    assert {problem.field for problem in judgement.problems} <= {"class_uid", "version_name"}


def test_a_withdrawn_release_is_a_caution(book: Book) -> None:
    book.do(WithdrawRelease("CT Console", "4.5.0.3", reason="unsafe"))
    judgement = judged(book, OURS, NAME)
    assert judgement.verdict is Verdict.WITHDRAWN
    assert [(problem.code, problem.severity) for problem in judgement.problems] == [("peer.withdrawn", C)]
    assert judgement.newest is None


def test_a_retired_product_is_a_caution(book: Book) -> None:
    book.do(RetireProduct("CT Console", reason="replaced"))
    judgement = judged(book, OURS, NAME)
    assert judgement.verdict is Verdict.WITHDRAWN
    assert [problem.code for problem in judgement.problems] == ["peer.retired"]


def test_a_name_that_differs_weighs_more_than_that_it_was_withdrawn(book: Book) -> None:
    book.do(WithdrawRelease("CT Console", "4.5.0.3", reason="unsafe"))
    judgement = judged(book, OURS, "CT_9")
    assert judgement.verdict is Verdict.NAME_DIFFERS
    assert [problem.code for problem in judgement.problems] == ["peer.name_differs", "peer.withdrawn"]


def test_a_name_of_ours_on_another_release_is_told_with_its_release(book: Book) -> None:
    book.do(RegisterRelease("Viewer", "1.0", version_name="VIEWER_1"))
    (problem,) = judged(book, OURS, "VIEWER_1").problems
    assert "the name of Viewer 1.0" in problem.message
    assert NAME in problem.message


def test_a_toolkits_name_is_told_as_such(book: Book) -> None:
    (problem,) = judged(book, OURS, "PYNETDICOM_304").problems
    assert "pynetdicom's own" in problem.message


def test_the_newest_active_release_comes_along_in_the_order_of_numbers(book: Book) -> None:
    for version in ("4.10", "4.9", "5.0"):
        book.do(RegisterRelease("CT Console", version))
    book.do(WithdrawRelease("CT Console", "5.0", reason="unsafe"))
    judgement = judged(book, OURS, NAME)
    assert judgement.release is not None
    assert judgement.newest is not None
    assert judgement.product is not None
    assert (judgement.release.version, judgement.newest.version) == ("4.5.0.3", "4.10")


def test_a_number_that_was_given_up_is_not_to_be_used(book: Book) -> None:
    book.write(NumberGivenUp(NumberKind.PRODUCT, "7", "MR Console", None))
    judgement = judged(book, f"{ROOT}.1.7.1", None)
    assert judgement.verdict is Verdict.GIVEN_UP
    assert [(problem.code, problem.severity) for problem in judgement.problems] == [("peer.given_up", E)]


def test_what_cannot_be_shown_does_not_get_into_a_sentence(book: Book) -> None:
    for judgement in (judged(book, "1.2\x1b[31m", "\x1b]0;owned\x07"), judged(book, OURS, "CT\u202e\n" * 40)):
        assert judgement.problems
        for problem in judgement.problems:
            assert problem.message.isprintable(), problem


def test_a_release_that_another_history_gave_to_another_build_is_told_so(book: Book) -> None:
    book.write(NumberGivenUp(NumberKind.RELEASE, "2.7", "CT Console 7", None))
    judgement = judged(book, f"{ROOT}.1.2.7", None)
    assert judgement.verdict is Verdict.NOT_REGISTERED
    assert "Beware" in judgement.sentence


@given(st.none() | st.text(max_size=80), st.none() | st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_announcement_is_judged(book: Book, class_uid: str | None, version_name: str | None) -> None:
    judgement = judged(book, class_uid, version_name)
    assert judgement.sentence.isprintable()
    assert all(problem.message.isprintable() for problem in judgement.problems)
    assert judgement.verdict is Verdict.RELEASE or judgement.problems
