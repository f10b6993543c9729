"""Reads a ledger behind the window, and stands in the window meanwhile."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from uidmanager.app.service import Service
from uidmanager.core.errors import LedgerMissingError
from uidmanager.gui.jobs import Jobs, Latest
from uidmanager.gui.theme import AIR, GAP
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.app.ports import Desk, Progress

_STEPS = 1000
_WIDTH = 420
_UNNOTICED_MS = 150  # what is over by then was no wait, and words about it would only flicker


class OpeningPage(QWidget):
    """Says which ledger is read, how far it is, and lets one stop, once that takes long enough to be noticed.

    Of several ledgers that were asked for, the last counts.

    Signals:
        opened(Service): the registry is read
        failed(Exception): it could not be, or the user did not want to wait
    """

    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "opening_page")
        self._desk = desk
        self._jobs = Jobs(self)
        self._reading = Latest(self._jobs)
        self._words = named(QLabel(alignment=Qt.AlignmentFlag.AlignHCenter), "opening_text")
        self._bar = named(QProgressBar(maximum=_STEPS, textVisible=False), "opening_progress", "Reading the ledger")
        self._bar.setFixedWidth(_WIDTH)
        self._cancel = named(QPushButton("&Cancel", autoDefault=False), "cancel_opening_button")
        self._cancel.clicked.connect(self._stop)
        self._wait = QTimer(self, interval=_UNNOTICED_MS, singleShot=True)
        self._wait.timeout.connect(self._show_parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, AIR, AIR, AIR)
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addWidget(self._words)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._show_parts(are_shown=False)

    def open(self, where: str) -> None:
        """Read this ledger."""
        self._words.setText(f"Reading {PurePath(where).name} …")
        self._words.setToolTip(where)
        self._bar.setValue(0)
        self._show_parts(are_shown=False)
        self._wait.start()

        def work(progress: Progress) -> Service:
            service = Service(self._desk.ledger_at(where), self._desk.world)
            service.open(progress)
            with service.look() as registry:
                if not registry.is_founded:
                    raise service.trouble or LedgerMissingError(where)
            return service

        self._reading.start(work, self.opened.emit, self.failed.emit, self._show_progress)

    def shut(self) -> None:
        """Stop what is under way; nothing is read any more."""
        self._jobs.close()

    @Slot()
    def _show_parts(self, *, are_shown: bool = True) -> None:
        for part in (self._words, self._bar, self._cancel):
            part.setVisible(are_shown)

    @Slot()
    def _stop(self) -> None:
        self._reading.cancel()

    @Slot(str, float)
    def _show_progress(self, message: str, fraction: float) -> None:
        self._bar.setValue(round(fraction * _STEPS))
        self._bar.setAccessibleDescription(message)
