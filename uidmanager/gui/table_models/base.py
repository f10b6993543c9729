"""What all tables of records have in common: columns that are data, and what the view and the line above it ask for."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its heading, the text it shows, the value it sorts by; UIDs and serials are set in the fixed font.

    ``width`` is how many characters it is wide at first; ``tooltip`` says more than the text, where there is more.
    """

    title: str
    text: Callable[[Row], str]
    sort_key: Callable[[Row], Any] | None = None
    is_fixed: bool = False
    width: int = 14
    tooltip: Callable[[Row], str] | None = None


class TableModel(QAbstractTableModel, Generic[Row]):
    """A read-only table over records, each known by a key. Records come and change, they never go.

    Signals:
        searched(): all rows that a filter leaves are there now; until then more may come at the end
    """

    searched = Signal()

    def __init__(self, columns: Sequence[Column[Row]], fixed_font: QFont) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.fixed_font = fixed_font
        self._faint_font = QFont()
        self._faint_font.setItalic(True)
        self._tellers: dict[int, Callable[[Column[Row], Row], Any]] = {
            _Role.DisplayRole: _text,
            _Role.FontRole: self._font,
            _Role.ToolTipRole: _tooltip,
        }

    # -- what is in it -----------------------------------------------------------------------------------------------

    @property
    @abstractmethod
    def total(self) -> int:
        """How many records there are, shown or not."""

    @property
    @abstractmethod
    def faint_total(self) -> int:
        """How many of all records are faint: retired, void, withdrawn."""

    @property
    def is_searching(self) -> bool:
        """Whether a filter may still find more."""
        return False

    @abstractmethod
    def is_faint(self, record: Row) -> bool:
        """Whether a record is faint."""

    @abstractmethod
    def record(self, row: int) -> Row:
        """The record in this row of the view."""

    @abstractmethod
    def records(self, first: int, last: int) -> Iterator[Row]:
        """The records that are in these rows now, from the first to the last, whatever becomes of the rows."""

    @abstractmethod
    def key_at(self, row: int) -> Hashable:
        """The key of the record in this row of the view."""

    @abstractmethod
    def row_of(self, key: Hashable) -> int | None:
        """The row of the view in which the record with this key stands; None while it is not shown."""

    @abstractmethod
    def narrow(self, text: str, *, hides_faint: bool) -> None:
        """Show only the records that have each word of the text in one of their columns; perhaps no faint ones."""

    def settle(self) -> None:
        """Find now what a filter has yet to find."""

    # -- Qt ----------------------------------------------------------------------------------------------------------

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """The text of a cell, and the few looks that are not the view's own. A view asks for many others in vain."""
        tell = self._tellers.get(role)
        return tell(self.columns[index.column()], self.record(index.row())) if tell and index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == _Role.DisplayRole:
                return self.columns[section].title
            if role == _Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _font(self, column: Column[Row], record: Row) -> QFont | None:
        if column.is_fixed:
            return self.fixed_font
        return self._faint_font if self.is_faint(record) else None


def _text(column: Column[Row], record: Row) -> str:
    return visible(column.text(record))


def _tooltip(column: Column[Row], record: Row) -> str | None:
    said = (column.tooltip or column.text)(record)
    return "\n".join(map(visible, said.split("\n"))) or None
