"""Everything that ever happened in the registry, the newest first; and the proof that nothing of it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from uidmanager.core.errors import CancelledError
from uidmanager.gui.jobs import Latest
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.tables.entry_details import EntryDetails
from uidmanager.gui.tables.history_extent import HistoryExtent
from uidmanager.gui.tables.history_filter import HistoryFilter, choices_in
from uidmanager.gui.tables.history_rows import COLUMNS, key_of, newest_rows, record_of, retells, rows_of
from uidmanager.gui.tables.nothing_found import NothingFound
from uidmanager.gui.tables.record_table import Copied, RecordTable
from uidmanager.gui.theme import GAP, ROOM, fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.verify_strip import VerifyStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from uidmanager.app.ports import Progress
    from uidmanager.core.events import Entry
    from uidmanager.core.records import Record
    from uidmanager.gui.session import Session
    from uidmanager.gui.table_models import Stock
    from uidmanager.gui.tables.history_filter import Choices
    from uidmanager.gui.tables.history_rows import HistoryRow

_SIZES: Final = (720, 300)
_PORTION: Final = 50_000  # changes that are listed at first, and more at each time that older ones are asked for
_COPIES: Final = (
    Copied("Copy UID", lambda row: row.account.uid or ""),
    Copied("Copy hash", lambda row: row.entry.h),
)


class HistoryPage(QWidget):
    """The history, read behind the window when the page is first shown.

    Signals:
        opened(object): show this record on its own page
        copied(str): a sentence that says what was copied
    """

    opened = Signal(object)
    copied = Signal(str)
    title = "History"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "history_page")
        self._session = session
        self._is_asked_for = False
        self._wanted = _PORTION
        self._first: int | None = None
        self._reading = Latest(session.reading)
        self._late: list[Entry] = []
        self.model = RecordTableModel(COLUMNS, key_of, fixed_font())
        self.table = RecordTable(self.model, "history_table", "History", _COPIES)
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.filter = HistoryFilter(self.model, session.service.world.now)
        self.nothing_found = NothingFound(self.table, self.filter.bar, "change", lambda: self.filter.is_choosing)
        self.extent = HistoryExtent()
        self.details = EntryDetails()
        self.verify_strip = VerifyStrip(session)
        self._lay_out()
        self.table.record_chosen.connect(self.details.show_row)
        self.table.activated.connect(self._open_row)
        self.filter.bar.left_downwards.connect(self.table.setFocus)
        for source in (self.table, self.verify_strip):
            source.copied.connect(self.copied)
        self.extent.older_asked.connect(self._read_older)
        self.extent.cancel_asked.connect(self._reading.cancel)
        session.took_in.connect(self._take_in)

    def focus_first(self) -> None:
        """Be ready to filter."""
        self.filter.bar.focus()

    def show_record(self, _record: Record) -> bool:
        """No record lives on this page."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Read the history when it is first looked at."""
        super().showEvent(event)
        if not self._is_asked_for:
            self._is_asked_for = True
            self._read()

    def _lay_out(self) -> None:
        parts = named(QSplitter(childrenCollapsible=False), "history_splitter")
        parts.addWidget(self.table)
        parts.addWidget(self.details)
        parts.setStretchFactor(0, 1)
        parts.setSizes(_SIZES)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addWidget(self.filter)
        column.addWidget(self.extent)
        column.addWidget(parts, 1)
        column.addWidget(self.verify_strip)

    # -- what is in it -----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the newest part of the history behind the window, as much as is wanted."""
        registry, model, wanted = self._session.still(), self.model, self._wanted

        def work(progress: Progress) -> tuple[Stock[HistoryRow], Choices]:
            rows = newest_rows(registry, wanted, lambda fraction: progress("Reading the history", fraction / 2))
            stock = model.stock(rows, lambda fraction: progress("Reading the history", (1 + fraction) / 2))
            return stock, choices_in(rows)

        self._late = []
        self.extent.begin()
        self._reading.start(work, self._adopt, self._failed, self.extent.report)

    @Slot()
    def _read_older(self) -> None:
        self._wanted = self.model.total + _PORTION
        self._read()

    def _adopt(self, read: tuple[Stock[HistoryRow], Choices]) -> None:
        stock, choices = read
        self._first = stock.rows[0].entry.n if stock.rows else 1
        self.model.adopt(stock)
        self.filter.offer(choices)
        self.extent.end(self._first)
        self._put(self._late)
        self._late = []

    def _failed(self, error: Exception) -> None:
        self.extent.end(self._first)
        if not isinstance(error, CancelledError):
            raise error  # a fault of ours: nothing of the disk is touched
        self._put(self._late)
        self._late = []

    @Slot(object)
    def _take_in(self, entries: Sequence[Entry]) -> None:
        """Something was written, here or elsewhere."""
        if not self._is_asked_for:
            return
        if retells(entries):
            self._read()
        elif self._reading.is_busy:
            self._late.extend(entries)
        else:
            self._put(entries)

    def _put(self, entries: Sequence[Entry]) -> None:
        with self._session.service.look() as registry:
            rows = rows_of(registry, entries)
        if rows:
            self.filter.offer(choices_in(rows))
            self.model.put(rows)

    @Slot(QModelIndex)
    def _open_row(self, index: QModelIndex) -> None:
        with self._session.service.look() as registry:
            record = record_of(registry, self.model.record(index.row()))
        if record is not None:
            self.opened.emit(record)
