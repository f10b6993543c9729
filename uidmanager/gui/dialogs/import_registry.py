"""File → Import a registry: a document is looked at whole, its decision shown, then a new ledger founded from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from uidmanager.app.importing import check, found_from
from uidmanager.app.service import Service
from uidmanager.core.errors import Problem, Severity, ViewingOnlyError
from uidmanager.core.texts import excerpt
from uidmanager.core.transfer.findings import MOST_TOLD
from uidmanager.core.transfer.importing import Checked, decide_import
from uidmanager.gui.dialogs.export_registry import DOCUMENTS
from uidmanager.gui.jobs import Jobs
from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.writers.registry_reader import Reading, read_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Desk, Progress

_SIZE: Final = (800, 480)
_CLOSED: Final = "The old registry gives no more &numbers: nobody can write to its ledger, nor to a copy of it"


class _Looked(Struct, frozen=True):
    """A document that was read, and all that speaks against it. None where its head could not be made out."""

    reading: Reading
    checked: Checked | None


class ImportDialog(QDialog):
    """Founds a registry from a document. ``place`` is where its ledger is proposed to lie.

    Signals:
        imported(Service): this registry is founded and read; show it
    """

    imported = Signal(object)

    def __init__(self, desk: Desk, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "import_dialog")
        self.setWindowTitle("Import a registry")
        self.resize(*_SIZE)
        self._desk = desk
        self._jobs = Jobs(self)
        self._looked: _Looked | None = None
        self.document_edit = named(QLineEdit(readOnly=True), "document_edit", "Document")
        self.document_edit.setPlaceholderText("a document written by “Export registry…”")
        self.choose_button = named(QPushButton("Choose &document…", autoDefault=False), "choose_document_button")
        self.place_edit = named(QLineEdit(place), "import_place_edit", "Ledger")
        self.reason_edit = named(QLineEdit(), "import_reason_edit", "Reason")
        self.reason_edit.setPlaceholderText("why the registry is imported; kept in the history")
        self.closed_box = named(QCheckBox(_CLOSED), "old_registry_closed_box")
        self.summary = named(QLabel(wordWrap=True), "import_summary")
        self.problems = ProblemList("import_problems", most=MOST_TOLD + 1)
        self.strip = ProgressStrip("import_progress")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setObjectName("dialog_cancel_button")
        self.import_button = self.buttons.addButton("Import registry", QDialogButtonBox.ButtonRole.ActionRole)
        named(self.import_button, "import_button")
        self._lay_out()
        self._connect()
        self._show()

    def look_at(self, file: Path) -> None:
        """Read a document and check all of it, behind the window."""
        self.document_edit.setText(str(file))
        self._looked = None
        service = self._service()

        def work(progress: Progress) -> _Looked:
            reading = read_document(file, progress)
            if reading.document is None:
                return _Looked(reading, None)
            return _Looked(reading, check(service, reading.document, reading.findings, progress))

        self._begin("Reading the document", work, self._has_looked)

    # -- the dialog --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        document = QHBoxLayout()
        document.setSpacing(GAP)
        document.addWidget(self.document_edit, 1)
        document.addWidget(self.choose_button)
        form = QFormLayout()
        form.setSpacing(GAP)
        form.addRow("Document:", document)
        form.addRow("New &ledger:", self.place_edit)
        form.addRow("&Reason:", self.reason_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        column.addLayout(form)
        column.addWidget(self.summary)
        column.addWidget(_scrolling(self.problems), 1)
        for widget in (self.closed_box, self.strip, self.buttons):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._choose)
        self.import_button.clicked.connect(self._import)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._jobs.close)
        for edit in (self.reason_edit, self.place_edit):
            edit.textChanged.connect(self._show)
        self.closed_box.toggled.connect(self._show)

    @Slot()
    def _show(self) -> None:
        """What would come of it, as the fields stand."""
        looked = self._looked
        self.summary.setText("" if looked is None or looked.checked is None else _told(looked.checked))
        self.problems.show_problems(self._problems())
        is_ready = looked is not None and looked.checked is not None and bool(self.place_edit.text().strip())
        is_refused = any(problem.severity is Severity.ERROR for problem in self.problems.problems)
        can_begin = is_ready and not is_refused and self.closed_box.isChecked()
        self.import_button.setEnabled(can_begin and not self._jobs.is_busy)

    def _problems(self) -> tuple[Problem, ...]:
        barred = self._service().ledger.refused()
        first = (Problem("", "", str(barred)),) if isinstance(barred, ViewingOnlyError) else ()
        if self._looked is None:
            return first
        if self._looked.checked is None:
            return (*first, *self._looked.reading.findings.problems)
        decision = decide_import(self._looked.checked, self.reason_edit.text())
        return (*first, *decision.problems, *decision.notices)

    def _service(self) -> Service:
        place = Path(self.place_edit.text().strip() or ".").expanduser().absolute()
        return Service(self._desk.ledger_at(str(place)), self._desk.world)

    @Slot()
    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Import a registry", "", DOCUMENTS)
        if chosen:
            self.look_at(Path(chosen))

    # -- the work ----------------------------------------------------------------------------------------------------

    def _has_looked(self, looked: _Looked) -> None:
        self._looked = looked
        self._end()

    @Slot()
    def _import(self) -> None:
        looked, reason, service = self._looked, self.reason_edit.text(), self._service()
        if looked is None or looked.checked is None or looked.reading.document is None:
            return
        document, checked, paper = looked.reading.document, looked.checked, looked.reading.paper

        def work(progress: Progress) -> Service:
            found_from(service, document, checked, paper, reason, progress)
            return service

        self._begin("Writing the ledger", work, self._has_imported)

    def _has_imported(self, service: Service) -> None:
        self._end()
        self.imported.emit(service)
        self.accept()

    def _begin(self, message: str, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self.problems.show_problems(())
        for button in (self.choose_button, self.import_button):
            button.setEnabled(False)
        self.strip.begin(message)
        job = self._jobs.start(work, done, self._failed, self.strip.show_progress)
        self.strip.cancel_asked.connect(job.cancel)

    def _failed(self, error: Exception) -> None:
        self._end()
        ours = "This did not work, and the fault is the program's. No ledger was left behind."
        self.problems.show_failure(error, ours)

    def _end(self) -> None:
        self.strip.end()
        self.choose_button.setEnabled(True)
        self._show()


def _scrolling(problems: ProblemList) -> QScrollArea:
    """Room for whatever there is to be said, so that the fields keep theirs."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(problems)
    column.addStretch(1)
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(holder)
    return area


def _told(checked: Checked) -> str:
    """What a document holds, in a sentence."""
    source, counts = checked.source, checked.source.counts
    return (
        f"{excerpt(source.organisation)}, root {excerpt(source.root)}: products {counts.products:,}, releases "
        f"{counts.releases:,}, installations {counts.installations:,}, numbers given up {counts.given_up:,}. Written "
        f"{excerpt(source.made_at)[:10]} by {excerpt(source.made_by)}, at entry {source.entries:,}."
    )
