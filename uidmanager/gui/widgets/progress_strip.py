"""Long work, shown in the page: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.naming import named

_STEPS = 1000


class ProgressStrip(QWidget):
    """Hidden while nothing is under way.

    Signals:
        cancel_asked(): the person wants the work to stop
    """

    cancel_asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self._message = QLabel()
        self._bar = named(QProgressBar(textVisible=False, maximum=_STEPS), f"{name}_bar", "Progress")
        self._cancel = named(QPushButton("Cancel", autoDefault=False), f"{name}_cancel_button", "Stop this work")
        self._cancel.clicked.connect(self._ask_to_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._message)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self.hide()

    def begin(self, message: str, *, can_stop: bool = True) -> None:
        """Show that something is under way; what must be finished once it is begun cannot be stopped."""
        self._cancel.setEnabled(True)
        self._cancel.setVisible(can_stop)
        self.show_progress(message, 0.0)
        self.show()

    @Slot(str, float)
    def show_progress(self, message: str, fraction: float) -> None:
        """How far it is, from 0 to 1."""
        self._message.setText(f"{message}…")
        self._bar.setValue(round(fraction * _STEPS))
        self._bar.setAccessibleDescription(f"{message}, {fraction:.0%}")

    def end(self) -> None:
        """It is over, whatever came of it."""
        self.hide()

    @Slot()
    def _ask_to_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._message.setText("Stopping…")
        self.cancel_asked.emit()
