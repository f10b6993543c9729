from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
UID = f"{ROOT}.1.2.4.5.0.3"


def test_add_json(acme: Caller) -> None:
    answer = acme("release", "add", "2", "4.6", "--note", "for site 12", "--json").json
    assert answer["uid"] == f"{ROOT}.1.2.4.6"
    assert answer["version_name"] == "CTCONSOLE_4.6"
    assert answer["entry"] == 6
    assert [notice["code"] for notice in answer["notices"]] == ["version_name.proposed"]


def test_add_again_answers_the_same_and_writes_nothing(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme.done("release", "add", "CT Console", "4.5.0.3")
    assert result.out == f"{UID}\n"
    assert result.codes == ["registered_already"]
    answer = acme("release", "add", "2", "4.5.0.3", "--json").json
    assert (answer["uid"], answer["version_name"], answer["entry"]) == (UID, "CTCONSOL_4.5.0.3", None)
    assert ledger.read_bytes() == before


def test_letters_need_the_numeric_form(acme: Caller) -> None:
    result = acme("release", "add", "Viewer", "2.0.0-rc.1", "--json")
    assert result.code == 1
    assert result.json["uid"] is None
    (problem,) = result.json["problems"]
    assert (problem["code"], problem["position"]) == ("version.not_numeric", 5)
    given = acme.done("release", "add", "Viewer", "2.0.0-rc.1", "--numeric", "2.0.0.1", "--version-name", "VIEWER_RC1")
    assert given.out == f"{ROOT}.1.1.2.0.0.1\n"
    assert not given.err


def test_a_leading_v_is_said(acme: Caller) -> None:
    result = acme.done("release", "add", "Viewer", "v2024.01", "--version-name", "VIEWER_24")
    assert result.out == f"{ROOT}.1.1.2024.1\n"
    assert set(result.codes) == {"version.v_dropped", "version.leading_zeros"}


def test_dry_run(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme.done("release", "add", "Viewer", "1.0", "--dry-run", "--reason", "only looking")
    assert result.out == f"{ROOT}.1.1.1.0\n"
    assert "dry_run" in result.codes
    assert ledger.read_bytes() == before


def test_list(acme: Caller) -> None:
    acme.done("release", "add", "CT Console", "4.10")
    acme.done("release", "add", "CT Console", "4.9")
    acme.done("release", "add", "Viewer", "1.0")
    rows = acme("release", "list", "--json").json["rows"]
    assert [row["version"] for row in rows] == ["1.0", "4.5.0.3", "4.9", "4.10"]
    fields = ["product", "version", "uid", "version_name", "state", "at", "by", "station", "note"]
    assert list(rows[0]) == fields
    assert [row["version"] for row in acme("release", "list", "2", "--json").json["rows"]] == ["4.5.0.3", "4.9", "4.10"]
    lines = acme.done("release", "list", "Viewer").lines
    assert lines[0].split() == fields
    assert lines[1].split()[:3] == ["Viewer", "1.0", f"{ROOT}.1.1.1.0"]
    assert len(lines) == 2


def test_list_of_an_unknown_product(acme: Caller) -> None:
    result = acme("release", "list", "Toaster")
    assert result.code == 1
    assert not result.out
    assert result.codes == ["product.unknown"]
    assert acme("release", "list", "Toaster", "--json").json["rows"] == []


def test_correct(acme: Caller, ledger: Path) -> None:
    command = ("release", "correct", "CT Console", "4.5.0.3", "--note", "recalled at site 12", "--reason", "letter")
    before = ledger.read_bytes()
    assert acme.done(*command, "--dry-run").out == f"{UID}\n"
    assert ledger.read_bytes() == before
    assert acme.done(*command).out == f"{UID}\n"
    assert "recalled at site 12" in acme("history").out
    emptied = acme("release", "correct", "2", "4.5.0.3", "--note", "", "--reason", "withdrawn letter", "--json").json
    assert (emptied["uid"], emptied["entry"]) == (UID, 7)


def test_correct_needs_a_note(acme: Caller) -> None:
    result = acme("release", "correct", "CT Console", "4.5.0.3", "--reason", "letter")
    assert result.code == 2
    assert "--note" in result.err


def test_withdraw(acme: Caller, ledger: Path) -> None:
    command = ("release", "withdraw", "CT Console", "4.5.0.3", "--reason", "unsafe")
    before = ledger.read_bytes()
    assert acme.done(*command, "--dry-run").out == f"{UID}\n"
    assert ledger.read_bytes() == before
    assert acme(*command[:-2]).codes == ["reason.missing"]
    assert acme(*command, "--json").json["uid"] == UID
    again = acme("release", "add", "CT Console", "4.5.0.3")
    assert again.code == 1
    assert again.codes == ["release.withdrawn"]
