"""A scan while a dialog is open, or into a form that registers something else: its Enter presses no button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from uidmanager.core.errors import Severity
from uidmanager.gui.forms.registering import RegisteringForm
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.scan_watch import ScanWatch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SENTENCE: Final = "That looks like a scan, so its Enter pressed no button here. Press Enter yourself if it was meant."


class ScansElsewhere(QObject):
    """Keeps the key that ends a scan from a dialog or a form, and says so in it, and across the foot.

    Signals:
        told(str): a sentence that says what happened
    """

    told = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watch = ScanWatch(lambda widget: _host_of(widget) is not None, self)
        self._watch.strayed.connect(self._tell)

    @Slot(str)
    def _tell(self, _scan: str) -> None:
        widget = self._watch.watched
        host = None if widget is None else _host_of(widget)
        problems = None if host is None else host.findChild(ProblemList)
        if isinstance(problems, ProblemList):
            problems.show_sentence(_SENTENCE, Severity.NOTICE)
        self.told.emit(_SENTENCE)


def _host_of(widget: QWidget) -> QWidget | None:
    """The dialog or the form around a widget, if there is one."""
    each: QWidget | None = widget
    while each is not None and not isinstance(each, QDialog | RegisteringForm):
        each = None if each.isWindow() else each.parentWidget()
    return each
