"""Garbage that holds widgets is collected on the GUI's thread, whatever runs behind the window."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

from uidmanager.gui.jobs import Jobs

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Progress


class Cycle:
    """Garbage as a closed page leaves it; it notes the thread on which it is collected."""

    collected: list[threading.Thread]

    def __init__(self, collected: list[threading.Thread]) -> None:
        self.collected = collected
        self.me = self

    def __del__(self) -> None:
        self.collected.append(threading.current_thread())


def hard_work(_progress: Progress) -> int:
    """Makes so many containers that the collector would run many times."""
    return len([[number] for number in range(200_000)])


def test_work_behind_the_window_collects_nothing(qtbot: QtBot) -> None:
    jobs = Jobs()
    collected: list[threading.Thread] = []
    for _ in range(5):
        Cycle(collected)
        jobs.start(hard_work, lambda _count: None, lambda _error: None)
        assert not gc.isenabled()
        qtbot.waitUntil(lambda: not jobs.is_busy)
        assert gc.isenabled()
    gc.collect()
    jobs.close()
    assert len(collected) == 5
    assert set(collected) == {threading.main_thread()}


def test_closing_in_the_midst_lets_the_collector_go_on(qtbot: QtBot) -> None:
    jobs, others = Jobs(), Jobs()
    others.start(hard_work, lambda _count: None, lambda _error: None)
    jobs.start(hard_work, lambda _count: None, lambda _error: None)
    jobs.close()
    jobs.close()
    qtbot.waitUntil(lambda: not others.is_busy)
    others.close()
    assert gc.isenabled()


def test_a_failure_lets_the_collector_go_on(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.start(lambda _progress: 1 // 0, lambda _count: None, lambda _error: None)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    jobs.close()
    assert gc.isenabled()
