"""The transcript of the issue, word by word, in this process and in real ones."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"


def test_transcript(call: Caller) -> None:
    assert call.done("init", "--root", ROOT, "--organisation", "Acme Imaging").out == f"{ROOT}\n"
    assert call.done("product", "add", "Viewer").out == "1\n"
    assert call.done("product", "add", "CT Console").out == "2\n"

    released = call.done("release", "add", "CT Console", "4.5.0.3")
    assert released.out == f"{ROOT}.1.2.4.5.0.3\n"

    assigned = call.done("assign", "0372764")
    assert assigned.out == f"{ROOT}.2.372764\n"
    assert assigned.err == "notice: Leading zero dropped: 0372764 → 372764. [serial.leading_zeros]\n"

    taken = call("assign", "372764")
    assert taken.code == 1
    assert not taken.out
    assert taken.err == (
        "refused: Serial 372764 has the same root as 0372764, assigned 2026-11-22 by anna. Check the nameplate; if it "
        "is another machine, it needs another serial. [serial.taken]\n"
    )

    letters = call("assign", "AB-1234")
    assert letters.code == 1
    assert not letters.out
    assert letters.codes == ["serial.not_numeric"]
    assert "at position 0" in letters.err
    assert "Give the unit a numeric serial" in letters.err
    (problem,) = call("assign", "AB-1234", "--json").json["problems"]
    assert (problem["code"], problem["position"]) == ("serial.not_numeric", 0)

    found = call.done("identify", f"{ROOT}.2.372764.20261122.1")
    assert found.out == f"{ROOT}.2.372764.20261122.1: installation 0372764, suffix .20261122.1\n"
    assert not found.err


def test_transcript_by_processes(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "UIDMANAGER_LEDGER": str(tmp_path / "registry.jsonl"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONUTF8": "1",
    }

    def uidmanager(*argv: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "uidmanager", *argv],
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        return done.returncode, done.stdout, done.stderr

    assert uidmanager("init", "--root", ROOT, "--organisation", "Acme Imaging") == (0, f"{ROOT}\n", "")
    assert uidmanager("product", "add", "Viewer") == (0, "1\n", "")
    assert uidmanager("product", "add", "CT Console") == (0, "2\n", "")
    assert uidmanager("release", "add", "CT Console", "4.5.0.3")[:2] == (0, f"{ROOT}.1.2.4.5.0.3\n")
    code, out, err = uidmanager("assign", "0372764")
    assert (code, out) == (0, f"{ROOT}.2.372764\n")
    assert "Leading zero dropped" in err
    code, out, err = uidmanager("assign", "372764")
    assert (code, out) == (1, "")
    assert "0372764, assigned 20" in err
    assert "[serial.taken]" in err
    code, out, err = uidmanager("assign", "AB-1234")
    assert (code, out) == (1, "")
    assert "[serial.not_numeric]" in err
    code, out, err = uidmanager("identify", f"{ROOT}.2.372764.20261122.1")
    assert (code, err) == (0, "")
    assert "installation 0372764, suffix .20261122.1" in out
    assert uidmanager("verify")[0] == 0
    assert uidmanager("--version") == (0, "uidmanager 0.2.0\n", "")
    assert uidmanager("assign")[0] == 2
    assert uidmanager("--ledger", str(tmp_path / "none"), "status")[0] == 3
