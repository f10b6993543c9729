"""assign --scan: what a scanner sent goes in, roots come out; nothing is guessed and both texts are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.core.barcodes import GS, Mode, ScannerSettings
from uidmanager.settings import config_folder
from uidmanager.settings.scanner import StationScanner

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
GTIN = "09521101530001"
UNIT = f"]d201{GTIN}2110050{GS}10LOT7"


@pytest.fixture
def with_gtin(acme: Caller, ledger: Path) -> Caller:
    """CT Console has a GTIN."""
    service = Service(acme.desk.ledger_at(str(ledger)), acme.desk.world)
    service.open()
    assert service.submit(d.SetProductGtin("CT Console", GTIN, "from the label")).entry is not None
    return acme


def test_a_scan_is_assigned_to_the_product_of_its_gtin(with_gtin: Caller) -> None:
    answer = with_gtin("assign", "--scan", UNIT, "--json").json
    assert answer["uid"] == f"{ROOT}.2.10050"
    assert answer["scans"] == [{"scanned": UNIT.replace(GS, "␝"), "serial": "10050", "symbology": "]d2", "gtin": GTIN}]
    row = with_gtin("installation", "list", "--json").json["rows"][0]
    assert (row["serial"], row["product"]) == ("10050", "CT Console")


def test_both_texts_are_in_the_entry(with_gtin: Caller, ledger: Path) -> None:
    with_gtin.done("assign", "--scan", UNIT)
    events = json.loads(ledger.read_text(encoding="utf-8").splitlines()[-1])["events"]
    assert [event["type"] for event in events] == ["installation_assigned", "barcode_read"]
    assert events[1]["scanned"] == UNIT.replace(GS, "␝")
    assert "barcode read" in with_gtin.done("history").out


def test_a_person_is_told_what_was_taken(with_gtin: Caller) -> None:
    result = with_gtin.done("assign", "--scan", UNIT)
    assert result.out == f"{ROOT}.2.10050\n"
    assert f"→ serial 10050, GTIN {GTIN}." in result.err


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_scans_from_stdin_one_a_line(with_gtin: Caller, end: str) -> None:
    stdin = end.join((UNIT, "]d10004711", "4712", f"(01){GTIN}(21)4713", "")).encode()
    result = with_gtin.done("assign", "--scan", "-", stdin=stdin)
    assert result.lines == [f"{ROOT}.2.{number}" for number in (10050, 4711, 4712, 4713)]


def test_a_plain_serial_is_kept_without_a_scan(with_gtin: Caller, ledger: Path) -> None:
    with_gtin.done("assign", "--scan", "4711")
    events = json.loads(ledger.read_text(encoding="utf-8").splitlines()[-1])["events"]
    assert [event["type"] for event in events] == ["installation_assigned"]


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        ("]d221SN-0001234580122.4.1", "scan.no_separator"),
        ("]d201095211015300022137", "gtin.check_digit"),
        ("]E05901234123457", "scan.no_serial"),
        ("]d2hello", "scan.not_gs1"),
        ("37\x0b2764", "scan.character"),
        (GTIN, "gtin.as_serial"),
        ("", "serial.empty"),
        ("7" * 1000, "scan.too_long"),
    ],
)
def test_what_cannot_be_taken_refuses_all_and_writes_nothing(
    with_gtin: Caller, ledger: Path, scan: str, code: str
) -> None:
    before = ledger.read_bytes()
    result = with_gtin("assign", "--scan", "4711", scan)
    assert result.code == 1
    assert not result.out
    assert code in result.codes
    answer = with_gtin("assign", "--scan", "4711", scan, "--json").json
    assert [problem["code"] for problem in answer["problems"]] == [code]
    assert ledger.read_bytes() == before


def test_another_product_than_the_code_says_is_refused(with_gtin: Caller) -> None:
    result = with_gtin("assign", "--scan", UNIT, "--product", "Viewer")
    assert (result.code, result.codes[-1]) == (1, "gtin.other_product")


def test_bytes_that_are_no_text_are_refused(with_gtin: Caller) -> None:
    result = with_gtin("assign", "--scan", "-", stdin=b"]d221\xff\xfe\n")
    assert (result.code, result.codes[-1]) == (1, "scan.character")


def test_this_stations_settings_hold(with_gtin: Caller) -> None:
    StationScanner().keep(ScannerSettings(Mode.GS1, "|"))
    assert with_gtin.done("assign", "--scan", f"01{GTIN}2110050|10LOT7").lines == [f"{ROOT}.2.10050"]
    assert with_gtin.done("assign", "2110051").lines == [f"{ROOT}.2.2110051"]  # no scan


def test_settings_that_cannot_be_read_are_told_and_nothing_is_written(with_gtin: Caller, ledger: Path) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "scanner.json").write_bytes(b"{")
    before = ledger.read_bytes()
    result = with_gtin("assign", "--scan", UNIT)
    assert (result.code, result.codes) == (1, ["preferences.unusable"])
    assert ledger.read_bytes() == before


def test_a_dry_run_writes_nothing(with_gtin: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    answer = with_gtin("assign", "--scan", UNIT, "--dry-run", "--json").json
    assert (answer["uid"], answer["entry"], answer["scans"][0]["serial"]) == (f"{ROOT}.2.10050", None, "10050")
    assert ledger.read_bytes() == before


def test_a_scan_is_no_list(with_gtin: Caller) -> None:
    result = with_gtin("assign", "--scan", UNIT, "--range", "1-5")
    assert (result.code, result.codes) == (2, ["usage"])
