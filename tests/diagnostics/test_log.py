"""The diagnostic log: what stands in it, what never does, and that it disturbs nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisDesk, ThisWorld
from uidmanager.core import drafts as d
from uidmanager.core.errors import LedgerMissingError
from uidmanager.diagnostics.files import KEPT
from uidmanager.diagnostics.ledgers import NotingDesk
from uidmanager.diagnostics.log import DiagnosticLog, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2026-11-24"
NOW = f"{DAY}T09:58:36.819649Z"
WRITER = """
import sys
from pathlib import Path
from uidmanager.diagnostics.log import DiagnosticLog
log = DiagnosticLog(Path(sys.argv[1]), lambda: sys.argv[2])
log._files._largest = 20_000
for number in range(300):
    log.note("from", who=sys.argv[3], number=number)
"""


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DiagnosticLog]:
    made = DiagnosticLog(tmp_path / "log", lambda: NOW)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_a, **_k: tmp_path / "data")


def fail_twice() -> None:
    try:
        _ = dict[str, str]()["serial 0372764"]
    except KeyError as error:
        raise ValueError("note of Mrs Miller") from error


def lines(folder: Path) -> list[str]:
    return [line for file in sorted(folder.glob("*.log")) for line in file.read_text("utf-8").splitlines()]


def test_nothing_is_touched_before_the_first_note(tmp_path: Path, log: DiagnosticLog) -> None:
    assert not (tmp_path / "log").exists()
    log.note("start", program="0.1.0")
    assert lines(tmp_path / "log") == [f"2026-11-24T09:58:36.819Z [{os.getpid()}] start program=0.1.0"]


def test_a_value_stays_on_one_line_with_its_controls_escaped(tmp_path: Path, log: DiagnosticLog) -> None:
    log.note("read", ledger="a\nb\x1b[2J\u202e\u2028\udc80 é")
    (line,) = lines(tmp_path / "log")
    assert line.endswith(r"read ledger=a\nb\x1b[2J\u202e\u2028\udc80 é")


def test_a_long_value_is_cut_and_says_so() -> None:
    assert one_line("x" * 10_000_000).endswith(" and 9997000 more")


def test_a_ledgers_life_is_noted_without_what_people_wrote(tmp_path: Path, log: DiagnosticLog) -> None:
    desk = NotingDesk(ThisDesk(ThisWorld()), log)
    service = Service(desk.ledger_at(str(tmp_path / "acme.jsonl")), desk.world)
    with pytest.raises(LedgerMissingError):
        service.open()
    service.found(d.FoundRegistry("1.2.826.0.1.3680043.2.50", "Secretive Imaging"))
    service.submit(d.RegisterProduct("Viewer"))
    service.submit(d.AssignInstallations(("0372764", "0372765"), "Viewer", note="for Mrs Miller"))
    service.open()
    noted = lines(tmp_path / "log")
    assert [line.split("] ")[1].split(" ledger=")[0] for line in noted] == [
        "error", "written", "written", "written", "read"
    ]  # fmt: skip
    assert "code=ledger.missing" in noted[0]
    assert noted[3].endswith("acme.jsonl entry=3 events=2 kinds=installation_assigned")
    assert noted[4].endswith("entries=3 trouble=none")
    whole = "\n".join(noted)
    assert not any(word in whole for word in ("Secretive", "Viewer", "0372764", "Miller"))


def test_a_damaged_ledger_is_noted_with_its_code(tmp_path: Path, log: DiagnosticLog) -> None:
    (tmp_path / "bad.jsonl").write_bytes(b"{}\n")
    desk = NotingDesk(ThisDesk(ThisWorld()), log)
    Service(desk.ledger_at(str(tmp_path / "bad.jsonl")), desk.world).open()
    assert lines(tmp_path / "log")[0].endswith("entries=0 trouble=ledger.damaged")


def test_a_fault_is_noted_with_its_way_but_not_with_its_text(tmp_path: Path, log: DiagnosticLog) -> None:
    with pytest.raises(ValueError, match="Mrs Miller") as caught:
        fail_twice()
    assert log.note_fault(caught.value) == str(tmp_path / "log" / f"uidmanager-{DAY}-00.log")
    (line,) = lines(tmp_path / "log")
    assert "fault is=ValueError < diagnostics/test_log.py:" in line
    assert " after KeyError < diagnostics/test_log.py:" in line
    assert "0372764" not in line
    assert "Miller" not in line


def test_a_log_that_cannot_be_written_disturbs_nobody(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    log = DiagnosticLog(tmp_path / "log", lambda: NOW)
    log.note("start")
    assert not log.note_fault(KeyError("ours"))
    assert capfd.readouterr() == ("", "")


def test_only_the_newest_files_are_kept(tmp_path: Path, log: DiagnosticLog) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    for day in range(10, 31):
        (folder / f"uidmanager-2025-10-{day}-00.log").touch()
    (folder / "something-else.log").touch()
    log.note("start")
    assert len(list(folder.glob("uidmanager-*.log"))) == KEPT
    assert (folder / f"uidmanager-{DAY}-00.log").stat().st_size
    assert (folder / "something-else.log").exists()


def test_programs_that_write_and_roll_over_at_once_lose_no_line_and_mix_none(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path), NOW]
    programs = [subprocess.Popen([*command, who]) for who in "abc"]
    assert [program.wait(60) for program in programs] == [0, 0, 0]
    noted = [line.split("] ")[1] for line in lines(tmp_path)]
    assert sorted(noted) == sorted(f"from who={who} number={number}" for who in "abc" for number in range(300))
    assert len(list(tmp_path.glob("*.log"))) > 1
