"""What can be said of a new product beside its name: GTIN, what its serials are like, a note; folded away at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from uidmanager.core.records import SerialRule
from uidmanager.gui.theme import GAP, TIGHT
from uidmanager.gui.widgets.gtin_edit import GtinEdit
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.serial_rule import SerialRuleFields

if TYPE_CHECKING:
    from uidmanager.gui.session import Session


class ProductMore(QWidget):
    """The fields, below each other.

    Signals:
        changed(): something is filled in otherwise
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "product_more")
        self.gtin_edit = GtinEdit()
        self.serials = SerialRuleFields(session, SerialRule(), self)
        self.note_edit = named(QLineEdit(), "product_note_edit", "Note")
        self.note_edit.setPlaceholderText("optional")
        form = QFormLayout(self)
        form.setContentsMargins(0, TIGHT, 0, TIGHT)
        form.setHorizontalSpacing(GAP)
        form.setVerticalSpacing(TIGHT)
        form.addRow("GTIN", self.gtin_edit)
        form.addRow(self.gtin_edit.told)
        self.serials.add_to(form)
        form.addRow("Note", self.note_edit)
        for edit in (self.gtin_edit, self.note_edit):
            edit.textChanged.connect(self.changed)
        self.serials.changed.connect(self.changed)

    @property
    def fields(self) -> dict[str, QLineEdit]:
        """Those that problems can be about."""
        return {
            "gtin": self.gtin_edit,
            "pattern": self.serials.pattern_edit,
            "example": self.serials.example_edit,
            "note": self.note_edit,
        }

    @property
    def is_filled(self) -> bool:
        """Whether anything is said, so that it must not be out of sight."""
        return self.serials.is_filled or bool(self.gtin_edit.text() or self.note_edit.text())

    @Slot()
    def clear(self) -> None:
        """Be ready for the next product."""
        self.serials.clear()
