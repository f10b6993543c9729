"""Commands that look after the ledger's file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def test_a_backup_is_the_ledger_byte_for_byte_and_is_never_written_over(
    acme: Caller, ledger: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    answer = acme.done("backup", str(folder), "--json").json
    (kept,) = folder.iterdir()
    assert (str(kept), answer["entries"]) == (answer["backup"], 5)
    assert kept.read_bytes() == ledger.read_bytes()
    assert acme("backup", str(folder)).codes == ["ledger.exists"]
    assert list(folder.iterdir()) == [kept]


def test_a_damaged_ledger_is_repaired_from_the_copy_and_the_damaged_file_kept(acme: Caller, ledger: Path) -> None:
    whole = ledger.read_bytes()
    damaged = whole.replace(b"CT Console", b"CT Konsole", 1)
    ledger.write_bytes(damaged)
    assert acme("verify").codes == ["ledger.damaged"]
    rehearsed = acme.done("repair", "--json").json
    assert (rehearsed["entries"], rehearsed["added"], rehearsed["aside"]) == (5, 3, None)
    assert ledger.read_bytes() == damaged
    done = acme.done("repair", "--apply", "--json").json
    assert ledger.read_bytes() == whole
    assert Path(done["aside"]).read_bytes() == damaged
    acme.done("verify")
    acme.done("assign", "8")


def test_a_ledger_that_went_back_is_repaired_from_the_copy(acme: Caller, ledger: Path) -> None:
    whole = ledger.read_bytes()
    ledger.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    assert acme("verify").codes == ["ledger.went_back"]
    acme.done("repair", "--apply")
    assert ledger.read_bytes() == whole
    acme.done("verify")


def test_what_needs_no_repair_is_left_alone(acme: Caller, ledger: Path) -> None:
    before = sorted(ledger.parent.iterdir())
    assert acme.done("repair", "--apply", "--json").json["is_needed"] is False
    assert [path for path in sorted(ledger.parent.iterdir()) if ".lock" not in path.name] == [
        path for path in before if ".lock" not in path.name
    ]


def test_no_repair_that_would_lose_what_was_seen(acme: Caller, ledger: Path, home: Path) -> None:
    lines = ledger.read_bytes().splitlines(keepends=True)
    (copy,) = (home / "data" / "replicas").glob("*.jsonl")
    for path in (ledger, copy):
        path.write_bytes(b"".join(lines[:3]))
    assert acme("repair", "--apply").codes == ["ledger.not_mendable"]
    assert ledger.read_bytes() == b"".join(lines[:3])


def test_a_backup_is_restored_with_what_came_after_it(acme: Caller, ledger: Path, tmp_path: Path, home: Path) -> None:
    kept = acme.done("backup", str(tmp_path), "--json").json["backup"]
    acme.done("assign", "8")
    whole = ledger.read_bytes()
    ledger.write_bytes(b"nothing of a ledger\n")
    done = acme.done("restore", kept, "--apply", "--json").json
    assert (done["entries"], done["added"]) == (6, 6)
    assert ledger.read_bytes() == whole
    (copy,) = (home / "data" / "replicas").glob("*.jsonl")
    copy.unlink()
    ledger.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    assert acme("restore", kept, "--apply").codes == ["ledger.not_mendable"]


def test_a_ledger_that_is_gone_is_restored_from_a_backup_and_what_the_station_has(
    acme: Caller, ledger: Path, tmp_path: Path
) -> None:
    kept = acme.done("backup", str(tmp_path), "--json").json["backup"]
    acme.done("assign", "8")
    whole = ledger.read_bytes()
    ledger.unlink()
    assert acme("repair", "--apply").codes == ["ledger.not_mendable"]
    rehearsed = acme.done("restore", kept, "--json").json
    assert (rehearsed["entries"], rehearsed["added"]) == (6, 6)
    assert not ledger.exists()
    done = acme.done("restore", kept, "--apply", "--json").json
    assert done["aside"] is None
    assert ledger.read_bytes() == whole
    acme.done("verify")


def test_an_old_backup_alone_is_not_restored_where_a_ledger_is_gone(
    acme: Caller, ledger: Path, tmp_path: Path, home: Path
) -> None:
    kept = acme.done("backup", str(tmp_path), "--json").json["backup"]
    acme.done("assign", "8")
    ledger.unlink()
    (copy,) = (home / "data" / "replicas").glob("*.jsonl")
    copy.unlink()
    assert acme("restore", kept, "--apply").codes == ["ledger.not_mendable"]
    assert not ledger.exists()
