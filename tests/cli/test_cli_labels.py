"""``label …``: what comes out, what is noted, and what happens when something is in the way."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from tests.writers.labels.pictures import pictures_of_pdf, pictures_of_zpl
from tests.writers.printed import text_of
from uidmanager.app.service import Service
from uidmanager.core.drafts import SetProductGtin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
ROLL = ("--template", "roll-50x25")


@pytest.fixture
def batch(acme: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Entry 6 assigned three units of the CT Console; entry 5 the unit 0372764, which is of no product."""
    monkeypatch.chdir(tmp_path)
    acme.done("assign", "7", "8", "9", "--product", "CT Console")
    return acme


def entries(call: Caller) -> int:
    return int(call.done("status", "--json").json["entries"])


def test_a_batch_is_printed_and_noted_and_the_entry_is_answered(batch: Caller, tmp_path: Path) -> None:
    result = batch.done("label", "print", "--entry", "6", "-o", "labels.pdf")
    assert (result.out, result.codes) == ("7\n", ["label.printed"])
    assert "3 labels on 1 page went to labels.pdf" in result.err
    content = (tmp_path / "labels.pdf").read_bytes()
    [picture] = pictures_of_pdf(content, 300)
    assert {found.text for found in picture.codes()} == {"7", "8", "9", *(f"{ROOT}.2.{n}" for n in "789")}
    assert "CT Console" in text_of(content)
    assert batch.done("history").out.count("label printed") == 3


def test_units_are_printed_in_the_order_named_and_from_stdin(batch: Caller, tmp_path: Path) -> None:
    batch.done("label", "print", "9", "-", *ROLL, "-o", "labels.zpl", stdin="7\r0372764\r\n\n")
    pictures = pictures_of_zpl((tmp_path / "labels.zpl").read_bytes())
    assert [found.text for picture in pictures for found in picture.codes()] == ["9", "7", "0372764"]


def test_a_second_label_needs_a_reason(batch: Caller, tmp_path: Path) -> None:
    batch.done("label", "print", "7", "-o", "a.pdf")
    again = batch("label", "print", "7", "8", "-o", "b.pdf")
    assert (again.code, again.codes) == (1, ["label.reprint"])
    assert not (tmp_path / "b.pdf").exists()
    assert batch.done("label", "print", "7", "8", "-o", "b.pdf", "--reason", "spoilt").out == "8\n"


def test_a_dry_run_writes_nothing_and_needs_no_place(batch: Caller, tmp_path: Path) -> None:
    before = entries(batch)
    result = batch.done("label", "print", "--entry", "6", "--dry-run")
    assert result.codes == ["label.printed", "dry_run"]
    assert "3 labels on 1 page would be printed" in result.err
    batch.done("label", "print", "--entry", "6", "--dry-run", "-o", "labels.pdf")
    assert entries(batch) == before
    assert not (tmp_path / "labels.pdf").exists()


def test_json_says_it_all(batch: Caller) -> None:
    answer = batch("label", "print", "7", *ROLL, "--copies", "2", "-o", "labels.zpl", "--json").json
    assert {name: answer[name] for name in ("entry", "template", "copies", "pages", "labels")} == {
        "entry": 7,
        "template": "roll-50x25",
        "copies": 2,
        "pages": 2,
        "labels": [{"serial": "7", "root": f"{ROOT}.2.7", "code": "7", "printed_before": 0}],
    }


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("7", "70"), "installation.unknown"),
        (("--entry", "2"), "label.no_batch"),
        (("7", "7"), "label.repeated"),
        (("7", "--template", "nothing"), "label.template_unknown"),
        (("7", "--start", "25"), "label.start"),
        (("7", "--copies", "0"), "label.copies"),
        (("7", "--offset", "1;2"), "label.offset"),
        (("7", "--offset", "0,30"), "label.offset"),
        (("7", "--code", "gs1"), "label.no_gtin"),
    ],
)
def test_what_is_refused_leaves_neither_a_file_nor_an_entry(
    batch: Caller, tmp_path: Path, argv: tuple[str, ...], code: str
) -> None:
    before = entries(batch)
    result = batch("label", "print", *argv, "-o", "labels.pdf")
    assert result.code == 1
    assert code in result.codes
    assert entries(batch) == before
    assert not (tmp_path / "labels.pdf").exists()


def test_a_label_that_does_not_fit_is_refused_with_the_numbers(batch: Caller) -> None:
    batch.done("assign", "9" * 35)
    result = batch("label", "print", "9" * 35, "-o", "labels.pdf", "--template", "a4-5x13")
    assert set(result.codes) == {"label.text_too_wide"}
    assert "has 24.6 mm for it" in result.err


def test_a_void_unit_gets_no_label_and_is_left_out_of_its_batch(batch: Caller) -> None:
    batch.done("installation", "void", "7", "--reason", "misread")
    assert batch("label", "print", "7", "-o", "a.pdf").codes == ["label.void"]
    result = batch.done("label", "print", "--entry", "6", "-o", "a.pdf")
    assert result.codes == ["label.left_out", "label.printed"]
    assert "2 labels" in result.err


def test_a_file_that_is_there_is_kept_and_nothing_is_noted(batch: Caller, tmp_path: Path) -> None:
    (tmp_path / "labels.pdf").write_bytes(b"mine")
    before = entries(batch)
    assert batch("label", "print", "7", "-o", "labels.pdf").codes == ["file.exists"]
    assert batch("label", "print", "7", "-o", "no/labels.pdf").codes == ["file.unwritable"]
    assert entries(batch) == before
    assert (tmp_path / "labels.pdf").read_bytes() == b"mine"
    batch.done("label", "print", "7", "-o", "labels.pdf", "--force")
    assert sorted(each.name for each in tmp_path.iterdir() if "labels" in each.name or "part" in each.name) == [
        "labels.pdf"
    ]


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("7", "--entry", "6", "-o", "a.pdf"),
        ("7",),
        ("7", "-o", "a.pdf", "--to", "zebra"),
        ("7", "-o", "a.png"),
        ("7", "-o", "a.pdf", "--dpi", "100"),
        ("7", "-o", " "),
    ],
)
def test_what_is_no_command(batch: Caller, argv: tuple[str, ...]) -> None:
    assert batch("label", "print", *argv).code == 2


# -- a printer in the network ------------------------------------------------------------------------------------------


class FakePrinter:
    """Listens on port 9100's stead; takes all, or hangs up with a reset after the first bytes."""

    def __init__(self, *, breaks_off: bool = False) -> None:
        self.taken = b""
        self._breaks_off = breaks_off
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        connection, _ = self._listening.accept()
        with connection:
            if self._breaks_off:
                connection.recv(1)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return
            while part := connection.recv(65536):
                self.taken += part

    def close(self) -> None:
        self._thread.join(30)
        self._listening.close()


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    made = FakePrinter()
    yield made
    made.close()


@pytest.fixture
def breaking_printer() -> Iterator[FakePrinter]:
    made = FakePrinter(breaks_off=True)
    yield made
    made.close()


def test_a_printer_gets_what_would_stand_in_the_file(batch: Caller, printer: FakePrinter, tmp_path: Path) -> None:
    result = batch.done("label", "print", "7", *ROLL, "--to", printer.address)
    printer.close()
    assert f"1 label went to {printer.address}" in result.err
    batch.done("label", "print", "7", *ROLL, "-o", "labels.zpl", "--reason", "to compare")
    assert printer.taken == (tmp_path / "labels.zpl").read_bytes()


def test_a_printer_that_does_not_listen_leaves_nothing_noted(batch: Caller) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    before = entries(batch)
    assert batch("label", "print", "7", *ROLL, "--to", address).codes == ["printer.refused"]
    assert batch("label", "print", "7", *ROLL, "--to", "a b").codes == ["printer.address"]
    assert entries(batch) == before


def test_a_printer_that_breaks_off_leaves_the_run_noted_and_says_so(
    batch: Caller, breaking_printer: FakePrinter
) -> None:
    result = batch("label", "print", "--entry", "6", *ROLL, "--copies", "1", "--to", breaking_printer.address)
    assert (result.code, result.codes) == (74, ["label.not_handed_over"])
    assert "How many labels came out is not known" in result.err
    assert "Entry 7 notes these labels as printed" in result.err
    assert entries(batch) == 7
    assert batch("label", "print", "7", *ROLL, "-o", "a.zpl").codes == ["label.reprint"]


# -- the other commands ------------------------------------------------------------------------------------------------


def test_templates_of_ones_own_are_listed_and_used(batch: Caller, home: Path, tmp_path: Path) -> None:
    folder = home / "config" / "labels"
    folder.mkdir(parents=True)
    code = {"symbol": "datamatrix", "x": 1, "y": 1, "width": 15, "height": 15}
    (folder / "ours.json").write_text(json.dumps({"title": "Ours", "width": 40, "height": 20, "codes": [code]}))
    (folder / "broken.json").write_text("{")
    rows = batch("label", "templates", "--json").json["rows"]
    assert {"ours", "a4-3x8"} <= {row["name"] for row in rows}
    listed = batch.done("label", "templates")
    assert listed.codes == ["label.template_broken"]
    assert "a4-5x13" in listed.out
    batch.done("label", "print", "7", "--template", "ours", "-o", "labels.pdf")
    assert batch("label", "print", "8", "--template", "broken", "-o", "b.pdf").codes == ["label.template_broken"]


def test_a_test_page_is_no_print_run(batch: Caller, tmp_path: Path) -> None:
    before = entries(batch)
    batch.done("label", "test-page", "-o", "test.pdf", "--offset", "0.5,-1.25")
    assert "offset 0.5,-1.25 mm" in text_of((tmp_path / "test.pdf").read_bytes())
    batch.done("label", "test-page", *ROLL, "-o", "test.zpl")
    assert batch("label", "test-page", "-o", "sheet.zpl").codes == ["label.not_a_roll"]
    assert entries(batch) == before


def test_the_batch_sheet_has_places_to_sign(batch: Caller, tmp_path: Path) -> None:
    batch.done("label", "print", "--entry", "6", "-o", "labels.pdf")
    batch.done("label", "batch-sheet", "--entry", "6", "-o", "sheet.pdf")
    text = text_of((tmp_path / "sheet.pdf").read_bytes())
    for said in ("Batch sheet of entry 6", "Labels printed by", "Labels checked by", "Date", f"{ROOT}.2.9", "labelled"):
        assert said in text
    batch.done("label", "batch-sheet", "--entry", "6", "-o", "sheet.csv")
    assert (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig").count(f"{ROOT}.2.") == 3
    assert batch("label", "batch-sheet", "--entry", "1", "-o", "no.pdf").codes == ["label.no_batch"]


def test_a_product_with_a_gtin_gets_gs1s_code(batch: Caller, ledger: Path, tmp_path: Path) -> None:
    service = Service(batch.desk.ledger_at(str(ledger)), batch.desk.world)
    service.open()
    service.submit(SetProductGtin("CT Console", "04012345678901", "from GS1"))
    batch.done("label", "print", "7", *ROLL, "-o", "labels.zpl")
    [picture] = pictures_of_zpl((tmp_path / "labels.zpl").read_bytes())
    [found] = picture.codes()
    assert (found.aim, found.text) == ("]d2", "0104012345678901217")


def test_a_due_backup_is_made_after_a_print_run_as_after_any_entry(batch: Caller, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    batch.done("backup", "--every", "1", "backups")
    result = batch.done("label", "print", "7", *ROLL, "-o", "labels.zpl")
    assert result.codes == ["label.printed", "backup.written"]
