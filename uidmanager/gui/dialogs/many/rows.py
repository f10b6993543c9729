"""The rows of the dialog for many serials: what becomes of each, and a way to the problems among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from uidmanager.core.batches.report import batch_report
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.tables.batch_rows import BATCH, COPIES
from uidmanager.gui.tables.filter_bar import FilterBar
from uidmanager.gui.tables.nothing_found import NothingFound
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.theme import GAP, ROOM, fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.save_strip import Offer, SaveStrip
from uidmanager.writers.formats import Format

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.batches import Batch, BatchRow
    from uidmanager.core.reports import Report
    from uidmanager.gui.session import Session
    from uidmanager.gui.table_models.records import Stock


class RowsPane(QWidget):
    """What becomes of each serial: all rows, or only those with a problem; by words; to be copied and saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._batch: tuple[BatchRow, ...] = ()
        self.model: RecordTableModel[BatchRow] = RecordTableModel(BATCH, lambda row: row.number, fixed_font())
        self.table = RecordTable(self.model, "many_table", "Serials and what becomes of them", COPIES)
        self.filter = FilterBar(self.model, "rows")
        self.only_problems = named(QCheckBox("Only pro&blems"), "only_problems_check")
        self.copy_button = named(QPushButton("C&opy problems", autoDefault=False), "copy_problems_button")
        NothingFound(self.table, self.filter, "row", self.only_problems.isChecked)
        self.problems = ProblemList("many_row_problems")
        self.problems.setAccessibleName("What there is to say of the chosen row")
        self.table.record_chosen.connect(self._tell)
        self.save_strip = SaveStrip(session, name="batch")
        self.save_strip.form_combo.choose(Format.CSV.value)
        self.only_problems.toggled.connect(self._narrow)
        self.copy_button.clicked.connect(self._copy_problems)
        self.filter.left_downwards.connect(self._go_down)
        above = QHBoxLayout()
        above.setSpacing(ROOM)
        above.addWidget(self.filter, 1)
        above.addWidget(self.only_problems)
        above.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        column.addWidget(self.problems)
        column.addWidget(self.save_strip)

    def show_rows(self, stock: Stock[BatchRow], batch: Batch) -> None:
        """Show the rows of this batch, which were made ready."""
        self.model.adopt(stock)
        self._batch = batch.rows
        if not batch.refused:
            self.only_problems.setChecked(False)
        self.copy_button.setEnabled(batch.refused > 0)
        self._offer_report()

    @Slot(object)
    def _tell(self, row: BatchRow | None) -> None:
        """A column has no room for a sentence."""
        self.problems.show_problems(() if row is None else row.problems)

    @Slot()
    def _narrow(self) -> None:
        self.model.require(_is_refused if self.only_problems.isChecked() else None)
        self._offer_report()

    def _offer_report(self) -> None:
        """What can be saved is what is shown, but for the words that are looked for."""
        is_part = self.only_problems.isChecked()
        rows = tuple(filter(_is_refused, self._batch)) if is_part else self._batch
        if not rows:
            self.save_strip.withdraw("There are no rows to save")
            return
        total, session = f"{len(self._batch):,}", self._session
        asked = f"the {len(rows):,} rows with problems, of {total}" if is_part else f"all {total} rows"

        def make(_form: Format, _progress: Progress) -> Report:
            return batch_report(session.still(), rows, asked)

        self.save_strip.offer_making(Offer("batch", "Serials to be assigned", make))

    @Slot()
    def _copy_problems(self) -> None:
        """All of them, whatever words are looked for."""
        self.filter.edit.clear()
        self.only_problems.setChecked(True)
        self.table.selectAll()
        self.table.copy(COPIES[0].text)

    @Slot()
    def _go_down(self) -> None:
        if self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_refused(row: BatchRow) -> bool:
    return row.is_refused
