"""Puts right one text of a record, such as a release's note."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from uidmanager.gui.dialogs.decision import DecisionDialog
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.core.decision import Decision


class Correction(NamedTuple):
    """What is put right, and why."""

    text: str
    reason: str


class CorrectTextDialog(DecisionDialog):
    """Asks for the right text and the reason. ``judge`` is asked what the registry says to them as they stand."""

    def __init__(
        self,
        title: str,
        sentence: str,
        field: str,
        before: str,
        judge: Callable[[Correction], Decision],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence, "Correct", parent)
        self._judge = judge
        self._is_begun = False
        self.text_edit = named(QLineEdit(before), "correct_text_edit")
        self.reason_edit = named(QLineEdit(), "reason_edit")
        self.reason_edit.setPlaceholderText("Kept with the change, for whoever reads the history")
        self.fields.addRow(field, self.text_edit)
        self.fields.addRow("&Reason", self.reason_edit)
        for edit in (self.text_edit, self.reason_edit):
            edit.textChanged.connect(self._changed)
        self._review()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        sentence: str,
        field: str,
        before: str,
        judge: Callable[[Correction], Decision],
    ) -> Correction | None:
        """The correction; None when the user thought better of it."""
        dialog = cls(title, sentence, field, before, judge, parent)
        try:
            return dialog.correction() if dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            dialog.deleteLater()

    def correction(self) -> Correction:
        """What the fields hold."""
        return Correction(self.text_edit.text(), self.reason_edit.text().strip())

    @Slot()
    def _changed(self) -> None:
        self._is_begun = True
        self._review()

    def _review(self) -> None:
        self.show_decision(self._judge(self.correction()), is_begun=bool(self.reason_edit.text()))
        if not self._is_begun:
            self.problems.show_problems(())
