from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
INIT = ("init", "--root", ROOT, "--organisation", "Acme Imaging")


def test_json(call: Caller, ledger: Path) -> None:
    answer = call(*INIT, "--json").json
    assert answer == {"ok": True, "uid": ROOT, "entry": 1, "dry_run": False, "notices": [], "problems": []}
    assert ledger.read_bytes().count(b"\n") == 1


def test_reason_is_kept(call: Caller) -> None:
    call.done(*INIT, "--reason", "taken over from the spreadsheet")
    assert "taken over from the spreadsheet" in call("history").out


def test_dry_run_makes_no_file(call: Caller, ledger: Path) -> None:
    result = call.done(*INIT, "--dry-run")
    assert result.out == f"{ROOT}\n"
    assert result.codes == ["dry_run"]
    assert list(ledger.parent.glob("registry*")) == []


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_lies_there_is_left_as_it_is(acme: Caller, ledger: Path, options: tuple[str, ...]) -> None:
    before = ledger.read_bytes()
    result = acme(*INIT, *options)
    assert result.code == 3
    assert not result.out
    assert result.codes == ["ledger.exists"]
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_root_of_somebody_else_is_refused(call: Caller, ledger: Path, options: tuple[str, ...]) -> None:
    result = call("init", "--root", "1.2.840.10008", "--organisation", "Acme", *options)
    assert result.code == 1
    assert result.codes == ["root.not_yours"]
    assert not ledger.exists()


def test_a_root_must_be_given(call: Caller) -> None:
    result = call("init", "--organisation", "Acme")
    assert result.code == 2
    assert "--root" in result.err


def test_ledger_option_comes_before_the_environment(call: Caller, ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    call.done("--ledger", str(other), *INIT)
    assert other.exists()
    assert not ledger.exists()


def test_without_a_name_the_ledger_is_the_users_own(call: Caller, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UIDMANAGER_LEDGER")
    call.done(*INIT)
    assert (home / "data" / "registry.jsonl").exists()
