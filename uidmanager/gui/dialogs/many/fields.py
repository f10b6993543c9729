"""The fields of the dialog for many serials: the list, and what is said of all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.batches import Terms
from uidmanager.gui.dialogs.many.checking import Wish
from uidmanager.gui.dialogs.many.wording import HOW
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font
from uidmanager.gui.widgets.card import sentence
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.paste_edit import PasteEdit
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.product_combo import ProductCombo

if TYPE_CHECKING:
    from uidmanager.core.serial_lists import Listed
    from uidmanager.gui.session import Session

_LINES: Final = 4  # of the list that are seen at least
_WIDE: Final = 0xFFFF  # Qt counts a character above this as two


class ListFields(QWidget):
    """The list, and what is said of all of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.list_edit = named(PasteEdit(), "many_list_edit", "Serials, as a range or a list")
        self.list_edit.setFont(fixed_font())
        self.list_edit.setPlaceholderText("1001-1050")
        self.list_edit.setTabChangesFocus(True)
        self.list_edit.setMinimumHeight(self.list_edit.fontMetrics().lineSpacing() * _LINES + GAP)
        self.product_combo = ProductCombo("many_product_combo")
        self.note_edit = named(QLineEdit(), "many_note_edit", "Note on each of them")
        self.note_edit.setPlaceholderText("Optional; kept with each of them")
        self.problems = ProblemList("many_problems")
        self._lay_out()

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in the list but blanks."""
        return not self.list_edit.toPlainText().strip()

    def wish(self) -> Wish:
        """What stands in the fields."""
        return Wish(
            self.list_edit.toPlainText(), Terms(self.product_combo.chosen, self.note_edit.text().strip() or None)
        )

    def fill(self, wish: Wish) -> None:
        """Have this in the fields."""
        self.offer_products(wish.terms.product)
        self.note_edit.setText(wish.terms.note or "")
        self.list_edit.replace_text(wish.text)

    def offer_products(self, chosen: str | None) -> None:
        """Offer the products as they are now."""
        with self._session.service.look() as registry:
            self.product_combo.offer(registry.products, None if chosen is None else int(chosen))

    def show_place(self, listed: Listed) -> None:
        """Select in the list what a row comes from, and go there."""
        text = self.list_edit.toPlainText()
        begin, end = (at + sum(ord(c) > _WIDE for c in text[:at]) for at in (listed.at, listed.end))
        cursor = self.list_edit.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.list_edit.setTextCursor(cursor)
        self.list_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(ROOM)
        grid.setVerticalSpacing(TIGHT)
        for column, (title, field) in enumerate((("Pro&duct", self.product_combo), ("&Note", self.note_edit))):
            label = QLabel(title)
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        grid.setColumnStretch(1, 1)
        label = QLabel("&List of serials")
        label.setBuddy(self.list_edit)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(GAP)
        column_layout.addWidget(label)
        column_layout.addWidget(self.list_edit, 1)
        column_layout.addWidget(sentence(HOW))
        column_layout.addLayout(grid)
        column_layout.addWidget(self.problems)
