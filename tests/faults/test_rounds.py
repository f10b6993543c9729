"""A short run of the rounds; `python -m tests.faults --rounds 1000` is the long one."""

from __future__ import annotations

import subprocess
import sys

import pytest

ROUNDS = 20


@pytest.mark.skipif(sys.platform == "win32", reason="writers are forked and killed by signal")
def test_rounds_of_killed_writers_lose_nothing_and_double_nothing() -> None:
    command = [sys.executable, "-m", "tests.faults", "--rounds", str(ROUNDS), "--seed", "3"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "seed 3\n" in ended.stdout
    assert f"{ROUNDS} rounds\n" in ended.stdout
    for what in ("at a random moment", "in the middle of the write", "between write and flush", "torn tails set aside"):
        assert what in ended.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="writers are forked")
def test_eight_writers_who_want_the_same_serials_get_each_once_and_the_others_are_told_who() -> None:
    command = [sys.executable, "-m", "tests.faults", "--writers", "8", "--each", "60", "--seed", "3"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "109 entries, 48 products; 60 won, 420 lost" in ended.stdout
