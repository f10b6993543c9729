"""Small disks, limits, media that cannot be written, files that go away: real ones, under real writers."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("limits, mounts and forks are not to be had on Windows", allow_module_level=True)

from tests.faults import hard_places, limits, small_disks, taken_away
from tests.faults.namespaces import why_not

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHY_NOT = why_not()


def test_a_writer_with_a_limit_is_told_or_dies_and_the_next_one_goes_on() -> None:
    outcome = limits.run()
    assert outcome.told == outcome.died > 20
    assert outcome.acknowledged > outcome.told + outcome.died
    assert outcome.tails > 20


@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "it can be")
@pytest.mark.parametrize("trial", small_disks.TRIALS)
def test_on_a_small_disk(trial: str) -> None:
    hard_places.on_small_disk(trial)


def cases(deeds: hard_places.Codes) -> list[object]:
    return [
        pytest.param(deed, call, code, id=f"{deed.__name__} at {call}")
        for deed, codes in deeds.items()
        for call, code in zip(hard_places.CALLS, codes, strict=True)
    ]


@pytest.mark.parametrize(("deed", "call", "code"), cases(hard_places.DEEDS))
def test_a_file_that_goes_away_under_a_writer_is_told(deed: Callable[[Path], None], call: str, code: str) -> None:
    assert taken_away.during(call, deed) == code


@pytest.mark.parametrize(("deed", "call", "code"), cases(hard_places.FORBIDDEN))
def test_a_file_that_is_forbidden_under_a_writer_is_told(deed: Callable[[Path], None], call: str, code: str) -> None:
    assert taken_away.during(call, deed, user=taken_away.NOBODY) == code


def test_all_of_it_can_be_run_at_once() -> None:
    command = [sys.executable, "-m", "tests.faults", "--small-disks"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    for name in (*small_disks.TRIALS, *(deed.__name__ for deed in (*hard_places.DEEDS, *hard_places.FORBIDDEN))):
        assert f"{name}: " in ended.stdout
