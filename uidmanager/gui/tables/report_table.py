"""The preview of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from uidmanager.gui.tables.header import RecordHeader
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.gui.widgets.report_model import ReportModel

_ROW_HEIGHT: Final = 24
_LOOKED_AT: Final = 200  # rows; Qt itself measures all of them while the table is not to be seen
_AROUND: Final = 16
_WIDEST: Final = 360  # of a text, unless it is longer than its share of the table
_LEAST: Final = 100
_SHARE: Final = 0.38


class ReportTable(QTableView):
    """Rows of one height, as in the tables of records; their order is the file's, so nothing sorts them."""

    def __init__(self, model: ReportModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "report_table", "Rows of the report")
        header = RecordHeader(self)
        header.setSectionsClickable(False)
        self.setHorizontalHeader(header)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(_ROW_HEIGHT)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        rows.hide()
        self.setModel(model)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def fit_columns(self) -> None:
        """Make each column as wide as its heading and its first rows need; only a text may be cut."""
        model, across = self.model(), Qt.Orientation.Horizontal
        metrics = self.fontMetrics()
        widest = min(_WIDEST, max(_LEAST, int(self.viewport().width() * _SHARE)))
        for column in range(model.columnCount()):  # the last one also takes what is left
            font = model.index(0, column).data(Qt.ItemDataRole.FontRole)
            measure = metrics if font is None else QFontMetrics(font)
            rows = range(min(model.rowCount(), _LOOKED_AT))
            widths = [measure.horizontalAdvance(str(model.index(row, column).data())) for row in rows]
            widths.append(metrics.horizontalAdvance(str(model.headerData(column, across))))
            needed = max(widths) + _AROUND
            self.setColumnWidth(column, needed if font is not None else min(needed, widest))
