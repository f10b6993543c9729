"""The station's own copy of a ledger: it follows, it never goes back, and nothing depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import filelock
import pytest

from tests.stores.conftest import Desk, append, overwrite
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = "7a1b2f9c-5d6e-4f30-8a41-b2c3d4e5f607"


class ReplicaDesk(Desk):
    """A station that keeps copies."""

    def station(self, seen: str = "seen") -> JsonlLedger:
        folder = self.path.parent
        return JsonlLedger(self.path, self.world, folder / seen, replicas=folder / "replicas", patience=0.05)

    @property
    def copy(self) -> Path:
        return self.path.parent / "replicas" / f"registry-{REGISTRY}.jsonl"

    @property
    def is_in_step(self) -> bool:
        return self.copy.read_bytes() == self.path.read_bytes()


@pytest.fixture
def kept(tmp_path: Path) -> ReplicaDesk:
    """A ledger of four entries and its copy."""
    desk = ReplicaDesk(tmp_path)
    desk.founded(3)
    desk.station().news()
    assert desk.is_in_step
    return desk


def test_what_is_founded_and_written_is_copied(tmp_path: Path) -> None:
    desk = ReplicaDesk(tmp_path)
    ledger = desk.station()
    ledger.found(desk.founding())
    assert desk.is_in_step
    append(ledger, desk.assignment("1"), desk.assignment("2"))
    assert desk.is_in_step


def test_what_another_program_wrote_is_copied_when_it_is_read(kept: ReplicaDesk) -> None:
    ledger = kept.station()
    ledger.news()
    append(kept.open(), kept.assignment("77"))
    assert not kept.is_in_step
    ledger.news()
    assert kept.is_in_step


def test_a_copy_that_is_as_long_but_ends_otherwise_is_not_in_step(kept: ReplicaDesk) -> None:
    whole = kept.copy.read_bytes()
    for at in (len(whole) - 1, whole.rstrip(b"\n").rfind(b"\n") + 20):
        overwrite(kept.copy, whole[:at] + b"x" + whole[at + 1 :])
        for _ in range(2):  # one that is damaged is set aside first
            kept.station().news()
        assert kept.is_in_step, at


def test_a_torn_copy_is_made_whole(kept: ReplicaDesk) -> None:
    whole = kept.copy.read_bytes()
    for length in range(0, len(whole), 7):
        overwrite(kept.copy, whole[:length])
        kept.station().news()
        assert kept.is_in_step, length


def test_a_missing_copy_is_made_again(kept: ReplicaDesk) -> None:
    kept.copy.unlink()
    kept.station().news()
    assert kept.is_in_step


def test_a_copy_damaged_at_its_end_is_set_aside_and_made_anew(kept: ReplicaDesk) -> None:
    whole = kept.copy.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    damaged = whole[: last + 10] + b"x" + whole[last + 11 :]
    overwrite(kept.copy, damaged)
    kept.station().news()
    kept.station().news()
    assert kept.is_in_step
    assert kept.copy.with_name(f"{kept.copy.name}.damaged").read_bytes() == damaged


def test_a_copy_that_is_another_than_it_was_left_is_not_gone_on_with(kept: ReplicaDesk) -> None:
    ledger = kept.station()
    for number in range(4):
        append(ledger, kept.assignment(str(70 + number)))
        whole = kept.copy.read_bytes()
        last = whole.rstrip(b"\n").rfind(b"\n") + 1
        other_hash = whole[: last + 10] + b"x" + whole[last + 11 :]
        left = (whole[:-1] + b"x", whole + b'{"h":"', whole[:-1], other_hash)[number]
        overwrite(kept.copy, left)
        append(ledger, kept.assignment(str(80 + number)))
        ledger.news()
        kept.station().news()
        assert kept.is_in_step, number
    assert kept.copy.with_name(f"{kept.copy.name}.damaged").read_bytes() == other_hash


@pytest.mark.parametrize("seen", ["seen", "forgotten"])
def test_a_ledger_that_went_back_leaves_the_copy_as_it_is(kept: ReplicaDesk, seen: str) -> None:
    whole = kept.path.read_bytes()
    kept.put(b"".join(whole.splitlines(keepends=True)[:2]))
    kept.station(seen).news()
    assert kept.copy.read_bytes() == whole


def test_a_ledger_that_went_its_own_way_leaves_the_copy_as_it_is(kept: ReplicaDesk) -> None:
    whole = kept.path.read_bytes()
    kept.put(b"".join(whole.splitlines(keepends=True)[:2]))
    other = kept.station("forgotten")
    append(other, *(kept.assignment(str(serial)) for serial in range(90, 95)))
    assert len(kept.path.read_bytes()) > len(whole)
    assert kept.copy.read_bytes() == whole


def test_while_another_program_copies_nothing_is_waited_for_and_it_is_caught_up_later(kept: ReplicaDesk) -> None:
    ledger = kept.station()
    ledger.news()
    with filelock.FileLock(kept.copy.with_name(f"{kept.copy.name}.lock")):
        append(ledger, kept.assignment("77"))
        assert not kept.is_in_step
    ledger.news()
    assert kept.is_in_step


def test_without_a_copy_it_goes_on_and_says_so_once(tmp_path: Path) -> None:
    desk = ReplicaDesk(tmp_path)
    (tmp_path / "replicas").write_text("a file where the folder should be", encoding="utf-8")
    ledger = desk.station()
    ledger.found(desk.founding())
    (remark,) = ledger.news().remarks
    assert "cannot keep its own copy" in remark
    append(ledger, desk.assignment("1"))
    assert not ledger.news().remarks
