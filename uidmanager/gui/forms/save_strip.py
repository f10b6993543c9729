"""Saves a report as a file: behind the window, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from uidmanager.core.errors import Severity, UidManagerError
from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.saved_line import SavedLine
from uidmanager.writers.files import FileThereError, write_file
from uidmanager.writers.formats import Format, render
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report
    from uidmanager.gui.session import Session

_ALL_THERE_IS: Final = 1000
_FILE_KINDS: Final = {Format.CSV: "CSV files (*.csv)", Format.JSON: "JSON files (*.json)"}


class SaveStrip(QWidget):
    """A button for each format, and what became of the last file."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._report: Report | None = None
        self._is_saving = False
        self._folder = QDir.homePath()
        self.problems = ProblemList("save_problems")
        self.saved = SavedLine()
        self.csv_button = named(QPushButton("Save &CSV…", autoDefault=False), "save_csv_button")
        self.json_button = named(QPushButton("Save &JSON…", autoDefault=False), "save_json_button")
        self.csv_button.clicked.connect(self._save_csv)
        self.json_button.clicked.connect(self._save_json)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.csv_button, self.json_button):
            button.setEnabled(False)
            row.addWidget(button)
        row.addWidget(self.saved, _ALL_THERE_IS)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.problems)
        column.addLayout(row)

    def offer(self, report: Report) -> None:
        """This is the report that can be saved now."""
        self._report = report
        for button in (self.csv_button, self.json_button):
            button.setEnabled(True)

    def forget(self) -> None:
        """Speak no longer of what was saved last."""
        self.saved.hide()
        self.problems.show_problems(())

    @Slot()
    def _save_csv(self) -> None:
        self._save(Format.CSV)

    @Slot()
    def _save_json(self) -> None:
        self._save(Format.JSON)

    def _save(self, form: Format) -> None:
        report = self._report
        if report is None or self._is_saving:
            return
        proposed = str(Path(self._folder) / f"{report.kind}.{form}")
        title = f"Save {report.kind} as {form.upper()}"
        chosen, _ = QFileDialog.getSaveFileName(self, title, proposed, _FILE_KINDS[form])
        if not chosen:
            return
        where = Path(chosen)
        is_agreed = bool(where.suffix)  # the dialog has asked before a file is overwritten, if it knew its whole name
        where = where if is_agreed else where.with_name(f"{where.name}.{form}")
        self._folder = str(where.parent)
        self._is_saving = True
        self.forget()
        self.problems.show_sentence("Saving…", Severity.NOTICE)
        stamp = stamp_of(self._session.service.world)

        def work(_progress: Progress) -> tuple[Path, int]:
            write_file(where, render(report, form, stamp), replace=is_agreed)
            return where, len(report.rows)

        self._session.reading.start(work, self._tell_saved, self._not_saved)

    def _tell_saved(self, saved: tuple[Path, int]) -> None:
        where, rows = saved
        self._is_saving = False
        self.forget()
        self.saved.tell(f"Saved {rows:,} {'row' if rows == 1 else 'rows'} to {where}", where)

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        if isinstance(error, FileThereError):
            self.problems.show_sentence(f"There is a file at {error.where} already. Choose another name.")
        elif isinstance(error, UidManagerError):
            self.problems.show_sentence(str(error))
        else:
            self.problems.show_sentence("The report was not saved; the fault is the program's.")
            raise error
