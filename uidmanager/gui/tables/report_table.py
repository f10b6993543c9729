"""The preview of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from uidmanager.gui.tables.header import RecordHeader
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.gui.widgets.report_model import ReportModel

_ROW_HEIGHT: Final = 24


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
