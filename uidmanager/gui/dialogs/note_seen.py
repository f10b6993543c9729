"""Note a finding: an installation, or something with its UIDs, was met in the field, and it is kept in its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from uidmanager.core.drafts import NoteSeen
from uidmanager.gui.dialogs.writing_dialog import WritingDialog
from uidmanager.gui.widgets.day_edit import DayEdit
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.core.events import Entry
    from uidmanager.gui.session import Session

_DAY: Final = len("2026-11-22")


class NoteSeenDialog(WritingDialog):
    """Notes what was found of the installation with this component; ``where`` and ``what`` are proposed.

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
        super().__init__(session, f"Note a finding on {self._serial}", sentence, "Note it", parent)
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
        for edit in (self.day_edit, self.where_edit, self.what_edit, self.reason_edit):
            edit.textChanged.connect(self.changed)
        self.review()

    def draft(self) -> NoteSeen:
        """The finding as the fields stand."""
        day, reason = self.day_edit.text(), self.reason_edit.text()
        return NoteSeen(self._serial, self.where_edit.text(), self.what_edit.text(), day, reason)

    def review(self) -> None:
        """What is noted already is not noted again."""
        decision = self.session.preview(self.draft())
        self.show_decision(decision, is_begun=self.is_begun)
        if not decision.is_refused:
            self.accept_button.setEnabled(bool(decision.events))

    def tell(self, entry: Entry) -> None:
        """On which unit, in which entry."""
        self.noted.emit(f"Noted on {self._serial}, as entry {entry.n}")
