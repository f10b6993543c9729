"""The scans of a check, the last one first, and the units whose label is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from uidmanager.core.texts import visible
from uidmanager.gui.dialogs.check_labels.verdict import LOOKS
from uidmanager.gui.theme import fixed_font, tones
from uidmanager.gui.widgets.glyphs import drawn
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from uidmanager.core.checking import Scan

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_Role = Qt.ItemDataRole


class ScansModel(QAbstractTableModel):
    """A check's own list of scans, which only grows at its end; shown from there."""

    def __init__(self, looks_of: QWidget) -> None:
        super().__init__(looks_of)
        self._looks_of = looks_of
        self._scans: Sequence[Scan] = ()
        self._count = 0

    def show_scans(self, scans: Sequence[Scan]) -> None:
        """Show these."""
        self.beginResetModel()
        self._scans, self._count = scans, len(scans)
        self.endResetModel()

    def catch_up(self) -> None:
        """Show what has come to them."""
        more = len(self._scans) - self._count
        if more > 0:
            self.beginInsertRows(_NOWHERE, 0, more - 1)
            self._count = len(self._scans)
            self.endInsertRows()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Number, verdict, what was scanned."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The headings."""
        if role == _Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADS[section]
        return _LEFT if role == _Role.TextAlignmentRole else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """A cell; the verdict has its sign and its tone."""
        if not index.isValid():
            return None
        at = self._count - 1 - index.row()
        scan, column = self._scans[at], index.column()
        if role == _Role.DisplayRole:
            look = LOOKS[scan.verdict]
            word = look.word if scan.verdict is not None else "Unit"
            return (str(at + 1), f"{look.sign} {word}", drawn(visible(scan.scanned)))[column]
        if role == _Role.ToolTipRole:
            return visible(scan.sentence)
        if role == _Role.ForegroundRole and column == _VERDICT:
            return QColor(LOOKS[scan.verdict].tone(tones(self._looks_of)))
        return fixed_font() if role == _Role.FontRole and column == _SCANNED else None


class MissingModel(QAbstractTableModel):
    """Units by component, in the order printed; they go as their labels are read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._components: list[str] = []
        self._serials: Mapping[str, str] = {}

    def show_units(self, components: Sequence[str], serials: Mapping[str, str]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._components, self._serials = list(components), serials
        self.endResetModel()

    def take_off(self, component: str) -> None:
        """The label of this one is read."""
        if component in self._components:
            row = self._components.index(component)
            self.beginRemoveRows(_NOWHERE, row, row)
            del self._components[row]
            self.endRemoveRows()

    def component(self, row: int) -> str:
        """The component of the unit in a row."""
        return self._components[row]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._components)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """The serial."""
        return 0 if parent.isValid() else 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The heading, with how many there are."""
        if role == _Role.DisplayRole and orientation == Qt.Orientation.Horizontal and section == 0:
            return "Missing"
        return _LEFT if role == _Role.TextAlignmentRole else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """The serial as it stands on the equipment."""
        if index.isValid() and role == _Role.DisplayRole:
            component = self._components[index.row()]
            return visible(self._serials.get(component, component))
        return _font() if index.isValid() and role == _Role.FontRole else None


class PlainTable(QTableView):
    """A list in rows of one height, which leaves Tab alone."""

    def __init__(self, model: QAbstractTableModel, name: str, spoken: str) -> None:
        super().__init__()
        named(self, name, spoken)
        self.setModel(model)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)


_HEADS: Final = ("No.", "Verdict", "Scanned")
_VERDICT: Final = 1
_SCANNED: Final = 2
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _font() -> QFont:
    return fixed_font()
