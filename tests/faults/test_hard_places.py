"""Small disks, limits, media that cannot be written, files that go away: real ones, under real writers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

if sys.platform == "win32":
    pytest.skip("limits, mounts and forks are not to be had on Windows", allow_module_level=True)

from tests.faults import hard_places, limits, small_disks, taken_away
from tests.faults.__main__ import main
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


def test_all_of_it_can_be_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each trial is a test above, so here they are only counted."""
    tried: list[str] = []
    monkeypatch.setattr(limits, "run", lambda: limits.Outcome(1, 1, 1, 1))
    monkeypatch.setattr(hard_places, "on_small_disk", tried.append)
    monkeypatch.setattr(
        taken_away, "during", lambda call, deed, *, user: tried.append(f"{deed.__name__} {call} {user}")
    )
    ended = CliRunner().invoke(main, ["--small-disks"], catch_exceptions=False)
    assert ended.exit_code == 0
    deeds = (*hard_places.DEEDS, *hard_places.FORBIDDEN)
    assert tried == [
        *([] if WHY_NOT else small_disks.TRIALS),
        *(f"{deed.__name__} {call} 0" for deed in hard_places.DEEDS for call in hard_places.CALLS),
        *(
            f"{deed.__name__} {call} {taken_away.NOBODY}"
            for deed in hard_places.FORBIDDEN
            for call in hard_places.CALLS
        ),
    ]
    for name in (*small_disks.TRIALS, *(deed.__name__ for deed in deeds)):
        assert f"\n{name}: " in ended.stdout
