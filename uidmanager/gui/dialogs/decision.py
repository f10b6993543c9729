"""A dialog that asks the registry at every keystroke whether what is asked for may be; and the one that asks why."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from uidmanager.core.decision import Decision
    from uidmanager.core.errors import Problem

_WIDTH: Final = 480
_MISSING: Final = frozenset({"reason.missing", "preset.nameless", "seen.nowhere", "seen.nothing"})
_Button = QDialogButtonBox.StandardButton


class DecisionDialog(QDialog):
    """Asks for what a draft still lacks and shows, at every keystroke, what the registry says to it."""

    def __init__(self, title: str, sentence: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        named(self, "decision_dialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.fields = QFormLayout()
        self.fields.setSpacing(GAP)
        self.problems = ProblemList("dialog_problems")
        buttons = QDialogButtonBox(_Button.Cancel)
        self.accept_button = named(QPushButton(verb), "dialog_accept_button")
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._cancel_button = named(buttons.button(_Button.Cancel), "dialog_cancel_button")
        self._cancel_button.setAutoDefault(False)  # Enter in a field accepts, or does nothing
        self.accept_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        words = QLabel(sentence, wordWrap=True)
        words.setObjectName("dialog_sentence")
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        column.addWidget(words)
        column.addLayout(self.fields)
        column.addWidget(self.problems)
        column.addStretch(1)
        column.addWidget(buttons)

    def show_decision(self, decision: Decision, *, is_begun: bool) -> None:
        """Let the draft be accepted when no rule refuses it; scold only once something was typed."""
        self.show_verdict(decision.problems, decision.notices, is_begun=is_begun)

    def show_verdict(self, refusing: Sequence[Problem], remarks: Sequence[Problem], *, is_begun: bool) -> None:
        """Let it be accepted when nothing refuses it; that something is missing is said once something was typed."""
        self.accept_button.setEnabled(not refusing)
        self.accept_button.setToolTip(refusing[0].message if refusing else "")
        told = [problem for problem in refusing if is_begun or problem.code not in _MISSING]
        self.problems.show_problems((*told, *remarks))
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field; Tab goes on in the order in which they are seen."""
        rows = (self.fields.itemAt(row, QFormLayout.ItemRole.FieldRole) for row in range(self.fields.rowCount()))
        fields = [field for item in rows if item is not None and (field := item.widget()) is not None]
        for before, after in pairwise((*fields, self.accept_button, self._cancel_button)):
            QWidget.setTabOrder(before, after)
        fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Grow by the lines that have come; a dialog would rather squeeze its fields."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))


class ReasonDialog(DecisionDialog):
    """Asks why. ``judge`` is asked what the registry says to the change with the reason as it stands."""

    def __init__(
        self,
        title: str,
        sentence: str,
        verb: str,
        judge: Callable[[str], Decision] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence, verb, parent)
        self._judge = judge
        self.edit = named(QLineEdit(), "reason_edit")
        self.edit.setPlaceholderText("Kept with the change, for whoever reads the history")
        self.fields.addRow("&Reason", self.edit)
        self.edit.textChanged.connect(self._review)
        self._review()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        sentence: str,
        verb: str,
        judge: Callable[[str], Decision] | None = None,
    ) -> str | None:
        """The reason; None when the user thought better of it."""
        dialog = cls(title, sentence, verb, judge, parent)
        try:
            return dialog.edit.text().strip() if dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            dialog.deleteLater()

    @Slot()
    def _review(self) -> None:
        text = self.edit.text()
        if self._judge is not None:
            self.show_decision(self._judge(text), is_begun=bool(text))
        else:
            self.accept_button.setEnabled(bool(text.strip()))
