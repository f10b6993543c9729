"""Work on the GUI's own thread, a few milliseconds at a time, whenever the window has nothing else to do."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TURN_S: Final = 0.004


class Turns(QObject):
    """Goes through the steps of one piece of work. Unlike `Jobs` it needs no other thread, so nothing need hold still.

    A step must be short: the window waits for it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[Any] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether there is more to do."""
        return self._steps is not None

    def start(self, steps: Iterator[Any]) -> None:
        """Do this instead of what was begun before it."""
        self._steps = steps
        self._timer.start()

    def stop(self) -> None:
        """Do no more of it."""
        self._timer.stop()
        self._steps = None

    def finish(self) -> None:
        """Do all that is left, now."""
        self._do(lambda: False)

    @Slot()
    def _go_on(self) -> None:
        until = perf_counter() + TURN_S
        self._do(lambda: perf_counter() > until)

    def _do(self, is_enough: Callable[[], bool]) -> None:
        """Step by step. A step may begin other work, or end this."""
        steps = self._steps
        while steps is not None and steps is self._steps:
            try:
                next(steps)
            except StopIteration:
                if steps is self._steps:
                    self.stop()
            except Exception:
                self.stop()
                raise
            if is_enough():
                return
