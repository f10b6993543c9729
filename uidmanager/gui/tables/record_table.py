"""A table of records to live in: rows of one height, copied with one key, its columns as the user left them."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QByteArray, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView, QWidget

from uidmanager.gui.tables.header import RecordHeader
from uidmanager.gui.turns import Turns
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from uidmanager.gui.table_models import TableModel

_LOWEST_ROW: Final = 24
_ABOVE_AND_BELOW: Final = 6
_AT_ONCE: Final = 1_000  # lines copied while the window waits
_SOUGHT: Final = 100  # rows looked for in one step
_FOLLOWED: Final = 1_000  # selected rows that are followed into another order


class Copied(NamedTuple):
    """One thing that can be copied from a row: how the menu calls it, and the text."""

    title: str
    text: Callable[[Any], str]


class RecordTable(QTableView):
    """Shows a `TableModel`. Its context menu copies, and holds the actions that were added to the widget.

    The first of ``copies`` is what Ctrl+C copies; a whole row (its shown columns, with tabs) can always be copied.
    The record that is chosen stays chosen while filter and order change, as long as it is shown.

    Signals:
        record_chosen(object): the record on which the user stands now; None when there is none
        copied(str): a sentence that says what was copied
    """

    record_chosen = Signal(object)
    copied = Signal(str)

    def __init__(
        self,
        model: TableModel[Any],
        name: str,
        spoken: str,
        copies: Sequence[Copied] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self._model = model
        self._kept: Hashable | None = None
        self._told: Any = None
        self._copying = Turns(self)
        self._choosing = Turns(self)
        self._moves = 0
        model.setParent(self)
        self._set_up()
        model.layoutAboutToBeChanged.connect(self._let_go)  # before the view's own parts hear of it
        self.setModel(model)
        self._set_widths()
        self._copies = [self._copy_action(copy, is_first=index == 0) for index, copy in enumerate(copies)]
        self._copies.append(self._copy_action(Copied("Copy row", self._row_text), is_first=not copies))
        self._mind_the_chosen()

    @property
    def chosen(self) -> Any:
        """The record on which the user stands; None when there is none."""
        current = self.currentIndex()
        return self._model.record(current.row()) if current.isValid() else None

    @property
    def copy_actions(self) -> Sequence[QAction]:
        """What copies, for menus elsewhere; the first is the one on Ctrl+C."""
        return self._copies

    def choose(self, key: Hashable) -> bool:
        """Go to the record with this key; False while it is not shown."""
        row = self._model.row_of(key)
        if row is None and self._model.is_searching:
            self._model.settle()
            row = self._model.row_of(key)
        if row is None:
            return False
        self._go_to(row)
        self.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def choose_all(self, keys: Sequence[Hashable]) -> None:
        """Select the records with these keys, as far as they are shown, and go to the first of them.

        Many of them are looked for behind the window's back.
        """
        self._choosing.start(self._chosen_all(keys))
        if len(keys) <= _AT_ONCE:
            self._choosing.finish()

    def selectAll(self) -> None:
        """Select all rows, those that a filter has yet to find as well."""
        self._model.settle()
        super().selectAll()

    def chosen_records(self) -> Iterator[Any]:
        """All records that are selected now, from top to bottom."""
        spans = [self._model.records(top, bottom) for top, bottom in self._chosen_spans()]
        return chain.from_iterable(spans)

    def copy(self, what: Callable[[Any], str]) -> None:
        """Put a text of each selected record on the clipboard, one a line; many of them behind the window's back."""
        count = sum(bottom - top + 1 for top, bottom in self._chosen_spans())
        if not count:
            return
        self._copying.start(self._copied(what, self.chosen_records(), count))
        if count <= _AT_ONCE:
            self._copying.finish()
        else:
            self.copied.emit(f"Copying {count:,} lines…")

    def context_menu(self) -> QMenu:
        """What can be done with the chosen row: copy it, and whatever was added to the table."""
        menu = QMenu(self)
        menu.addActions(self._copies)
        others = [action for action in self.actions() if action not in self._copies]
        if others:
            menu.addSeparator()
            menu.addActions(others)
        return menu

    def save_columns(self) -> QByteArray:
        """The columns as they are: width, order, which are hidden, which sorts."""
        return self._mark_of_columns() + self.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> bool:
        """Make the columns as they were; False when that was a table with others."""
        header = self.horizontalHeader()
        mark = self._mark_of_columns()
        if not state.startsWith(mark) or not header.restoreState(state.sliced(mark.size())):
            return False
        header.setStretchLastSection(True)
        self._model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        return True

    # -- inside ------------------------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        header = RecordHeader(self)
        self.setHorizontalHeader(header)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = max(_LOWEST_ROW, self.fontMetrics().height() + _ABOVE_AND_BELOW)
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        rows.hide()
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)

    def _set_widths(self) -> None:
        font = self._model.fixed_font
        for section, column in enumerate(self._model.columns):
            metrics = self.fontMetrics()
            if column.is_fixed:
                probe = QWidget()
                probe.setFont(font)
                metrics = probe.fontMetrics()
            self.setColumnWidth(section, metrics.horizontalAdvance("0") * (column.width + 2))

    def _mark_of_columns(self) -> QByteArray:
        """By what a state is known to be of this table: Qt would take one of other columns as well."""
        return QByteArray("\t".join(column.title for column in self._model.columns).encode() + b"\n")

    def _copy_action(self, copy: Copied, *, is_first: bool) -> QAction:
        action = QAction(copy.title, self)
        action.setObjectName(copy.title.lower().replace(" ", "_") + "_action")
        action.setData(copy.text)
        action.triggered.connect(self._copy_asked)
        if is_first:
            action.setShortcut(QKeySequence.StandardKey.Copy)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(action)
        return action

    def _chosen_spans(self) -> Sequence[tuple[int, int]]:
        """The first and the last row of each run of selected rows."""
        selection = self.selectionModel().selection()
        spans = (selection.at(index) for index in range(selection.count()))
        return sorted((span.top(), span.bottom()) for span in spans)

    def _copied(self, what: Callable[[Any], str], records: Iterator[Any], count: int) -> Iterator[None]:
        """Put the lines together in small steps, then put them on the clipboard."""
        pieces: list[str] = []
        while lines := [what(record) for record in islice(records, _AT_ONCE)]:
            pieces.append("\n".join(lines))
            yield
        QApplication.clipboard().setText("\n".join(pieces))
        self.copied.emit(f"Copied: {pieces[0]}" if count == 1 else f"Copied: {count:,} lines")

    def _row_text(self, record: Any) -> str:
        header = self.horizontalHeader()
        order = (header.logicalIndex(visual) for visual in range(header.count()))
        return "\t".join(self._model.columns[s].text(record) for s in order if not header.isSectionHidden(s))

    def _chosen_all(self, keys: Sequence[Hashable]) -> Iterator[None]:
        """Find the rows in small steps, then select them; anew if rows have moved meanwhile."""
        rows: list[int] = []
        moves = -1
        while moves != self._moves:
            self._model.settle()
            moves, rows = self._moves, []
            for start in range(0, len(keys), _SOUGHT):
                found = map(self._model.row_of, keys[start : start + _SOUGHT])
                rows.extend(row for row in found if row is not None)
                yield
        if not rows:
            return
        selection = QItemSelection()
        for top, bottom in _spans(sorted(rows)):
            selection.select(self._model.index(top, 0), self._model.index(bottom, len(self._model.columns) - 1))
        self._go_to(rows[0])
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    @Slot()
    def _copy_asked(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.copy(action.data())

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        menu = self.context_menu()
        menu.exec(self.viewport().mapToGlobal(at))
        menu.deleteLater()

    # -- the chosen record ---------------------------------------------------------------------------------------------

    def _mind_the_chosen(self) -> None:
        self._model.modelAboutToBeReset.connect(self._remember)
        self._model.modelReset.connect(self._recall)
        self._model.searched.connect(self._recall_late)
        self._model.dataChanged.connect(self._tell_again)
        model = self._model
        for moved in (model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            moved.connect(self._note_move)
        self.selectionModel().currentRowChanged.connect(self._tell)

    def _go_to(self, row: int) -> None:
        self.selectionModel().setCurrentIndex(
            self._model.index(row, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )

    @Slot()
    def _let_go(self) -> None:
        """Before another order: Qt would follow each selected row by itself, unless all are, which takes minutes."""
        count = sum(bottom - top + 1 for top, bottom in self._chosen_spans())
        if _FOLLOWED < count < self._model.rowCount():
            self._go_to(self.currentIndex().row())

    @Slot()
    def _note_move(self) -> None:
        """A row may stand elsewhere now."""
        self._moves += 1

    @Slot()
    def _remember(self) -> None:
        current = self.currentIndex()
        if current.isValid():
            self._kept = self._model.key_at(current.row())

    @Slot()
    def _recall(self) -> None:
        """After a reset, which takes the selection away: stand on the same record again, if it is shown."""
        row = None if self._kept is None else self._model.row_of(self._kept)
        if row is not None:
            self._go_to(row)
        self._tell()

    @Slot()
    def _recall_late(self) -> None:
        """All rows are there: if the record was not among the first of them, it may be now."""
        if not self.currentIndex().isValid():
            self._recall()

    @Slot(QModelIndex, QModelIndex)
    def _tell(self, *_indexes: QModelIndex) -> None:
        if self.chosen != self._told:
            self._tell_anew()

    @Slot(QModelIndex, QModelIndex)
    def _tell_again(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self._tell_anew()

    def _tell_anew(self) -> None:
        self._told = self.chosen
        self.record_chosen.emit(self._told)


def _spans(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last row of each run, of rows in ascending order."""
    top = bottom = rows[0]
    for row in rows:
        if row > bottom + 1:
            yield top, bottom
            top = row
        bottom = row
    yield top, bottom
