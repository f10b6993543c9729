"""Help → Installation check: the checks run behind the window, each with its verdict, and the report to be saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from uidmanager.app.selfcheck.plan import CHECKS, run_checks
from uidmanager.app.selfcheck.report import conclusion, report_text, verdict
from uidmanager.core.errors import CancelledError, UidManagerError
from uidmanager.gui.jobs import Jobs
from uidmanager.gui.theme import AIR, ROOM
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.writers.files import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import Desk, Progress
    from uidmanager.app.selfcheck.plan import Outcome

_SIZE: Final = (1040, 640)
_HEAD: Final = ("Verdict", "What is checked", "Expected", "Actual", "Risk")
_WIDTHS: Final = (90, 270, 230, 230)


class InstallationCheckDialog(QDialog):
    """Runs the checks as soon as it is made; closing it stops them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "installation_check_dialog")
        self.setWindowTitle("Installation check")
        self.resize(*_SIZE)
        self._desk = desk
        self._text = ""
        self._jobs = Jobs(self)
        self.table = named(QTableWidget(len(CHECKS), len(_HEAD)), "installation_check_table", "Checks")
        self.table.setHorizontalHeaderLabels(list(_HEAD))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.horizontalHeader().setStretchLastSection(True)
        for section, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(section, width)
        for row, check in enumerate(CHECKS):
            self._fill(row, ("", check.what, check.expected, "", check.risk))
        self.verdict = named(QLabel(wordWrap=True), "installation_check_verdict")
        self.strip = ProgressStrip("installation_check_progress")
        self.save_button = named(QPushButton("Save report…", autoDefault=False), "save_check_button")
        self.save_button.setEnabled(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("dialog_close_button")
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        for widget in (self.table, self.strip, self.verdict, buttons):
            column.addWidget(widget)
        self.finished.connect(self._jobs.close)
        self.table.resizeRowsToContents()
        self.strip.begin("Checking this installation")
        job = self._jobs.start(self._work, self._show, self._failed, self.strip.show_progress)
        self.strip.cancel_asked.connect(job.cancel)

    def _work(self, progress: Progress) -> tuple[Sequence[Outcome], str]:
        with self._desk.laboratory() as laboratory:
            outcomes = run_checks(laboratory, progress=progress)
            return outcomes, report_text(outcomes, laboratory.world, laboratory.versions)

    def _show(self, found: tuple[Sequence[Outcome], str]) -> None:
        outcomes, self._text = found
        for row, outcome in enumerate(outcomes):
            check = outcome.check
            sign = "✓" if outcome.passed else "✕"
            self._fill(row, (f"{sign} {verdict(outcome)}", check.what, check.expected, outcome.actual, check.risk))
        self.table.resizeRowsToContents()
        self.strip.end()
        self.verdict.setText(conclusion(outcomes))
        self.save_button.setEnabled(True)

    def _fill(self, row: int, texts: Sequence[str]) -> None:
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.table.setItem(row, column, item)

    def _failed(self, error: Exception) -> None:
        self.strip.end()
        if not isinstance(error, CancelledError):
            self.verdict.setText("The checks could not be run; the fault is the program's.")
            raise error
        self.verdict.setText("Stopped at your wish; nothing can be said of this installation.")

    @Slot()
    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Save report", "installation-check.md", "Markdown (*.md)")
        if not chosen:
            return
        try:
            write_file(Path(chosen), self._text.encode("utf-8"), replace=bool(Path(chosen).suffix))
        except UidManagerError as error:
            self.verdict.setText(str(error))
        else:
            self.verdict.setText(f"Saved to {chosen}.")
