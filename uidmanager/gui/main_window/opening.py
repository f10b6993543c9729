"""What stands in the window while a ledger is read behind it."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from uidmanager.gui.theme import AIR, GAP
from uidmanager.gui.widgets.naming import named

_STEPS = 1000
_WIDTH = 420


class OpeningPage(QWidget):
    """Says which ledger is read, how far it is, and lets one stop.

    Signals:
        cancelled(): the user does not want to wait
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "opening_page")
        self._words = named(QLabel(alignment=Qt.AlignmentFlag.AlignHCenter), "opening_text")
        self._bar = named(QProgressBar(maximum=_STEPS, textVisible=False), "opening_progress", "Reading the ledger")
        self._bar.setFixedWidth(_WIDTH)
        self._cancel = named(QPushButton("&Cancel", autoDefault=False), "cancel_opening_button")
        self._cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, AIR, AIR, AIR)
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addWidget(self._words)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def begin(self, where: str) -> None:
        """Another ledger is read."""
        self._words.setText(f"Reading {PurePath(where).name} …" if where else "Reading …")
        self._words.setToolTip(where)
        self._bar.setValue(0)

    @Slot(str, float)
    def show_progress(self, message: str, fraction: float) -> None:
        """How far it is."""
        self._bar.setValue(round(fraction * _STEPS))
        self._bar.setAccessibleDescription(message)
