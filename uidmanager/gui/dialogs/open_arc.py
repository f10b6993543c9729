"""Open the indexed arc in a registry that has none: once, for ever, and with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from uidmanager.core.drafts import OpenIndexedArc
from uidmanager.core.rules.arcs import USUAL_ARC
from uidmanager.gui.dialogs.writing_dialog import WritingDialog
from uidmanager.gui.theme import fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from uidmanager.core.events import Entry
    from uidmanager.gui.session import Session

_SENTENCE = (
    "Under this arc each serial with letters gets the next number, its index: SN-A17 the first, SN-B2 the second. A "
    "registry has one such arc, and for ever. Which products use it is then said of each product."
)


class OpenArcDialog(WritingDialog):
    """Opens the arc.

    Signals:
        written(str): a sentence that says what was written
    """

    written = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Open the indexed arc", _SENTENCE, "Open for ever", parent)
        self.arc_edit = named(QLineEdit(USUAL_ARC), "arc_edit", "Arc")
        self.arc_edit.setFont(fixed_font())
        self.reason_edit = named(QLineEdit(), "reason_edit", "Reason")
        self.reason_edit.setPlaceholderText("Kept with it, for whoever reads the history")
        self.preview = UidPreview("The arc appears here.", "arc_preview")
        self.fields.addRow("&Arc", self.arc_edit)
        self.fields.addRow("&Reason", self.reason_edit)
        self.fields.addRow(self.preview)
        for edit in (self.arc_edit, self.reason_edit):
            edit.textChanged.connect(self.changed)
        self.review()

    def draft(self) -> OpenIndexedArc:
        """The arc as the fields stand."""
        return OpenIndexedArc(self.arc_edit.text(), self.reason_edit.text())

    def review(self) -> None:
        """The arc, where it is one."""
        decision = self.session.preview(self.draft())
        is_an_arc = "arc" not in {problem.field for problem in decision.problems}
        self.preview.show_parts(decision.breakdown if is_an_arc else ())
        self.show_decision(decision, is_begun=self.is_begun)

    def tell(self, entry: Entry) -> None:
        """Which arc it is."""
        self.written.emit(f"The indexed arc is {self.arc_edit.text().strip()}, opened by entry {entry.n}")
