"""Commands that look after the ledger's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


def parted(acme: Caller, ledger: Path, home: Path) -> Path:
    """Two copies that went different ways from entry 5 on; this station has forgotten the first."""
    other = ledger.with_name("other.jsonl")
    other.write_bytes(ledger.read_bytes())
    acme.done("assign", "7")
    acme.done("--ledger", str(ledger), "product", "add", "MR")
    for note in (home / "data" / "seen").iterdir():
        note.unlink()
    acme.done("--ledger", str(other), "assign", "007")
    return other


def test_compared_with_its_own_copy_a_ledger_has_all_in_common(acme: Caller) -> None:
    answer = acme.done("compare", "--json").json
    assert (answer["common"], answer["ledger_only"], answer["other_only"]) == (5, [], [])


def test_a_ledger_that_went_back_shows_what_only_the_copy_has(acme: Caller, ledger: Path) -> None:
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:3]))
    answer = acme.done("compare", "--json").json
    assert [entry["n"] for entry in answer["other_only"]] == [4, 5]
    assert "Only in the other" in acme.done("compare").out


def test_two_that_parted_are_refused_with_what_is_endangered(acme: Caller, ledger: Path, home: Path) -> None:
    other = parted(acme, ledger, home)
    result = acme("compare", str(other))
    assert (result.code, result.codes) == (1, ["branches.parted"])
    assert "clash" in result.out
    answer = acme("compare", str(other), "--json").json
    assert answer["common"] == 5
    assert [entry["n"] for entry in answer["ledger_only"]] == [6, 7]
    (number,) = answer["endangered"]
    assert (number["kind"], number["number"], number["clash"]) == ("installation", "7", "clash")


def test_a_file_of_another_registry_is_not_compared(acme: Caller, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.jsonl"
    acme.done("--ledger", str(other), "init", "--root", "1.2.826.0.1.3680043.2.51", "--organisation", "Else")
    result = acme("compare", str(other))
    assert (result.code, result.codes) == (1, ["branches.other_registry"])


def test_a_file_that_is_not_there_is_said_to_be_missing(acme: Caller) -> None:
    result = acme("compare", "nothing.jsonl")
    assert (result.code, result.codes) == (3, ["ledger.missing"])
