"""Backups by rule on the command line: set, shown, made when due; a failure never fails the command before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.stores.keeping import JsonlKeeper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


def counts(folder: Path) -> list[int]:
    """How many entries each backup in a folder holds."""
    return sorted(path.read_bytes().count(b"\n") for path in folder.iterdir())


def test_without_a_rule_nothing_is_made_and_that_is_shown(acme: Caller) -> None:
    answer = acme.done("backup", "--json").json
    assert [answer[name] for name in ("rule", "folder", "backup", "at", "due")] == ["never", None, None, None, False]
    assert "rule     never" in acme.done("backup", "--due").out


def test_a_rule_makes_its_first_backup_at_once(
    acme: Caller, ledger: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    result = acme.done("backup", "--every", "daily", folder.name)
    assert result.codes == ["backup.written", "backup.same_disk"]
    (kept,) = folder.iterdir()
    assert kept.read_bytes() == ledger.read_bytes()
    answer = acme.done("backup", "--json").json
    assert [answer[name] for name in ("rule", "folder", "backup", "entries", "due")] == [
        "daily", str(folder), str(kept), 5, False,
    ]  # fmt: skip


def test_a_folder_on_another_disk_is_no_caution(acme: Caller, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JsonlKeeper, "shares_disk", lambda _keeper, _folder: False)
    assert acme.done("backup", "--every", "daily", str(folder)).codes == ["backup.written"]


def test_after_so_many_entries_the_command_that_writes_makes_one(acme: Caller, folder: Path) -> None:
    acme.done("backup", "--every", "2", str(folder))
    assert acme.done("assign", "7").codes == []
    assert counts(folder) == [5]
    result = acme.done("product", "add", "MR")
    assert (result.out, result.codes) == ("3\n", ["backup.written"])
    assert counts(folder) == [5, 7]
    acme.done("assign", "8")
    answer = acme.done("assign", "9", "--json").json
    assert [said["code"] for said in answer["notices"]] == ["backup.written"]
    assert counts(folder) == [5, 7, 9]


def test_what_writes_nothing_makes_no_backup(acme: Caller, folder: Path) -> None:
    acme.done("backup", "--every", "1", str(folder))
    acme.done("assign", "7", "--dry-run")
    acme.done("assign", "0372764")
    acme("assign", "letters")
    assert counts(folder) == [5]


def test_a_backup_that_fails_is_a_caution_and_the_command_is_done(acme: Caller, folder: Path) -> None:
    acme.done("backup", "--every", "1", str(folder))
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    result = acme("assign", "7")
    assert (result.code, result.lines, result.codes) == (0, ["1.2.826.0.1.3680043.2.50.2.7"], ["backup.failed"])
    assert result.err.startswith("caution: No backup was made: ")
    answer = acme.done("assign", "8", "--json").json
    (said,) = answer["notices"]
    assert (said["code"], said["severity"]) == ("backup.failed", "caution")
    folder.mkdir()
    assert acme.done("assign", "9").codes == ["backup.written"]
    assert counts(folder) == [8]


@pytest.mark.parametrize("fault", [RuntimeError("of ours"), OSError("of the system")], ids=repr)
def test_not_even_a_fault_of_ours_keeps_back_what_was_given(
    acme: Caller, folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    acme.done("backup", "--every", "1", str(folder))

    def fails(*_arguments: object) -> None:
        raise fault

    monkeypatch.setattr("uidmanager.cli.backing_up.back_up_if_due", fails)
    result = acme("assign", "7")
    assert (result.code, result.lines, result.codes) == (0, ["1.2.826.0.1.3680043.2.50.2.7"], ["backup.failed"])
    assert str(fault) in result.err


def test_a_rule_that_cannot_be_read_is_told_and_can_be_set_again(acme: Caller, folder: Path, home: Path) -> None:
    acme.done("backup", "--every", "daily", str(folder))
    (kept,) = (home / "config" / "backup-rules").iterdir()
    kept.write_text("{", encoding="utf-8")
    result = acme("assign", "7")
    assert (result.code, result.codes) == (0, ["backup.failed"])
    result = acme("backup", "--due")
    assert (result.code, result.codes) == (1, ["preferences.unusable"])
    acme.done("backup", "--every", "daily", str(folder))
    assert acme.done("assign", "8").codes == []


def test_one_that_is_due_is_made_when_asked_for(acme: Caller, folder: Path) -> None:
    acme.done("backup", "--every", "1", str(folder))
    away = folder.rename(folder.with_name("elsewhere"))
    acme.done("assign", "7")
    away.rename(folder)
    assert acme.done("backup", "--json").json["due"] is True
    assert acme.done("backup", "--due").codes == ["backup.written"]
    assert acme.done("backup", "--due").codes == []
    assert counts(folder) == [5, 6]


def test_on_another_day_the_first_command_that_writes_makes_one(acme: Caller, folder: Path, home: Path) -> None:
    acme.done("backup", "--every", "daily", str(folder))
    assert acme.done("assign", "7").codes == []
    (note,) = (home / "data" / "backups-made").iterdir()
    note.write_text(note.read_text(encoding="utf-8").replace("2026-11-22", "2026-11-21"), encoding="utf-8")
    assert acme.done("assign", "8").codes == ["backup.written"]
    assert acme.done("assign", "9").codes == []
    assert counts(folder) == [5, 7]


def test_one_that_is_due_and_fails_ends_with_a_code_for_whoever_watches(acme: Caller, folder: Path) -> None:
    acme.done("backup", "--every", "1", str(folder))
    folder.rename(folder.with_name("elsewhere"))
    acme.done("assign", "7")
    result = acme("backup", "--due")
    assert (result.code, result.out, result.codes) == (3, "", ["backup.failed"])


def test_a_damaged_ledger_is_not_backed_up_by_rule(acme: Caller, ledger: Path, folder: Path) -> None:
    acme.done("backup", "--every", "1", str(folder))
    ledger.write_bytes(ledger.read_bytes().replace(b"CT Console", b"CT Konsole", 1))
    result = acme("backup", "--due")
    assert (result.code, result.codes) == (3, ["ledger.damaged"])
    assert counts(folder) == [5]


def test_a_folder_that_cannot_be_written_gets_no_rule(acme: Caller, tmp_path: Path) -> None:
    result = acme("backup", "--every", "daily", str(tmp_path / "nowhere"))
    assert (result.code, result.codes) == (3, ["backup.failed"])
    assert acme.done("backup", "--json").json["rule"] == "never"


def test_a_backup_that_is_there_already_is_taken_for_the_first(acme: Caller, folder: Path) -> None:
    acme.done("backup", str(folder))
    assert "backup.written" in acme.done("backup", "--every", "weekly", str(folder)).codes
    assert counts(folder) == [5]


def test_no_more_are_made_once_they_are_not_wanted(acme: Caller, folder: Path) -> None:
    acme.done("backup", "--every", "1", str(folder))
    assert acme.done("backup", "--every", "never").codes == []
    acme.done("assign", "7")
    assert counts(folder) == [5]
    assert acme.done("backup", "--every", "1").codes[0] == "backup.written"
    assert counts(folder) == [5, 6]


def test_those_who_look_only_may_set_a_rule_and_make_backups(acme: Caller, ledger: Path, folder: Path) -> None:
    before = ledger.read_bytes()
    acme.done("--read-only", "backup", "--every", "1", str(folder))
    acme.done("--read-only", "backup", "--due")
    assert counts(folder) == [5]
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    "argv",
    [
        ("--every", "hourly", "x"), ("--every", "0", "x"), ("--every", "-1", "x"), ("--every", "daily"), ("--due", "x"),
        ("--due", "--every", "daily", "x"), ("",), ("--every", "daily", " "),
    ],
)  # fmt: skip
def test_what_is_not_written_as_it_should_be(acme: Caller, argv: tuple[str, ...]) -> None:
    result = acme("backup", *argv)
    assert (result.code, result.codes) == (2, ["usage"])


def test_another_registry_has_a_rule_of_its_own(acme: Caller, folder: Path, tmp_path: Path) -> None:
    acme.done("backup", "--every", "1", str(folder))
    other = str(tmp_path / "other.jsonl")
    acme.done("--ledger", other, "init", "--root", "1.2.826.0.1.3680043.2.51", "--organisation", "Else")
    acme.done("--ledger", other, "assign", "7")
    assert counts(folder) == [5]
