"""The line above a table: a filter as one types, what is kept out of sight, and how many rows are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from uidmanager.gui.theme import GAP, ROOM
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.gui.table_models import TableModel

_LEAST_WIDTH = 160


class FilterBar(QWidget):
    """Filters a model. What the model calls faint stays hidden until it is asked for; ``faint_words`` says what it is.

    Without ``faint_words`` nothing is hidden. Esc clears the filter, Down goes to the table. ``tip`` says where the
    words are looked for.

    Signals:
        left_downwards(): the user wants to go on in the table
    """

    left_downwards = Signal()

    def __init__(
        self,
        model: TableModel[Any],
        things: str,
        faint_words: str = "",
        tip: str = "Each word is looked for in every column.",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.faint_words = faint_words
        self.edit = named(QLineEdit(), "filter_edit", f"Filter {things}")
        self.edit.setPlaceholderText(f"Filter {things}")
        self.edit.setToolTip(tip)
        self.edit.setClearButtonEnabled(True)
        self.edit.setMinimumWidth(_LEAST_WIDTH)
        self.edit.textChanged.connect(self._apply)
        self.edit.installEventFilter(self)
        self._show_faint = named(QCheckBox(), "show_hidden_check")
        self._show_faint.toggled.connect(self._apply)
        if not faint_words:  # to show it now would show it as a window, since it is in no layout yet
            self._show_faint.hide()
        self._count = named(QLabel(), "filter_count", f"Number of {things} shown")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(ROOM)
        row.addWidget(self.edit, 1)
        row.addWidget(self._show_faint)
        row.addSpacing(GAP)
        row.addWidget(self._count)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.dataChanged, model.searched):
            changed.connect(self._recount)
        self._apply()

    @property
    def shows_faint(self) -> bool:
        """Whether nothing is kept out of sight but by the text."""
        return self._show_faint.isChecked()

    @property
    def hidden(self) -> int:
        """How many records are kept out of sight because they are faint, whatever the text."""
        return 0 if self.shows_faint or not self.faint_words else self.model.faint_total

    @property
    def is_filtering(self) -> bool:
        """Whether a text is typed into the filter."""
        return bool(self.edit.text().strip())

    def focus(self) -> None:
        """Put the focus into the filter, ready to type another."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def reveal(self, row: Any) -> None:
        """Filter no longer, so that this record is seen; if it is faint, show all that is faint."""
        self.edit.clear()
        if self.model.is_faint(row):
            self.show_faint()

    def show_faint(self) -> None:
        """Keep nothing out of sight but by the text."""
        self._show_faint.setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc and Down in the filter."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.edit.text():
                self.edit.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.left_downwards.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _apply(self) -> None:
        self.model.narrow(self.edit.text(), hides_faint=bool(self.faint_words) and not self.shows_faint)

    @Slot()
    def _recount(self) -> None:
        faint = self.model.faint_total
        hidden = f" ({faint:,} hidden)" if faint and not self.shows_faint else ""
        self._show_faint.setText(f"Sho&w {self.faint_words}{hidden}")
        self._show_faint.setEnabled(bool(faint) or self.shows_faint)
        so_far = "…" if self.model.is_searching else ""
        total = f"{self.model.total:,}"
        self._count.setText(f"{self.model.rowCount():,}{so_far} of {total}")
        widest = self._count.fontMetrics().horizontalAdvance(f"{total}… of {total}")
        self._count.setMinimumWidth(widest)  # or the filter would change its width with every key
