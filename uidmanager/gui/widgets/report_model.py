"""The rows of a report as they will stand in its file: same columns, same order, nothing to sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from uidmanager.core.texts import visible
from uidmanager.gui.theme import fixed_font

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from uidmanager.core.reports import Report

_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_IN_FIXED_FONT: Final = frozenset({"uid", "serial", "component", "version_name"})


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
        return 0 if parent.isValid() or self._report is None else len(self._report.fields)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _Role.DisplayRole) -> Any:
        """A value as the file has it."""
        if not index.isValid() or self._report is None:
            return None
        field = self._report.fields[index.column()]
        if role in {_Role.DisplayRole, _Role.ToolTipRole}:
            value = self._report.rows[index.row()][field]
            return "" if value is None else visible(str(value))
        if role == _Role.FontRole and field in _IN_FIXED_FONT:
            return self._fixed_font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The names of the columns as the file has them."""
        if self._report is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole and 0 <= section < len(self._report.fields):
            return self._report.fields[section]
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
