"""The application: Qt is started, the window is painted, and only then is loaded what goes into it."""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

import uidmanager
from uidmanager import settings
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.theme import Appearance, apply_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from uidmanager.app.ports import Desk, FaultNote
    from uidmanager.gui.fault_hook import FaultHook

    Furniture = Callable[[], tuple[Desk, FaultNote]]

_HEARTBEAT_MS: Final = 200  # Python acts on a signal only while it runs
_PATIENCE_MS: Final = 400
_PARTS: Final = ("widgets.problem_list", "tables.record_table", "pages.welcome", "pages.installations", "pages.history")


class Interruption(QObject):
    """Closes the window when the terminal says Ctrl+C, or the system asks the program to end.

    The signal is only noted, and acted on at the next heartbeat: it may come in the midst of anything, and an exception
    that is raised while Qt waits for an answer ends the program hard.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_asked = False
        self._heartbeat = QTimer(self, interval=_HEARTBEAT_MS)
        self._heartbeat.timeout.connect(self._look)
        self._heartbeat.start()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._is_asked = True

    @Slot()
    def _look(self) -> None:
        if self._is_asked:
            self._is_asked = False
            self._window.close()


class Dresser(QObject):
    """Keeps the application in the appearance that is wanted, whatever the system does."""

    def __init__(self, app: QApplication, state: WindowState) -> None:
        super().__init__(app)
        self._app = app
        self._state = state
        app.styleHints().colorSchemeChanged.connect(self.dress)
        self.dress()

    @Slot()
    def dress(self) -> None:
        """Look at what is wanted and put it on."""
        apply_theme(self._app, self._state.appearance)

    @Slot(object)
    def choose(self, appearance: Appearance) -> None:
        """The user wants another appearance, from now on."""
        self._state.appearance = appearance
        self.dress()


class Furnishing(QObject):
    """Fills a window once it is painted, in steps, so that between them it can be moved and closed.

    A window that nobody sees yet is filled after a moment as well. ``fault`` is what went wrong, and ends the program.

    Signals:
        done(): the window is filled
    """

    done = Signal()

    def __init__(self, window: MainWindow, furniture: Furniture, ledger: str | None) -> None:
        super().__init__(window)
        self.fault: Exception | None = None
        self._window = window
        self._hook: FaultHook | None = None
        self._steps = self._fill(furniture, ledger)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._turn.start)
        self._patience.start()
        window.painted.connect(self._turn.start)

    def end(self) -> None:
        """Leave uncaught exceptions to Python again."""
        if self._hook is not None:
            self._hook.remove()

    @Slot()
    def _go_on(self) -> None:
        self._patience.stop()
        if not self._window.isVisible():  # closed meanwhile
            self._turn.stop()
            return
        try:
            next(self._steps)
        except StopIteration:
            self._turn.stop()
            self.done.emit()
        except Exception as fault:  # noqa: BLE001 (Qt would print it and leave an empty window)
            self._turn.stop()
            self.fault = fault
            QApplication.exit(1)

    def _fill(self, furniture: Furniture, ledger: str | None) -> Iterator[None]:
        """Load what the window needs, a part at a time, put it in, and open the ledger."""
        desk, note_fault = furniture()
        yield
        for part in _PARTS:
            import_module(f"uidmanager.gui.{part}")
            yield
        from uidmanager.gui.fault_hook import FaultHook  # noqa: PLC0415 (loaded once the window is painted)

        self._window.furnish(desk, note_fault)
        self._hook = FaultHook(note_fault)
        self._hook.caught.connect(self._window.tell_fault)
        self._hook.install()
        yield
        begin(self._window, ledger)


def run_window(furniture: Furniture, ledger: str | None) -> int:
    """Show the window on a ledger, or on the one last used; answers the exit code once it is closed.

    ``furniture`` is asked for the desk, and for what keeps faults, once the window is painted.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0]])
    app.setApplicationName("UID Manager")
    app.setApplicationVersion(uidmanager.__version__)
    app.setDesktopFileName("uidmanager")
    state = WindowState()
    dresser = Dresser(app, state)
    window = MainWindow(None, state)
    window.appearance_chosen.connect(dresser.choose)
    Interruption(window)
    furnishing = Furnishing(window, furniture, ledger)
    window.show()
    try:
        code = app.exec()
    finally:
        window.close()
        furnishing.end()
    if furnishing.fault is not None:
        raise furnishing.fault
    return code


def begin(window: MainWindow, ledger: str | None) -> None:
    """Open the ledger that is meant: the one named, else the one last used, else the user's own; else say welcome."""
    recent = settings.read_preferences().recent
    own = settings.default_ledger()
    if ledger is not None:
        window.open_ledger(ledger)
    elif recent:
        window.open_ledger(recent[0])
    elif own.exists():
        window.open_ledger(str(own))
    else:
        window.show_welcome()
