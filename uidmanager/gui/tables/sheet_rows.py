"""The first rows of a spreadsheet as it was read, so that a person sees whether it was read rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from uidmanager.core.takeover.table import Mark, letters_of
from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from uidmanager.core.takeover.table import Line, Table

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
MOST_SHOWN: Final = 100
_MOST_COLUMNS: Final = 64
_Role = Qt.ItemDataRole
_TOLD: Final = (
    (Mark.ERROR, "An error of the spreadsheet"),
    (Mark.MERGED, "Merged with a cell beside or above it"),
    (Mark.NO_RESULT, "A formula without a result"),
    (Mark.FORMULA, "Calculated by a formula"),
    (Mark.DATE, "Stored as a date"),
    (Mark.BOOLEAN, "Stored as true or false"),
    (Mark.ROUNDED, "Stored as a number of more than 15 digits, the last of which are made up"),
    (Mark.SHAPED, "Stored as a number, shown with zeros by its format"),
    (Mark.NUMBER, "Stored as a number"),
    (Mark.UNWRAPPED, "Written =“…” to keep its zeros"),
)


class SheetModel(QAbstractTableModel):
    """Cells that are no text are set in italics, and say what they are when one points at them."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._width = 0
        self._heading: int | None = None
        self._odd, self._head = QFont(), QFont()
        self._odd.setItalic(True)
        self._head.setBold(True)

    def show_table(self, table: Table | None, heading: int | None) -> None:
        """Show the first rows of a table; the row of this number has the headings."""
        self.beginResetModel()
        self._lines = () if table is None else table.lines[:MOST_SHOWN]
        self._width = 0 if table is None else min(table.width, _MOST_COLUMNS)
        self._heading = heading
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """The text of a cell, and what is odd about it."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        if role == _Role.DisplayRole:
            return visible(line.text(column))
        if role == _Role.FontRole:
            return self._font(line, column)
        if role == _Role.ToolTipRole:
            return self._tip(line, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The names that spreadsheets have for columns and rows."""
        if role != _Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return letters_of(section)
        return str(self._lines[section].number) if section < len(self._lines) else None

    def _font(self, line: Line, column: int) -> QFont | None:
        if line.number == self._heading:
            return self._head
        return self._odd if line.marks.get(column) else None

    def _tip(self, line: Line, column: int) -> str | None:
        mark = line.marks.get(column, 0)
        told = [sentence for bit, sentence in _TOLD if mark & bit]
        if line.is_hidden:
            told.append("This row is hidden in the spreadsheet")
        return "\n".join(told) or visible(line.text(column)) or None
