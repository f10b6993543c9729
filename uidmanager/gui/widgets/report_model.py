"""The rows of a report as they will stand in its file: same columns, same order, nothing to sort.

Headings and times are written for a reader, as in the formats for reading; the tip has them as the others have them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from uidmanager.core.reports import Nature
from uidmanager.core.texts import visible
from uidmanager.gui.theme import fixed_font

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from uidmanager.core.reports import Report, Value

_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_IN_FIXED_FONT: Final = frozenset({Nature.UID, Nature.CODE})
_TO_THE_SECOND: Final = len("2026-11-22T21:06:42")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ReportModel(QAbstractTableModel):
    """Shows one report; another one replaces it whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self._fixed_font = fixed_font()

    @property
    def report(self) -> Report | None:
        """What is shown."""
        return self._report

    def show_report(self, report: Report) -> None:
        """Show this report instead of the one before."""
        self.beginResetModel()
        self._report = report
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many rows the report has."""
        return 0 if parent.isValid() or self._report is None else len(self._report.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many columns it has."""
        return 0 if parent.isValid() or self._report is None else len(self._report.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _Role.DisplayRole) -> Any:
        """A value for a reader; in the tip as the ledger has it."""
        if not index.isValid() or self._report is None:
            return None
        column = self._report.columns[index.column()]
        if role in {_Role.DisplayRole, _Role.ToolTipRole}:
            value = self._report.rows[index.row()][column.field]
            is_time = column.nature is Nature.TIME and role == _Role.DisplayRole
            return _shown(value, is_time=is_time)
        if role == _Role.FontRole and column.nature in _IN_FIXED_FONT:
            return self._fixed_font
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column.nature is Nature.NUMBER else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """What stands over a column for a reader; in the tip its name in CSV and JSON."""
        if self._report is None or orientation != Qt.Orientation.Horizontal:
            return None
        if not 0 <= section < len(self._report.columns):
            return None
        if role == _Role.DisplayRole:
            return self._report.columns[section].title
        if role == _Role.ToolTipRole:
            return f"“{self._report.columns[section].field}” in CSV and JSON"
        return _LEFT if role == _Role.TextAlignmentRole else None


def _shown(value: Value, *, is_time: bool) -> str:
    if value is None:
        return ""
    text = visible(str(value))
    return text[:_TO_THE_SECOND].replace("T", " ") if is_time else text
