"""Opening a registry that is there: one of before, or another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from uidmanager import settings
from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.card import Card, sentence
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.recent_ledgers import RecentLedgers

if TYPE_CHECKING:
    from collections.abc import Sequence

LEDGERS: Final = "Ledgers (*.jsonl);;All files (*)"


class OpenCard(Card):
    """Offers the recent ledgers, and a dialog for any other.

    Signals:
        place_chosen(str): open the ledger at this place
        mend_asked(str): lay the ledger at this place beside its copies
    """

    place_chosen = Signal(str)
    mend_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Open a registry", parent)
        self.recent = RecentLedgers()
        self.open_recent_button = named(QPushButton("Open &chosen", autoDefault=False), "open_recent_button")
        self.open_button = named(QPushButton("Open a &ledger…", autoDefault=False), "open_ledger_button")
        self.problems = ProblemList("open_problems")
        self.mend_button = named(QPushButton("Compare and mend…", autoDefault=False), "mend_unopened_button")
        self.mend_button.clicked.connect(self._ask_to_mend)
        self._damaged = ""
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.open_recent_button)
        buttons.addWidget(self.open_button)
        buttons.addStretch(1)
        self.body.addWidget(self.recent)
        self.body.addWidget(sentence("A registry is one file, its ledger. Ask a colleague where yours lies."))
        self.body.addLayout(buttons)
        self.body.addWidget(self.problems)
        self.body.addWidget(self.mend_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.mend_button.hide()
        self.recent.chosen.connect(self.place_chosen)
        self.open_recent_button.clicked.connect(self._open_chosen)
        self.open_button.clicked.connect(self._ask)
        self.show_recent(())

    def show_recent(self, places: Sequence[str]) -> None:
        """Offer the ledgers at these places; where there are none, nothing is said of it."""
        self.recent.show_places(places)
        self.recent.setVisible(bool(places))
        self.open_recent_button.setVisible(bool(places))

    def offer_mending(self, where: str) -> None:
        """The ledger at this place could not be opened, and a copy of it may help; empty: nothing is the matter."""
        self._damaged = where
        self.mend_button.setVisible(bool(where))

    @Slot()
    def _ask_to_mend(self) -> None:
        self.mend_asked.emit(self._damaged)

    @Slot()
    def _open_chosen(self) -> None:
        if self.recent.current_place:
            self.place_chosen.emit(self.recent.current_place)

    @Slot()
    def _ask(self) -> None:
        folder = Path(self.recent.current_place or settings.default_ledger()).parent
        place, _ = QFileDialog.getOpenFileName(self, "Open a ledger", str(folder), LEDGERS)
        if place:
            self.place_chosen.emit(place)
