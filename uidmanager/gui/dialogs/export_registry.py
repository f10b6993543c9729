"""File → Export registry: the document is made and written behind the window, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from uidmanager.core.errors import CancelledError, Severity, UidManagerError
from uidmanager.gui.jobs import Jobs
from uidmanager.gui.theme import AIR, ROOM
from uidmanager.gui.widgets.card import sentence
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.writers.files import write_file
from uidmanager.writers.registry_document import document_of
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.gui.session import Session

DOCUMENTS: Final = "Registries as documents (*.json);;All files (*)"
_WIDTH: Final = 620
_WORDS: Final = (
    "A document holds what is registered now, with the numbers that are given up, for other programs or for a new "
    "registry to go on from. It is no backup: the ledger alone has the history."
)
_IN_TROUBLE: Final = "The ledger is in trouble: numbers that are missing from a document would be given again."


class ExportDialog(QDialog):
    """Writes the registry into a file that the user names; closing it stops what is under way."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "export_dialog")
        self.setWindowTitle("Export registry")
        self.setMinimumWidth(_WIDTH)
        self._session = session
        self._jobs = Jobs(self)
        self.problems = ProblemList("export_problems")
        self.strip = ProgressStrip("export_progress")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("dialog_close_button")
        self.save_button = buttons.addButton("Save document…", QDialogButtonBox.ButtonRole.ActionRole)
        named(self.save_button, "save_document_button")
        buttons.rejected.connect(self.reject)
        self.save_button.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        for widget in (sentence(_WORDS), self.strip, self.problems, buttons):
            column.addWidget(widget)
        self.finished.connect(self._jobs.close)
        if session.reading_trouble is not None:
            self.problems.show_sentence(_IN_TROUBLE)
            self.save_button.setEnabled(False)

    @Slot()
    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Export registry", "registry.json", DOCUMENTS)
        if chosen:
            self.save(Path(chosen))

    def save(self, file: Path) -> None:
        """Write the registry as it is now into this file, which the user has agreed to have replaced if it is there."""
        registry, stamp = self._session.still(), stamp_of(self._session.service.world)

        def work(progress: Progress) -> Path:
            write_file(file, document_of(registry, stamp, progress), replace=True)
            return file

        self.problems.show_problems(())
        self.save_button.setEnabled(False)
        self.strip.begin("Writing the document")
        job = self._jobs.start(work, self._saved, self._failed, self.strip.show_progress)
        self.strip.cancel_asked.connect(job.cancel)

    def _saved(self, file: Path) -> None:
        self._end()
        self.problems.show_sentence(f"Saved to {file}.", Severity.NOTICE)

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, UidManagerError):
            severity = Severity.NOTICE if isinstance(error, CancelledError) else Severity.ERROR
            self.problems.show_sentence(str(error), severity)
            return
        self.problems.show_sentence("The document could not be made; the fault is the program's.")
        raise error

    def _end(self) -> None:
        self.strip.end()
        self.save_button.setEnabled(True)
