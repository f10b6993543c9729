"""Slow work off the GUI's thread, one piece after the other, its outcome handed back on the GUI's thread."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from uidmanager.core.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Progress

Result = TypeVar("Result")
_HAND_OVER_S: Final = 0.001


class _Cleaning:
    """Keeps Python's cyclic garbage collector off other threads: one that destroys a widget there ends the program.

    It rests while any work is under way, and goes on afterwards; all of this is told on the GUI's thread.
    """

    def __init__(self) -> None:
        self._works = 0

    def pause(self) -> None:
        """A piece of work begins."""
        if not self._works:
            gc.disable()
        self._works += 1

    def resume(self, ended: int = 1) -> None:
        """Pieces of work have ended."""
        self._works -= ended
        if ended and not self._works:
            gc.collect(0)  # what piled up is looked at here; the other thread may still be about to fall asleep
            gc.enable()


_cleaning: Final = _Cleaning()


class Job(Generic[Result]):
    """One piece of work and whom to tell. A plain object: nothing of Qt is owned by the other thread."""

    def __init__(
        self,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        progressed: Callable[[str, float], None] | None,
    ) -> None:
        self.work = work
        self.done = done
        self.failed = failed
        self.progressed = progressed
        self.is_cancelled = False
        self.result: Result | None = None
        self.error: Exception | None = None

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next report of progress and fails with `CancelledError`."""
        self.is_cancelled = True


class Jobs(QObject):
    """Runs jobs on one thread of its own, in the order they were started.

    ``is_patient``: it begins only when the window has nothing else to do. Two threads of Python are each much slower
    than one, so that work begun while pages are made and drawn would hold that up.
    """

    _settled = Signal(object)
    _reported = Signal(object, str, float)

    def __init__(self, parent: QObject | None = None, *, is_patient: bool = False) -> None:
        super().__init__(parent)
        # A thread keeps Python for as long before another one has its turn. At the usual five milliseconds the window
        # would miss a frame whenever a job is at work.
        sys.setswitchinterval(_HAND_OVER_S)
        self._is_patient = is_patient
        self._waiting: list[Job[Any]] = []
        self._beginning = QTimer(self, singleShot=True, interval=0)
        self._beginning.timeout.connect(self._begin)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._under_way: list[Job[Any]] = []
        self._is_closed = False
        self._settled.connect(self._settle)
        self._reported.connect(self._report)

    def start(
        self,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        progressed: Callable[[str, float], None] | None = None,
    ) -> Job[Result]:
        """Run ``work`` behind the window; then, on the GUI's thread, ``done`` with its result or ``failed``."""
        job = Job(work, done, failed, progressed)
        self._under_way.append(job)
        _cleaning.pause()
        self._waiting.append(job)
        if self._is_patient:
            self._beginning.start()
        else:
            self._begin()
        return job

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way or waiting."""
        return bool(self._under_way)

    def close(self) -> None:
        """Ask all work to stop and wait until it has; nobody is told any more."""
        self._is_closed = True
        self._beginning.stop()
        for job in self._under_way:
            job.cancel()
        self._executor.shutdown(wait=True)
        _cleaning.resume(len(self._under_way))
        self._under_way.clear()

    @Slot()
    def _begin(self) -> None:
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self._executor.submit(self._run, job)

    def _run(self, job: Job[Any]) -> None:
        """On the other thread: do the work, touch nothing of Qt but the two signals."""

        def progress(message: str, fraction: float) -> None:
            sleep(0)  # lets the window have its turn: work in pure Python would keep it waiting otherwise
            if job.is_cancelled:
                raise CancelledError
            if job.progressed is not None:
                self._reported.emit(job, message, fraction)

        try:
            job.result = job.work(progress)
        except Exception as error:  # noqa: BLE001 (handed over to the GUI's thread, never swallowed)
            job.error = error
        self._settled.emit(job)

    @Slot(object, str, float)
    def _report(self, job: Job[Any], message: str, fraction: float) -> None:
        if job.progressed is not None and not job.is_cancelled and not self._is_closed:
            job.progressed(message, fraction)

    @Slot(object)
    def _settle(self, job: Job[Any]) -> None:
        if self._is_closed:
            return
        self._under_way.remove(job)
        _cleaning.resume()
        if job.error is not None:
            job.failed(job.error)
        else:
            job.done(job.result)


class Latest:
    """Of several pieces of work only the one that was begun last is told of; those before are stopped."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._job: Job[Any] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether the one that counts is under way or waiting."""
        return self._job is not None

    def start(
        self,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        progressed: Callable[[str, float], None] | None = None,
    ) -> None:
        """Run ``work`` behind the window instead of what was begun before it."""
        self.stop()

        def told(result: Result) -> None:
            if self._job is job:
                self._job = None
                done(result)

        def unhappy(error: Exception) -> None:
            if self._job is job:
                self._job = None
                failed(error)
            elif not isinstance(error, CancelledError):
                raise error

        job = self._jobs.start(work, told, unhappy, progressed)
        self._job = job

    def cancel(self) -> None:
        """Ask the work to stop; it fails with `CancelledError`, and that is told."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """What is under way is not wanted any more, and nobody is told of it."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
