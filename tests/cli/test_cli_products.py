from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


def test_add_json(acme: Caller) -> None:
    answer = acme("product", "add", "Printer", "--code", "PRN", "--json").json
    assert answer == {"ok": True, "number": 3, "entry": 6, "dry_run": False, "notices": [], "problems": []}


def test_add_with_a_number_of_ones_own(acme: Caller) -> None:
    result = acme.done("product", "add", "Archive", "--number", "7")
    assert result.out == "7\n"
    assert result.codes == ["product.number_gap"]
    assert acme.done("product", "add", "Next").out == "8\n"


def test_zeros_before_a_number_mean_nothing(acme: Caller) -> None:
    assert acme.done("product", "add", "Archive", "--number", "007").out == "7\n"


@pytest.mark.parametrize("number", ["１", "1_0", " 3", "+3", "-3", "3.0", "0x3", "", "three", "9" * 5000, "\udcff"])
def test_what_is_no_number_is_a_usage_error(acme: Caller, ledger: Path, number: str) -> None:
    before = ledger.read_bytes()
    result = acme("product", "add", "Archive", "--number", number)
    assert result.code == 2
    assert not result.out
    assert result.codes == ["usage"]
    assert "--number" in result.err
    assert len(result.err) < 400
    assert ledger.read_bytes() == before


def test_a_number_beyond_the_range_is_refused_by_the_rule(acme: Caller) -> None:
    result = acme("product", "add", "Archive", "--number", "99999999999999999999")
    assert result.code == 1
    assert result.codes == ["product.number_range"]


def test_add_refused(acme: Caller) -> None:
    result = acme("product", "add", "viewer", "--json")
    assert result.code == 1
    answer = result.json
    assert answer["number"] is None
    assert answer["entry"] is None
    (problem,) = answer["problems"]
    assert problem["code"] == "product.name_taken"
    assert problem["field"] == "name"
    assert problem["severity"] == "error"


def test_several_problems_are_all_told(acme: Caller) -> None:
    result = acme("product", "add", "Viewer", "--number", "2", "--code", "not a code")
    assert result.code == 1
    assert set(result.codes) == {"product.name_taken", "product.number_taken", "product.code_invalid"}


def test_dry_run(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme.done("product", "add", "Printer", "--dry-run")
    assert result.out == "3\n"
    assert result.codes == ["dry_run"]
    assert ledger.read_bytes() == before
    assert acme("product", "add", "Printer", "--dry-run", "--json").json["dry_run"] is True
    assert acme("product", "add", "Viewer", "--dry-run").code == 1


def test_list(acme: Caller) -> None:
    acme.done("product", "add", "Printer", "--code", "PRN")
    assert acme.done("product", "list").out == (
        "number  name        code  state   releases  installations  at                           by    station\n"
        "     1  Viewer            active         0              0  2026-11-22T21:06:46.123456Z  anna  LINE-3\n"
        "     2  CT Console        active         1              0  2026-11-22T21:06:48.123456Z  anna  LINE-3\n"
        "     3  Printer     PRN   active         0              0  2026-11-22T21:06:54.123456Z  anna  LINE-3\n"
    )


def test_list_json(acme: Caller) -> None:
    answer = acme("product", "list", "--json").json
    assert [(row["number"], row["name"], row["code"], row["state"], row["releases"]) for row in answer["rows"]] == [
        (1, "Viewer", None, "active", 0),
        (2, "CT Console", None, "active", 1),
    ]
    assert answer["entries"] == 5
    assert len(answer["head"]) == 64


def test_correct(acme: Caller) -> None:
    result = acme.done("product", "correct", "ct console", "--name", "CT Station", "--reason", "marketing")
    assert result.out == "2\n"
    assert not result.err
    assert "CT Station" in acme("product", "list").out
    history = acme("history", "--about", "marketing").out
    assert "CT Console" in history
    assert "CT Station" in history


def test_correct_needs_a_reason(acme: Caller) -> None:
    result = acme("product", "correct", "2", "--name", "CT Station")
    assert result.code == 1
    assert result.codes == ["reason.missing"]


def test_correct_json_and_dry_run(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    command = ("product", "correct", "2", "--name", "CT Station", "--reason", "marketing", "--json")
    assert acme(*command, "--dry-run").json["entry"] is None
    assert ledger.read_bytes() == before
    assert acme(*command).json["entry"] == 6


def test_retire(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    assert acme.done("product", "retire", "Viewer", "--reason", "no longer made", "--dry-run").out == "1\n"
    assert ledger.read_bytes() == before
    assert acme.done("product", "retire", "Viewer", "--reason", "no longer made").out == "1\n"
    again = acme("product", "retire", "1", "--reason", "again", "--json")
    assert again.code == 1
    assert [problem["code"] for problem in again.json["problems"]] == ["state.already"]
    assert [row["state"] for row in acme("product", "list", "--json").json["rows"]] == ["retired", "active"]


def test_an_unknown_product(acme: Caller) -> None:
    assert acme("product", "retire", "Toaster", "--reason", "never was").codes == ["product.unknown"]
