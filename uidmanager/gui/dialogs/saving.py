"""What the dialogs have in common that write one file: it is made behind the window, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from uidmanager.gui.jobs import Jobs
from uidmanager.gui.theme import AIR, ROOM
from uidmanager.gui.widgets.card import sentence
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.saved_line import SavedLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Progress
    from uidmanager.gui.session import Session

_WIDTH: Final = 620


class Wording(NamedTuple):
    """How a dialog speaks. ``name`` begins its parts' names; ``proposed`` is a file, ``kinds`` are those to see."""

    name: str
    title: str
    explanation: str
    in_trouble: str
    button: str
    proposed: str
    kinds: str
    doing: str


class SavingDialog(QDialog):
    """Writes a file that the user names; closing it stops what is under way. `work_for` says what is written."""

    wording: Wording

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.wording
        named(self, f"{words.name}_dialog")
        self.setWindowTitle(words.title)
        self.setMinimumWidth(_WIDTH)
        self.session = session
        self._jobs = Jobs(self)
        self.problems = ProblemList(f"{words.name}_problems")
        self.strip = ProgressStrip(f"{words.name}_progress")
        self.saved = SavedLine()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("dialog_close_button")
        self.save_button = buttons.addButton(words.button, QDialogButtonBox.ButtonRole.ActionRole)
        named(self.save_button, f"save_{words.name}_button")
        buttons.rejected.connect(self.reject)
        self.save_button.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        for widget in (sentence(words.explanation), self.strip, self.problems, self.saved, buttons):
            column.addWidget(widget)
        self.finished.connect(self._jobs.close)
        if session.reading_trouble is not None:
            self.problems.show_sentence(words.in_trouble)
            self.save_button.setEnabled(False)

    def work_for(self, file: Path) -> Callable[[Progress], object]:
        """What writes the file, on another thread; the user has agreed to have it replaced if it is there."""
        raise NotImplementedError

    @Slot()
    def _choose(self) -> None:
        words = self.wording
        chosen, _ = QFileDialog.getSaveFileName(self, words.title, words.proposed, words.kinds)
        if chosen:
            self.save(Path(chosen))

    def save(self, file: Path) -> None:
        """Write into this file."""
        work = self.work_for(file)

        def written(progress: Progress) -> Path:
            work(progress)
            return file

        self.problems.show_problems(())
        self.saved.hide()
        self.save_button.setEnabled(False)
        self.strip.begin(self.wording.doing)
        job = self._jobs.start(written, self._saved, self._failed, self.strip.show_progress)
        self.strip.cancel_asked.connect(job.cancel)

    def _saved(self, file: Path) -> None:
        self._end()
        self.saved.tell(f"Saved to {file}", file)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.problems.show_failure(error, "The file could not be made; the fault is the program's.")

    def _end(self) -> None:
        self.strip.end()
        self.save_button.setEnabled(True)
