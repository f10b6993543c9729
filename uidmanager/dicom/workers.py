"""Processes that read files: as many as there is work for. One that is killed, or hangs, costs one file and no more.

A worker has one batch at a time. When it ends, the files of its batch that were not answered are tried again one by
one, and the one at which a worker ends again is told as the cause.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from contextlib import contextmanager, suppress
from multiprocessing import connection as connections
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final, Self

from msgspec import Struct

from uidmanager.core.errors import UidManagerError
from uidmanager.dicom.serving import Answered, Job, answers_in, encoded, serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
_LISTEN_S: Final = 0.5
_STARTING_S: Final = 60.0
PATIENCE_S: Final = 120.0
"""How long a worker may be silent over one file."""

_JOBS_OF_A_WORKER: Final = 200
_MOST: Final = 9


class WorkersFailedError(UidManagerError):
    """No process that reads files can be started."""

    code = "scan.no_workers"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"No process that reads files could be started ({reason}). Nothing was scanned; close other programs and "
            "try again."
        )


class Ended(Struct, frozen=True):
    """That a worker ended over a job; ``why`` is a sentence. Nothing more is answered of it."""

    why: str


Told = tuple[Job, Answered | Ended]


class _Worker:
    """One process, its end of the pipe, and the jobs it has not answered yet."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), daemon=True)
        with _without_interrupts():
            self.process.start()
        theirs.close()
        self.jobs: dict[int, Job] = {}
        self.begun: set[int] = set()
        self.is_ready = False
        self.heard = time.monotonic()

    def give(self, jobs: list[Job]) -> None:
        """Have a batch done."""
        self.jobs = {job.number: job for job in jobs}
        self.begun = set()
        self.heard = time.monotonic()
        with suppress(OSError):  # it has ended, which is noticed when it is listened to
            self.connection.send_bytes(encoded(jobs))

    def take(self) -> list[Told]:
        """What it has answered. Raises `EOFError` or `OSError` once it has ended."""
        answers = answers_in(self.connection.recv_bytes())
        self.heard = time.monotonic()
        self.is_ready = True
        told: list[Told] = [(self.jobs[answer.number], answer) for answer in answers]
        for answer in answers:
            self.begun.add(answer.number)
            if answer.is_last:
                del self.jobs[answer.number]
        return told

    def end(self) -> None:
        """End it, whatever it does, and leave nothing behind."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


class Workers:
    """Does jobs in any order; to be used in a ``with``, at whose end no process is left."""

    def __init__(self, jobs: Iterable[Job], count: int, *, batch: int = 64, patience: float = PATIENCE_S) -> None:
        self._jobs = iter(jobs)
        self._again: deque[Job] = deque()
        self._batch = batch
        self._patience = patience
        self._workers: list[_Worker] = []
        self._count = count

    def __enter__(self) -> Self:
        """Start them."""
        try:
            for _ in range(self._count):
                self._workers.append(_Worker())
        except OSError as failed:
            self.__exit__()
            raise WorkersFailedError(failed.strerror or str(failed)) from failed
        return self

    def __exit__(self, *_exception: object) -> None:
        """End them."""
        while self._workers:
            self._workers.pop().end()

    def answers(self) -> Iterator[list[Told]]:
        """All answers as they come; an empty list when none came for half a second, so that others get their turn.

        Raises `WorkersFailedError`.
        """
        for worker in self._workers:
            self._feed(worker)
        while busy := [worker for worker in self._workers if worker.jobs]:
            heard = connections.wait([worker.connection for worker in busy], _LISTEN_S)
            if not heard:
                yield []
            for worker in busy:
                if worker.connection in heard:
                    yield self._heard(worker)
                elif time.monotonic() - worker.heard > (self._patience if worker.is_ready else _STARTING_S):
                    yield self._replaced(worker, "Reading it took too long.")

    def _heard(self, worker: _Worker) -> list[Told]:
        try:
            answers = worker.take()
        except (EOFError, OSError):
            return self._replaced(worker, "Reading it ended the process that read it.")
        if not worker.jobs:
            self._feed(worker)
        return answers

    def _replaced(self, worker: _Worker, why: str) -> list[Told]:
        """Another worker in the place of one that has ended; what it had is tried again or told."""
        if not worker.is_ready:
            raise WorkersFailedError("it ended at once")
        self._workers.remove(worker)
        worker.end()
        left = worker.jobs
        ended = [number for number in left if number in worker.begun or len(left) == 1]
        self._again.extend(job for number, job in left.items() if number not in ended)
        fresh = _Worker()
        self._workers.append(fresh)
        self._feed(fresh)
        return [(left[number], Ended(why)) for number in ended]

    def _feed(self, worker: _Worker) -> None:
        if self._again:
            worker.give([self._again.popleft()])
            return
        jobs = [job for _, job in zip(range(self._batch), self._jobs, strict=False)]
        if jobs:
            worker.give(jobs)
        else:
            worker.jobs = {}


def workers_for(jobs: int) -> int:
    """How many workers so many jobs are worth: one more than there are cores, so that none waits for the disk."""
    return max(1, min(jobs // _JOBS_OF_A_WORKER, (os.cpu_count() or 1) + 1, _MOST))


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started meanwhile does not hear Ctrl-C, which is for us to handle."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: Any = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
