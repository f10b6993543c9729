"""Import a spreadsheet in three steps. Nothing is lost by going back, nothing is written before the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from uidmanager.core.errors import CancelledError, UidManagerError
from uidmanager.core.takeover.choosing import headings_at
from uidmanager.core.takeover.columns import FIELDS
from uidmanager.core.takeover.judging import Outcome
from uidmanager.gui.dialogs.take_over.columns_pane import ColumnsPane
from uidmanager.gui.dialogs.take_over.file_pane import FilePane
from uidmanager.gui.dialogs.take_over.verdicts_pane import VerdictsPane
from uidmanager.gui.dialogs.take_over.work import first_choice, first_heading, judged, likely_kind
from uidmanager.gui.jobs import Jobs, Latest
from uidmanager.gui.tables.verdict_rows import verdict_model
from uidmanager.gui.theme import AIR, GAP, ROOM, fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.settings.mappings import Mapping, StationMappings
from uidmanager.sheets.errors import SheetError
from uidmanager.sheets.reading import Wishes, read_spreadsheet

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Receipt
    from uidmanager.core.takeover.columns import TableKind
    from uidmanager.core.takeover.judging import Choice
    from uidmanager.gui.dialogs.take_over.work import Judged
    from uidmanager.gui.session import Session
    from uidmanager.sheets.reading import Reading

_SIZE: Final = (1040, 700)
_STEPS: Final = ("1  The file", "2  Its columns", "3  A verdict on each row")
_READ, _CHOOSE, _DECIDE = range(3)
_OVERTAKEN: Final = (
    "Others wrote to the ledger meanwhile, and nothing was imported. The rows were judged anew: look again."
)
_OURS: Final = "This did not work, and the fault is the program's. Nothing was imported."


class TakeOverDialog(QDialog):
    """Reads and judges behind the window, and registers in one entry.

    Signals:
        taken_over(str): a sentence on what was imported
    """

    taken_over = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "takeover_dialog")
        self.setWindowTitle("Import a spreadsheet")
        self.resize(*_SIZE)
        self._session = session
        self._jobs = Jobs(self)
        self._latest = Latest(self._jobs)
        self._file: Path | None = None
        self._reading: Reading | None = None
        self._judged: Judged | None = None
        self._chosen: dict[tuple[TableKind, int], Choice] = {}
        self._is_writing = False
        self.file_pane = FilePane()
        self.columns_pane = ColumnsPane()
        self.verdicts_pane = VerdictsPane(session)
        self.stack = QStackedWidget()
        for pane in (self.file_pane, self.columns_pane, self.verdicts_pane):
            self.stack.addWidget(pane)
        self.problems = ProblemList("takeover_failure")
        self.strip = ProgressStrip("takeover_progress")
        self.close_button = named(QPushButton("Close", autoDefault=False), "dialog_close_button")
        self.back_button = named(QPushButton("&Back", autoDefault=False), "takeover_back_button")
        self.next_button = named(QPushButton("Ne&xt"), "takeover_next_button")
        self._steps = [named(QLabel(text), f"takeover_step_{n}") for n, text in enumerate(_STEPS, 1)]
        self._lay_out()
        self._connect()
        self._show_step(_READ)
        self.file_pane.focus_first()
        if session.trouble is not None:
            self.problems.show_sentence("Nothing can be registered at the moment; the reason stands in the window.")

    def look_at(self, file: Path) -> None:
        """Read this file, as it is recognised."""
        self._file = file
        self.file_pane.show_file(file)
        self._read(Wishes())

    def reject(self) -> None:
        """Close, unless the entry is on its way to the disk: that is waited for."""
        if not self._is_writing:
            super().reject()

    # -- the dialog --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(AIR)
        for label in self._steps:
            steps.addWidget(label)
        steps.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.strip, 1)
        foot.addStretch(0)
        for button in (self.close_button, self.back_button, self.next_button):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        column.addLayout(steps)
        column.addWidget(self.stack, 1)
        column.addWidget(self.problems)
        column.addLayout(foot)
        self.next_button.setDefault(True)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.file_pane.file_chosen.connect(self.look_at)
        self.file_pane.read_asked.connect(self._read_otherwise)
        self.file_pane.changed.connect(self._mind_change)
        self.columns_pane.changed.connect(self._mind_columns)
        self.verdicts_pane.changed.connect(self._enable)
        self.strip.cancel_asked.connect(self._latest.cancel)
        self.finished.connect(self._stop)

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        for number, label in enumerate(self._steps):
            font = label.font()
            font.setBold(number == step)
            label.setFont(font)
            label.setEnabled(number == step)
        self.next_button.setText("&Import" if step == _DECIDE else "Ne&xt")
        self.next_button.setAccessibleName("Import" if step == _DECIDE else "Next step")
        self._enable()

    @Slot()
    def _enable(self) -> None:
        step, is_busy = self.stack.currentIndex(), self._latest.is_busy or self._is_writing
        can_go_on = (
            self._reading is not None,
            self.columns_pane.is_complete,
            self.verdicts_pane.is_ready and self._session.trouble is None,
        )[step]
        self.next_button.setEnabled(can_go_on and not is_busy)
        self.back_button.setEnabled(step > _READ and not is_busy)
        self.close_button.setEnabled(not self._is_writing)
        self.file_pane.forbid(is_busy=is_busy)

    @Slot()
    def _back(self) -> None:
        self.problems.show_problems(())
        self._show_step(self.stack.currentIndex() - 1)

    @Slot()
    def _next(self) -> None:
        self.problems.show_problems(())
        step = self.stack.currentIndex()
        if step == _READ:
            self._show_step(_CHOOSE)
            self.columns_pane.focus_first()
        elif step == _CHOOSE:
            self._judge()
        elif self.verdicts_pane.must_save:
            self.verdicts_pane.ask_to_save()
        else:
            self._import()

    # -- reading -----------------------------------------------------------------------------------------------------

    @Slot()
    def _read_otherwise(self) -> None:
        self._read(self.file_pane.wishes)

    def _read(self, wishes: Wishes) -> None:
        file = self._file
        if file is None:
            return
        self._reading = None
        self._chosen.clear()
        self.problems.show_problems(())
        self.strip.begin("Reading the spreadsheet")

        def work(progress: Progress) -> Reading | SheetError:
            try:
                return read_spreadsheet(file, wishes, progress)
            except SheetError as error:  # a value, so that nobody is told of it who wants another file by now
                return error

        self._latest.start(work, self._has_read, self._failed, self.strip.show_progress)
        self._enable()

    def _has_read(self, reading: Reading | SheetError) -> None:
        if isinstance(reading, SheetError):
            self._failed(reading)
            return
        self.strip.end()
        self._reading = reading
        self.file_pane.choose_kind(likely_kind(reading.table, self.file_pane.kind))
        self.file_pane.show_reading(reading, first_heading(reading.table, self.file_pane.kind))
        self._offer_columns()
        self._enable()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _mind_change(self) -> None:
        """The rows are something else, or their headings stand elsewhere."""
        if self._reading is not None:
            self.file_pane.choose_heading(first_heading(self._reading.table, self.file_pane.kind))
            self._offer_columns()
            self._enable()

    def _offer_columns(self) -> None:
        """Propose columns; what was chosen before for such rows is chosen again."""
        reading, kind, row = self._reading, self.file_pane.kind, self.file_pane.heading_row
        if reading is None:
            return
        line = headings_at(reading.table, kind, row).line
        choice, source = first_choice(reading.table, kind, line)
        self.columns_pane.offer(reading.table, self._chosen.get((kind, row), choice), source)

    @Slot()
    def _mind_columns(self) -> None:
        choice = self.columns_pane.choice
        if choice is not None:
            self._chosen[choice.kind, self.file_pane.heading_row] = choice
        self._enable()

    # -- judging -----------------------------------------------------------------------------------------------------

    def _judge(self) -> None:
        reading, choice = self._reading, self.columns_pane.choice
        if reading is None or choice is None:
            return
        fields = [field for field in FIELDS[choice.kind] if field.name in choice.columns]
        model = verdict_model(fields, fixed_font())
        table, session = reading.table, self._session
        self.strip.begin("Judging the rows")

        def work(progress: Progress) -> Judged:
            return judged(session, table, choice, model, progress)

        self._latest.start(work, self._has_judged, self._failed, self.strip.show_progress)
        self._enable()

    def _has_judged(self, found: Judged) -> None:
        self.strip.end()
        self._judged = found
        self.verdicts_pane.show_judged(found)
        self._show_step(_DECIDE)

    # -- importing ---------------------------------------------------------------------------------------------------

    def _import(self) -> None:
        found = self._judged
        if found is None:
            return
        self._is_writing = True
        self.strip.begin("Writing the entry", can_stop=False)
        self._enable()
        draft = found.draft(self.verdicts_pane.reason)
        self._session.submit(draft, found.shown(draft), self._has_imported, self._not_imported)

    def _has_imported(self, receipt: Receipt) -> None:
        self._is_writing = False
        self.strip.end()
        if receipt.overtaken or receipt.decision.is_refused:
            self.problems.show_sentence(_OVERTAKEN)
            self._judge()
            return
        self._remember()
        self.taken_over.emit(self._told(receipt))
        self.accept()

    def _not_imported(self, error: Exception) -> None:
        self._is_writing = False
        self._failed(error)

    def _told(self, receipt: Receipt) -> str:
        found, entry = self._judged, receipt.entry
        if found is None or entry is None:
            return "Registered already; nothing was written."
        judgement = found.judgement
        left = judgement.count(Outcome.REFUSED)
        rest = f"; {left:,} left out" if left else ""
        kind = judgement.choice.kind.value
        return f"Imported {judgement.count(Outcome.NEW):,} {kind} from {found.table.file} in entry {entry.n:,}{rest}"

    def _remember(self) -> None:
        choice, words = self.columns_pane.choice, self.columns_pane.words
        if choice is not None and words is not None and choice.heading is not None:
            StationMappings().remember(choice.kind, choice.heading.cells, Mapping(words, choice.form))

    # -- what went wrong ---------------------------------------------------------------------------------------------

    def _failed(self, error: Exception) -> None:
        self.strip.end()
        self._enable()
        if isinstance(error, CancelledError):
            self.problems.show_failure(error, _OURS, "Stopped; nothing was imported.")
        elif isinstance(error, UidManagerError):
            self.problems.show_sentence(str(error))
        else:
            self.problems.show_failure(error, _OURS)

    @Slot()
    def _stop(self) -> None:
        self._latest.stop()
        self.verdicts_pane.save_strip.stop()
        self._jobs.close()
