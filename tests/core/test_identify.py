from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core.drafts import AssignInstallations, RetireInstallation, WithdrawRelease
from uidmanager.core.identify import Answer, identify
from uidmanager.core.records import Installation, Product, Release
from uidmanager.core.registry import Registry

DICOM = {"1.2.840.10008.1.1": "Verification SOP Class"}


@pytest.mark.parametrize(
    ("uid", "answer", "suffix", "words"),
    [
        pytest.param(f"{ROOT}.2.372764", Answer.INSTALLATION, "", "Installation 0372764 (CT Console)", id="a root"),
        pytest.param(
            f"{ROOT}.2.372764.20261122.1",
            Answer.INSTALLATION,
            ".20261122.1",
            "Installation 0372764",
            id="an instance UID",
        ),
        pytest.param(
            f"{ROOT}.2.3727645.1", Answer.OUR_ROOT, ".2.3727645.1", "no installation 3727645", id="a neighbour"
        ),
        pytest.param(f"{ROOT}.1.2.4.5.0.3", Answer.RELEASE, "", "Release CT Console 4.5.0.3", id="a class UID"),
        pytest.param(
            f"{ROOT}.1.2.4.5", Answer.PRODUCT_ARC, ".4.5", "has no release 4.5", id="a release not registered"
        ),
        pytest.param(f"{ROOT}.1.2.4.5.0.3.1", Answer.PRODUCT_ARC, ".4.5.0.3.1", "has no release", id="a longer one"),
        pytest.param(f"{ROOT}.1.2", Answer.PRODUCT_ARC, "", "The arc of product 2, CT Console", id="a product's arc"),
        pytest.param(f"{ROOT}.1.9.1", Answer.OUR_ROOT, ".1.9.1", "no product 9", id="a product not registered"),
        pytest.param(f"{ROOT}.1", Answer.OUR_ROOT, ".1", "never issued", id="the arc of releases itself"),
        pytest.param(f"{ROOT}.7.1", Answer.OUR_ROOT, ".7.1", "never issued", id="an arc without meaning"),
        pytest.param(ROOT, Answer.OUR_ROOT, "", "The root of Acme Imaging", id="the root"),
        pytest.param(f"{ROOT}1.2", Answer.KNOWN_ROOT, ".2.501.2", "Not ours", id="a root that only begins like ours"),
        pytest.param("1.2.840.10008.1.1", Answer.DICOM, "", "Verification SOP Class", id="a SOP class"),
        pytest.param("1.2.840.10008.99", Answer.DICOM, "", "no such UID", id="under DICOM's root"),
        pytest.param("1.2.276.0.7230010.3.1.4", Answer.KNOWN_ROOT, ".1.4", "OFFIS", id="a toolkit's root"),
        pytest.param("1.2.826.0.1.3680043.9.9.9", Answer.KNOWN_ROOT, ".9.9.9", "Ask them", id="a registrar's customer"),
        pytest.param("1.2.3.4", Answer.KNOWN_ROOT, ".4", "nobody's root", id="a placeholder"),
        pytest.param("1.0.9.8.7", Answer.UNKNOWN, "", "Not ours", id="nobody's root"),
        pytest.param("hello", Answer.NOT_A_UID, "", "not a UID", id="no UID at all"),
        pytest.param("", Answer.NOT_A_UID, "", "not a UID", id="nothing"),
        pytest.param("1." * 600 + "1", Answer.NOT_A_UID, "", "not a UID", id="a text of 1,201 characters"),
    ],
)
def test_whose_uid_is(book: Book, uid: str, answer: Answer, suffix: str, words: str) -> None:
    finding = identify(book.registry, uid, DICOM)
    assert (finding.answer, finding.suffix) == (answer, suffix)
    assert words in finding.sentence


def test_the_record_comes_with_the_answer(book: Book) -> None:
    def record(uid: str) -> object:
        return identify(book.registry, uid, DICOM).record

    assert isinstance(record(f"{ROOT}.2.372764.1"), Installation)
    assert isinstance(record(f"{ROOT}.1.2.4.5.0.3"), Release)
    assert isinstance(record(f"{ROOT}.1.2.9"), Product)
    assert record("1.0.9") is None


def test_padding_and_leading_zeros_from_the_field_are_seen_through_and_named(book: Book) -> None:
    finding = identify(book.registry, f" {ROOT}.2.0372764.01\x00", DICOM)
    assert (finding.answer, finding.uid, finding.suffix) == (Answer.INSTALLATION, f"{ROOT}.2.372764.1", ".1")
    assert [problem.code for problem in finding.problems] == ["uid.leading_zero"]


def test_a_uid_that_is_too_long_is_identified_and_the_rule_named(book: Book) -> None:
    finding = identify(book.registry, f"{ROOT}.2.372764." + "1" * 40, DICOM)
    assert finding.answer is Answer.INSTALLATION
    assert [problem.code for problem in finding.problems] == ["uid.too_long"]


def test_what_is_no_longer_in_use_says_so(book: Book) -> None:
    book.do(RetireInstallation("0372764", "scrapped"))
    book.do(WithdrawRelease("2", "4.5.0.3", "recall"))
    book.do(AssignInstallations(("5",)))
    assert "retired" in identify(book.registry, f"{ROOT}.2.372764", DICOM).sentence
    assert "withdrawn" in identify(book.registry, f"{ROOT}.1.2.4.5.0.3", DICOM).sentence
    assert identify(book.registry, f"{ROOT}.2.5", DICOM).sentence == "Installation 5."


def test_without_a_registry_the_rest_is_still_known() -> None:
    assert identify(Registry(), "1.2.840.10008.1.1", DICOM).answer is Answer.DICOM


@pytest.mark.parametrize(
    ("given", "answer", "suffix", "words", "rule"),
    [
        pytest.param(
            f"{ROOT}.2.372764..7", Answer.INSTALLATION, "..7", "Installation 0372764", "uid.empty_component", id="a gap"
        ),
        pytest.param(
            f"{ROOT}.2.372764.", Answer.INSTALLATION, ".", "Installation 0372764", "uid.empty_component", id="a dot"
        ),
        pytest.param(
            f"{ROOT}.2.37O764", Answer.OUR_ROOT, ".2.37O764", "no installation 37O764", "uid.character", id="a letter"
        ),
        pytest.param(
            f"{ROOT}.1.2.4.5.0.3-beta",
            Answer.PRODUCT_ARC,
            ".4.5.0.3-beta",
            "has no release 4.5.0.3-beta",
            "uid.character",
            id="a version with letters is not the release before it",
        ),
        pytest.param(
            f"{ROOT}.1.CT Console.4",
            Answer.OUR_ROOT,
            ".1.CT Console.4",
            "no product CT Console",
            "uid.character",
            id="a product's name is no number",
        ),
        pytest.param("1.2.840.10008.1.1x", Answer.DICOM, "", "no such UID", "uid.character", id="DICOM's root"),
        pytest.param("1.2.276.0.7230010.3..1", Answer.KNOWN_ROOT, "..1", "OFFIS", "uid.empty_component", id="DCMTK's"),
        pytest.param("1.0.9..8", Answer.NOT_A_UID, "", "not a UID", "uid.empty_component", id="nobody's"),
        pytest.param(
            f"{ROOT}.2.37\x1b2764", Answer.OUR_ROOT, ".2.37\x1b2764", "37\\x1b2764", "uid.character", id="a control"
        ),
    ],
)
def test_what_breaks_a_rule_is_identified_as_far_as_it_can_be(
    book: Book, given: str, answer: Answer, suffix: str, words: str, rule: str
) -> None:
    finding = identify(book.registry, given, DICOM)
    assert (finding.answer, finding.suffix) == (answer, suffix)
    assert words in finding.sentence
    assert rule in [problem.code for problem in finding.problems]
