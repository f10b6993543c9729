"""A scan while a dialog is open: its Enter presses no button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from uidmanager.core.errors import Severity
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.scan_watch import ScanWatch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SENTENCE = "That looks like a scan, so its Enter pressed no button here. Press Enter yourself if it was meant."


class ScansInDialogs(QObject):
    """Keeps the key that ends a scan from whatever dialog has the focus, and says so in it, and across the foot.

    Signals:
        told(str): a sentence that says what happened
    """

    told = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watch = ScanWatch(_is_in_dialog, self)
        self._watch.strayed.connect(self._tell)

    @Slot(str)
    def _tell(self, _scan: str) -> None:
        widget = self._watch.watched
        problems = widget.window().findChild(ProblemList) if widget is not None else None
        if isinstance(problems, ProblemList):
            problems.show_sentence(_SENTENCE, Severity.NOTICE)
        self.told.emit(_SENTENCE)


def _is_in_dialog(widget: QWidget) -> bool:
    return isinstance(widget.window(), QDialog)
