"""Open the indexed arc in a registry that has none: once, for ever, and with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from uidmanager.core.drafts import OpenIndexedArc
from uidmanager.core.rules.arcs import USUAL_ARC
from uidmanager.gui.dialogs.decision import DecisionDialog
from uidmanager.gui.theme import fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from uidmanager.app.service import Receipt
    from uidmanager.gui.session import Session

_SENTENCE = (
    "Under this arc each serial with letters gets the next number, its index: SN-A17 the first, SN-B2 the second. A "
    "registry has one such arc, and for ever. Which products use it is then said of each product."
)


class OpenArcDialog(DecisionDialog):
    """Writes the entry itself and stays open until it is on the disk.

    Signals:
        written(str): a sentence that says what was written
    """

    written = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Open the indexed arc", _SENTENCE, "Open for ever", parent)
        self._session = session
        self._is_begun = self._is_writing = False
        self.arc_edit = named(QLineEdit(USUAL_ARC), "arc_edit", "Arc")
        self.arc_edit.setFont(fixed_font())
        self.reason_edit = named(QLineEdit(), "reason_edit", "Reason")
        self.reason_edit.setPlaceholderText("Kept with it, for whoever reads the history")
        self.preview = UidPreview("The arc appears here.", "arc_preview")
        self.fields.addRow("&Arc", self.arc_edit)
        self.fields.addRow("&Reason", self.reason_edit)
        self.fields.addRow(self.preview)
        for edit in (self.arc_edit, self.reason_edit):
            edit.textChanged.connect(self._changed)
        self._review()

    def draft(self) -> OpenIndexedArc:
        """The arc as the fields stand."""
        return OpenIndexedArc(self.arc_edit.text(), self.reason_edit.text())

    def accept(self) -> None:
        """Write it, and close once it is on the disk."""
        draft = self.draft()
        decision = self._session.preview(draft)
        if self._is_writing or not decision.events:
            return
        self._is_writing = True
        self.accept_button.setEnabled(False)
        self._session.submit(draft, decision, self._done, self._failed)

    def reject(self) -> None:
        """Close, unless it is just being written."""
        if not self._is_writing:
            super().reject()

    @Slot()
    def _changed(self) -> None:
        self._is_begun = True
        self._review()

    def _review(self) -> None:
        if self._is_writing:
            return
        decision = self._session.preview(self.draft())
        is_an_arc = "arc" not in {problem.field for problem in decision.problems}
        self.preview.show_parts(decision.breakdown if is_an_arc else ())
        self.show_decision(decision, is_begun=self._is_begun)

    def _done(self, receipt: Receipt) -> None:
        self._is_writing = False
        if receipt.entry is None:  # another station was faster, and this says what holds now
            self._review()
            return
        self.written.emit(f"The indexed arc is {self.arc_edit.text().strip()}, opened by entry {receipt.entry.n}")
        super().accept()

    def _failed(self, error: Exception) -> None:
        self._is_writing = False
        self._review()
        self.problems.show_failure(error, "The arc was not opened; the fault is the program's. What was typed stays.")
