"""The header of a table: sorts, moves, hides columns, and stays quick when a million rows are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QHeaderView, QMenu, QStyleOptionHeader, QWidget

from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class RecordHeader(QHeaderView):
    """A header whose menu shows and hides columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        named(self, "table_header", "Columns")
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setResizeContentsPrecision(0)  # measures the rows in sight, not all of them
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:  # noqa: N803 (Qt's name)
        """Say how a heading is drawn. Qt's own way asks for every row of the table whether it is selected."""
        model = self.model()
        option.section = logicalIndex
        option.text = model.headerData(logicalIndex, Qt.Orientation.Horizontal)
        option.textAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        option.position = self._position(logicalIndex)
        option.sortIndicator = QStyleOptionHeader.SortIndicator.None_
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex:
            option.sortIndicator = (
                QStyleOptionHeader.SortIndicator.SortDown
                if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
                else QStyleOptionHeader.SortIndicator.SortUp
            )

    def column_actions(self, menu: QMenu) -> list[QAction]:
        """One tick for each column; the last column that is shown cannot be hidden."""
        shown = self.count() - self.hiddenSectionCount()
        actions = []
        for section in range(self.count()):
            action = menu.addAction(str(self.model().headerData(section, Qt.Orientation.Horizontal)))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(section))
            action.setEnabled(self.isSectionHidden(section) or shown > 1)
            action.setData(section)
            actions.append(action)
        return actions

    def toggle(self, section: int) -> None:
        """Show a hidden column, hide a shown one."""
        self.setSectionHidden(section, not self.isSectionHidden(section))

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        self.column_actions(menu)
        chosen = menu.exec(self.mapToGlobal(at))
        if chosen is not None:
            self.toggle(int(chosen.data()))
        menu.deleteLater()

    def _position(self, section: int) -> QStyleOptionHeader.SectionPosition:
        places = QStyleOptionHeader.SectionPosition
        visual, last = self.visualIndex(section), self.count() - 1
        if last == 0:
            return places.OnlyOneSection
        if visual == 0:
            return places.Beginning
        return places.End if visual == last else places.Middle
