"""Note a finding: an installation, or something with its UIDs, was met in the field, and it is kept in its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from uidmanager.core.drafts import NoteSeen
from uidmanager.gui.dialogs.decision import DecisionDialog
from uidmanager.gui.widgets.day_edit import DayEdit
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.app.service import Receipt
    from uidmanager.gui.session import Session

_DAY: Final = len("2026-11-22")


class NoteSeenDialog(DecisionDialog):
    """Notes what was found of the installation with this component; ``where`` and ``what`` are proposed.

    It writes the entry itself and stays open until that is on the disk, so whoever opens it has nothing to do but to
    show the sentence: make it, connect it, `open` it.

    Signals:
        noted(str): a sentence that says what was written
    """

    noted = Signal(str)

    def __init__(
        self, session: Session, component: str, where: str = "", what: str = "", parent: QWidget | None = None
    ) -> None:
        with session.service.look() as registry:
            held = registry.installation(component)
        self._serial = component if held is None else held.serial
        sentence = (
            f"Serial {self._serial} was seen in the field. When, where and what was found is kept in its history; "
            "nothing else changes."
        )
        super().__init__(f"Note a finding on {self._serial}", sentence, "Note it", parent)
        self._session = session
        self._is_writing = False
        self.day_edit = DayEdit("seen_day_edit", "Day on which it was seen, in UTC")
        self.day_edit.setPlaceholderText("today")
        self.day_edit.setText(session.service.world.now()[:_DAY])
        self.where_edit = named(QLineEdit(where), "seen_where_edit", "Where it was seen")
        self.where_edit.setPlaceholderText("The site, the host, the folder, the log")
        self.what_edit = named(QLineEdit(what), "seen_what_edit", "What was found")
        self.what_edit.setPlaceholderText("The answer, the UID")
        self.reason_edit = named(QLineEdit(), "reason_edit", "Reason")
        self.reason_edit.setPlaceholderText("A complaint, a ticket; may stay empty")
        self.fields.addRow("&Day (UTC)", self.day_edit)
        self.fields.addRow("Whe&re", self.where_edit)
        self.fields.addRow("&What", self.what_edit)
        self.fields.addRow("Rea&son", self.reason_edit)
        for edit in (self.where_edit, self.what_edit):
            edit.setCursorPosition(0)  # what was proposed is read from its beginning
        self._begun = False
        for edit in (self.day_edit, self.where_edit, self.what_edit, self.reason_edit):
            edit.textChanged.connect(self._changed)
        self._review()

    def draft(self) -> NoteSeen:
        """The finding as the fields stand."""
        day, reason = self.day_edit.text(), self.reason_edit.text()
        return NoteSeen(self._serial, self.where_edit.text(), self.what_edit.text(), day, reason)

    def accept(self) -> None:
        """Write it, and close once it is on the disk."""
        draft = self.draft()
        decision = self._session.preview(draft)
        if self._is_writing or not decision.events:
            return
        self._is_writing = True
        self.accept_button.setEnabled(False)
        self._session.submit(draft, decision, self._written, self._failed)

    def reject(self) -> None:
        """Close, unless it is just being written."""
        if not self._is_writing:
            super().reject()

    @Slot()
    def _changed(self) -> None:
        self._begun = True
        self._review()

    def _review(self) -> None:
        if self._is_writing:
            return
        decision = self._session.preview(self.draft())
        self.show_decision(decision, is_begun=self._begun)
        if not decision.is_refused:
            self.accept_button.setEnabled(bool(decision.events))  # what is noted already is not noted again

    def _written(self, receipt: Receipt) -> None:
        self._is_writing = False
        if receipt.entry is None:  # another station was faster, and this says what holds now
            self._review()
            return
        self.noted.emit(f"Noted on {self._serial}, as entry {receipt.entry.n}")
        super().accept()

    def _failed(self, error: Exception) -> None:
        self._is_writing = False
        self._review()
        self.problems.show_failure(error, "This was not noted; the fault is the program's. What was typed stays.")
