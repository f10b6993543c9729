from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ROOT
from tests.cli.test_cli_reporting import Stdout

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

UID = f"{ROOT}.1.2.4.5.0.3"
NAMED = ("conformance", "--release", "CT Console 4.5.0.3")


def test_the_rows_on_stdout(acme: Caller) -> None:
    lines = acme.done(*NAMED).lines
    assert lines[0] == "Implementation identification of CT Console 4.5.0.3"
    assert f"Implementation Class UID     {UID}" in lines
    assert "Implementation Version Name  CTCONSOL_4.5.0.3" in lines
    assert f"Root of instance UIDs        {ROOT}.2" in lines


def test_the_rows_as_json(acme: Caller) -> None:
    answer = acme(*NAMED, "--json").json
    assert [(row["label"], row["value"]) for row in answer["rows"]] == [
        ("Implementation Class UID", UID),
        ("Implementation Version Name", "CTCONSOL_4.5.0.3"),
        ("Root of instance UIDs", f"{ROOT}.2"),
    ]
    assert (answer["product"], answer["version"], answer["uid"]) == ("CT Console", "4.5.0.3", UID)
    assert (answer["registry"], answer["entries"]) == (acme("release", "list", "--json").json["registry"], 5)


@pytest.mark.parametrize(
    ("name", "begins", "form"),
    [
        ("s.html", b"<!DOCTYPE html>", "html"),
        ("s.XML", b"<?xml", "docbook"),
        ("s.docx", b"PK", "docx"),
        ("s.txt", b"Impl", "text"),
        ("s", b"Impl", "text"),
    ],
)
def test_the_name_tells_the_form(acme: Caller, tmp_path: Path, name: str, begins: bytes, form: str) -> None:
    file = tmp_path / name
    result = acme.done(*NAMED, "-o", str(file))
    assert result.err == f"notice: The rows for CT Console 4.5.0.3 were written to {file}. [conformance.written]\n"
    assert file.read_bytes().startswith(begins)
    assert acme(*NAMED, "-o", str(file), "--force", "--json").json["format"] == form
    assert acme(*NAMED, "-o", str(file)).codes == ["file.exists"]


def test_a_word_document_is_not_for_a_terminal(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, pipe = Stdout(is_terminal=True), Stdout(is_terminal=False)
    monkeypatch.setattr("sys.stdout", terminal)
    assert acme(*NAMED, "--format", "docx").codes == ["output.not_for_a_terminal"]
    acme.done(*NAMED, "--format", "docbook")
    assert terminal.content.startswith(b"<?xml")
    monkeypatch.setattr("sys.stdout", pipe)
    acme.done(*NAMED, "--format", "docx")
    assert zipfile.ZipFile(io.BytesIO(pipe.content)).testzip() is None


def test_not_of_a_withdrawn_release(acme: Caller, tmp_path: Path) -> None:
    acme.done("release", "withdraw", "CT Console", "4.5.0.3", "--reason", "Wrong unit")
    result = acme(*NAMED, "-o", str(tmp_path / "statement.html"))
    assert (result.code, result.codes) == (1, ["release.withdrawn"])
    assert not (tmp_path / "statement.html").exists()
    assert acme(*NAMED, "--json").json["rows"] == []


def test_of_a_retired_product_with_a_caution(acme: Caller) -> None:
    acme.done("product", "retire", "CT Console", "--reason", "No longer made")
    result = acme.done(*NAMED)
    assert UID in result.out
    assert result.codes == ["standing.product_retired"]


@pytest.mark.parametrize(("named", "code"), [("CT Console 9.9", "release.unknown"), ("Toaster", "release.not_named")])
def test_of_no_release(acme: Caller, named: str, code: str) -> None:
    result = acme("conformance", "--release", named)
    assert (result.code, result.codes, result.out) == (1, [code], "")


def test_not_of_a_ledger_in_trouble(acme: Caller, ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(b'"serial":"0372764"', b'"serial":"0372765"'))
    result = acme(*NAMED)
    assert (result.code, result.codes, result.out) == (3, ["ledger.damaged"], "")


@pytest.mark.parametrize("options", [(), ("--release", "x", "-o", ""), ("--release", "x", "--format", "pdf")])
def test_usage(acme: Caller, options: tuple[str, ...]) -> None:
    assert acme("conformance", *options).code == 2
