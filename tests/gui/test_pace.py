"""Who typed that: a scanner or a person."""

from __future__ import annotations

import pytest

from uidmanager.gui.widgets.pace import Pace


def is_scan(*gaps: int, end: int) -> bool:
    """Whether characters with these gaps between them, and a key so long after the last, come from a scanner."""
    pace, at = Pace(), 1000
    pace.note(at)
    for gap in gaps:
        at += gap
        pace.note(at)
    return pace.is_scan(at + end)


@pytest.mark.parametrize(
    ("gaps", "end"),
    [
        pytest.param((1,) * 5, 1, id="a fast one"),
        pytest.param((20,) * 20, 20, id="a slow one"),
        pytest.param((0,) * 5, 0, id="all at once"),
        pytest.param((1, 1, 90, 1, 1, 1), 1, id="one key was kept waiting"),
        pytest.param((1,) * 5, 120, id="the last one was"),
    ],
)
def test_a_scanner(gaps: tuple[int, ...], end: int) -> None:
    assert is_scan(*gaps, end=end)


@pytest.mark.parametrize(
    ("gaps", "end"),
    [
        pytest.param((60,) * 10, 60, id="a very quick person"),
        pytest.param((110,) * 10, 110, id="a quick person"),
        pytest.param((20, 120, 25, 110, 20, 130), 20, id="a person who rolls over the keys"),
        pytest.param((1, 1), 1, id="three characters tell nothing"),
        pytest.param((1,) * 5, 200, id="a person ends what a scanner began"),
        pytest.param((1, 1, 1, 400, 1, 1), 1, id="the run begins anew after a pause"),
        pytest.param((-5, -5, -5, -5), 1, id="times that go back"),
    ],
)
def test_a_person(gaps: tuple[int, ...], end: int) -> None:
    assert not is_scan(*gaps, end=end)


def test_a_key_that_is_held_down_is_no_scanner_one_that_is_pressed_again_may_be() -> None:
    for gap, pressed_again in ((2, True), (30, False)):
        pace = Pace()
        for number in range(8):
            pace.note(1000 + gap * number, is_repeat=number > 0)
        assert pace.is_scan(1000 + gap * 8) is pressed_again


def test_keys_without_a_time_are_no_scanners() -> None:
    pace = Pace()
    assert not any(pace.note(0) for _ in range(10))
    assert not pace.is_scan(0)
