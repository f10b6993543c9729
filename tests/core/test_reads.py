"""What a scanner sent, beside what the registry knows: the GTIN chooses the product, and both are kept."""

from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book, codes, notices
from uidmanager.barcodes.reading import read
from uidmanager.core.accounts import entry_in_words
from uidmanager.core.barcodes import GS, Read, ScannerSettings
from uidmanager.core.drafts import (
    AssignInstallations,
    OpenIndexedArc,
    RetireProduct,
    SetProductGtin,
    SetProductSerials,
)
from uidmanager.core.events import BarcodeRead, InstallationAssigned, InstallationIndexed
from uidmanager.core.records import SerialRule

CONSOLE = "09521101530001"
VIEWER = "05901234123457"


def scanned(text: str) -> Read:
    return read(text, ScannerSettings())


def assign(*texts: str, product: str | None = None) -> AssignInstallations:
    reads = tuple(scanned(text) for text in texts)
    return AssignInstallations(tuple(found.serial for found in reads), product, reads=reads)


@pytest.fixture
def stocked(book: Book) -> Book:
    """CT Console (2) and Viewer (1) have GTINs."""
    book.do(SetProductGtin("CT Console", CONSOLE, "from the label"))
    book.do(SetProductGtin("Viewer", VIEWER[1:], "from the label"))
    return book


def test_the_gtin_chooses_the_product_and_what_was_scanned_is_kept(stocked: Book) -> None:
    text = f"]d201{CONSOLE}21100500{GS}10LOT7"
    decision = stocked.do(assign(text))
    assert decision.uids == (f"{ROOT}.2.100500",)
    assert decision.events == (
        InstallationAssigned("100500", "100500", 2),
        BarcodeRead("100500", text.replace(GS, "␝"), "]d2", CONSOLE),
    )
    held = stocked.registry.installation("100500")
    assert held is not None
    assert [each.scanned for each in stocked.registry.reads_of(held)] == [text.replace(GS, "␝")]
    assert "barcode read: 100500" in entry_in_words(stocked.registry, stocked.registry.entries[-1])


def test_a_batch_of_scans_has_a_product_each(stocked: Book) -> None:
    decision = stocked.ask(assign(f"]d201{CONSOLE}21100500", f"]d201{VIEWER}21100501", "]d1100502"))
    products = [event.product for event in decision.events if isinstance(event, InstallationAssigned)]
    assert products == [2, 1, None]


def test_the_gtin_of_another_product_than_the_chosen_one_is_refused(stocked: Book) -> None:
    decision = stocked.ask(assign(f"]d201{CONSOLE}21100500", product="Viewer"))
    assert codes(decision) == ["gtin.other_product"]
    assert codes(stocked.ask(assign(f"]d201{CONSOLE}21100500", product="2"))) == []


def test_an_unknown_gtin_is_said_with_its_remedy(book: Book) -> None:
    decision = book.ask(assign(f"]d201{CONSOLE}21100500"))
    assert (codes(decision), notices(decision)) == ([], ["gtin.unknown"])
    assert "Set it on the product" in decision.notices[0].message


def test_the_product_that_a_gtin_chooses_must_be_in_use(stocked: Book) -> None:
    stocked.do(RetireProduct("CT Console", "no longer made"))
    assert codes(stocked.ask(assign(f"]d201{CONSOLE}21100500"))) == ["product.retired"]


@pytest.mark.parametrize("gtin", [VIEWER, VIEWER[1:], f"]d1{VIEWER}", f"]E0{VIEWER[1:]}"])
def test_the_code_of_a_till_is_no_serial(stocked: Book, gtin: str) -> None:
    decision = stocked.ask(assign(gtin))
    assert codes(decision) in (["gtin.as_serial"], ["scan.no_serial"])
    assert codes(stocked.ask(AssignInstallations((VIEWER[1:],)))) == ["gtin.as_serial"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("]d221SN-0001234580122.4.1", "scan.no_separator"),
        ("]d201095211015300022137", "gtin.check_digit"),
        (f"]d201{CONSOLE}", "scan.no_serial"),
    ],
)
def test_a_scan_that_is_refused_assigns_nothing_and_says_why_only_once(stocked: Book, text: str, code: str) -> None:
    decision = stocked.ask(assign(text))
    assert codes(decision) == [code]
    assert decision.uids == ()
    assert decision.events == ()


def test_one_scan_that_is_refused_refuses_the_batch(stocked: Book) -> None:
    decision = stocked.ask(assign("]d1100500", "]d221"))
    assert codes(decision) == ["scan.not_gs1"]
    assert decision.events == ()


def test_the_same_unit_scanned_twice_in_a_batch_is_refused(stocked: Book) -> None:
    assert codes(stocked.ask(assign("]d1100500", f"]d201{CONSOLE}21100500"))) == ["serial.repeated"]


def test_a_unit_that_is_scanned_again_answers_its_root(stocked: Book) -> None:
    draft = assign(f"]d201{CONSOLE}21100500")
    stocked.do(draft)
    assert stocked.ask(draft).is_settled
    assert stocked.ask(assign("100500")).is_settled


def test_a_serial_that_a_unit_has_already_is_in_no_doubt(stocked: Book) -> None:
    draft = assign(f"]d201{CONSOLE}2137276417271231")
    assert codes(stocked.ask(draft)) == ["scan.no_separator"]
    stocked.do(AssignInstallations(("37276417271231",), product="CT Console"))
    decision = stocked.ask(draft)
    assert (codes(decision), decision.is_settled) == ([], True)
    assert decision.uids == (f"{ROOT}.2.37276417271231",)
    assert codes(stocked.ask(assign(f"]d201{CONSOLE}21037276417271231"))) == ["scan.no_separator"]


class TestSerialsWithLetters:
    @pytest.fixture
    def lettered(self, stocked: Book) -> Book:
        stocked.do(OpenIndexedArc("3", "serials with letters"))
        rule = SerialRule(indexed=True, pattern="SN-[0-9]{8}([0-9.]+)?", example="SN-00012345")
        stocked.do(SetProductSerials("CT Console", rule, "as on the nameplate"))
        return stocked

    def test_a_scan_is_assigned_an_index(self, lettered: Book) -> None:
        decision = lettered.do(assign(f"]d201{CONSOLE}21SN-00012345"))
        assert decision.uids == (f"{ROOT}.3.1",)
        assert decision.events[0] == InstallationIndexed("SN-00012345", "3.1", 2)
        assert isinstance(decision.events[1], BarcodeRead)

    def test_the_products_pattern_settles_whether_a_separator_is_missing(self, lettered: Book) -> None:
        decision = lettered.ask(assign(f"]d201{CONSOLE}21SN-0001234580122.4.1"))
        assert codes(decision) == []
        assert "scan.whole" in notices(decision)
        assert decision.events[0] == InstallationIndexed("SN-0001234580122.4.1", "3.1", 2)

    def test_it_settles_nothing_where_it_does_not_take_the_whole(self, lettered: Book) -> None:
        rule = SerialRule(indexed=True, pattern="SN-[0-9]{8}", example="SN-00012345")
        lettered.do(SetProductSerials("CT Console", rule, "as on the nameplate"))
        decision = lettered.ask(assign(f"]d201{CONSOLE}21SN-0001234580122.4.1"))
        assert codes(decision) == ["scan.no_separator"]

    def test_it_settles_no_other_doubt(self, lettered: Book) -> None:
        assert codes(lettered.ask(assign("]d201095211015300022137", product="CT Console"))) == ["gtin.check_digit"]
