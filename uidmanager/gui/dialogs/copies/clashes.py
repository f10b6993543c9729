"""What two histories tell differently, and what is decided of each: one line at a time, or of all that are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QSizePolicy, QVBoxLayout, QWidget

from uidmanager.core.merging.terms import Choice
from uidmanager.core.texts import visible
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.tables.merging import CLASHES
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font
from uidmanager.gui.widgets.breakable import BreakableLabel
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.merging.terms import Clash

_UNDECIDED: Final = "Decide …"


class ClashesPane(QWidget):
    """A table of clashes and, under it, the decision for those that are chosen in it.

    Signals:
        decided(dict): by the key of each clash, what was chosen of it
        copied(str): a sentence that says what was copied
    """

    decided = Signal(object)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: RecordTableModel[Clash] = RecordTableModel(CLASHES, _key_of, fixed_font())
        self.table = RecordTable(self.model, "merge_table", "What must be decided")
        self.choice_combo = named(QComboBox(), "merge_choice_combo", "Decision for the chosen lines")
        self.choice_combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._base = named(BreakableLabel(), "merge_base_told", "In what stays")
        self._other = named(BreakableLabel(), "merge_other_told", "In the other")
        form = QFormLayout()
        form.setHorizontalSpacing(ROOM)
        form.setVerticalSpacing(TIGHT)
        for name, told in (("In what stays", self._base), ("In the other", self._other)):
            told.let_keys_select()
            form.addRow(name, told)
        form.addRow("De&cision", self.choice_combo)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.table, 1)
        column.addLayout(form)
        self.table.copied.connect(self.copied)
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self.choice_combo.activated.connect(self._decide)

    def show_clashes(self, clashes: Sequence[Clash]) -> None:
        """Show these; whoever stood on one of them stands on it again, else on the first that is undecided."""
        self.model.replace(clashes)
        if clashes and self.table.chosen is None:
            self.table.choose(_key_of(next((clash for clash in clashes if clash.chosen is None), clashes[0])))
        self._offer()

    @Slot(QItemSelection, QItemSelection)
    def _offer(self, *_changes: QItemSelection) -> None:
        """Offer what the chosen clashes allow, in the words of the one on which the user stands."""
        current = self.table.chosen
        self.choice_combo.clear()
        self.choice_combo.setEnabled(current is not None)
        for label, told in ((self._base, "base"), (self._other, "other")):
            label.setText(visible(getattr(current, told, "")))
        if current is None:
            return
        self.choice_combo.addItem(_UNDECIDED, None)
        for option in current.options:
            words = visible(option.meaning)
            self.choice_combo.addItem(words, option.choice.value)
            self.choice_combo.setItemData(self.choice_combo.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        at = -1 if current.chosen is None else self.choice_combo.findData(current.chosen.value)
        self.choice_combo.setCurrentIndex(max(at, 0))
        self.choice_combo.setToolTip(self.choice_combo.currentText())

    @Slot()
    def _decide(self) -> None:
        data = self.choice_combo.currentData()
        choice = None if data is None else Choice(data)
        chosen = list(self.table.chosen_records())
        self.decided.emit({clash.key: choice for clash in chosen if choice is None or _allows(clash, choice)})


def _allows(clash: Clash, choice: Choice) -> bool:
    return any(option.choice is choice for option in clash.options)


def _key_of(clash: Clash) -> str:
    return clash.key
