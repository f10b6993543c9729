"""The checks pass on a sound build, and each of them is seen to go red on one that was broken on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.selfcheck.sabotage import SABOTAGES
from uidmanager.app.selfcheck.plan import CHECKS, Check, run_checks
from uidmanager.app.selfcheck.report import conclusion, report_text
from uidmanager.core.errors import CancelledError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.selfcheck.sabotage import Sabotage
    from uidmanager.laboratory import ScratchLaboratory


def check_about(words: str) -> Check:
    (found,) = (check for check in CHECKS if words in check.what)
    return found


def test_all_checks_pass_on_a_sound_build(laboratory: ScratchLaboratory) -> None:
    outcomes = run_checks(laboratory)
    assert [(o.number, o.actual) for o in outcomes] == [(n, c.expected) for n, c in enumerate(CHECKS, 1)]


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.what)
def test_a_check_goes_red_when_what_it_guards_is_broken(
    laboratory: ScratchLaboratory,
    sabotage: Sabotage,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sabotage.do(monkeypatch, tmp_path_factory.mktemp("sabotage"))
    (outcome,) = run_checks(laboratory, (check_about(sabotage.check),))
    assert not outcome.passed
    assert sabotage.found in outcome.actual


def test_every_check_is_seen_to_go_red() -> None:
    assert {check_about(sabotage.check).what for sabotage in SABOTAGES} == {check.what for check in CHECKS}


def test_a_check_that_breaks_has_failed_and_the_next_one_runs(laboratory: ScratchLaboratory) -> None:
    def broken(_laboratory: object) -> str:
        raise OSError("no disk")

    checks = (Check("a", "b", "c", broken), check_about("PS3.5"))
    first, second = run_checks(laboratory, checks)
    assert (first.passed, first.actual, second.passed) == (False, "OSError: no disk", True)
    assert conclusion((first, second)).startswith("1 of 2 tests failed.")
    text = report_text((first, second), laboratory.world, laboratory.versions)
    assert "| 1 | a | b | c | OSError: no disk | FAILED |" in text
    assert "- Test 1: a. Found: OSError: no disk" in text


def test_it_stops_when_the_user_wishes(laboratory: ScratchLaboratory) -> None:
    def stop(_message: str, _fraction: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        run_checks(laboratory, progress=stop)


def test_the_report_names_the_same_build_by_the_same_hash(laboratory: ScratchLaboratory) -> None:
    assert laboratory.versions == laboratory.versions
    assert len(dict(laboratory.versions)["SHA-256 of its files"]) == 64


def test_what_the_station_remembers_lies_in_the_scratch_folder(laboratory: ScratchLaboratory, tmp_path: Path) -> None:
    run_checks(laboratory, (check_about("cut off"),))
    assert (tmp_path / "seen").is_dir()
