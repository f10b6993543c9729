from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from uidmanager.core.reports import Asked, Kind, Preset
from uidmanager.settings.presets import StationPresets
from uidmanager.writers.formats import Format

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


@pytest.mark.parametrize("form", [form.value for form in Format if not form.is_binary])
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
    ("name", "begins"),
    [
        ("r.csv", "serial,"),
        ("r.JSON", "{"),
        ("r.txt", "Report "),
        ("r", "Rep"),
        ("r.md", "# Inst"),
        ("r.html", "<!DOC"),
    ],
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
        ("products", "--format", "docx"),
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


# -- which rows ------------------------------------------------------------------------------------------------------


@pytest.fixture
def busy(acme: Caller) -> Caller:
    """The registry of the transcript, and a little more."""
    acme.done("assign", "11", "12", "--product", "Viewer")
    acme.done("installation", "void", "12", "--reason", "Misread")
    return acme


@pytest.mark.parametrize(
    ("options", "serials", "words"),
    [
        ((), ["11", "12", "0372764"], "none: everything is listed"),
        (("--product", "viewer"), ["11", "12"], "product 1 Viewer"),
        (("--product", "1", "--state", "void"), ["12"], "product 1 Viewer; state void"),
        (("--since", "2026-11-22", "--until", "2026-11-22"), ["11", "12", "0372764"], "from 2026-11-22; to 2026-11-22"),
        (("--until", "2026-11-21"), [], "to 2026-11-21"),
        (("--station", "line-3", "--containing", "3727"), ["0372764"], "station line-3; containing “3727”"),
        (("--station", "LINE-4"), [], "station LINE-4"),
    ],
)
def test_only_what_is_asked_for(busy: Caller, options: tuple[str, ...], serials: list[str], words: str) -> None:
    answer = busy("report", "installations", *options, "--json").json
    assert [row["serial"] for row in answer["rows"]] == serials
    assert answer["filter"] == words
    text = busy.done("report", "installations", *options)
    assert f"Filter           {words}" in text.lines
    assert f"Rows             {len(serials)}" in text.lines


@pytest.mark.parametrize(
    ("kind", "options", "codes"),
    [
        ("installations", ("--product", "Toaster"), ["product.unknown"]),
        ("installations", ("--since", "22.11.2026"), ["filter.not_a_day"]),
        ("installations", ("--since", "2026-11-23", "--until", "2026-11-22"), ["filter.days_reversed"]),
        ("history", ("--state", "active"), ["filter.no_state"]),
        ("releases", ("--state", "gone", "--product", "9"), ["product.unknown", "filter.unknown_state"]),
    ],
)
def test_what_is_wrong_with_the_filter_is_said(
    acme: Caller, tmp_path: Path, kind: str, options: tuple[str, ...], codes: list[str]
) -> None:
    file = tmp_path / "report.csv"
    result = acme("report", kind, *options, "-o", str(file))
    assert (result.code, result.codes) == (1, codes)
    assert not file.exists()
    answer = acme("report", kind, *options, "--json").json
    assert [problem["code"] for problem in answer["problems"]] == codes
    assert answer["rows"] == []


# -- proof -----------------------------------------------------------------------------------------------------------


def test_a_report_says_that_the_ledger_was_verified(acme: Caller, tmp_path: Path) -> None:
    assert "Ledger verified  yes, from its first entry to this head" in acme.done("report", "history", "--verify").lines
    assert "Ledger verified  not for this report" in acme.done("report", "history").lines
    file = tmp_path / "report.json"
    assert acme("report", "history", "--verify", "-o", str(file), "--json").json["verified"] is True
    assert json.loads(file.read_text(encoding="utf-8"))["verified"] is True
    assert acme("report", "history", "--json").json["verified"] is False


@pytest.mark.parametrize("options", [(), ("--json",), ("-o", "report.csv")])
def test_nothing_is_reported_of_a_ledger_that_fails_the_proof(
    acme: Caller, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ledger.write_bytes(ledger.read_bytes().replace(b'"serial":"0372764"', b'"serial":"0372765"'))
    result = acme("report", "products", "--verify", *options)
    assert result.code == 3
    assert "CT Console" not in result.out
    assert not (tmp_path / "report.csv").exists()


# -- workbooks, terminals, the schema --------------------------------------------------------------------------------


class Stdout(io.TextIOWrapper):
    """A stdout of bytes, at a terminal or not."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    @property
    def content(self) -> bytes:
        held = self.buffer
        assert isinstance(held, io.BytesIO)
        return held.getvalue()


def test_a_workbook_goes_into_a_pipe(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    stdout = Stdout(is_terminal=False)
    monkeypatch.setattr("sys.stdout", stdout)
    acme.done("report", "products", "--format", "xlsx")
    assert CalamineWorkbook.from_filelike(io.BytesIO(stdout.content)).sheet_names[1] == KINDS["products"]


def test_a_workbook_is_not_for_a_terminal(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    stdout = Stdout(is_terminal=True)
    monkeypatch.setattr("sys.stdout", stdout)
    result = acme("report", "products", "--format", "xlsx", "-o", "-")
    assert (result.code, result.codes) == (1, ["output.not_for_a_terminal"])
    assert stdout.content == b""
    acme.done("report", "products", "--format", "html")
    assert stdout.content.startswith(b"<!DOCTYPE html>")


def test_a_workbook_as_a_file(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    answer = acme("report", "installations", "-o", str(file), "--json").json
    assert (answer["format"], answer["count"]) == ("xlsx", 1)
    assert CalamineWorkbook.from_path(str(file)).sheet_names == ["About", "Installations"]


def test_control_c_leaves_no_file(acme: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(message: str, _fraction: float) -> None:
        if message.startswith("Writing"):
            raise KeyboardInterrupt

    monkeypatch.setattr("uidmanager.cli.output.terminal_progress", lambda: (stop, lambda: None))
    before = sorted(tmp_path.iterdir())
    result = acme("report", "installations", "-o", str(tmp_path / "report.xlsx"))
    assert (result.code, result.codes) == (130, ["cancelled"])
    assert sorted(tmp_path.iterdir()) == before


def test_progress_is_for_terminals(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not acme.done("report", "installations").err
    told: list[str] = []
    shown = (lambda message, _fraction: told.append(message), lambda: told.append("wiped"))
    monkeypatch.setattr("uidmanager.cli.output.terminal_progress", lambda: shown)
    acme.done("report", "installations", "--verify")
    assert [word for n, word in enumerate(told) if word not in told[:n]] == [
        "Reading the ledger",
        "Making the rows",
        "Writing the rows",
        "wiped",
    ]


def test_an_environment_that_says_no_time_is_told_and_not_a_fault(
    acme: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = acme("report", "products")
    assert (result.code, result.codes) == (1, ["environment.source_date_epoch"])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795383073")
    assert acme.done("report", "products").out == acme.done("report", "products").out


def test_the_schema_is_shown_without_a_ledger(call: Caller) -> None:
    schema = json.loads(call.done("report", "--schema").out)
    Draft202012Validator.check_schema(schema)


def test_what_is_written_is_as_the_schema_says(acme: Caller) -> None:
    schema = json.loads(acme.done("report", "--schema").out)
    Draft202012Validator(schema).validate(json.loads(acme.done("report", "releases", "--format", "json").out))


@pytest.fixture
def preset(acme: Caller) -> str:
    """A report that the window has kept under a name."""
    registry = acme("product", "list", "--json").json["registry"]
    kept = Preset("Withdrawn CT", Kind.RELEASES, Asked(product="2", state="withdrawn"))
    StationPresets().keep(registry, kept)
    return kept.name


def test_a_preset_says_kind_and_filter(acme: Caller, preset: str) -> None:
    acme.done("release", "add", "CT Console", "4.6")
    acme.done("release", "withdraw", "CT Console", "4.6", "--reason", "recall")
    answer = acme("report", "--preset", preset.upper(), "--json").json
    assert (answer["kind"], [row["version"] for row in answer["rows"]]) == ("releases", ["4.6"])
    assert answer["filter"] == "product 2 CT Console; state withdrawn"
    beside = acme("report", "releases", "--preset", preset, "--state", "active", "--json").json
    assert [row["version"] for row in beside["rows"]] == ["4.5.0.3"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--preset", "none of ours"), "presets.unknown"),
        (("products", "--preset", "Withdrawn CT"), "presets.other_kind"),
    ],
)
def test_a_preset_that_cannot_be_meant_is_refused(
    acme: Caller, preset: str, arguments: tuple[str, ...], code: str
) -> None:
    result = acme("report", *arguments)
    assert (result.code, result.codes) == (1, [code])
    assert f"“{preset}”" in result.err


def test_something_must_be_asked_for(acme: Caller) -> None:
    assert acme("report").code == 2


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_a_pdf_is_for_the_paper_that_is_named(acme: Caller, tmp_path: Path, paper: str, size: tuple[int, int]) -> None:
    file = tmp_path / "products.pdf"
    acme.done("report", "products", "-o", str(file), "--paper", paper)
    box = PdfReader(file).pages[0].mediabox
    assert sorted((round(float(box.width)), round(float(box.height)))) == sorted(size)
