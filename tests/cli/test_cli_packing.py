from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


def test_a_pack_is_written_and_told(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "acme.zip"
    result = acme.done("pack", str(file))
    told = dict(line.split(maxsplit=1) for line in result.lines)
    assert list(told) == ["pack", "sha256", "files", "rows", "entries", "head"]
    assert (told["pack"], told["entries"]) == (str(file), "5")
    assert not result.err
    assert zipfile.is_zipfile(file)


def test_json(acme: Caller, tmp_path: Path) -> None:
    answer = acme("pack", str(tmp_path / "acme.zip"), "--json").json
    assert answer["entries"] == 5
    assert len(answer["sha256"]) == len(answer["head"]) == 64


def test_one_who_may_only_look_may_have_a_pack(acme: Caller, tmp_path: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    acme.done("--read-only", "pack", str(tmp_path / "acme.zip"))
    assert ledger.read_bytes() == before


def test_a_file_that_is_there_is_kept(acme: Caller, tmp_path: Path) -> None:
    file = tmp_path / "acme.zip"
    file.write_text("precious", encoding="utf-8")
    result = acme("pack", str(file))
    assert (result.code, result.codes) == (1, ["file.exists"])
    assert file.read_text(encoding="utf-8") == "precious"
    acme.done("pack", str(file), "--force")
    assert zipfile.is_zipfile(file)


@pytest.mark.parametrize("file", ["", "  "])
def test_a_name_that_is_none_is_a_usage_error(acme: Caller, file: str) -> None:
    assert acme("pack", file).code == 2


def test_a_ledger_in_trouble_is_not_packed(acme: Caller, tmp_path: Path, ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(b"4.5.0.3", b"4.5.0.4", 1))
    result = acme("pack", str(tmp_path / "acme.zip"))
    assert (result.code, result.codes) == (3, ["ledger.damaged"])
    assert not (tmp_path / "acme.zip").exists()
