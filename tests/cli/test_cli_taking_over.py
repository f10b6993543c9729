"""``import FILE --kind …``: text in, text out."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.sheets.made import workbook
from uidmanager.cli.transferring import _DELIMITERS, _ENCODINGS, _FORMS, _KINDS
from uidmanager.core.takeover.columns import TableKind
from uidmanager.core.takeover.dates import DateForm
from uidmanager.sheets.delimited import DELIMITERS
from uidmanager.sheets.encodings import ENCODINGS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """As a German Excel saves it: one row is a typing error, one is there already."""
    file = tmp_path / "units.csv"
    text = "Seriennummer;Gerät;Vergeben am\r\n0001;CT Console;04.03.2019\r\n00x2;Viewer;\r\n0372764;;\r\n"
    file.write_bytes(text.encode("cp1252"))
    return file


def entries(ledger: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ledger.read_bytes().splitlines()]


def test_the_options_are_what_the_readers_know() -> None:
    assert tuple(ENCODINGS) == _ENCODINGS
    assert set(_DELIMITERS) == {*DELIMITERS, *DELIMITERS.values()} - {"\t"}
    assert tuple(form.value for form in DateForm) == _FORMS
    assert tuple(kind.value for kind in TableKind) == _KINDS


def test_a_spreadsheet_becomes_a_registry(call: Caller, tmp_path: Path, ledger: Path) -> None:
    call.done("init", "--root", ROOT, "--organisation", "Acme Imaging")
    (tmp_path / "products.csv").write_text("No,Product,Code\n3,Viewer,V\n5,CT Console,CT\n", encoding="utf-8")
    (tmp_path / "releases.tsv").write_text("Product\tVersion\nViewer\t1.2\n5\t4.5.0.3\n", encoding="utf-8")
    (tmp_path / "units.txt").write_text("0372764\n0372765\n", encoding="utf-8")
    call.done("import", str(tmp_path / "products.csv"), "--kind", "products")
    call.done("import", str(tmp_path / "releases.tsv"), "--kind", "releases")
    call.done("import", str(tmp_path / "units.txt"), "--kind", "installations")
    assert [entry["events"][0]["type"] for entry in entries(ledger)][1:] == ["spreadsheet_imported"] * 3
    assert call.done("release", "list", "--json").json["rows"][0]["uid"] == f"{ROOT}.1.3.1.2"
    assert [row["uid"] for row in call.done("installation", "list", "--json").json["rows"]] == [
        f"{ROOT}.2.372764",
        f"{ROOT}.2.372765",
    ]


def test_nothing_is_written_unless_all_rows_stand(acme: Caller, units: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme("import", str(units), "--kind", "installations")
    assert result.code == 1
    assert result.lines[0].startswith("row 3: refused: 00x2: “x” at position 2")
    assert [" ".join(line.split()) for line in result.lines[1:]] == [
        "file units.csv",
        "rows 3",
        "new 1",
        "there_already 1",
        "refused 1",
    ]
    assert result.codes == [
        "sheet.encoding_guessed",
        "sheet.delimiter_said",
        "takeover.columns_said",
        "takeover.refused",
    ]
    assert ledger.read_bytes() == before


def test_only_the_good_rows_once_the_report_on_the_others_is_saved(
    acme: Caller, units: Path, ledger: Path, tmp_path: Path
) -> None:
    before = ledger.read_bytes()
    command = ("import", str(units), "--kind", "installations", "--only-good")
    assert acme(*command).code == 2
    report = tmp_path / "left.csv"
    report.write_text("precious", encoding="utf-8")
    assert acme(*command, "--report", str(report)).codes[-1] == "file.exists"
    assert acme(*command, "--report", str(tmp_path / "none" / "left.csv")).code == 1
    assert (ledger.read_bytes(), report.read_text(encoding="utf-8")) == (before, "precious")
    result = acme.done(*command, "--report", str(report), "--force", "--reason", "taken over")
    assert result.codes[-2:] == ["report.written", "takeover.left_out"]
    rows = list(csv.DictReader(report.read_text(encoding="utf-8").splitlines()))
    assert [(row["row"], row["verdict"], row["serial"]) for row in rows] == [("3", "refused", "00x2")]
    entry = entries(ledger)[-1]
    assert (entry["why"], len(entry["events"])) == ("taken over", 2)
    told = entry["events"][0]
    assert (told["file"], told["rows"], told["left_out"]) == ("units.csv", 2, 1)
    assert entry["events"][1]["note"] == "issued 2019-03-04"


def test_a_dry_run_answers_what_would_be_registered(acme: Caller, units: Path, ledger: Path, tmp_path: Path) -> None:
    before = ledger.read_bytes()
    units.write_text("Serial\n0001\n", encoding="utf-8")
    found = acme.done("import", str(units), "--kind", "installations", "--dry-run", "--json").json
    assert (found["new"], found["entry"], found["dry_run"]) == (1, None, True)
    assert found["rows"] == [
        {
            "row": 2,
            "verdict": "new",
            "given": f"{ROOT}.2.1",
            "serial": "0001",
            "problems": [
                {
                    "code": "serial.leading_zeros",
                    "field": "serial",
                    "message": "Leading zeros dropped: 0001 → 1.",
                    "position": 0,
                    "severity": "notice",
                }
            ],
        }
    ]
    assert ledger.read_bytes() == before


def test_the_same_file_again_writes_nothing(acme: Caller, units: Path, ledger: Path) -> None:
    units.write_text("Serial\n0001\n0002\n", encoding="utf-8")
    assert acme.done("import", str(units), "--kind", "installations", "--json").json["entry"] == 6
    before = ledger.read_bytes()
    again = acme.done("import", str(units), "--kind", "installations")
    assert again.codes[-1] == "registered_already"
    assert ledger.read_bytes() == before


def test_columns_are_named_and_remembered(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("Nummer, Art\n1,Viewer\n", encoding="utf-8")
    refused = acme("import", str(file), "--kind", "installations")
    assert refused.codes[-1] == "takeover.column_missing"
    given = acme.done("import", str(file), "--kind", "installations", "--map", "serial=Nummer,product=B")
    assert "Columns as you chose: Serial from “Nummer”, Product from “Art”." in given.err
    file.write_text("Art,Nummer\nViewer,2\n", encoding="utf-8")
    again = acme.done("import", str(file), "--kind", "installations")
    assert "Columns as you chose the last time: Serial from “Nummer”, Product from “Art”." in again.err
    other = acme("import", str(file), "--kind", "installations", "--map", "serial=Nummer", "--map", "note=Art")
    assert "Columns as you chose: Serial from “Nummer”, Note from “Art”." in other.err
    assert other.codes[-1] == "takeover.nothing"  # it is registered with another note


def test_a_name_with_a_comma_stands_in_quotation_marks(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text('"Serial, as printed";Type\n1;Viewer\n', encoding="utf-8")
    argument = '"serial=Serial, as printed",product=Type'
    assert acme.done("import", str(file), "--kind", "installations", "--map", argument).code == 0


@pytest.mark.parametrize("argument", ["serial", "=A", "serial=", "serial=A,,product=B"])
def test_a_choice_of_columns_that_is_none_is_a_usage_error(acme: Caller, units: Path, argument: str) -> None:
    assert acme("import", str(units), "--kind", "installations", "--map", argument).code == 2


@pytest.mark.parametrize(
    "options",
    [("--map", "serial=A"), ("--sheet", "x"), ("--only-good",), ("--report", "x"), ("--header-row", "0"), ("--force",)],
)
def test_options_for_spreadsheets_need_the_kind(acme: Caller, units: Path, options: tuple[str, ...]) -> None:
    result = acme("import", str(units), *options)
    assert (result.code, "--kind" in result.err) == (2, True)


def test_rows_without_headings(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("1,Viewer\n2,Viewer\n", encoding="utf-8")
    command = ("import", str(file), "--kind", "installations", "--header-row", "0", "--map", "serial=A,product=B")
    assert acme.done(*command, "--json").json["new"] == 2
    assert acme("import", str(file), "--kind", "installations", "--header-row", "9").codes[-2:] == [
        "takeover.no_heading",
        "takeover.column_missing",
    ]


def test_the_order_of_day_and_month_is_asked_for_and_remembered(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("Serial,Issued\n1,03/04/2019\n", encoding="utf-8")
    assert acme("import", str(file), "--kind", "installations").code == 1
    acme.done("import", str(file), "--kind", "installations", "--date-form", "day-first")
    file.write_text("Serial,Issued\n2,03/04/2019\n", encoding="utf-8")
    acme.done("import", str(file), "--kind", "installations")
    notes = {row["serial"]: row["note"] for row in acme.done("installation", "list", "--json").json["rows"]}
    assert (notes["1"], notes["2"]) == ("issued 2019-04-03", "issued 2019-04-03")


def test_a_workbook_with_its_traps(acme: Caller, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Serial", "Product"])
        sheet.write_number(1, 0, 1)
        sheet.write_number(2, 0, 12345678901234567)
        sheet.write_number(3, 0, 3, book.add_format({"num_format": "0000"}))
        sheet.write_formula(4, 0, "=A2+1", None, 2)

    file = workbook(tmp_path / "units.xlsx", fill)
    found = acme("import", str(file), "--kind", "installations", "--json").json
    assert [(row["row"], row["verdict"], row["problems"][0]["code"]) for row in found["rows"]] == [
        (2, "new", "takeover.zeros_lost"),
        (3, "refused", "takeover.digits_lost"),
        (4, "new", "takeover.as_shown"),
        (5, "refused", "takeover.formula"),
    ]
    assert found["rows"][2]["serial"] == "0003"
    assert acme("import", str(file), "--kind", "installations", "--sheet", "None").codes == ["sheet.unknown"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet.empty"),
        (b"%PDF", "sheet.kind"),
        (b"PK\x03\x04nothing", "sheet.damaged"),
        (b'a\n"', "sheet.damaged"),
        (b"Serial\n", "takeover.no_rows"),
        (b"Serial\nx\n", "takeover.nothing"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(
    acme: Caller, tmp_path: Path, ledger: Path, content: bytes, code: str
) -> None:
    before = ledger.read_bytes()
    file = tmp_path / "units.xlsx"
    file.write_bytes(content)
    result = acme("import", str(file), "--kind", "installations")
    assert (result.code, result.codes[-1]) == (1, code)
    assert "Traceback" not in result.err
    assert ledger.read_bytes() == before


def test_our_own_files_are_sent_where_they_belong(acme: Caller, tmp_path: Path, ledger: Path) -> None:
    result = acme("import", str(ledger), "--kind", "installations")
    assert (result.codes, "--ledger" in result.err) == (["sheet.ours"], True)
    acme.done("export", "-o", str(tmp_path / "acme.json"))
    result = acme("import", str(tmp_path / "acme.json"), "--kind", "products")
    assert (result.codes, "without --kind" in result.err) == (["sheet.ours"], True)
    (tmp_path / "units.csv").write_text("Serial\n1\n", encoding="utf-8")
    assert acme("import", str(tmp_path / "units.csv"), "--reason", "x").codes == ["document.unreadable"]


def test_a_ledger_that_cannot_be_written_keeps_everything_as_it_was(acme: Caller, tmp_path: Path, ledger: Path) -> None:
    (tmp_path / "units.csv").write_text("Serial\n1\n", encoding="utf-8")
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join([*lines[:2], lines[2].replace(b"product", b"prodxct"), *lines[3:]]))
    assert acme("import", str(tmp_path / "units.csv"), "--kind", "installations").code == 3


def test_looking_only_writes_nothing_but_may_be_tried(acme: Caller, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("Serial\n1\n", encoding="utf-8")
    command = ("import", str(tmp_path / "units.csv"), "--kind", "installations")
    assert acme("--read-only", *command).codes[-1] == "ledger.view_only"
    assert acme.done("--read-only", *command, "--dry-run").codes[-1] == "dry_run"


def test_a_hundred_thousand_rows_are_one_entry(acme: Caller, tmp_path: Path, ledger: Path) -> None:
    file = tmp_path / "units.csv"
    rows = "".join(f"{number:07},CT Console,2019-03-04\n" for number in range(1, 100_001))
    file.write_text(f"Serial,Product,Issued\n{rows}", encoding="utf-8")
    acme.done("import", str(file), "--kind", "installations")
    assert [len(entry["events"]) for entry in entries(ledger)[-1:]] == [100_001]
    file.write_text(f"Serial,Product,Issued\n{rows}100001,CT Console,\n", encoding="utf-8")
    assert acme("import", str(file), "--kind", "installations").codes[-1] == "takeover.too_many"
