from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
KINDS = {
    "identifiers": "Assigned identifiers",
    "installations": "Installations",
    "releases": "Releases",
    "products": "Products and their numbers",
    "history": "History",
    "exceptions": "Gaps and exceptions",
    "summary": "Registry summary",
}


@pytest.mark.parametrize("kind", KINDS)
def test_csv_on_stdout(acme: Caller, kind: str) -> None:
    result = acme.done("report", kind, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out, newline="")))
    expected = acme("report", kind, "--json").json["rows"]
    assert rows == [{name: "" if value is None else str(value) for name, value in row.items()} for row in expected]
    assert result.out.count("\r\n") == len(rows) + 1
    assert not result.err


@pytest.mark.parametrize("kind", KINDS)
def test_json_on_stdout(acme: Caller, kind: str) -> None:
    made = json.loads(acme.done("report", kind, "--format", "json").out)
    answer = acme("report", kind, "--json").json
    assert made["kind"] == answer["kind"] == kind
    assert made["rows"] == answer["rows"]
    assert made["count"] == len(made["rows"])
    assert made["head"] == answer["head"]
    assert (made["made_by"], made["station"], made["app"]) == ("anna", "LINE-3", "0.1.0")


@pytest.mark.parametrize("kind", KINDS)
def test_text_on_stdout(acme: Caller, kind: str) -> None:
    lines = acme.done("report", kind).lines
    assert lines[0] == f"Report           {KINDS[kind]}"
    assert "Organisation     Acme Imaging" in lines
    assert f"Root             {ROOT}" in lines
    assert acme.done("report", kind, "-o", "-").lines[-1] == lines[-1]


@pytest.mark.parametrize("form", ["csv", "json", "text"])
def test_a_file_has_what_stdout_has(acme: Caller, tmp_path: Path, form: str) -> None:
    file = tmp_path / "report.dat"
    result = acme.done("report", "installations", "--format", form, "-o", str(file))
    assert not result.out
    assert result.err == f"notice: 1 row written to {file}. [report.written]\n"
    on_stdout = acme.done("report", "installations", "--format", form).out
    assert [line for line in file.read_bytes().decode().splitlines() if "ade" not in line] == [
        line for line in on_stdout.splitlines() if "ade" not in line
    ]
    assert not list(tmp_path.glob(".uidmanager*"))


@pytest.mark.parametrize(
    ("name", "begins"), [("r.csv", "serial,"), ("r.JSON", "{"), ("r.txt", "Report "), ("r", "Rep")]
)
def test_the_name_tells_the_format(acme: Caller, tmp_path: Path, name: str, begins: str) -> None:
    acme.done("report", "installations", "--output", str(tmp_path / name))
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_file_json(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    answer = acme("report", "history", "-o", str(file), "--json").json
    assert (answer["file"], answer["format"], answer["count"]) == (str(file), "csv", 5)
    assert "rows" not in answer
    assert file.exists()


def test_a_file_that_is_there_is_kept(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text("precious", encoding="utf-8")
    result = acme("report", "history", "-o", str(file))
    assert result.code == 1
    assert result.codes == ["file.exists"]
    assert file.read_text(encoding="utf-8") == "precious"
    acme.done("report", "history", "-o", str(file), "--force")
    assert file.read_text(encoding="utf-8").startswith("entry,")


def test_a_ledger_is_never_written_over(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme("report", "history", "-o", str(ledger), "--force")
    assert result.code == 1
    assert result.codes == ["file.protected"]
    assert ledger.read_bytes() == before


def test_a_place_where_nothing_can_be_written(acme: Caller, tmp_path: Path) -> None:
    result = acme("report", "history", "-o", str(tmp_path / "no" / "such" / "report.csv"), "--json")
    assert result.code == 1
    assert result.json["problems"][0]["code"] == "file.unwritable"


def test_no_file_from_a_ledger_in_trouble(acme: Caller, ledger: Path, tmp_path: Path) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(b'"serial":"0372764"', b'"serial":"0372765"'))
    file = tmp_path / "report.csv"
    result = acme("report", "products", "-o", str(file))
    assert result.code == 3
    assert result.codes == ["ledger.damaged"]
    assert not file.exists()


@pytest.mark.parametrize(
    "options",
    [
        ("toasters",),
        (),
        ("products", "--format", "xlsx"),
        ("products", "-o", ""),
        ("products", "--json", "--format", "csv"),
    ],
)
def test_usage(acme: Caller, options: tuple[str, ...]) -> None:
    assert acme("report", *options).code == 2


def test_a_formula_does_not_reach_the_spreadsheet(acme: Caller) -> None:
    acme.done("assign", "7", "--note", "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in acme("report", "installations", "--format", "csv").out
    assert acme("report", "installations", "--json").json["rows"][0]["note"] == "=HYPERLINK(1)"
