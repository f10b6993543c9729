"""A dialog that writes an entry itself and stays open until it is on the disk; what was typed stays when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from uidmanager.gui.dialogs.decision import DecisionDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.app.service import Receipt
    from uidmanager.core.drafts import Draft
    from uidmanager.core.events import Entry
    from uidmanager.gui.session import Session


class WritingDialog(DecisionDialog):
    """Whoever opens it has nothing to do but to show the sentence that it tells: make it, connect it, `open` it.

    A dialog of this kind says what is written (`draft`), shows what that comes to (`review`), and tells of it (`tell`).
    """

    def __init__(self, session: Session, title: str, sentence: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(title, sentence, verb, parent)
        self.session = session
        self.is_begun = self.is_writing = False

    def draft(self) -> Draft:
        """What would be written as the fields stand."""
        raise NotImplementedError

    def review(self) -> None:
        """Show what the draft comes to."""
        raise NotImplementedError

    def tell(self, entry: Entry) -> None:
        """It is written."""
        raise NotImplementedError

    def accept(self) -> None:
        """Write it, and close once it is on the disk."""
        draft = self.draft()
        decision = self.session.preview(draft)
        if self.is_writing or not decision.events:
            return
        self.is_writing = True
        self.accept_button.setEnabled(False)
        self.session.submit(draft, decision, self._done, self._failed)

    def reject(self) -> None:
        """Close, unless it is just being written."""
        if not self.is_writing:
            super().reject()

    @Slot()
    def changed(self) -> None:
        """Something was typed."""
        self.is_begun = True
        self._look()

    def _look(self) -> None:
        if not self.is_writing:
            self.review()

    def _done(self, receipt: Receipt) -> None:
        self.is_writing = False
        if receipt.entry is None:  # another station was faster, and this says what holds now
            self._look()
            return
        self.tell(receipt.entry)
        super().accept()

    def _failed(self, error: Exception) -> None:
        self.is_writing = False
        self._look()
        self.problems.show_failure(error, "Nothing was written; the fault is the program's. What was typed stays.")
