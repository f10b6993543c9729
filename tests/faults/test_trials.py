"""A short run of what ``python -m tests.faults`` does at length: real processes, real kills."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork")


def _run(*arguments: str) -> str:
    """In a program of its own, which has no threads when it forks."""
    command = [sys.executable, "-m", "tests.faults", *arguments]
    top = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_killed_writers_lose_nothing_and_give_nothing_twice() -> None:
    said = _run("--rounds", "40", "--seed", "7")
    assert said.startswith("40 rounds with seed 7: ")
    assert " 0 writers killed" not in said
    assert " 0 torn tails" not in said


def test_eight_writers_share_the_serials_and_the_numbers() -> None:
    said = _run("--writers", "8", "--each", "60")
    assert said.startswith("8 writers wanted 60 serials and 5 products each: 100 entries, ")
