"""The checks pass on a sound build; those of rules, flush, torn tail, chain, memory and lock are seen to go red."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from uidmanager.app.selfcheck import rules
from uidmanager.app.selfcheck.plan import CHECKS, Check, run_checks
from uidmanager.app.selfcheck.report import conclusion, report_text
from uidmanager.core.errors import CancelledError
from uidmanager.stores import chain, codec, jsonl
from uidmanager.stores.lock import LedgerLock
from uidmanager.stores.seen import StationMemory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from uidmanager.laboratory import ScratchLaboratory


def check_about(words: str) -> Check:
    (found,) = (check for check in CHECKS if words in check.what)
    return found


def is_red(laboratory: ScratchLaboratory, words: str) -> bool:
    (outcome,) = run_checks(laboratory, (check_about(words),))
    return not outcome.passed


def test_all_checks_pass_on_a_sound_build(laboratory: ScratchLaboratory) -> None:
    outcomes = run_checks(laboratory)
    assert [(o.number, o.actual) for o in outcomes] == [(n, c.expected) for n, c in enumerate(CHECKS, 1)]


def test_a_lock_that_does_nothing_is_seen(laboratory: ScratchLaboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def open_to_all(_lock: LedgerLock, _holder: object) -> Iterator[None]:
        yield

    monkeypatch.setattr(LedgerLock, "held", open_to_all)
    assert is_red(laboratory, "lock of another process")


def test_a_lock_that_names_nobody_is_seen(laboratory: ScratchLaboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LedgerLock, "_who_holds", lambda _lock: "?")
    assert is_red(laboratory, "lock of another process")


def test_a_memory_that_forgets_is_seen(laboratory: ScratchLaboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StationMemory, "recall", lambda _memory, _registry: None)
    assert is_red(laboratory, "cut off")


def test_a_chain_that_covers_nothing_is_seen(laboratory: ScratchLaboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    def always_the_same(_before: str, _line: bytes) -> str:
        return "0" * 64

    for module in (chain, codec):
        if hasattr(module, "link"):
            monkeypatch.setattr(module, "link", always_the_same)
    assert is_red(laboratory, "changed byte")


def test_a_missing_flush_is_seen(laboratory: ScratchLaboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.stores.writing.LedgerFile.append", _append_without_flush())
    assert is_red(laboratory, "flushed to the disk")


def test_a_torn_tail_that_is_thrown_away_is_seen(
    laboratory: ScratchLaboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "set_aside", lambda file, offset, _at: file.cut(offset) or "gone")
    assert is_red(laboratory, "torn last write")


def test_a_rule_that_takes_everything_is_seen(laboratory: ScratchLaboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "is_uid", lambda _text: True)
    assert is_red(laboratory, "PS3.5")


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


def _append_without_flush() -> object:
    from uidmanager.stores.writing import LedgerFile  # noqa: PLC0415

    whole = LedgerFile.append

    def append(file: LedgerFile, line: bytes, offset: int) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("uidmanager.laboratory.CountingFiles.flush", lambda _files, _handle: None)
            return whole(file, line, offset)

    return append
