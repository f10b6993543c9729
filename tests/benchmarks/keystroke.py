"""A key in the serial's field, until everything that it changes is painted: with few installations and with all."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.benchmarks.preview import FEW
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import MS, Finding, Goal, alternating
from tests.benchmarks.windows import Watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.setting import Setting
    from tests.benchmarks.stations import Place

_ROUNDS: Final = 20
_KEYS: Final = 8
_FRAME_MS: Final = 1000 / 60


def measure(setting: Setting) -> list[Finding]:
    """The median and the worst."""
    place, runs = setting.place, min(3, setting.runs)
    many, few = alternating(runs, _job(place, setting.rows), _job(place, FEW))
    rival = f"with {FEW} installations"
    return [
        Finding("key to painted", "ms", many["key"], rival, few["key"], Goal(_FRAME_MS), runs),
        Finding("key to painted, worst", "ms", many["worst"], rival, few["worst"], None, runs),
    ]


def _job(place: Place, size: int) -> Callable[[], Figures]:
    ledger, home = place.data(size).ledger, place.settled_home(size)
    return lambda: measured(ours, home, ledger=ledger, size=size)


def ours(ledger: str, size: int) -> Figures:
    """In milliseconds."""
    watched = Watched(ledger, size)
    serial = watched.child(QLineEdit, "serial_edit")
    taken = []

    def key() -> None:
        QTest.keyClick(serial, Qt.Key.Key_7)
        watched.window.repaint()
        watched.app.processEvents()

    for _ in range(_ROUNDS):
        serial.clear()
        watched.app.processEvents()
        taken += [watched.timed(key) for _ in range(_KEYS)]
    watched.close()
    return {"key": MS * statistics.median(taken), "worst": MS * max(taken)}
