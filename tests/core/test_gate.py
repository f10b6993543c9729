from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core.drafts import RegisterProduct, RegisterRelease, RetireProduct, WithdrawRelease
from uidmanager.core.errors import Severity
from uidmanager.core.gate import Claim, Verdict, judge
from uidmanager.core.rules.meant import release_called

UID = f"{ROOT}.1.2.4.5.0.3"
NAME = "CT_4.5.0.3"


def gate(book: Book, *claims: Claim, product: str = "CT Console", version: str = "4.5.0.3") -> Verdict:
    return judge(book.registry, product, version, claims)


def errors(verdict: Verdict) -> list[tuple[str, str]]:
    return [(each.code, each.field) for each in verdict.problems if each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "claims",
    [
        (),
        (Claim(),),
        (Claim(UID, NAME),),
        (Claim(UID), Claim(None, NAME)),
        (Claim(UID, NAME, "a.dcm"), Claim(UID, NAME, "b.dcm")),
    ],
)
def test_what_is_registered_and_equal_passes(book: Book, claims: tuple[Claim, ...]) -> None:
    verdict = gate(book, *claims)
    assert verdict.release is not None
    assert verdict.problems == ()


@pytest.mark.parametrize("version", ["4.5.0.3", "v4.5.0.3", " 4.5.0.3 ", "4.05.0.3"])
def test_a_version_is_meant_as_it_is_when_it_is_registered(book: Book, version: str) -> None:
    verdict = gate(book, version=version)
    assert verdict.release is not None
    assert verdict.release.uid == UID


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim(f"{UID}.1"), [("check.class_uid_differs", "class_uid")]),
        (Claim(UID.upper() + " "), [("check.class_uid_differs", "class_uid")]),
        (Claim(""), [("check.class_uid_differs", "class_uid")]),
        (Claim(UID, "ct_4.5.0.3"), [("check.version_name_differs", "version_name")]),
        (Claim(UID, ""), [("check.version_name_differs", "version_name")]),
        (Claim("1.2", "X"), [("check.class_uid_differs", "class_uid"), ("check.version_name_differs", "version_name")]),
        (Claim("1.2", NAME, "a.dcm"), [("check.class_uid_differs", "file")]),
        (Claim(None, NAME, "a.dcm"), [("check.class_uid_differs", "file")]),
        (Claim(UID, "X", "a.dcm"), [("check.version_name_differs", "file")]),
    ],
)
def test_each_difference_is_a_problem(book: Book, claim: Claim, expected: list[tuple[str, str]]) -> None:
    verdict = gate(book, claim)
    assert errors(verdict) == expected
    for problem in verdict.problems:
        assert UID in problem.message or NAME in problem.message
        assert not claim.where or claim.where in problem.message


def test_one_bad_file_of_many_is_enough(book: Book) -> None:
    verdict = gate(book, Claim(UID, NAME, "a.dcm"), Claim("1.2", NAME, "b.dcm"), Claim(UID, NAME, "c.dcm"))
    assert [problem.message[:5] for problem in verdict.problems] == ["b.dcm"]


def test_a_file_may_have_no_version_name_which_is_said(book: Book) -> None:
    (problem,) = gate(book, Claim(UID, None, "a.dcm")).problems
    assert (problem.code, problem.severity) == ("check.version_name_missing", Severity.CAUTION)


@pytest.mark.parametrize(
    ("product", "version", "code"),
    [
        ("MR", "4.5.0.3", "product.unknown"),
        ("Viewer", "4.5.0.3", "release.unknown"),
        ("CT Console", "4.5.0.4", "release.unknown"),
        ("CT Console", "", "release.unknown"),
    ],
)
def test_what_is_not_registered_does_not_pass(book: Book, product: str, version: str, code: str) -> None:
    verdict = gate(book, Claim(UID, NAME), product=product, version=version)
    assert verdict.release is None
    assert [each[0] for each in errors(verdict)] == [code]


def test_what_is_withdrawn_does_not_pass_though_it_is_equal(book: Book) -> None:
    book.do(WithdrawRelease("2", "4.5.0.3", "unsafe"))
    assert errors(gate(book, Claim(UID, NAME))) == [("release.withdrawn", "version")]


def test_a_release_of_a_retired_product_passes_with_a_caution(book: Book) -> None:
    book.do(RetireProduct("2", "replaced"))
    verdict = gate(book, Claim(UID, NAME))
    assert errors(verdict) == []
    assert [each.code for each in verdict.problems] == ["standing.product_retired"]


class TestReleaseNamedByOneText:
    @pytest.mark.parametrize(
        "text",
        [
            "CT Console 4.5.0.3",
            "ct  console   v4.5.0.3",
            " CT Console 4.5.0.3 ",
            "2 4.5.0.3",
            "CT 4.5.0.3",
            "ct 4.5.0.3",
        ],
    )
    def test_by_name_number_or_code(self, book: Book, text: str) -> None:
        release, problems = release_called(book.registry, text)
        assert release is not None
        assert (release.uid, problems) == (UID, ())

    def test_blanks_may_be_in_the_version_as_well(self, book: Book) -> None:
        book.do(RegisterRelease("Viewer", "2 beta 1", numeric="2.0.1"))
        release, _ = release_called(book.registry, "Viewer 2 beta 1")
        assert release is not None
        assert release.numeric == "2.0.1"

    def test_more_than_one_is_nobodys_guess(self, book: Book) -> None:
        book.do(RegisterProduct("Viewer 2"))
        book.do(RegisterRelease("Viewer", "2 0.1", numeric="2.1"))
        book.do(RegisterRelease("Viewer 2", "0.1"))
        release, (problem,) = release_called(book.registry, "Viewer 2 0.1")
        assert release is None
        assert problem.code == "release.ambiguous"
        assert "product 1 “Viewer” 2 0.1 or product 3 “Viewer 2” 0.1" in problem.message

    def test_a_code_that_is_another_products_name_is_not_guessed_either(self, book: Book) -> None:
        book.do(RegisterProduct("CT"))
        book.do(RegisterRelease("CT", "4.5.0.3", version_name="OTHER"))
        assert release_called(book.registry, "CT 4.5.0.3")[1][0].code == "release.ambiguous"
        assert release_called(book.registry, "2 4.5.0.3")[0] is not None

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "release.not_named"),
            ("CT Console", "release.unknown"),  # product CT, version Console
            ("Viewer", "release.not_named"),
            ("MR 1.0", "release.not_named"),
            ("4.5.0.3", "release.not_named"),
            ("Viewer 1.0", "release.unknown"),
            ("x " * 10_000, "release.not_named"),
        ],
    )
    def test_what_names_none(self, book: Book, text: str, code: str) -> None:
        release, problems = release_called(book.registry, text)
        assert release is None
        assert [each.code for each in problems] == [code]
