"""What a repair or a restore would do, told before it is done; a press does it, another leaves all as it is."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from uidmanager.gui.dialogs.copies.standing import entries
from uidmanager.gui.theme import GAP, ROOM, TIGHT
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.card import Card
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from uidmanager.app.ports import Mending
    from uidmanager.core.errors import LedgerError

_SHOWN_OF_HEAD: Final = 12


class RehearsalCard(Card):
    """Hidden until something was rehearsed.

    Signals:
        agreed(): do it
        declined(): leave it as it is
    """

    agreed = Signal()
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Rehearsed: nothing is done yet", parent)
        named(self, "rehearsal_card")
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(ROOM)
        self._facts.setVerticalSpacing(TIGHT)
        self.barred = SignedSentence("rehearsal_barred", "Why it cannot be done here")
        self.apply_button = named(QPushButton("&Do it", autoDefault=False), "apply_mending_button")
        self.leave_button = named(QPushButton("&Leave it as it is", autoDefault=False), "leave_button")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        self.body.addLayout(self._facts)
        self.body.addWidget(self.barred)
        self.body.addLayout(buttons)
        self.apply_button.clicked.connect(self.agreed)
        self.leave_button.clicked.connect(self.declined)
        self.hide()

    def show_rehearsal(self, verb: str, ledger: str, mending: Mending, barred: LedgerError | None) -> None:
        """Tell what would be done, and let it be done unless this user may not."""
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for number, (name, value) in enumerate(_facts_of(ledger, mending)):
            label = BreakableLabel(breakable(value) if value == mending.source else value)
            label.let_keys_select()
            self._facts.addRow(QLabel(name), named(label, f"rehearsal_fact_{number + 1}", name))
        self.apply_button.setText(verb)
        self.apply_button.setEnabled(barred is None)
        self.apply_button.setToolTip("" if barred is None else str(barred))
        self.barred.hide()
        if barred is not None:
            self.barred.tell(str(barred), Sign.NOTICE, (barred.where,))
        self.show()
        (self.apply_button if barred is None else self.leave_button).setFocus()


def _facts_of(ledger: str, mending: Mending) -> tuple[tuple[str, str], ...]:
    added = f"{entries(mending.added)} that the ledger lacks now" if mending.added else "no entry is missing"
    name = PurePath(ledger).name
    return (
        ("Taken from", mending.source),
        ("Will lie there", f"{entries(mending.entries)}, head {mending.head[:_SHOWN_OF_HEAD]}…"),
        ("Comes back", added),
        (
            "The old file",
            f"is set aside beside it, as “{name}.damaged-…” with the time in its name; nothing is deleted",
        ),
    )
