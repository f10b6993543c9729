from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from uidmanager.core.scanning.facts import Facts
from uidmanager.dicom import serving, workers
from uidmanager.dicom.serving import Answered, Job, answers_in, encoded, serve
from uidmanager.dicom.workers import Ended, Workers, WorkersFailedError, workers_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

KILLER, SLEEPER, PARTER, GLUTTON = "killer", "sleeper", "parter", "glutton"


def _read(path: str) -> Iterator[Facts]:
    """What stands for reading a file in these workers: by its name it ends the process, never ends, or answers."""
    name = Path(path).name
    if name == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    if name == SLEEPER:
        threading.Event().wait()
    if name == GLUTTON:
        name = _asking_for(serving.MOST_MEMORY + 1)
    yield Facts(manufacturer=name)
    if name == PARTER:
        yield from (Facts(manufacturer=name) for _ in range(600))
        os.kill(os.getpid(), signal.SIGKILL)


def _asking_for(count: int) -> str:
    try:
        return f"{len(bytearray(count))} bytes were given"
    except MemoryError:
        return "refused"


def serve_oddly(connection: Connection) -> None:
    with patch.object(serving, "read_file", _read):
        serve(connection)


def serve_nothing(_connection: Connection) -> None:
    """Ends before it is ready."""


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "serve", serve_oddly)


def jobs(*names: str) -> list[Job]:
    return [Job(number, os.fsencode(name)) for number, name in enumerate(names, 1)]


def told(work: Workers) -> dict[int, list[str]]:
    """By each job's number the names answered, and why it ended if it did."""
    found: dict[int, list[str]] = {}
    with work:
        for answers in work.answers():
            for job, each in answers:
                text = each.why if isinstance(each, Ended) else (each.facts or Facts()).manufacturer
                found.setdefault(job.number, []).append(text)
    return found


def test_every_job_is_answered_once(odd: None) -> None:
    names = [f"file-{n}" for n in range(150)]
    assert told(Workers(jobs(*names), 3, batch=16)) == {n: [name] for n, name in enumerate(names, 1)}
    assert not multiprocessing.active_children()


def test_a_worker_that_is_killed_costs_one_file(odd: None) -> None:
    names = ["a", "b", KILLER, "c", KILLER, "d", "e"]
    found = told(Workers(jobs(*names), 2, batch=4))
    ended = "Reading it ended the process that read it."
    assert found == {n: [ended if name == KILLER else name] for n, name in enumerate(names, 1)}
    assert not multiprocessing.active_children()


def test_a_worker_that_hangs_costs_one_file(odd: None) -> None:
    found = told(Workers(jobs("a", SLEEPER, "b"), 1, batch=3, patience=0.2))
    assert found == {1: ["a"], 2: ["Reading it took too long."], 3: ["b"]}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps processes to a limit of memory")
def test_a_worker_is_given_no_more_memory_than_a_file_is_worth(odd: None) -> None:
    assert told(Workers(jobs(GLUTTON), 1)) == {1: ["refused"]}


def test_what_was_answered_of_an_archive_before_the_end_is_not_answered_again(odd: None) -> None:
    found = told(Workers(jobs("a", PARTER, "b"), 1, batch=3))
    assert (found[1], found[3]) == (["a"], ["b"])
    assert found[2][-1] == "Reading it ended the process that read it."
    assert found[2].count(PARTER) in range(256, 601)


def test_stopping_half_way_leaves_no_process(odd: None) -> None:
    work = Workers(jobs("a", SLEEPER, *"bcdefgh"), 3, batch=1)
    with suppress(KeyboardInterrupt), work:
        next(work.answers())
        raise KeyboardInterrupt
    assert not multiprocessing.active_children()


def test_a_worker_that_hangs_ends_with_whoever_started_it() -> None:
    code = f"""
import os, sys
from tests.dicom.test_workers import jobs, serve_oddly, SLEEPER
from uidmanager.dicom import workers
if __name__ == "__main__":
    workers.serve = serve_oddly
    with workers.Workers(jobs("a", SLEEPER), 1, batch=1) as work:
        told = work.answers()
        while not any(next(told)):
            pass
        next(told)
        print(work._workers[0].process.pid, flush=True)
        os.kill(os.getpid(), {int(signal.SIGKILL)})
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    script = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    with script:
        # The worker has the other end of this pipe as well, which is at its end when both are gone.
        said, _ = script.communicate(timeout=60)
    assert int(said)
    assert script.returncode == -signal.SIGKILL


def test_from_another_thread_it_works_as_well(odd: None) -> None:
    found: list[dict[int, list[str]]] = []
    thread = threading.Thread(target=lambda: found.append(told(Workers(jobs("a", "b"), 2))))
    thread.start()
    thread.join()
    assert found == [{1: ["a"], 2: ["b"]}]


def test_workers_that_cannot_even_begin_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "serve", serve_nothing)
    with pytest.raises(WorkersFailedError):
        told(Workers(jobs("a"), 1))
    assert not multiprocessing.active_children()


def test_a_system_that_starts_no_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    whole = workers._Worker

    def one_only() -> workers._Worker:
        made.append(1)
        if len(made) > 1:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return whole()

    monkeypatch.setattr(workers, "_Worker", one_only)
    with pytest.raises(WorkersFailedError, match="Resource temporarily unavailable"):
        Workers(jobs("a"), 2).__enter__()
    assert not multiprocessing.active_children()


def test_how_many_workers_jobs_are_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert [workers_for(n) for n in (0, 1, 399, 400, 1000, 10**6)] == [1, 1, 1, 2, 5, 5]
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    assert workers_for(10**6) == 9


class Pipe:
    """An end of a pipe in this process: what is to be received, and what was sent."""

    def __init__(self, *batches: list[Job]) -> None:
        self.left = [encoded(batch) for batch in batches]
        self.sent: list[list[Answered]] = []

    def recv_bytes(self) -> bytes:
        if not self.left:
            raise EOFError
        return self.left.pop(0)

    def send_bytes(self, content: bytes) -> None:
        self.sent.append(answers_in(content))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[[Pipe], None]:
    """The loop of a worker in this process, which keeps its own rules on memory and signals."""
    monkeypatch.setattr("signal.signal", lambda *_arguments: None)
    monkeypatch.setattr(serving, "_limit_memory", lambda: None)
    return serve  # type: ignore[return-value]


def test_a_worker_says_it_is_ready_and_ends_when_nobody_asks(here: Callable[[Pipe], None]) -> None:
    pipe = Pipe()
    here(pipe)
    assert pipe.sent == [[]]


def test_a_fault_of_ours_over_one_file_does_not_cost_the_others(
    here: Callable[[Pipe], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: str) -> Iterator[Facts]:
        if path == "b":
            raise ZeroDivisionError
        yield Facts(manufacturer=path)

    monkeypatch.setattr(serving, "read_file", fail)
    pipe = Pipe(jobs("a", "b", "c"))
    here(pipe)
    answers = [answer for batch in pipe.sent for answer in batch]
    assert [answer.facts.outcome.value for answer in answers if answer.facts] == ["dicom", "unreadable", "dicom"]
    assert all(answer.is_last for answer in answers)


def test_hashes_are_answered_by_member(here: Callable[[Pipe], None], tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"anything")
    pipe = Pipe([Job(1, os.fsencode(file), (-1,)), Job(2, b"/nowhere", (3, 4))])
    here(pipe)
    found = [(each.number, each.member, each.hash is None, each.is_last) for each in pipe.sent[-1]]
    assert found == [(1, -1, False, True), (2, 3, True, False), (2, 4, True, True)]
