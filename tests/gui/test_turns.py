"""Work in turns: step by step on the window's own thread, dropped or finished at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from uidmanager.gui import turns
from uidmanager.gui.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def turn(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Turns:
    """Each turn is one step long."""
    monkeypatch.setattr(turns, "TURN_S", -1.0)
    return Turns()


def counting(seen: list[int], end: int) -> Iterator[None]:
    for number in range(end):
        seen.append(number)
        yield


def test_nothing_is_done_before_the_window_has_time(turn: Turns, qtbot: QtBot) -> None:
    seen: list[int] = []
    turn.start(counting(seen, 3))
    assert (seen, turn.is_busy) == ([], True)
    QApplication.processEvents()
    assert seen == [0]
    qtbot.waitUntil(lambda: not turn.is_busy)
    assert seen == [0, 1, 2]


def test_work_is_dropped_for_other_work_and_finished_at_once_when_that_is_asked(turn: Turns) -> None:
    first, second = list[int](), list[int]()
    turn.start(counting(first, 3))
    QApplication.processEvents()
    turn.start(counting(second, 3))
    turn.finish()
    assert (first, second, turn.is_busy) == ([0], [0, 1, 2], False)
    turn.finish()
    turn.start(counting(first, 3))
    turn.stop()
    QApplication.processEvents()
    assert first == [0]


def test_a_step_may_end_its_own_work_or_begin_another(turn: Turns) -> None:
    seen: list[int] = []

    def handing_over() -> Iterator[None]:
        turn.start(counting(seen, 2))
        yield
        raise AssertionError("not gone on with")

    turn.start(handing_over())
    turn.finish()
    assert (seen, turn.is_busy) == ([], True)
    turn.finish()
    assert (seen, turn.is_busy) == ([0, 1], False)


def test_work_that_fails_is_over(turn: Turns) -> None:
    def failing() -> Iterator[None]:
        yield
        raise ZeroDivisionError

    turn.start(failing())
    with pytest.raises(ZeroDivisionError):
        turn.finish()
    assert not turn.is_busy
