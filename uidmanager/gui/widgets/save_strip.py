"""Saves a report as a file: behind the window, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QDir, QLocale, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from uidmanager.gui.file_kinds import FILE_KINDS, PAPERS, usual_paper
from uidmanager.gui.jobs import Latest
from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.kept_combo import KeptCombo
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.saved_line import SavedLine
from uidmanager.writers.files import FileThereError, write_file
from uidmanager.writers.formats import Format, render
from uidmanager.writers.pdf.paper import Paper
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report
    from uidmanager.gui.session import Session

_ToolTip: Final = Qt.ItemDataRole.ToolTipRole


class Offer(NamedTuple):
    """A report that can be saved: its name in a file's, its title, and what makes it for a format, on any thread."""

    kind: str
    title: str
    make: Callable[[Format, Progress], Report]


class SaveStrip(QWidget):
    """The format, a button, the progress while it lasts, and what became of the last file.

    ``name`` begins the names of the fields, by which the window remembers what was chosen.
    """

    def __init__(self, session: Session, parent: QWidget | None = None, *, name: str = "report") -> None:
        super().__init__(parent)
        self._session = session
        self._saving = Latest(session.reading)
        self._offer: Offer | None = None
        self._folder = QDir.homePath()
        self.problems = ProblemList("save_problems")
        self.saved = SavedLine()
        self.progress = ProgressStrip("save_progress")
        self.form_combo = KeptCombo(f"{name}_format_combo", "Format of the file")
        for index, (form, kind) in enumerate(FILE_KINDS.items()):
            self.form_combo.addItem(kind.title, form.value)
            self.form_combo.setItemData(index, kind.purpose, _ToolTip)
        self.paper_combo = KeptCombo(f"{name}_paper_combo", "Paper")
        for paper, title in PAPERS.items():
            self.paper_combo.addItem(title, paper.value)
        self.paper_combo.choose(usual_paper(QLocale()))
        self._paper_label = QLabel("&Paper")
        save_button = QPushButton("&Save as…", autoDefault=False)
        self.save_button = named(save_button, f"save_{name}_button", "Save the report")
        self.save_button.setEnabled(False)
        self.save_button.clicked.connect(self._save)
        self.progress.cancel_asked.connect(self._saving.cancel)
        self.form_combo.currentIndexChanged.connect(self._offer_paper)
        self._lay_out()
        self._offer_paper()

    @property
    def form(self) -> Format:
        """In which format the report is saved."""
        return Format(self.form_combo.chosen)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return self._saving.is_busy

    def offer(self, report: Report) -> None:
        """This is the report that can be saved now."""
        self.offer_making(Offer(report.kind, report.title, lambda _form, _progress: report))

    def offer_making(self, offer: Offer) -> None:
        """This is the report that can be saved now; it is made when it is."""
        self._offer = offer
        self._allow()

    def withdraw(self, reason: str) -> None:
        """No report can be saved now."""
        self._offer = None
        self.save_button.setEnabled(False)
        self.save_button.setToolTip(reason)

    @Slot()
    def stop(self) -> None:
        """Stop what is under way, and tell nobody: what this stands in is closed."""
        self._saving.stop()

    def forget(self) -> None:
        """Speak no longer of what was saved last."""
        self.saved.hide()
        self.problems.show_problems(())

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        label = QLabel("For&mat")
        label.setBuddy(self.form_combo)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self._paper_label.setBuddy(self.paper_combo)
        for widget in (label, self.form_combo, self._paper_label, self.paper_combo, self.save_button):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.saved)
        column.addWidget(self.problems)

    @Slot()
    def _offer_paper(self) -> None:
        """A sheet is chosen only for what is printed on one."""
        for widget in (self._paper_label, self.paper_combo):
            widget.setVisible(self.form is Format.PDF)

    def _allow(self) -> None:
        self.save_button.setEnabled(self._offer is not None and not self._saving.is_busy)
        self.save_button.setToolTip("")

    @Slot()
    def _save(self) -> None:
        offer, form = self._offer, self.form
        if offer is None or self._saving.is_busy:
            return
        proposed = str(Path(self._folder) / f"{offer.kind}.{form.suffix}")
        title = FILE_KINDS[form].title
        chosen, _ = QFileDialog.getSaveFileName(
            self, f"Save “{offer.title}” as {title}", proposed, f"{title} (*.{form.suffix})"
        )
        if chosen:
            self._write(offer, form, Path(chosen))

    def _write(self, offer: Offer, form: Format, where: Path) -> None:
        is_agreed = bool(where.suffix)  # the dialog has asked before a file is overwritten, if it knew its whole name
        where = where if is_agreed else where.with_name(f"{where.name}.{form.suffix}")
        self._folder = str(where.parent)
        self.forget()
        self.save_button.setEnabled(False)
        self.progress.begin("Saving")
        paper = Paper(self.paper_combo.chosen)
        session = self._session

        def work(progress: Progress) -> tuple[Path, int]:
            report = offer.make(form, progress)
            stamp = stamp_of(session.service.world, verified=session.has_verified(report))
            content = render(report, form, stamp, progress, paper=paper)
            progress("Writing the file", 1.0)
            write_file(where, content, replace=is_agreed)
            return where, len(report.rows)

        self._saving.start(work, self._tell_saved, self._not_saved, self.progress.show_progress)

    def _tell_saved(self, saved: tuple[Path, int]) -> None:
        where, rows = saved
        self._end()
        self.saved.tell(f"Saved {rows:,} {'row' if rows == 1 else 'rows'} to {where}", where)

    def _not_saved(self, error: Exception) -> None:
        self._end()
        if isinstance(error, FileThereError):
            self.problems.show_sentence(f"There is a file at {error.where} already. Choose another name.")
            return
        ours = "The report was not saved; the fault is the program's."
        self.problems.show_failure(error, ours, "Stopped; no file was written.")

    def _end(self) -> None:
        self.progress.end()
        self._allow()
