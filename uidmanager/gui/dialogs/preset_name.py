"""Asks under which name a preset is to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from uidmanager.core.errors import refusals, remarks
from uidmanager.core.texts import tidy
from uidmanager.gui.dialogs.decision import DecisionDialog
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.core.errors import Problem


class PresetNameDialog(DecisionDialog):
    """``judge`` is asked, at every keystroke, what is to be said of the name."""

    def __init__(
        self,
        title: str,
        sentence: str,
        verb: str,
        name: str,
        judge: Callable[[str], tuple[Problem, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence, verb, parent)
        self._judge = judge
        self.name_edit = named(QLineEdit(name), "preset_name_edit")
        self.name_edit.selectAll()
        self.fields.addRow("&Name", self.name_edit)
        self.name_edit.textChanged.connect(self._review)
        self._review()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        sentence: str,
        verb: str,
        name: str,
        judge: Callable[[str], tuple[Problem, ...]],
    ) -> str | None:
        """The name as it is kept; None when the user thought better of it."""
        dialog = cls(title, sentence, verb, name, judge, parent)
        try:
            return tidy(dialog.name_edit.text()) if dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            dialog.deleteLater()

    @Slot()
    def _review(self) -> None:
        problems = self._judge(self.name_edit.text())
        self.show_verdict(refusals(problems), remarks(problems), is_begun=bool(self.name_edit.text()))
