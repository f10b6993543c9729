"""A window to be measured: opened on a ledger, driven by its fields, watched for pauses. Drawn in memory."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QAbstractItemModel, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QWidget

from uidmanager.bootstrap import make_desk
from uidmanager.gui.app import Dresser
from uidmanager.gui.main_window import MainWindow, WindowState

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_WAIT_S: Final = 120
_QUIET_S: Final = 0.3
_SETTLED_S: Final = 1.0
Child = TypeVar("Child", bound=QWidget)


class Pulse(QObject):
    """Beats every millisecond while the window is not at work, and so knows for how long it was."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self.begin()

    def begin(self) -> None:
        """Forget what was before."""
        self._last, self._last_work = time.perf_counter(), time.thread_time()
        self._longest = self._longest_work = 0.0

    @property
    def longest(self) -> float:
        """The longest pause in seconds: what the window did, and what it waited for others on this computer."""
        self._beat()
        return self._longest

    @property
    def longest_work(self) -> float:
        """The longest that the window's own thread worked without a pause, in seconds of the processor."""
        self._beat()
        return self._longest_work

    @Slot()
    def _beat(self) -> None:
        now, work = time.perf_counter(), time.thread_time()
        self._longest = max(self._longest, now - self._last)
        self._longest_work = max(self._longest_work, work - self._last_work)
        self._last, self._last_work = now, work


class Watched:
    """A window on a ledger, at rest, with all installations in its table."""

    def __init__(self, ledger: str, size: int) -> None:
        found = QApplication.instance()
        self.app = found if isinstance(found, QApplication) else QApplication([])
        self.dresser = Dresser(self.app, WindowState())
        self.pulse = Pulse()
        self.window = MainWindow(make_desk(), WindowState())
        self.window.resize(1280, 800)
        self.window.show()
        self.app.processEvents()
        self.pulse.begin()
        begun = time.perf_counter()
        self.window.open_ledger(ledger)
        self.wait(lambda: self.window.view is not None and self.model.rowCount() >= size)
        self.filled_s = time.perf_counter() - begun
        self.pause_s, self.work_s = self.pulse.longest, self.pulse.longest_work
        self.idle(_SETTLED_S)

    @property
    def table(self) -> QTableView:
        """The table of installations."""
        return self.child(QTableView, "installations_table")

    @property
    def model(self) -> QAbstractItemModel:
        """What the table shows."""
        return self.table.model()

    @property
    def page(self) -> QWidget:
        """The page of installations."""
        return self.child(QWidget, "installations_page")

    @property
    def filter_edit(self) -> QLineEdit:
        """The filter above the table."""
        return self.child(QLineEdit, "filter_edit", self.page)

    @property
    def count(self) -> str:
        """How many rows are shown, as the line above the table says it."""
        return self.child(QLabel, "filter_count", self.page).text()

    def child(self, kind: type[Child], name: str, within: QWidget | None = None) -> Child:
        """A part of the window by its name. Raises `LookupError`."""
        for found in (within or self.window).findChildren(kind, name):
            return found
        raise LookupError(f"the window has no {name}")

    def wait(self, condition: Callable[[], bool], patience_s: float = LONGEST_WAIT_S) -> None:
        """Let the window work until something holds. Raises `TimeoutError`."""
        until = time.perf_counter() + patience_s
        while not condition():
            # It sleeps between two beats, as a window does: to spin would keep Python from those who work behind it.
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > until:
                raise TimeoutError("the window did not come to it")

    def idle(self, seconds: float) -> None:
        """Let the window do what it still has to do."""
        QTest.qWait(round(1000 * seconds))

    def timed(self, work: Callable[[], object]) -> float:
        """Seconds until the work is done and the table is painted."""
        begun = time.perf_counter()
        work()
        self.paint()
        return time.perf_counter() - begun

    def settled(self, work: Callable[[], object]) -> float:
        """Seconds until the table changed for the last time, and was painted, after this work."""
        changes: list[float] = []

        def changed() -> None:
            changes.append(time.perf_counter())

        model = self.model
        signals = (model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved)
        for signal in signals:
            signal.connect(changed)
        begun = time.perf_counter()
        work()
        self.wait(lambda: time.perf_counter() - max(begun, *changes, begun) > _QUIET_S)
        for signal in signals:
            signal.disconnect(changed)
        return max(begun, *changes, begun) - begun + self.timed(lambda: None)

    def paint(self) -> None:
        """Paint the table now."""
        self.table.viewport().repaint()
        self.table.horizontalHeader().viewport().repaint()

    def scroll(self) -> None:
        """Turn the wheel by a notch over the table."""
        viewport = self.table.viewport()
        place = QPointF(viewport.rect().center())
        wheel = QWheelEvent(
            place,
            QPointF(viewport.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, wheel)

    def assign(self, serial: str) -> float:
        """Seconds from Enter in the serial's field until the new row is in the table, on the disk before that."""
        rows = self.model.rowCount()
        edit = self.child(QLineEdit, "serial_edit")
        edit.setText(serial)
        begun = time.perf_counter()
        QTest.keyClick(edit, Qt.Key.Key_Return)
        self.wait(lambda: self.model.rowCount() > rows)
        self.paint()
        return time.perf_counter() - begun

    def close(self) -> None:
        """Close the window; what runs behind it comes to its end."""
        self.window.close()
        self.app.processEvents()
