"""Repairing and restoring: what it would do is told before it is done; a press does it, another leaves all as it is."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from uidmanager.core.errors import LedgerError
from uidmanager.gui.dialogs.copies.looking import look
from uidmanager.gui.dialogs.copies.standing import entries
from uidmanager.gui.theme import GAP, ROOM, TIGHT
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.card import Card
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from uidmanager.app.ports import Desk, Mending, Progress
    from uidmanager.gui.dialogs.copies.errands import Errands
    from uidmanager.gui.dialogs.copies.looking import Look

_SHOWN_OF_HEAD: Final = 12


class MendCard(Card):
    """Hidden until something was rehearsed that needs to be done.

    Signals:
        looked(Look): how the ledger stands beside what it is to be mended from
        mended(): another file lies in the ledger's place now
        declined(): leave it as it is
    """

    looked = Signal(object)
    mended = Signal()
    declined = Signal()

    def __init__(self, desk: Desk, where: str, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__("Rehearsed: nothing is done yet", parent)
        named(self, "rehearsal_card")
        self._desk = desk
        self._where = where
        self._errands = errands
        self._backup: str | None = None
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
        self.apply_button.clicked.connect(self._apply)
        self.leave_button.clicked.connect(self.declined)
        self.hide()

    def rehearse(self, backup: str | None) -> None:
        """Say what putting this back would do, beside what it holds; None: from this station's own copy alone."""
        self._backup = backup

        def work(progress: Progress) -> tuple[Look, Mending | LedgerError]:
            seen = look(self._desk, self._where, backup, progress)
            progress("Rehearsing", 1.0)
            try:
                return seen, self._mend(backup, apply=False)
            except LedgerError as error:
                return seen, error

        self._errands.look("Rehearsing", work, self._show)

    def _mend(self, backup: str | None, *, apply: bool) -> Mending:
        """Behind the window."""
        return self._desk.keeper_at(self._where).mend(backup, apply=apply)

    def _show(self, found: tuple[Look, Mending | LedgerError]) -> None:
        seen, rehearsed = found
        self.looked.emit(seen)
        if isinstance(rehearsed, LedgerError):
            self._errands.outcome.tell(str(rehearsed), Sign.REFUSED, (rehearsed.where,))
        elif not rehearsed.is_needed:
            copies = "this station's own copy" if self._backup is None else "the backup"
            self._errands.outcome.tell(f"Nothing to do: the ledger is whole and has all that {copies} has.", Sign.FITS)
        else:
            self._offer(rehearsed, seen.barred)

    def _offer(self, mending: Mending, barred: LedgerError | None) -> None:
        """Tell what would be done, and let it be done unless this user may not."""
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for number, (name, value) in enumerate(_facts_of(self._where, mending)):
            label = BreakableLabel(breakable(value) if value == mending.source else value)
            label.let_keys_select()
            self._facts.addRow(QLabel(name), named(label, f"rehearsal_fact_{number + 1}", name))
        self.apply_button.setText("&Do the repair" if self._backup is None else "&Do the restore")
        self.apply_button.setEnabled(barred is None)
        self.apply_button.setToolTip("" if barred is None else str(barred))
        self.barred.hide()
        if barred is not None:
            self.barred.tell(str(barred), Sign.NOTICE, (barred.where,))
        self.show()
        (self.apply_button if barred is None else self.leave_button).setFocus()

    @Slot()
    def _apply(self) -> None:
        self.hide()
        self._errands.change("Putting it in place", partial(self._mend, self._backup, apply=True), self._tell)

    def _tell(self, done: Mending) -> None:
        back = f"{entries(done.added)} came back" if done.added else "no entry was missing"
        sentence = f"Done: the ledger holds {entries(done.entries)}; {back}."
        if not done.is_needed:
            self._errands.outcome.tell("Nothing was to be done any more: the ledger is whole.", Sign.FITS)
        elif done.aside is None:
            self._errands.outcome.tell(sentence, Sign.FITS, (), self._where)
        else:
            sentence = f"{sentence} The old file lies at {done.aside}."
            self._errands.outcome.tell(sentence, Sign.FITS, (done.aside,), done.aside)
        self.mended.emit()


def _facts_of(ledger: str, mending: Mending) -> tuple[tuple[str, str], ...]:
    added = f"{entries(mending.added)} that the ledger lacks now" if mending.added else "no entry is missing"
    name = PurePath(ledger).name
    return (
        ("Taken from", mending.source),
        ("Will lie there", f"{entries(mending.entries)}, head {mending.head[:_SHOWN_OF_HEAD]}…"),
        ("Comes back", added),
        (
            "The old file",
            f"is set aside as “{name}.damaged-…” with the time in its name; nothing is deleted",
        ),
    )
