"""Each safeguard is taken away in turn, and the check that watches it goes red; with it in place the check is green."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from tests.faults import contest, test_tampering
from tests.faults.crash import BrokenPromiseError
from tests.stores import test_jsonl_faults
from tests.stores.conftest import Desk
from uidmanager.core.errors import LedgerChangedError
from uidmanager.stores import codec
from uidmanager.stores.chain import sealed
from uidmanager.stores.filesystem import write_all
from uidmanager.stores.lock import LedgerLock
from uidmanager.stores.seen import StationMemory
from uidmanager.stores.writing import LedgerFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.stores.filesystem import Status


def survives_power_cut(desk: Desk) -> None:
    test_jsonl_faults.test_what_was_acknowledged_survives_a_power_cut(desk)


def sees_every_byte(desk: Desk) -> None:
    test_tampering.test_every_byte_of_every_line_counts(test_tampering.written(desk))


def sees_a_cut_tail(desk: Desk) -> None:
    test_tampering.test_each_cut_of_the_tail_is_seen_by_a_station_that_knew_more(test_tampering.written(desk))


def sees_a_number_out_of_place(desk: Desk) -> None:
    """A line whose hash is right, as one who knows the rule can write it, but whose number is not the next."""
    founding = desk.founded()[0]
    _, line = codec.encode_line(desk.assignment("5"), 2, founding.h)
    forged = sealed(founding.h, line[:-1].replace(b'"n":2,', b'"n":3,'))
    desk.put(desk.path.read_bytes() + forged + b"\n")
    assert desk.open().news().trouble is not None


def sees_who_did_not_wait(desk: Desk) -> None:
    """A program that knows no lock adds its bytes between our look and our write."""
    desk.founded()
    with desk.open().turn() as turn:
        turn.news()
        with desk.path.open("ab") as file:
            file.write(b"a stranger's line\n")
        try:
            turn.append(desk.assignment("5"))
        except LedgerChangedError:
            return
    raise AssertionError("the stranger's line was written over")


def without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    def unflushed(file: LedgerFile, line: bytes, offset: int) -> Status:
        write_all(file.files, file.handle, offset, line)
        return file.files.status(file.handle)

    monkeypatch.setattr(LedgerFile, "append", unflushed)


def without_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever hash stands in the line is taken for right."""
    monkeypatch.setattr(
        codec, "link", lambda _before, line: line[6:70].decode("ascii", "replace").replace("\ufffd", "?")
    )


def without_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "_misfit", lambda _entry, _n: None)


def without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StationMemory, "recall", lambda _memory, _registry: None)


def without_look_at_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LedgerFile, "_check_unchanged", lambda file, _size: file.files.status(file.handle))


@pytest.mark.parametrize(
    ("take_away", "check"),
    [
        pytest.param(without_flush, survives_power_cut, id="the fsync"),
        pytest.param(without_chain, sees_every_byte, id="the chain check"),
        pytest.param(without_numbers, sees_a_number_out_of_place, id="the check of numbers"),
        pytest.param(without_look_at_the_file, sees_who_did_not_wait, id="the check of the place"),
        pytest.param(without_memory, sees_a_cut_tail, id="the station's memory"),
    ],
)
def test_a_check_goes_red_without_its_safeguard(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    take_away: Callable[[pytest.MonkeyPatch], None],
    check: Callable[[Desk], None],
) -> None:
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    check(Desk(tmp_path / "with"))
    take_away(monkeypatch)
    with pytest.raises(AssertionError):
        check(Desk(tmp_path / "without"))


@pytest.mark.skipif(sys.platform == "win32", reason="writers are forked")
def test_the_contest_goes_red_without_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LedgerLock, "held", lambda _lock, _holder: nullcontext())
    with pytest.raises(BrokenPromiseError):
        contest.run(8, 60, seed=3)
