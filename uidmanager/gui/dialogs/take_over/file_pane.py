"""The first step: which file, what its rows are, how it is read; its first rows as they were read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.takeover.columns import TableKind
from uidmanager.gui.tables.sheet_rows import MOST_SHOWN, SheetModel
from uidmanager.gui.theme import GAP, ROOM
from uidmanager.gui.widgets.kept_combo import KeptCombo
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.sheets.delimited import DELIMITERS
from uidmanager.sheets.encodings import ENCODINGS
from uidmanager.sheets.reading import Wishes

if TYPE_CHECKING:
    from uidmanager.core.takeover.table import Line, Table
    from uidmanager.sheets.reading import Reading

_KINDS: Final = {
    TableKind.INSTALLATIONS: "Installations: one piece of equipment in each row",
    TableKind.PRODUCTS: "Products: one product in each row",
    TableKind.RELEASES: "Releases: one version of a product in each row",
}
_FILES: Final = "Spreadsheets (*.xlsx *.xlsm *.csv *.tsv *.tab *.txt);;All files (*)"
_MOST_TOLD: Final = 8
_ROW_HEIGHT: Final = 24
_WIDEST: Final = 320


class FilePane(QWidget):
    """Says when the file must be read again, and when something else is to be made of what was read.

    Signals:
        file_chosen(Path): another file is wanted
        read_asked(): the same file is to be read in another way
        changed(): the rows are something else, or the headings stand elsewhere
    """

    file_chosen = Signal(object)
    read_asked = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "takeover_file_pane")
        self._table: Table | None = None
        self.is_kind_chosen = self.is_heading_chosen = False
        self.file_edit = named(QLineEdit(readOnly=True), "takeover_file_edit", "File")
        self.file_edit.setPlaceholderText("an Excel workbook (.xlsx) or CSV; or drop it on the window")
        choose = QPushButton("&Choose file…", autoDefault=False)
        self.choose_button = named(choose, "choose_spreadsheet_button")
        self.kind_combo = KeptCombo("takeover_kind_combo", "What the rows are")
        for kind, title in _KINDS.items():
            self.kind_combo.addItem(title, kind.value)
        self.sheet_combo = KeptCombo("takeover_sheet_combo", "Sheet")
        self.encoding_combo = KeptCombo("takeover_encoding_combo", "Encoding")
        for encoding, title in ENCODINGS.items():
            self.encoding_combo.addItem(title, encoding)
        self.delimiter_combo = KeptCombo("takeover_delimiter_combo", "Delimiter")
        for delimiter, title in DELIMITERS.items():
            self.delimiter_combo.addItem(title.capitalize(), delimiter)
        self.heading_spin = named(QSpinBox(), "takeover_heading_spin", "Row with the headings")
        self.heading_spin.setSpecialValueText("none")
        self.problems = ProblemList("takeover_file_problems", most=_MOST_TOLD)
        self.model = SheetModel()
        self.view = named(QTableView(), "takeover_preview_table", "First rows of the spreadsheet")
        self._labels: dict[QWidget, QLabel] = {}
        self._set_up_view()
        self._lay_out()
        self._connect()
        self.show_reading(None, None)

    @property
    def kind(self) -> TableKind:
        """What the rows are."""
        return TableKind(self.kind_combo.chosen)

    @property
    def heading_row(self) -> int:
        """The row with the headings; 0 where there is none."""
        return self.heading_spin.value()

    @property
    def wishes(self) -> Wishes:
        """How the file is to be read, as far as something was read before."""
        return Wishes(
            self.sheet_combo.chosen or None,
            self.encoding_combo.chosen if self.encoding_combo.isEnabled() else None,
            self.delimiter_combo.chosen if self.delimiter_combo.isEnabled() else None,
        )

    def show_file(self, file: Path) -> None:
        """This file is being read."""
        self.file_edit.setText(str(file))
        self.file_edit.setToolTip(str(file))
        self.is_kind_chosen = self.is_heading_chosen = False
        self.show_reading(None, None)

    def choose_kind(self, kind: TableKind) -> None:
        """Have the rows taken for this, unless the person has said what they are."""
        if not self.is_kind_chosen:
            with QSignalBlocker(self.kind_combo):
                self.kind_combo.choose(kind.value)

    def choose_heading(self, heading: Line | None) -> None:
        """Have this row for the headings, unless the person has said which it is."""
        if not self.is_heading_chosen:
            with QSignalBlocker(self.heading_spin):
                self.heading_spin.setValue(0 if heading is None else heading.number)
            self._show_rows()

    def show_reading(self, reading: Reading | None, heading: Line | None) -> None:
        """Show what was read, and how; None while nothing is."""
        self._table = None if reading is None else reading.table
        is_text = reading is not None and reading.is_text
        combos = (self.sheet_combo, self.encoding_combo, self.delimiter_combo)
        self.is_heading_chosen = False
        blockers = [QSignalBlocker(widget) for widget in (*combos, self.heading_spin)]
        self.sheet_combo.clear()
        if reading is not None and not is_text:
            for sheet in reading.sheets:
                self.sheet_combo.addItem(f"{sheet.name} (hidden)" if sheet.is_hidden else sheet.name, sheet.name)
            self.sheet_combo.choose(reading.table.sheet or "")
        if reading is not None and is_text:
            self.encoding_combo.choose(reading.encoding or "")
            self.delimiter_combo.choose(reading.delimiter or "")
        for widget, is_shown in zip(combos, (not is_text, is_text, is_text), strict=True):
            widget.setEnabled(reading is not None and is_shown)
            widget.setVisible(reading is None or is_shown)
            self._labels[widget].setVisible(reading is None or is_shown)
        self.heading_spin.setEnabled(reading is not None)
        self.heading_spin.setMaximum(0 if self._table is None else self._table.lines[-1].number)
        self.heading_spin.setValue(0 if heading is None else heading.number)
        del blockers
        self.problems.show_problems(() if reading is None else reading.table.remarks)
        self._show_rows()

    def focus_first(self) -> None:
        """Be ready to choose a file."""
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def forbid(self, *, is_busy: bool) -> None:
        """While a file is read no other is chosen."""
        self.choose_button.setEnabled(not is_busy)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _set_up_view(self) -> None:
        self.view.setModel(self.model)
        self.model.setParent(self.view)
        self.view.setAlternatingRowColors(True)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setCornerButtonEnabled(False)
        self.view.horizontalHeader().setMaximumSectionSize(_WIDEST)
        rows = self.view.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(_ROW_HEIGHT)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        self.view.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        file = QHBoxLayout()
        file.setSpacing(GAP)
        file.addWidget(self.file_edit, 1)
        file.addWidget(self.choose_button)
        how = QHBoxLayout()
        how.setSpacing(GAP)
        for text, widget in (
            ("Shee&t", self.sheet_combo),
            ("E&ncoding", self.encoding_combo),
            ("&Delimiter", self.delimiter_combo),
            ("Headings in r&ow", self.heading_spin),
        ):
            label = self._labels[widget] = QLabel(text)
            label.setBuddy(widget)
            how.addWidget(label)
            how.addWidget(widget)
            how.addSpacing(GAP)
        how.addStretch(1)
        form = QFormLayout()
        form.setSpacing(GAP)
        form.addRow("File:", file)
        form.addRow("The rows &are:", self.kind_combo)
        form.addRow("Read as:", how)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(ROOM)
        column.addLayout(form)
        column.addWidget(self.problems)
        column.addWidget(self.view, 1)
        self._told_rows = named(QLabel(), "takeover_rows_label", "How many rows there are")
        column.addWidget(self._told_rows)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._choose)
        for combo in (self.sheet_combo, self.encoding_combo, self.delimiter_combo):
            combo.currentIndexChanged.connect(self.read_asked)
        self.kind_combo.currentIndexChanged.connect(self._mind_kind)
        self.heading_spin.valueChanged.connect(self._mind_heading)

    @Slot()
    def _choose(self) -> None:
        before = self.file_edit.text()
        folder = str(Path(before).parent) if before else QDir.homePath()
        chosen, _ = QFileDialog.getOpenFileName(self, "Import a spreadsheet", folder, _FILES)
        if chosen:
            self.file_chosen.emit(Path(chosen))

    @Slot()
    def _mind_kind(self) -> None:
        self.is_kind_chosen = True
        self.changed.emit()

    @Slot()
    def _mind_heading(self) -> None:
        self.is_heading_chosen = True
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        table = self._table
        self.model.show_table(table, self.heading_row)
        self.view.resizeColumnsToContents()
        if table is None:
            self._told_rows.setText("")
            return
        more = f"the first {MOST_SHOWN} of them are shown" if len(table.lines) > MOST_SHOWN else "all are shown"
        self._told_rows.setText(f"{len(table.lines):,} rows; {more}. Cells in italics are no text: point at them.")
