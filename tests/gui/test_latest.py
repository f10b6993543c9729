"""Of several pieces of work only the last one counts."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from uidmanager.gui.jobs import Jobs, Latest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Progress


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def fail(error: Exception) -> None:
    raise error


def test_only_the_last_is_told_of(qtbot: QtBot, jobs: Jobs) -> None:
    may_go_on = Event()
    told: list[int] = []
    latest = Latest(jobs)

    def slow(_progress: Progress) -> int:  # never asks whether it is still wanted
        may_go_on.wait(10)
        return 1

    latest.start(slow, told.append, fail)
    latest.start(lambda _progress: 2, told.append, fail)
    assert latest.is_busy
    may_go_on.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert told == [2]
    assert not latest.is_busy


def test_what_is_stopped_is_not_told_of_at_all(qtbot: QtBot, jobs: Jobs) -> None:
    latest = Latest(jobs)

    def endless(progress: Progress) -> int:
        while True:
            progress("", 0.5)

    latest.start(endless, lambda _number: pytest.fail("told"), fail)
    latest.stop()
    latest.stop()
    qtbot.waitUntil(lambda: not jobs.is_busy)


def test_a_failure_is_told(qtbot: QtBot, jobs: Jobs) -> None:
    errors: list[Exception] = []
    latest = Latest(jobs)
    latest.start(lambda _progress: 1 // 0, lambda _number: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_a_fault_in_work_that_is_not_wanted_any_more_is_raised(qtbot: QtBot, jobs: Jobs) -> None:
    latest = Latest(jobs)
    with qtbot.captureExceptions() as raised:
        latest.start(lambda _progress: 1 // 0, lambda _number: None, fail)
        latest.stop()
        qtbot.waitUntil(lambda: not jobs.is_busy)
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]
