"""A fault of ours that nobody caught, on whatever thread, is kept and handed to the window."""

from __future__ import annotations

import sys
import threading
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from uidmanager.app.ports import no_note
from uidmanager.gui.main_window.fault_report import report_of

if TYPE_CHECKING:
    from types import TracebackType

    from uidmanager.app.ports import FaultNote


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
