"""What a document says of an indexed arc, GTINs and rules for serials is looked at as closely as all else."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from tests.core.conftest import ROOT, Book
from tests.core.transfer.carrying import PAPER, carried, imported
from tests.core.transfer.test_rules import spoilt, told
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.barcodes import Read
from uidmanager.core.records import LabelState, NumberKind, SerialRule
from uidmanager.core.transfer.document import Document, version_of
from uidmanager.core.transfer.importing import MOST_IN_AN_ENTRY, import_events

GTIN, OTHER_GTIN = "09521234543213", "00614141007349"
RULE = SerialRule(indexed=True, pattern="SN-[A-Z][0-9]+", example="SN-A1")


@pytest.fixture
def bench(book: Book) -> Book:
    """The arc 3, a product with all that can be said of it, and two units with an index."""
    book.do(d.OpenIndexedArc("3", "letters"))
    book.do(d.RegisterProduct("MR", gtin=GTIN, serials=RULE, note="a note"))
    book.do(d.SetProductGtin("1", OTHER_GTIN))
    read = Read("]C1SN-A1", "SN-A1", "]C1")
    book.do(d.AssignInstallations(("SN-A1", "SN-A2"), "MR", reads=(read, None)))
    book.do(d.NoteLabelsPrinted((d.Print("SN-A1", "x"),), "a4"))
    book.write(e.NumberGivenUp(NumberKind.INSTALLATION, "3.9", "SN-Z", "3.1"))
    return book


@pytest.fixture
def document(bench: Book) -> Document:
    return carried(bench.registry)


def version(document: Document) -> int:
    return version_of(document.source, document.products, document.given_up)


def test_a_good_one_has_nothing_against_it_and_comes_back_but_for_scans_and_labels(document: Document) -> None:
    assert told(document) == []
    registry = imported(document)
    held = registry.installation_with("sn-a1")
    assert held
    assert (held.uid, held.label, held.prints, registry.reads_of(held)) == (f"{ROOT}.3.1", LabelState.ASSIGNED, 0, [])
    product = registry.product_with_gtin(GTIN)
    assert product
    assert (product.serials, product.note) == (RULE, "a note")
    assert registry.indexed.next_component() == "3.10"


def test_only_what_older_programs_do_not_know_is_of_version_2(document: Document) -> None:
    plain = _plain()
    assert version(plain) == 1
    assert version(document) == 2
    for changes in ({"gtin": GTIN}, {"serials": SerialRule(False, ".*", "1")}, {"note": "x"}):
        assert version(spoilt(plain, "products", 0, **changes)) == 2
    assert version(structs.replace(plain, source=structs.replace(plain.source, indexed_arc="3"))) == 2
    left_out = structs.replace(plain, given_up=document.given_up)
    assert version(left_out) == 2


def _plain() -> Document:
    made = Book()
    made.do(d.FoundRegistry(ROOT, "Acme Imaging", "registry-1"))
    made.do(d.RegisterProduct("Viewer"))
    return carried(made.registry)


@pytest.mark.parametrize(
    ("where", "at", "changes", "code"),
    [
        ("installations", 2, {"component": "4.2", "uid": f"{ROOT}.4.2"}, "document.component"),
        ("installations", 2, {"component": "2.2", "uid": f"{ROOT}.2.2"}, "document.component"),
        ("installations", 2, {"component": "3.02", "uid": f"{ROOT}.3.02"}, "document.component"),
        ("installations", 2, {"component": "3.2.1", "uid": f"{ROOT}.3.2.1"}, "document.component"),
        ("installations", 2, {"component": "3.", "uid": f"{ROOT}.3."}, "document.component"),
        ("installations", 2, {"uid": f"{ROOT}.2.3.2"}, "document.uid"),
        ("installations", 2, {"component": "3.1", "uid": f"{ROOT}.3.1"}, "document.twice"),
        ("installations", 2, {"serial": "sn-a1"}, "document.twice"),
        ("installations", 2, {"serial": "0372764"}, "document.twice"),
        ("installations", 2, {"serial": " SN-A2"}, "document.untidy"),
        ("installations", 2, {"serial": "SN A2"}, "serial.character"),
        ("installations", 2, {"serial": "SÜ-2"}, "serial.character"),
        ("installations", 2, {"serial": ""}, "serial.empty"),
        ("installations", 2, {"serial": "x" * 65}, "serial.too_long"),
        ("installations", 0, {"serial": "A1"}, "serial.not_numeric"),
        ("products", 2, {"gtin": OTHER_GTIN}, "document.twice"),
        ("products", 2, {"gtin": "9521234543213"}, "document.gtin"),
        ("products", 2, {"gtin": "09521234543214"}, "gtin.check_digit"),
        ("products", 2, {"gtin": "x"}, "gtin.form"),
        ("products", 2, {"gtin": ""}, "gtin.form"),
        ("products", 2, {"serials": SerialRule(True, "[", "SN-A1")}, "serials.pattern"),
        ("products", 2, {"serials": SerialRule(True, "(?=x)", "SN-A1")}, "serials.pattern"),
        ("products", 2, {"serials": SerialRule(True, "SN-.*", "A1")}, "serials.example"),
        ("products", 2, {"serials": SerialRule(True, "SN-.*", None)}, "serials.incomplete"),
        ("products", 2, {"serials": SerialRule(True, "", "")}, "document.untidy"),
        ("products", 2, {"serials": SerialRule(True, " .* ", "A1")}, "document.untidy"),
        ("products", 2, {"note": ""}, "document.empty"),
        ("products", 2, {"note": "x" * 1001}, "text.too_long"),
        ("products", 2, {"note": "a\u202eb"}, "text.character"),
        ("given_up", 0, {"number": "3.09"}, "document.number"),
        ("given_up", 0, {"number": "3.1.2"}, "document.number"),
        ("given_up", 0, {"now": "x.1"}, "document.number"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_place(
    document: Document, where: str, at: int, changes: dict[str, Any], code: str
) -> None:
    assert (code, f"/{where}/{at}") in told(spoilt(document, where, at, **changes))


@pytest.mark.parametrize(
    ("arc", "code"),
    [
        ("1", "arc.taken"),
        ("2", "arc.taken"),
        ("03", "arc.form"),
        ("", "arc.form"),
        ("3.4", "arc.form"),
        ("x", "arc.form"),
    ],
)
def test_an_arc_that_cannot_be_is_told(document: Document, arc: str, code: str) -> None:
    wrong = structs.replace(document, source=structs.replace(document.source, indexed_arc=arc))
    assert (code, "/indexed_arc") in told(wrong)


def test_indices_without_their_arc_are_refused(document: Document) -> None:
    wrong = told(structs.replace(document, source=structs.replace(document.source, indexed_arc=None)))
    assert [found for found in wrong if found[0] in {"document.component", "arc.missing"}] == [
        ("arc.missing", "/products/2"),
        ("document.component", "/installations/1"),
        ("document.component", "/installations/2"),
    ]


def test_all_that_is_said_of_a_product_stands_in_one_entry() -> None:
    made = Book()
    made.do(d.FoundRegistry(ROOT, "Acme Imaging", "registry-1"))
    events: list[e.Event] = []
    for n in range(1, MOST_IN_AN_ENTRY + 1):
        events += [e.ProductRegistered(n, f"product {n}"), e.ProductNoteCorrected(n, None, "a note")]
    made.write(*events)
    document = carried(made.registry)
    entries = list(import_events(document, "registry-2", PAPER))
    assert [len(each) for each in entries] == [2, MOST_IN_AN_ENTRY, MOST_IN_AN_ENTRY]
    assert all(isinstance(each[0], e.ProductImported) for each in entries[1:])
    assert [product.note for product in imported(document).products] == ["a note"] * MOST_IN_AN_ENTRY
