"""Trying whether locks work, with a real second program and with one that answers as a bad file system would."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from uidmanager.stores.lock_trial import LockTrial, try_locks

if TYPE_CHECKING:
    from pathlib import Path

HELD, FREE = 10, 0


def test_on_a_local_disk_another_program_finds_the_lock_held_and_then_free(tmp_path: Path) -> None:
    assert try_locks(tmp_path) == LockTrial(works=True)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([FREE], "same lock at once"),
        ([HELD, HELD], "still held"),
        ([1], "could not try"),
        ([HELD, 1], "could not try"),
    ],
)
def test_what_the_other_program_finds_decides(tmp_path: Path, answers: list[int], why: str) -> None:
    left = iter(answers)
    found = try_locks(tmp_path, lambda _scratch: next(left))
    assert not found.works
    assert why in found.why
    assert not list(tmp_path.iterdir())


def test_a_file_system_that_refuses_locks_is_told_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int, _operation: int) -> None:
        raise OSError(37, os.strerror(37))

    monkeypatch.setattr("fcntl.flock", fail)
    found = try_locks(tmp_path, lambda _scratch: HELD)
    assert not found.works
    assert os.strerror(37) in found.why
    assert not list(tmp_path.iterdir())


def test_a_folder_that_takes_no_file_cannot_be_tried(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        try_locks(tmp_path / "nowhere")
