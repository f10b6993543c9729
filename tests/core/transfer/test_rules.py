"""What is wrong with a document is found before anything is written: all of it at once, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from tests.core.conftest import ROOT, Book
from tests.core.transfer.carrying import carried, checked
from uidmanager.core import drafts as d
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.events import NumberGivenUp
from uidmanager.core.records import NumberKind, Past, Scheme, State
from uidmanager.core.texts import is_time
from uidmanager.core.transfer.document import Counts, Document
from uidmanager.core.transfer.findings import MOST_TOLD, Findings
from uidmanager.core.transfer.importing import check_document, decide_import

if TYPE_CHECKING:
    from collections.abc import Sequence

PAST = Past(1, "2026-11-22T21:06:01.000000Z", "anna", "LINE-3", "because")


@pytest.fixture
def document(book: Book) -> Document:
    """Two products, a release, an installation, and numbers given up."""
    book.do(d.RetireProduct("Viewer", reason="No longer made"))
    book.write(NumberGivenUp(NumberKind.PRODUCT, "7", "MR", "5"), NumberGivenUp(NumberKind.INSTALLATION, "9", "09"))
    return carried(book.registry)


def spoilt(document: Document, where: str, at: int, **changes: Any) -> Document:
    """The document with other values in one of its records."""
    records: list[Any] = list(getattr(document, where))
    records[at] = structs.replace(records[at], **changes)
    return structs.replace(document, **{where: records})


def told(document: Document, seen: int = 0) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in checked(document, seen=seen).problems]


def test_a_good_document_has_nothing_against_it(document: Document) -> None:
    assert told(document) == []


RECORDS: list[tuple[str, int, dict[str, Any], str]] = [
    ("products", 1, {"number": -1}, "product.number_range"),
    ("products", 1, {"number": 10**9}, "product.number_range"),
    ("products", 1, {"number": 1}, "document.twice"),
    ("products", 1, {"name": ""}, "product.name_empty"),
    ("products", 1, {"name": "77"}, "product.name_numeric"),
    ("products", 1, {"name": "viewer"}, "document.twice"),
    ("products", 1, {"name": "CT "}, "document.untidy"),
    ("products", 1, {"name": "a\u202eb"}, "text.character"),
    ("products", 1, {"name": "x" * 81}, "text.too_long"),
    ("products", 1, {"code": "not a code"}, "product.code_invalid"),
    ("products", 1, {"state": State.VOID, "changed": PAST}, "document.state"),
    ("products", 1, {"state": State.RETIRED}, "document.changed"),
    ("products", 0, {"state": State.ACTIVE}, "document.changed"),
    ("releases", 0, {"product": 3}, "document.product"),
    ("releases", 0, {"version": ""}, "document.empty"),
    ("releases", 0, {"version": "x\0"}, "text.character"),
    ("releases", 0, {"numeric": "4.5.0.03"}, "uid.leading_zero"),
    ("releases", 0, {"numeric": "4.5.0.4"}, "document.uid"),
    ("releases", 0, {"numeric": "4" * 60}, "uid.too_long"),
    ("releases", 0, {"numeric": ""}, "uid.empty_component"),
    ("releases", 0, {"uid": f"{ROOT}.1.1.4.5.0.3"}, "document.uid"),
    ("releases", 0, {"version_name": ""}, "version_name.empty"),
    ("releases", 0, {"version_name": "back\\slash"}, "version_name.character"),
    ("releases", 0, {"version_name": "A "}, "document.untidy"),
    ("releases", 0, {"state": State.RETIRED, "changed": PAST}, "document.state"),
    ("releases", 0, {"note": "x" * 1001}, "text.too_long"),
    ("installations", 0, {"serial": "A1"}, "serial.not_numeric"),
    ("installations", 0, {"serial": " 0372764"}, "document.component"),
    ("installations", 0, {"serial": "0372765"}, "document.component"),
    ("installations", 0, {"component": "0372764", "uid": f"{ROOT}.2.0372764"}, "document.component"),
    ("installations", 0, {"component": "3.4", "uid": f"{ROOT}.2.3.4"}, "document.component"),
    ("installations", 0, {"uid": f"{ROOT}.1.372764"}, "document.uid"),
    ("installations", 0, {"serial": "9" * 40, "component": "9" * 40, "uid": f"{ROOT}.2.{'9' * 40}"},
     "installation.no_room"),
    ("installations", 0, {"product": 77}, "document.product"),
    ("installations", 0, {"state": State.WITHDRAWN, "changed": PAST}, "document.state"),
    ("installations", 0, {"note": "\u2028"}, "text.character"),
    ("installations", 0, {"registered": structs.replace(PAST, entry=0)}, "document.entry"),
    ("installations", 0, {"registered": structs.replace(PAST, entry=99)}, "document.entry"),
    ("installations", 0, {"registered": structs.replace(PAST, at="2026-02-30T00:00:00.000000Z")}, "document.time"),
    ("installations", 0, {"registered": structs.replace(PAST, by="")}, "document.empty"),
    ("installations", 0, {"registered": structs.replace(PAST, by="anna ")}, "document.untidy"),
    ("installations", 0, {"registered": structs.replace(PAST, station="\x1b[2J")}, "text.character"),
    ("installations", 0, {"registered": structs.replace(PAST, why="")}, "document.empty"),
    ("installations", 0, {"registered": structs.replace(PAST, registry="x" * 65)}, "text.too_long"),
    ("given_up", 0, {"number": "07"}, "document.number"),
    ("given_up", 0, {"now": "x"}, "document.number"),
    ("given_up", 0, {"kind": NumberKind.RELEASE, "number": "7"}, "document.number"),
    ("given_up", 1, {"number": "009"}, "document.number"),
    ("given_up", 1, {"kind": NumberKind.VERSION_NAME, "number": "x" * 17}, "document.number"),
    ("given_up", 1, {"meant": ""}, "document.empty"),
    ("given_up", 1, {"noted": structs.replace(PAST, at="")}, "document.time"),
    ("given_up", 1, {"kind": NumberKind.PRODUCT, "number": "7", "meant": "MR", "now": "5"}, "document.twice"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "at", "changes", "code"), RECORDS)
def test_a_record_is_refused_with_its_place(
    document: Document, where: str, at: int, changes: dict[str, Any], code: str
) -> None:
    found = checked(spoilt(document, where, at, **changes)).problems
    assert (code, f"/{where}/{at}") in [(problem.code, problem.field) for problem in found]
    assert all(problem.message.startswith(problem.field) for problem in found)


@pytest.mark.parametrize(
    ("changes", "told_at"),
    [
        ({"root": "1.2.840.10008"}, ("root.not_yours", "/root")),
        ({"root": ROOT + "."}, ("uid.empty_component", "/root")),
        ({"organisation": ""}, ("organisation.empty", "/organisation")),
        ({"organisation": " Acme"}, ("document.untidy", "/organisation")),
        ({"scheme": Scheme("1", "1")}, ("document.scheme", "/scheme")),
        ({"scheme": Scheme("01", "2")}, ("document.scheme", "/scheme")),
        ({"scheme": Scheme("1.2", "2")}, ("document.scheme", "/scheme")),
        ({"head": "F" * 64}, ("document.head", "/head")),
        ({"entries": 0}, ("document.entry", "/entries")),
        ({"made_at": "yesterday"}, ("document.time", "/made_at")),
        ({"made_by": ""}, ("document.empty", "/made_by")),
        ({"app": "\x07"}, ("text.character", "/app")),
        ({"registry": "x" * 65}, ("text.too_long", "/registry")),
        ({"counts": Counts(2, 1, 2, 2)}, ("document.count", "/installations")),
    ],
)
def test_a_head_is_refused_with_its_place(
    document: Document, changes: dict[str, Any], told_at: tuple[str, str]
) -> None:
    assert told_at in told(structs.replace(document, source=structs.replace(document.source, **changes)))


def test_a_root_that_needs_care_is_a_caution_and_refuses_nothing(document: Document) -> None:
    source = structs.replace(document.source, root="2.25.1", registry="r")
    notices = checked(structs.replace(document, source=source)).notices
    assert [(notice.code, notice.severity) for notice in notices] == [
        ("root.uuid", Severity.CAUTION),
        ("import.one_registry", Severity.CAUTION),
    ]


def test_a_serial_that_stands_twice_is_found(document: Document) -> None:
    twice = [*document.installations, *document.installations]
    counts = structs.replace(document.source.counts, installations=2)
    source = structs.replace(document.source, counts=counts)
    assert told(structs.replace(document, source=source, installations=twice)) == [
        ("document.twice", "/installations/1")
    ]


def test_a_code_that_stands_twice_is_found(document: Document) -> None:
    assert told(spoilt(document, "products", 0, code="ct")) == [("document.twice", "/products/1")]


def test_all_that_is_wrong_is_told_at_once(document: Document) -> None:
    wrong = spoilt(spoilt(document, "products", 0, name="7"), "installations", 0, product=9, note="")
    assert told(wrong) == [
        ("product.name_numeric", "/products/0"),
        ("document.product", "/installations/0"),
        ("document.empty", "/installations/0"),
    ]


def test_of_a_product_that_could_not_be_read_nothing_is_said_where_it_is_named(document: Document) -> None:
    """It is told once that it cannot be read, not a million times that it is not there."""
    products: Sequence[Any] = [document.products[0], None]
    assert told(structs.replace(document, products=products)) == []


def test_a_document_older_than_what_this_station_has_seen_is_refused(document: Document) -> None:
    assert told(document, seen=document.source.entries) == []
    assert told(document, seen=document.source.entries + 1) == [("import.outdated", "/entries")]


def test_of_very_many_problems_the_first_are_told_and_how_many_more_there_are(document: Document) -> None:
    (it,) = document.installations
    many = [it] * (MOST_TOLD + 5)
    problems = checked(structs.replace(document, installations=many)).problems
    assert len(problems) == MOST_TOLD + 1
    assert problems[-1].code == "document.more"
    assert problems[-1].message.startswith("5 more problems")


def test_what_reading_found_comes_first(document: Document) -> None:
    findings = Findings()
    findings.take_over([Problem("document.shape", "/x", "It is not known here.")] * (MOST_TOLD + 2))
    problems = check_document(document, findings, 0, lambda _done: None).problems
    assert {problem.code for problem in problems[:-1]} == {"document.shape"}
    assert problems[-1].message.startswith("2 more")


def test_an_import_needs_a_reason(document: Document) -> None:
    looked_at = checked(document)
    assert not decide_import(looked_at, "Moved to the new server").is_refused
    refused = decide_import(looked_at, " ")
    assert refused.is_refused
    assert [problem.code for problem in refused.problems] == ["reason.missing"]
    assert [notice.code for notice in refused.notices] == ["import.one_registry"]


def test_whoever_watches_is_told_how_many_were_looked_at(document: Document) -> None:
    (it,) = document.installations
    looked_at: list[int] = []
    check_document(structs.replace(document, installations=[it] * 2500), Findings(), 0, looked_at.append)
    assert looked_at == [1000, 2000]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("2026-11-22T21:06:42.123456Z", True),
        ("2024-02-29T00:00:00.000000Z", True),
        ("2000-02-29T23:59:59.999999Z", True),
        ("1900-02-29T00:00:00.000000Z", False),
        ("2026-02-29T00:00:00.000000Z", False),
        ("2026-04-31T00:00:00.000000Z", False),
        ("2026-13-01T00:00:00.000000Z", False),
        ("2026-00-01T00:00:00.000000Z", False),
        ("2026-01-00T00:00:00.000000Z", False),
        ("0000-01-01T00:00:00.000000Z", False),
        ("2026-11-22T24:00:00.000000Z", False),
        ("2026-11-22T21:60:42.123456Z", False),
        ("2026-11-22T21:06:42Z", False),
        ("2026-11-22 21:06:42.123456Z", False),
        ("２026-11-22T21:06:42.123456Z", False),
        ("2026-11-22T21:06:42.123456Z\n", False),
    ],
)
def test_a_time_is_utc_with_microseconds_of_a_day_that_there_is(text: str, good: bool) -> None:  # noqa: FBT001
    assert is_time(text) is good
