from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core import drafts as d
from uidmanager.core.reports.conformance import extract
from uidmanager.core.rules.meant import release_called


def test_the_rows_are_labelled_by_name(book: Book) -> None:
    (release,) = book.registry.releases
    made = extract(book.registry, release)
    assert [(fact.label, fact.value) for fact in made.facts] == [
        ("Implementation Class UID", f"{ROOT}.1.2.4.5.0.3"),
        ("Implementation Version Name", "CT_4.5.0.3"),
        ("Root of instance UIDs", f"{ROOT}.2"),
    ]
    assert made.title == "CT Console 4.5.0.3"
    assert made.uid == release.uid


def test_where_there_is_an_arc_of_indices_it_is_said_as_well(book: Book) -> None:
    book.do(d.OpenIndexedArc("3", "letters"))
    facts = extract(book.registry, next(iter(book.registry.releases))).facts
    assert [fact.value for fact in facts if fact.label.startswith("Root of instance UIDs")] == [
        f"{ROOT}.2",
        f"{ROOT}.3",
    ]


def test_it_says_on_which_state_of_which_registry_it_stands(book: Book) -> None:
    made = extract(book.registry, next(iter(book.registry.releases)))
    assert (made.registry, made.organisation, made.root) == ("registry-1", "Acme Imaging", ROOT)
    assert (made.entries, made.head) == (book.registry.position, book.registry.head)


def test_no_section_of_the_standard_is_numbered_that_may_have_moved(book: Book) -> None:
    made = extract(book.registry, next(iter(book.registry.releases)))
    assert not any("PS3.2" in fact.remark or "Annex" in fact.remark for fact in made.facts)


def test_the_name_is_the_one_that_holds_now(book: Book) -> None:
    book.do(d.CorrectProduct("CT Console", name="CT Console II", reason="Renamed"))
    assert extract(book.registry, next(iter(book.registry.releases))).title == "CT Console II 4.5.0.3"


@pytest.fixture
def names(book: Book) -> Book:
    """Products whose names and versions can be cut in several ways."""
    book.do(d.RegisterProduct("CT"))
    book.do(d.RegisterProduct("CT 4"))
    book.do(d.RegisterRelease("CT 4", "5.0", version_name="A"))
    book.do(d.RegisterRelease("Viewer", "2.0 beta", numeric="2.0.1", version_name="B"))
    return book


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("CT Console 4.5.0.3", "4.5.0.3"),
        ("  ct   console\t4.5.0.3 ", "4.5.0.3"),
        ("2 4.5.0.3", "4.5.0.3"),
        ("ct 4.5.0.3", "4.5.0.3"),
        ("CT 4 5.0", "5.0"),
        ("Viewer 2.0 beta", "2.0 beta"),
        ("viewer 2.0.1", "2.0 beta"),
    ],
)
def test_a_release_is_named_by_product_and_version(names: Book, text: str, version: str) -> None:
    release, problems = release_called(names.registry, text)
    assert problems == ()
    assert release is not None
    assert release.version == version


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "release.not_named"),
        ("Viewer", "release.not_named"),
        ("CT Console", "release.unknown"),
        ("Toaster 1.0", "release.not_named"),
        ("CT Console 9.9", "release.unknown"),
    ],
)
def test_a_text_that_names_none(book: Book, text: str, code: str) -> None:
    release, problems = release_called(book.registry, text)
    assert release is None
    assert [problem.code for problem in problems] == [code]


def test_a_text_that_may_mean_two_is_nobodys_guess(names: Book) -> None:
    names.do(d.RegisterProduct("CT 4 5"))
    names.do(d.RegisterRelease("CT 4", "5 1", numeric="5.1", version_name="C"))
    names.do(d.RegisterRelease("CT 4 5", "1", version_name="D"))
    release, problems = release_called(names.registry, "CT 4 5 1")
    assert release is None
    assert [problem.code for problem in problems] == ["release.ambiguous"]
    assert "“CT 4” 5 1 or" in problems[0].message
