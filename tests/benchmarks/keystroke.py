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

_ROUNDS: Final = 20
_KEYS: Final = 8
_FRAME_MS: Final = 1000 / 60


def measure(setting: Setting) -> list[Finding]:
    """The median and the worst."""
    runs = min(3, setting.runs)
    many, few = alternating(runs, _job(setting, setting.rows), _job(setting, FEW))
    rival = f"with {FEW} installations"
    return [
        Finding("key to painted", "ms", many["key"], rival, few["key"], Goal(_FRAME_MS), runs),
        Finding("key to painted, worst", "ms", many["worst"], rival, few["worst"], None, runs),
    ]


def _job(setting: Setting, size: int) -> Callable[[], Figures]:
    ledger, home = setting.place.data(size).ledger, setting.place.settled_home(size)
    return lambda: measured(ours, home, ledger=ledger, size=size, rounds=setting.rounds(_ROUNDS))


def ours(ledger: str, size: int, rounds: int) -> Figures:
    """In milliseconds."""
    watched = Watched(ledger, size)
    serial = watched.child(QLineEdit, "serial_edit")
    taken = []

    def key() -> None:
        QTest.keyClick(serial, Qt.Key.Key_7)
        watched.window.repaint()
        watched.app.processEvents()

    for _ in range(rounds):
        serial.clear()
        watched.app.processEvents()
        taken += [watched.timed(key) for _ in range(_KEYS)]
    watched.close()
    return {"key": MS * statistics.median(taken), "worst": MS * max(taken)}
