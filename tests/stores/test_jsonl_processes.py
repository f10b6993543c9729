"""Real programs on one file: they wait for each other, they are killed, and nothing is lost or given twice."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.stores.conftest import Desk, append, everything, numbers
from uidmanager.core.errors import LedgerLockedError
from uidmanager.core.events import ProductRegistered
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.events import Entry

HERE = Path(__file__).parent
ROUNDS = 6
SIZE = 100_000


class Acknowledged(NamedTuple):
    """What a program was told, and has told us."""

    id: str
    n: int
    h: str
    number: int


@contextmanager
def program(name: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A program that runs until the block ends at the latest."""
    command = [sys.executable, str(HERE / name), *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def acknowledgement(line: str) -> Acknowledged:
    entry_id, n, h, number = line.split()
    return Acknowledged(entry_id, int(n), h, int(number))


def rest_of(process: subprocess.Popen[str]) -> list[Acknowledged]:
    """What a program still says until it ends. A line cut short was not said."""
    assert process.stdout is not None
    return [acknowledgement(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]


def number_in(entry: Entry) -> int:
    (number,) = (event.number for event in entry.events if isinstance(event, ProductRegistered))
    return number


def check(desk: Desk, acknowledged: list[Acknowledged], before: int) -> list[Entry]:
    """All that was acknowledged is there, at its place; no number is there twice, and none is missing."""
    entries = everything(desk.open())
    assert numbers(entries) == list(range(1, len(entries) + 1))
    assert [number_in(entry) for entry in entries[before:]] == list(range(1, len(entries) - before + 1))
    assert len({entry.id for entry in entries}) == len(entries)
    for told in acknowledged:
        entry = entries[told.n - 1]
        assert (entry.id, entry.h, number_in(entry)) == (told.id, told.h, told.number)
    return entries


def test_four_programs_write_without_a_gap(desk: Desk) -> None:
    before = len(desk.founded())
    with ExitStack() as stack:
        writers = [
            stack.enter_context(program("writing_process.py", desk.path, desk.seen, f"writer{index}", 50, 10))
            for index in range(4)
        ]
        for writer in writers:
            assert line_of(writer) == "ready True"
        for writer in writers:
            go(writer)
        acknowledged = [told for writer in writers for told in rest_of(writer)]
        assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    assert len(acknowledged) == 200
    entries = check(desk, acknowledged, before)
    assert len(entries) == before + 200
    assert sorted(told.number for told in acknowledged) == list(range(1, 201))


def test_killed_writers_lose_nothing_that_was_acknowledged(desk: Desk) -> None:
    """Lines are long, so that some are cut in the middle. Two write, one is killed; the other goes on."""
    before = len(desk.founded())
    acknowledged: list[Acknowledged] = []
    with ExitStack() as stack:
        arguments = ("writing_process.py", desk.path, desk.seen)
        victims = [stack.enter_context(program(*arguments, f"victim{index}", 10_000, SIZE)) for index in range(ROUNDS)]
        survivor = stack.enter_context(program(*arguments, "survivor", 10_000, SIZE))
        assert {line_of(writer) for writer in (*victims, survivor)} == {"ready True"}
        go(survivor)
        for victim, told_first in zip(victims, cycle((1, 3, 2)), strict=False):
            go(victim)
            acknowledged.extend(acknowledgement(line_of(victim)) for _ in range(told_first))
            victim.kill()
            acknowledged.extend(rest_of(victim))
            told = {one.id for one in acknowledged}
            # The survivor is told of an entry of its own after each death: no lock stays behind.
            there = desk.path.read_bytes().count(b"\n")
            while acknowledged[-1].n <= there or acknowledged[-1].id in told:
                acknowledged.append(acknowledgement(line_of(survivor)))
        survivor.kill()
        acknowledged.extend(rest_of(survivor))
    with desk.open().turn() as turn:  # whatever the last one left is set aside
        assert turn.news().trouble is None
    entries = check(desk, acknowledged, before)
    assert len(entries) >= before + len(acknowledged)
    append(desk.open(), desk.assignment("1"))
    assert numbers(everything(desk.open()))[-1] == len(entries) + 1


def test_a_lock_that_is_held_is_told_with_its_holder(desk: Desk) -> None:
    desk.founded()
    with program("holding_process.py", desk.path, desk.seen) as holder:
        assert line_of(holder) == "held"
        with pytest.raises(LedgerLockedError) as caught, desk.open().turn():
            pytest.fail("two at once")
        assert "berta on LINE-7 since 2026-11-22 21:06:42 UTC" in str(caught.value)
        assert "waited 0.05 seconds" in str(caught.value)
        assert numbers(desk.open().news().entries) == [1]
        assert holder.stdin is not None
        holder.stdin.close()
        assert holder.wait() == 0
    assert numbers(append(desk.open(), desk.assignment("1"))) == [2]


def test_a_holder_that_is_killed_holds_nothing(desk: Desk) -> None:
    desk.founded()
    with program("holding_process.py", desk.path, desk.seen) as holder:
        assert line_of(holder) == "held"
        holder.kill()
        holder.wait()
    assert numbers(append(desk.open(), desk.assignment("1"))) == [2]
    assert desk.path.with_name("acme.jsonl.lock").exists()


def test_who_waits_long_enough_gets_the_turn(desk: Desk) -> None:
    desk.founded()
    patient = JsonlLedger(desk.path, desk.world, desk.seen, patience=60)
    with program("holding_process.py", desk.path, desk.seen) as holder:
        assert line_of(holder) == "held"
        assert holder.stdin is not None
        holder.stdin.close()
        assert numbers(append(patient, desk.assignment("1"))) == [2]
