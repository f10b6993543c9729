"""Puts right what was written down wrongly about an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from uidmanager.core.drafts import CorrectInstallation
from uidmanager.gui.dialogs.decision import DecisionDialog
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.product_combo import ProductCombo

if TYPE_CHECKING:
    from uidmanager.core.records import Installation
    from uidmanager.gui.session import Session


class CorrectInstallationDialog(DecisionDialog):
    """Puts right the product or the note of an installation."""

    def __init__(self, session: Session, installation: Installation, parent: QWidget | None = None) -> None:
        sentence = (
            f"Serial {installation.serial} keeps its root {installation.uid}. What is wrong about it is put right "
            "here; the old value stays in the history."
        )
        super().__init__(f"Correct {installation.serial}", sentence, "Correct", parent)
        self._session = session
        self._installation = installation
        self.product_combo = ProductCombo("correct_product_combo")
        with session.service.look() as registry:
            self.product_combo.offer(registry.products, keep=installation.product)
        self._note_before = installation.note or ""
        self.note_edit = named(QLineEdit(self._note_before), "correct_note_edit")
        self.reason_edit = named(QLineEdit(), "reason_edit")
        self.fields.addRow("&Product", self.product_combo)
        self.fields.addRow("&Note", self.note_edit)
        self.fields.addRow("&Reason", self.reason_edit)
        self._begun = False
        self.product_combo.currentIndexChanged.connect(self._changed)
        for edit in (self.note_edit, self.reason_edit):
            edit.textChanged.connect(self._changed)
        self._review()

    @classmethod
    def ask(cls, parent: QWidget | None, session: Session, installation: Installation) -> CorrectInstallation | None:
        """The correction; None when the user thought better of it."""
        dialog = cls(session, installation, parent)
        try:
            return dialog.draft() if dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            dialog.deleteLater()

    def draft(self) -> CorrectInstallation:
        """The correction as the fields stand: what was left alone is not touched."""
        product, note = self.product_combo.chosen, self.note_edit.text()
        before = None if self._installation.product is None else str(self._installation.product)
        return CorrectInstallation(
            self._installation.serial,
            None if product == before else product or "",
            None if note == self._note_before else note,
            self.reason_edit.text(),
        )

    @Slot()
    def _changed(self) -> None:
        self._begun = True
        self._review()

    def _review(self) -> None:
        decision = self._session.preview(self.draft())
        self.show_decision(decision, is_begun=bool(self.reason_edit.text()))
        if not self._begun:
            self.problems.show_problems(())
