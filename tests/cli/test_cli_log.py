"""Faults of ours are kept in the log, and the sentence on stderr names it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from uidmanager.cli.running import run
from uidmanager.diagnostics.log import DiagnosticLog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


def _fail(*_args: object) -> None:
    raise KeyError("ours")


def test_a_fault_is_in_the_log_and_its_sentence_names_the_file(
    acme: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("uidmanager.app.service.Service.preview", _fail)
    log = DiagnosticLog(tmp_path / "log", lambda: "2026-11-24T09:58:36.819649Z")
    assert run(acme.desk, ["assign", "1"], open_window=lambda _desk, _ledger: 0, note_fault=log.note_fault) == 70
    log.close()
    file = tmp_path / "log" / "uidmanager-2026-11-24-00.log"
    assert f"The log tells of it as well: {file} [fault]\n" in capsys.readouterr().err
    assert "fault is=KeyError < cli/test_cli_log.py:" in file.read_text("utf-8")


def test_a_fault_without_a_log_is_told_all_the_same(
    acme: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("uidmanager.app.service.Service.preview", _fail)
    (tmp_path / "log").touch()
    log = DiagnosticLog(tmp_path / "log", lambda: "2026-11-24T09:58:36.819649Z")
    assert run(acme.desk, ["assign", "1"], open_window=lambda _desk, _ledger: 0, note_fault=log.note_fault) == 70
    told = capsys.readouterr().err
    assert "This is a fault of UID Manager" in told
    assert "The log tells" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of the log is the system's affair")
def test_the_program_notes_its_start_with_versions(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "XDG_DATA_HOME": str(tmp_path / "data")}
    command = [sys.executable, "-m", "uidmanager", "uid", "check", "1.2.3"]
    subprocess.run(command, env=environment, capture_output=True, check=False)
    (file,) = (tmp_path / "state" / "uidmanager" / "log").iterdir()
    (line,) = file.read_text("utf-8").splitlines()
    assert "] start face=command line program=0.2.0 python=3." in line
