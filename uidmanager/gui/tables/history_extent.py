"""How far back the history is listed: all of it, or the newest changes and a way to have older ones listed as well."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.progress_strip import ProgressStrip

_PATIENCE_MS: Final = 300


class HistoryExtent(QWidget):
    """Hidden while all is listed. That more is being read is shown when it takes a while.

    Signals:
        older_asked(): the person wants to see what happened before
        cancel_asked(): the person wants the reading to stop
    """

    older_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = named(QLabel(), "history_extent_label", "How far back the history is listed")
        self._older = named(QPushButton("Show older", autoDefault=False), "show_older_button", "List older changes")
        self._older.clicked.connect(self.older_asked)
        self._progress = ProgressStrip("history_progress")
        self._progress.cancel_asked.connect(self.cancel_asked)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._show_progress)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._words)
        row.addWidget(self._older)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self._progress)
        self.end(1)

    def begin(self) -> None:
        """More is being read."""
        self._older.setEnabled(False)
        self._patience.start()

    def report(self, message: str, fraction: float) -> None:
        """Show how far the reading is."""
        self._progress.show_progress(message, fraction)

    def end(self, first: int | None) -> None:
        """Nothing is being read any more. All from entry ``first`` on is listed, or nothing at all."""
        self._patience.stop()
        self._progress.end()
        self._older.setEnabled(True)
        listed = "Nothing of the history is listed."
        if first is not None:
            listed = f"Entries from {first:,} on are listed, and a filter looks only at them."
        self._words.setText(listed)
        self._words.setVisible(first != 1)
        self._older.setVisible(first != 1)
        self.setVisible(first != 1)

    @Slot()
    def _show_progress(self) -> None:
        self._progress.begin("Reading the history")
        self.show()
