from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core.drafts import AssignInstallations, VoidInstallation
from uidmanager.core.scanning import (
    FIELDS,
    TITLES,
    Facts,
    Judge,
    Outcome,
    Tally,
    as_duplicate,
    has_words,
    meaning_of,
    row_of,
)
from uidmanager.core.scanning.tally import SUMMARY_FIELDS

if TYPE_CHECKING:
    from uidmanager.core.reports import Row

CLASS = f"{ROOT}.1.2.4.5.0.3"
UNIT = f"{ROOT}.2.372764"
OURS = Facts(class_uid=CLASS, version_name="CT_4.5.0.3", sop_instance_uid=f"{UNIT}.1")


def row(book: Book, facts: Facts, path: str = "a.dcm") -> Row:
    return row_of(book.registry, path, facts, Judge(book.registry, {})(facts))


def test_a_row_has_all_fields_in_their_order(book: Book) -> None:
    made = row(book, OURS)
    assert tuple(made) == FIELDS == tuple(TITLES)
    assert made == {
        **dict.fromkeys(FIELDS),
        "path": "a.dcm",
        "verdicts": "consistent",
        "severity": "notice",
        "what": "What it says of itself is registered so.",
        "product": "CT Console",
        "version": "4.5.0.3",
        "serial": "0372764",
        "class_uid": CLASS,
        "version_name": "CT_4.5.0.3",
        "sop_instance_uid": f"{UNIT}.1",
    }


def test_a_member_of_an_archive_is_named_within_it(book: Book) -> None:
    assert row(book, Facts(Outcome.NOT_DICOM, "No.", member="b/c"), "a.zip")["path"] == "a.zip/b/c"


def test_a_duplicate_is_consistent_no_more(book: Book) -> None:
    made = as_duplicate(row(book, OURS), files=3, contents=2, syntaxes=1)
    assert (made["verdicts"], made["severity"]) == ("duplicate", "error")
    assert made["what"] == "3 files have this SOP Instance UID, with 2 different contents."


def test_a_duplicate_keeps_what_else_was_said(book: Book) -> None:
    book.do(AssignInstallations(("7",)))
    book.do(VoidInstallation("7", "scanned twice"))
    before = row(book, Facts(sop_instance_uid=f"{ROOT}.2.7.1"))
    made = as_duplicate(before, files=2, contents=2, syntaxes=2)
    assert (before["verdicts"], made["verdicts"]) == ("consistent, void", "void, duplicate")
    assert made["what"] == (
        f"SOP Instance UID {ROOT}.2.7.1: Installation 7, void. 2 files have this SOP Instance UID, with 2 different "
        "contents. They differ in transfer syntax, so it may be one image encoded twice."
    )


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ((), True),
        (("a.dcm",), True),
        (("registered", "ct_4.5"), True),
        (("registered", "nowhere"), False),
        (("class_uid",), False),
        (("none",), False),
    ],
)
def test_words_are_looked_for_in_values_and_meanings_not_in_names_of_fields(
    book: Book, words: tuple[str, ...], *, is_found: bool
) -> None:
    assert has_words(row(book, OURS), words) is is_found


def test_the_verdicts_are_told_as_a_reader_has_them(book: Book) -> None:
    assert meaning_of(row(book, OURS)) == "Registered and consistent"
    twice = as_duplicate(row(book, Facts(class_uid=f"{ROOT}.1.2.9")), files=2, contents=2, syntaxes=1)
    assert meaning_of(twice) == "Our root, never issued; SOP Instance UID twice with different content"


def test_files_are_counted_by_verdict_release_and_installation(book: Book) -> None:
    book.do(AssignInstallations(("5",)))
    tally, judge = Tally(), Judge(book.registry, {})
    rogue = Facts(class_uid=f"{ROOT}.1.2.9")
    other = Facts(class_uid=CLASS, sop_instance_uid=f"{ROOT}.2.5.1")
    for facts in (other, OURS, OURS, rogue, Facts()):
        tally.add(judge(facts))
    assert (tally.files, tally.faulty) == (5, 1)
    assert [tuple(each[field] for field in SUMMARY_FIELDS) for each in tally.rows(book.registry)] == [
        ("verdict", "Registered and consistent", "consistent", 3),
        ("verdict", "Our root, never issued", "never_issued", 1),
        ("verdict", "Not our root", "not_ours", 1),
        ("release", "CT Console 4.5.0.3", "active", 3),
        ("installation", "0372764", "active", 2),
        ("installation", "5", "active", 1),
    ]


def test_what_comes_to_something_else_is_counted_anew(book: Book) -> None:
    tally, judge = Tally(), Judge(book.registry, {})
    for _ in range(2):
        tally.add(judge(OURS))
    before = row(book, OURS)
    tally.change(before, as_duplicate(before, files=2, contents=2, syntaxes=1))
    assert (tally.files, tally.faulty) == (2, 1)
    assert [each["state"] for each in tally.rows(book.registry)][:2] == ["consistent", "duplicate"]
    tally.change(before, as_duplicate(before, files=2, contents=2, syntaxes=1))
    assert [each["state"] for each in tally.rows(book.registry)][:1] == ["duplicate"]
