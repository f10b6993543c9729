from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pydicom.config import disable_value_validation

from tests.cli.conftest import StillWorld
from tests.dicom.planted import register
from tests.dicom.planting import CLASS, NAME, PLANS, ROOT, UNIT, Plan, plant, written
from uidmanager.bootstrap import ThisDesk
from uidmanager.cli.watching import watched
from uidmanager.core.scanning import FIELDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROGUE = {"class_uid": f"{ROOT}.1.1.9.9", "version_name": ""}


@pytest.fixture
def maker(call: Caller, ledger: Path) -> Caller:
    """The command line at the maker of the planted files."""
    register(ThisDesk(StillWorld()), ledger)
    return call


@pytest.fixture
def field(tmp_path: Path) -> Path:
    """A folder with a good file, a rogue one, a withdrawn release's, and a text."""
    folder = tmp_path / "field"
    folder.mkdir()
    put(folder / "good")
    put(folder / "rogue", **ROGUE)
    put(folder / "withdrawn", **PLANS["a withdrawn release"].changes)
    (folder / "text").write_text("Dear all", "utf-8")
    return folder


def put(path: Path, **changes: str) -> None:
    with disable_value_validation():
        path.write_bytes(written(len(list(path.parent.iterdir())), Plan("", changes)))


def test_a_folder_gives_the_files_with_faults_and_a_summary(maker: Caller, field: Path) -> None:
    result = maker("scan", str(field))
    assert result.code == 1
    assert result.codes == ["scan.faults"]
    assert "1 of 4 files have something wrong." in result.err
    assert result.lines[0].startswith(f"{field}/rogue: never_issued: Implementation Class UID {ROOT}.1.1.9.9 was never")
    assert [line.split("  ")[0] for line in result.lines[1:]] == [
        "",
        "section",
        *["verdict"] * 4,
        "release",
        "release",
        "installation",
    ]
    assert [line.split()[-2:] for line in result.lines[3:]] == [
        ["consistent", "2"],
        ["never_issued", "1"],
        ["withdrawn", "1"],
        ["not_dicom", "1"],
        ["active", "1"],
        ["withdrawn", "1"],
        ["active", "3"],
    ]


@pytest.mark.parametrize(
    ("show", "names"),
    [("faults", ["rogue"]), ("cautions", ["rogue", "withdrawn"]), ("all", ["good", "rogue", "text", "withdrawn"])],
)
def test_which_files_are_listed(maker: Caller, field: Path, show: str, names: list[str]) -> None:
    lines = maker("scan", str(field), "--show", show).lines
    assert [line.partition(":")[0].rpartition("/")[2] for line in lines[: lines.index("")]] == names
    rows = maker("scan", str(field), "--show", show, "--json").json["rows"]
    assert [row["path"].rpartition("/")[2] for row in rows] == names


def test_a_file_named_by_itself_is_always_told(maker: Caller, field: Path) -> None:
    result = maker.done("scan", str(field / "good"), str(field / "text"))
    assert result.lines[0] == f"{field}/good: consistent: What it says of itself is registered so."
    assert result.lines[1] == f"{field}/text: not_dicom: It does not begin as a DICOM file does."
    assert not result.err


def test_json_has_all_rows_and_all_fields(maker: Caller, field: Path) -> None:
    answer = maker("scan", str(field), "--json").json
    assert (answer["files"], answer["faulty"], answer["is_whole"], len(answer["rows"])) == (4, 1, True, 4)
    assert {"section": "release", "what": "CT Console 4.5.0", "state": "active", "files": 1} in answer["summary"]
    assert answer["problems"][0]["code"] == "scan.faults"
    good = answer["rows"][0]
    assert tuple(good) == FIELDS
    assert (good["class_uid"], good["version_name"], good["serial"]) == (CLASS, NAME, "0372764")
    assert (good["product"], good["version"], good["software_versions"]) == ("CT Console", "4.5.0", None)
    assert good["device_uid"] == UNIT


def test_many_rows_are_one_object(maker: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.cli.output._PIECES_AT_ONCE", 3)
    for n in range(10):
        (tmp_path / f"field-{n}").write_text("x", "utf-8")
    paths = [str(tmp_path / f"field-{n}") for n in range(10)]
    assert [row["path"] for row in maker("scan", *paths, "--json").json["rows"]] == paths
    assert len(maker.done("scan", *paths).lines) == 10 + 3


def test_an_empty_folder_is_no_fault(maker: Caller, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = maker.done("scan", str(tmp_path / "empty"))
    assert result.lines == ["section  what  state  files"]
    assert maker("scan", str(tmp_path / "empty"), "--json").json["rows"] == []


def test_a_report_has_all_rows(maker: Caller, field: Path, tmp_path: Path) -> None:
    table, whole, text = (tmp_path / f"report.{end}" for end in ("csv", "json", "txt"))
    result = maker("scan", str(field), "--report", str(table))
    assert set(result.codes) == {"report.written", "scan.faults"}
    assert "4 rows written" in result.err
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["verdicts"] for row in rows] == ["consistent", "never_issued", "not_dicom", "consistent, withdrawn"]
    maker("scan", str(field), "--report", str(whole))
    assert json.loads(whole.read_text("utf-8"))["count"] == 4
    maker("scan", str(field / "good"), "--report", str(text))
    assert "Organisation     Acme Imaging" in text.read_text("utf-8")
    maker("scan", str(field), "--report", str(tmp_path / "odd"), "--format", "csv")
    assert (tmp_path / "odd").read_bytes() == table.read_bytes()


def test_a_report_that_is_there_is_kept(maker: Caller, field: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("mine", "utf-8")
    assert maker("scan", str(field / "good"), "--report", str(kept)).codes == ["file.exists"]
    assert kept.read_text("utf-8") == "mine"
    maker.done("scan", str(field / "good"), "--report", str(kept), "--force")
    assert kept.read_text("utf-8") != "mine"
    assert maker("scan", str(field), "--report", "").code == 2


@pytest.mark.parametrize("path", ["nowhere", "a\0b"])
def test_a_path_that_is_not_there(maker: Caller, field: Path, path: str) -> None:
    result = maker("scan", str(field), path)
    assert (result.code, result.codes, result.out) == (1, ["scan.no_such_path"], "")


def test_a_path_that_cannot_be_looked_at_is_a_row(maker: Caller, field: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.cli.scanning.Path.exists", lambda _path: (_ for _ in ()).throw(PermissionError))
    assert maker("scan", str(field)).codes == ["scan.faults"]


def test_it_needs_a_path_and_a_ledger(call: Caller, tmp_path: Path) -> None:
    assert call("scan").code == 2
    assert call("scan", str(tmp_path)).codes == ["ledger.missing"]


def test_names_that_a_terminal_would_obey_are_escaped(maker: Caller, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J\u202e").write_text("x", "utf-8")
    assert "a\\x1b[2J\\u202e: not_dicom" in maker.done("scan", str(tmp_path), "--show", "all").out


class Terminal:
    """Takes what is written to it."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.written.append(text)

    def flush(self) -> None: ...


def test_a_terminal_sees_how_far_it_is_and_nothing_of_it_stays(
    maker: Caller, field: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uidmanager.cli import watching  # noqa: PLC0415 (loaded by the command)

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(watching, "_PAUSE_S", -1.0)
    progress, wipe = watching._on_terminal()
    progress("Looking for files: 1,000", 0.0)
    progress("Reading 1 of 4 files", 0.25)
    progress("Reading", 0.5)
    wipe()
    assert terminal.written == [
        "\rLooking for files: 1,000",
        "\rReading 1 of 4 files (25 %)",
        f"\r{'Reading (50 %)':27}",
        f"\r{' ' * 27}\r",
    ]


def test_stopping_tells_what_was_found_until_then(maker: Caller, field: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = __import__("uidmanager.dicom.scan", fromlist=["Scan"]).Scan._compare

    def stop(*arguments: Any) -> None:
        whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr("uidmanager.dicom.scan.Scan._compare", stop)
    result = maker("scan", str(field), "--report", str(field / "report.csv"))
    assert result.code == 130
    assert result.codes == ["cancelled", "scan.faults"]
    assert "Stopped after 4 of 4 files" in result.err
    assert "rogue: never_issued" in result.out
    assert not (field / "report.csv").exists()
    answer = maker("scan", str(field), "--json").json
    assert (answer["is_whole"], len(answer["rows"])) == (False, 4)


def test_ctrl_c_ends_it_calmly(maker: Caller, ledger: Path, tmp_path: Path) -> None:
    folder = tmp_path / "field"
    folder.mkdir()
    plant(folder, 500)
    code = (
        "import sys, os, signal; from uidmanager.bootstrap import make_desk; from uidmanager.cli.running import run\n"
        "import uidmanager.dicom.scan as scan; whole = scan.Scan._row\n"
        "def row(*a):\n    os.killpg(0, signal.SIGINT) if a[1] == 100 else None\n    return whole(*a)\n"
        "scan.Scan._row = row\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have us ignore it\n"
        "if __name__ == '__main__':\n"
        "    sys.exit(run(make_desk(), sys.argv[1:], open_window=None))\n"
    )
    script = tmp_path / "stopped.py"
    script.write_text(code, "utf-8")
    program = [sys.executable, str(script), "--ledger", str(ledger), "scan", str(folder)]
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}  # noqa: PTH109 (a text for the environment)
    done = subprocess.run(
        program, capture_output=True, text=True, check=False, start_new_session=True, env=environment, timeout=60
    )
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    assert "Stopped after" in done.stderr
    assert "section" in done.stdout


def test_ctrl_c_is_heard_between_two_steps_and_a_second_one_at_once() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    done: list[str] = []

    def work(*, is_hurried: bool) -> None:
        with watched(is_shown=True) as progress:
            progress("first", 0.0)
            signal.raise_signal(signal.SIGINT)
            done.append("the step is done")
            if is_hurried:
                signal.raise_signal(signal.SIGINT)
                done.append("never")
            progress("second", 0.5)
            done.append("never")

    try:
        for is_hurried in (False, True):
            with pytest.raises(KeyboardInterrupt):
                work(is_hurried=is_hurried)
            assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert done == ["the step is done"] * 2


def test_who_does_not_hear_ctrl_c_does_not_hear_it_here_either() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with watched(is_shown=False) as progress:
            signal.raise_signal(signal.SIGINT)
            progress("on", 0.5)
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
