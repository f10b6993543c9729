"""On which terms two histories are merged: which one stays, what comes of the other, and why."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from uidmanager.gui.theme import GAP, ROOM
from uidmanager.gui.widgets.card import Card
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

_ALL_THERE_IS: Final = 1000
_LEAVE_OUT: Final = "Take &nothing over from the other: the numbers it gave are given up, and never given again"


class MergeTerms(Card):
    """A form; whoever owns it says whether what it asks for can be done.

    Signals:
        base_chosen(): another history is to stay as it is
        changed(): something else is wanted of the merge
        reason_changed(): the reason is another one
        agreed(): do it
        declined(): leave all as it is
    """

    base_chosen = Signal()
    changed = Signal()
    reason_changed = Signal()
    agreed = Signal()
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        named(self, "merge_terms")
        self.base_combo = named(QComboBox(), "merge_base_combo", "Which history stays as it is")
        self.leave_out_check = named(QCheckBox(_LEAVE_OUT), "merge_leave_out_check")
        self.reason_edit = named(QLineEdit(), "merge_reason_edit", "Reason")
        self.reason_edit.setPlaceholderText("Kept with each entry that is merged, for whoever reads the history")
        self.blocked = SignedSentence("merge_blocked", "Why it cannot be merged yet")
        self.apply_button = named(QPushButton("Do &the merge", autoDefault=False), "apply_merge_button")
        self.leave_button = named(QPushButton("Leave &both as they are", autoDefault=False), "leave_merge_button")
        form = QFormLayout()
        form.setHorizontalSpacing(ROOM)
        form.setVerticalSpacing(GAP)
        form.addRow("Sta&ys as it is", self.base_combo)
        form.addRow("", self.leave_out_check)
        form.addRow("Reas&on", self.reason_edit)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.blocked, _ALL_THERE_IS)
        buttons.addStretch(1)
        self.body.addLayout(form)
        self.body.addLayout(buttons)
        self._connect()

    @property
    def onto_other(self) -> bool | None:
        """Whether the other stays as it is; None while the user has no wish, so that the longer one does."""
        return self._onto_other

    @property
    def leaves_out(self) -> bool:
        """Whether nothing is taken over."""
        return self.leave_out_check.isChecked()

    @property
    def reason(self) -> str:
        """Why they are merged."""
        return self.reason_edit.text().strip()

    def begin(self, ledger: str, other: str) -> None:
        """Ask anew, for these two."""
        self._onto_other: bool | None = None
        with QSignalBlocker(self.leave_out_check):
            self.leave_out_check.setChecked(False)
        self.base_combo.clear()
        self.base_combo.addItems([ledger, other])

    def show_base(self, *, is_ledger: bool) -> None:
        """Say which of the two stays, where the user had no wish."""
        self.base_combo.setCurrentIndex(int(not is_ledger))

    def show_hindrance(self, sentence: str) -> None:
        """Why it cannot be done; empty when it can."""
        self.apply_button.setEnabled(not sentence)
        self.apply_button.setToolTip(sentence)
        self.blocked.tell(sentence, Sign.NOTICE)
        self.blocked.setVisible(bool(sentence))

    def _connect(self) -> None:
        self._onto_other = None
        self.base_combo.activated.connect(self._choose_base)
        self.leave_out_check.toggled.connect(self.changed)
        self.reason_edit.textChanged.connect(self.reason_changed)
        self.apply_button.clicked.connect(self.agreed)
        self.leave_button.clicked.connect(self.declined)

    @Slot(int)
    def _choose_base(self, at: int) -> None:
        self._onto_other = bool(at)
        self.base_chosen.emit()
