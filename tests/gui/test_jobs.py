"""Work behind the window: in order, told on the GUI's thread, stopped when it is asked to."""

from __future__ import annotations

from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING

import pytest

from uidmanager.core.errors import CancelledError
from uidmanager.gui.jobs import Jobs, Latest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Thread

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Progress


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def unexpected(error: Exception) -> None:
    raise AssertionError(error)


def test_jobs_are_done_in_the_order_they_were_started(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[int] = []
    for number in range(20):
        jobs.start(lambda _progress, number=number: number, told.append, unexpected)  # type: ignore[misc]
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert told == list(range(20))


def test_the_work_runs_elsewhere_and_is_told_of_here(qtbot: QtBot, jobs: Jobs) -> None:
    threads: dict[str, Thread] = {}
    heard: list[tuple[str, float]] = []

    def work(progress: Progress) -> str:
        threads["work"] = current_thread()
        progress("half", 0.5)
        return "result"

    def done(result: str) -> None:
        threads[result] = current_thread()

    def progressed(message: str, fraction: float) -> None:
        threads["progressed"] = current_thread()
        heard.append((message, fraction))

    jobs.start(work, done, unexpected, progressed)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert heard == [("half", 0.5)]
    assert threads["work"] is not main_thread()
    assert threads["progressed"] is threads["result"] is main_thread()


def test_what_was_cancelled_speaks_no_more_and_fails_as_cancelled(qtbot: QtBot, jobs: Jobs) -> None:
    may_go_on = Event()
    heard: list[str] = []
    errors: list[Exception] = []

    def work(progress: Progress) -> None:
        may_go_on.wait(10)
        progress("still here", 0.5)

    job = jobs.start(work, lambda _none: None, errors.append, lambda message, _fraction: heard.append(message))
    job.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], CancelledError)
    assert heard == []


def test_cancelling_the_latest_is_told(qtbot: QtBot, jobs: Jobs) -> None:
    latest = Latest(jobs)
    errors: list[Exception] = []

    def endless(progress: Progress) -> None:
        while True:
            progress("", 0.5)

    latest.cancel()
    latest.start(endless, lambda _none: None, errors.append)
    latest.cancel()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], CancelledError)
    assert not latest.is_busy
