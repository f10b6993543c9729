"""The application: Qt is started, the window is shown, and a fault of ours is told calmly, from whatever thread."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

import uidmanager
from uidmanager import settings
from uidmanager.app.ports import no_note
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.main_window.fault_report import report_of
from uidmanager.gui.theme import Appearance, apply_theme

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from uidmanager.app.ports import Desk, FaultNote

_HEARTBEAT_MS = 200  # Python acts on a signal only while it runs


class FaultHook(QObject):
    """Takes exceptions that nobody caught and hands them to the GUI's thread.

    Signals:
        caught(BaseException, FaultReport): the exception, and what can be sent to us
    """

    caught = Signal(object, object)

    def __init__(self, note_fault: FaultNote = no_note) -> None:
        super().__init__()
        self._note_fault = note_fault

    def install(self) -> None:
        """From now on, until `remove`."""
        sys.excepthook = self._from_anywhere
        threading.excepthook = self._from_thread

    def remove(self) -> None:
        """Leave uncaught exceptions to Python again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _from_anywhere(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, /) -> None:
        log_file = self._note_fault(error)  # here and now: the window may be what has the fault
        if sys.stderr is not None:  # a program without a console has none
            with suppress(OSError, ValueError):
                sys.stderr.write("".join(traceback.format_exception(kind, error, trace)))
        self.caught.emit(error, report_of(error, log_file))

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._from_anywhere(args.exc_type, args.exc_value, args.exc_traceback)


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


def run_window(desk: Desk, ledger: str | None, note_fault: FaultNote = no_note) -> int:
    """Show the window on a ledger, or on the one last used; answers the exit code once it is closed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0]])
    app.setApplicationName("UID Manager")
    app.setApplicationVersion(uidmanager.__version__)
    app.setDesktopFileName("uidmanager")
    state = WindowState()
    dresser = Dresser(app, state)
    window = MainWindow(desk, state, note_fault)
    window.appearance_chosen.connect(dresser.choose)
    hook = FaultHook(note_fault)
    hook.caught.connect(window.tell_fault)
    hook.install()
    Interruption(window)
    window.show()
    begin(window, ledger)
    try:
        return app.exec()
    finally:
        window.close()
        hook.remove()


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
