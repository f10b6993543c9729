"""The ledger beside another copy: which one, how they stand in a sentence, both histories from where they part."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uidmanager.gui.dialogs.copies.standing import OWN_COPY, standing
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.tables.histories import GIVEN_IN_BOTH, HISTORIES
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.card import heading
from uidmanager.gui.widgets.empty_page import EmptyPage
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import SignedSentence

if TYPE_CHECKING:
    from uidmanager.app.ports import Access
    from uidmanager.core.branches import Endangered
    from uidmanager.gui.dialogs.copies.looking import Look
    from uidmanager.gui.tables.histories import HistoriesRow

LEDGERS: Final = "Ledgers (*.jsonl);;All files (*)"
_LONGEST_NAME: Final = 60
_HEADING_SCALE: Final = 1.1
_SHARES: Final = (300, 170)
_HONESTLY: Final = (
    "What the file system gives: whoever may write the file may register anything, and whoever may write its folder "
    "may put another file in its place."
)


class ComparisonPane(QWidget):
    """Shows what a look has found; it looks at nothing itself.

    Signals:
        other_chosen(): the user wants the ledger laid beside `other`
        copied(str): a sentence that says what was copied
    """

    other_chosen = Signal()
    copied = Signal(str)

    def __init__(self, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where = where
        self.other_combo = named(QComboBox(), "copies_other_combo", "Compare the ledger with")
        self.other_combo.addItem(OWN_COPY, None)
        self.other_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.file_button = named(QPushButton("&Another file…", autoDefault=False), "copies_other_button")
        self.file_button.setToolTip("Lays the ledger beside a backup, or a copy that went its own way")
        self.sentence = SignedSentence("copies_sentence", "How the ledger stands")
        self.histories: RecordTableModel[HistoriesRow] = RecordTableModel(
            HISTORIES, _key_of_row, fixed_font(), _is_common
        )
        self.histories_table = RecordTable(self.histories, "histories_table", "Both histories")
        self.endangered: RecordTableModel[Endangered] = RecordTableModel(GIVEN_IN_BOTH, _key_of_number, fixed_font())
        self.endangered_table = RecordTable(self.endangered, "given_in_both_table", "Numbers given in both")
        self._histories = QStackedWidget()
        self._given = QStackedWidget()
        self._given_part = QWidget()
        self._writers = named(
            QLabel("…", textFormat=Qt.TextFormat.PlainText), "copies_writers", "Who may write the ledger"
        )
        self._writers.setWordWrap(True)
        self._writers.setToolTip(_HONESTLY)
        self._lay_out()
        self.other_combo.activated.connect(self._choose)
        self.file_button.clicked.connect(self._choose_file)
        for table in (self.histories_table, self.endangered_table):
            table.copied.connect(self.copied)

    @property
    def other(self) -> str | None:
        """The file the ledger is compared with; None for this station's own copy."""
        chosen = self.other_combo.currentData()
        return None if chosen is None else str(chosen)

    def choose_other(self, where: str | None) -> None:
        """Compare with this file from now on, or with this station's own copy; tells nobody."""
        at = self.other_combo.findData(where)
        if at < 0:
            self.other_combo.addItem(_short(PurePath(str(where)).name), where)
            at = self.other_combo.count() - 1
            self.other_combo.setItemData(at, where, Qt.ItemDataRole.ToolTipRole)
        self.other_combo.setCurrentIndex(at)
        self.other_combo.setToolTip(where or "")

    def show_look(self, look: Look) -> None:
        """Show this instead of what was seen before."""
        is_own = self.other is None
        found = standing(look, is_own=is_own)
        self.sentence.tell(found.sentence, found.sign, found.places)
        self._writers.setText(_who(look.access))
        self.histories.replace(look.rows)
        self.endangered.replace(look.endangered)
        self._histories.setCurrentIndex(int(bool(look.rows)))
        self._given.setCurrentIndex(int(bool(look.endangered)))
        self._given_part.setVisible(look.have_parted)

    def _which(self) -> QFormLayout:
        """Which two are compared."""
        place = named(BreakableLabel(breakable(self._where)), "copies_ledger", "The ledger")
        place.let_keys_select()
        label = QLabel("Compare &with")
        label.setBuddy(self.other_combo)
        choice = QHBoxLayout()
        choice.setSpacing(GAP)
        choice.addWidget(self.other_combo)
        choice.addWidget(self.file_button)
        choice.addStretch(1)
        rows = QFormLayout()
        rows.setHorizontalSpacing(ROOM)
        rows.setVerticalSpacing(GAP)
        rows.addRow("Ledger", place)
        rows.addRow("May be written by", self._writers)
        rows.addRow(label, choice)
        return rows

    def _lay_out(self) -> None:
        no_rows = EmptyPage("Nothing to lay side by side", "Where two histories differ, both are shown here.")
        none_given = QLabel("No number was given in both.")
        self._histories.addWidget(named(no_rows, "no_histories_page"))
        self._histories.addWidget(self.histories_table)
        self._given.addWidget(named(none_given, "none_given_in_both"))
        self._given.addWidget(self.endangered_table)
        none_given.setAlignment(Qt.AlignmentFlag.AlignTop)
        given = QVBoxLayout(self._given_part)
        given.setContentsMargins(0, 0, 0, 0)
        given.setSpacing(TIGHT)
        given.addWidget(heading("Given in both", _HEADING_SCALE))
        given.addWidget(self._given, 1)
        self._given_part.hide()
        parts = named(QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False), "copies_splitter")
        parts.addWidget(self._histories)
        parts.addWidget(self._given_part)
        parts.setSizes(_SHARES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._which())
        column.addWidget(self.sentence)
        column.addWidget(parts, 1)

    @Slot()
    def _choose(self) -> None:
        self.other_combo.setToolTip(self.other or "")
        self.other_chosen.emit()

    @Slot()
    def _choose_file(self) -> None:
        beside = str(Path(self._where).parent)
        chosen, _ = QFileDialog.getOpenFileName(self, "Compare the ledger with another file", beside, LEDGERS)
        if chosen:
            self.choose_other(chosen)
            self.other_chosen.emit()


def _short(name: str) -> str:
    """A file's name that fits into the list; both of its ends say more than its middle."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 2 :]}"


def _who(access: Access | None) -> str:
    """Who may write the file and its folder, in one line."""
    if access is None:
        return "nobody: nothing lies there"
    if access.file == access.folder:
        return f"{access.file}; so may the folder"
    return f"{access.file}; the folder by {access.folder}"


def _key_of_row(row: HistoriesRow) -> int:
    return row.n


def _is_common(row: HistoriesRow) -> bool:
    return row.is_common


def _key_of_number(given: Endangered) -> tuple[str, str]:
    return given.kind, given.number
