from __future__ import annotations

import json
import shutil
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.inspection.conftest import ROOT, StillWorld
from uidmanager.core.errors import CancelledError, LedgerDamagedError, LedgerMissingError
from uidmanager.core.reports import Kind
from uidmanager.inspection import pack
from uidmanager.inspection.pack import inspection_pack
from uidmanager.inspection.sealing import PackUnsoundError, zip_sealed
from uidmanager.writers.files import FileThereError, FileUnwritableError

if TYPE_CHECKING:
    from pathlib import Path


def test_all_that_an_inspector_asks_for_is_in_it(packed: Path, ledger: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        names = set(archive.namelist())
        about = json.loads(archive.read("about/pack.json"))
        assert archive.read(about["ledger"]) == ledger.read_bytes()
        assert "All is as it was" in archive.read("check/result.txt").decode()
        assert "SHA-256 of its files: " in archive.read("about/versions.txt").decode()
        readme = archive.read("README.txt").decode()
    assert {f"reports/{kind}.{form.suffix}" for kind in Kind for form in pack.FORMATS} <= names
    assert {"check/check.py", "check/check.sh", "README.txt", "SHA256SUMS", "SHA256SUMS.sha256"} <= names
    assert (about["root"], about["entries"], about["made_by"]) == (ROOT, 7, "anna")
    assert about["head"] in readme
    assert "Acme Imaging" in readme


def test_its_reports_say_that_the_whole_ledger_was_verified(packed: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        made = json.loads(archive.read("reports/identifiers.json"))
    assert made["verified"] is True
    assert [row["uid"].removeprefix(ROOT) for row in made["rows"]] == [
        ".1.1.4.5.0.3",
        ".1.1.4.6",
        ".2.7",
        ".2.8",
        ".2.372764",
    ]


def test_what_is_answered_is_what_was_written(tmp_path: Path, ledger: Path, world: StillWorld) -> None:
    target = tmp_path / "acme.zip"
    made = inspection_pack(str(ledger), target, world)
    with zipfile.ZipFile(target) as archive:
        assert made.files == len(archive.namelist())
        rows = sum(len(json.loads(archive.read(f"reports/{kind}.json"))["rows"]) for kind in Kind)
    assert (made.where, made.entries, made.rows) == (str(target), 7, rows)
    assert made.sha256 == sha256(target.read_bytes()).hexdigest()


def test_the_same_ledger_and_moment_make_the_same_bytes(
    tmp_path: Path, packed: Path, ledger: Path, world: StillWorld
) -> None:
    again = tmp_path / "again.zip"
    inspection_pack(str(ledger), again, world)
    assert again.read_bytes() == packed.read_bytes()


def test_a_ledger_in_trouble_is_not_packed(tmp_path: Path, ledger: Path, world: StillWorld) -> None:
    damaged = tmp_path / "damaged.jsonl"
    damaged.write_bytes(ledger.read_bytes().replace(b"4.5.0.3", b"4.5.0.4", 1))
    with pytest.raises(LedgerDamagedError):
        inspection_pack(str(damaged), tmp_path / "acme.zip", world)
    with pytest.raises(LedgerMissingError):
        inspection_pack(str(tmp_path / "none.jsonl"), tmp_path / "acme.zip", world)
    assert not (tmp_path / "acme.zip").exists()


def test_a_file_that_is_there_is_kept_unless_it_may_go(tmp_path: Path, ledger: Path, world: StillWorld) -> None:
    target = tmp_path / "acme.zip"
    target.write_text("precious", encoding="utf-8")
    with pytest.raises(FileThereError):
        inspection_pack(str(ledger), target, world)
    assert target.read_text(encoding="utf-8") == "precious"
    inspection_pack(str(ledger), target, world, replace=True)
    assert zipfile.is_zipfile(target)


@pytest.mark.parametrize("message", ["Copying the ledger", "History as JSON", "Checking the pack", "Writing the pack"])
def test_it_can_be_stopped_anywhere_and_leaves_nothing(
    tmp_path: Path, ledger: Path, world: StillWorld, monkeypatch: pytest.MonkeyPatch, message: str
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    def stop(told: str, _fraction: float) -> None:
        if told == message:
            raise CancelledError

    with pytest.raises(CancelledError):
        inspection_pack(str(ledger), tmp_path / "acme.zip", world, progress=stop)
    assert list(tmp_path.iterdir()) == [scratch]
    assert list(scratch.iterdir()) == []


def test_progress_only_grows(tmp_path: Path, ledger: Path, world: StillWorld) -> None:
    told: list[float] = []
    inspection_pack(str(ledger), tmp_path / "acme.zip", world, progress=lambda _message, share: told.append(share))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_no_room_for_temporary_files_is_a_sentence(
    tmp_path: Path, ledger: Path, world: StillWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: Path, _packed: Path, _at: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pack, "zip_sealed", full)
    with pytest.raises(FileUnwritableError, match="temporary files: No space"):
        inspection_pack(str(ledger), tmp_path / "acme.zip", world)


def test_a_pack_that_fails_its_own_check_gets_no_name(
    tmp_path: Path, ledger: Path, world: StillWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(folder: Path, packed: Path, at: str) -> None:
        zip_sealed(folder, packed, at)
        content = bytearray(packed.read_bytes())
        content[100] ^= 1
        packed.write_bytes(content)

    monkeypatch.setattr(pack, "zip_sealed", spoil)
    with pytest.raises(PackUnsoundError, match="the ZIP file was changed"):
        inspection_pack(str(ledger), tmp_path / "acme.zip", world)
    assert not (tmp_path / "acme.zip").exists()


def test_the_ledger_itself_is_not_touched(tmp_path: Path, ledger: Path, world: StillWorld) -> None:
    mine = tmp_path / "mine" / "acme.jsonl"
    mine.parent.mkdir()
    shutil.copyfile(ledger, mine)
    inspection_pack(str(mine), tmp_path / "acme.zip", world)
    assert list(mine.parent.iterdir()) == [mine]
    assert mine.read_bytes() == ledger.read_bytes()
