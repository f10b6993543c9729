"""Labels: seen as they will be, then into a file, to a printer of the system, or to a label printer in the network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core import events as e
from uidmanager.core.errors import CancelledError, Problem, Severity, UidManagerError
from uidmanager.core.labels.sheets import check_options
from uidmanager.core.texts import visible
from uidmanager.gui.dialogs.labels.fields import LabelFields, keep_printing, last_printing
from uidmanager.gui.dialogs.labels.foot import Allowed, Foot
from uidmanager.gui.dialogs.labels.leaving import Leaving, Order
from uidmanager.gui.dialogs.labels.preview import Preview
from uidmanager.gui.dialogs.labels.system_printer import ask_printer
from uidmanager.gui.dialogs.labels.work import LaidOut, laid_out, write_batch_sheet
from uidmanager.gui.jobs import Jobs, Latest
from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence
from uidmanager.settings import labels_folder
from uidmanager.writers.label_templates import read_label_templates
from uidmanager.writers.labels.sending import read_printer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.events import Entry
    from uidmanager.gui.dialogs.labels.leaving import Gone
    from uidmanager.gui.jobs import Job
    from uidmanager.gui.session import Session


_SIZE: Final = (1000, 700)
_FAULT: Final = "The labels could not be made; the fault is the program's."
_BROKE_OFF: Final = (
    "Printing ended before all labels had left. Entry {} notes these labels as printed: print those that are missing "
    "again, and give that as the reason."
)


class LabelsDialog(QDialog):
    """Prints labels of some units, by their components.

    Signals:
        check_asked(int): the labels printed in this entry are to be read back
    """

    check_asked = Signal(int)

    def __init__(self, session: Session, components: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "labels_dialog")
        self.setWindowTitle("Labels")
        self.resize(*_SIZE)
        self._session = session
        self._components = tuple(components)
        self._jobs = Jobs(self)
        self._laying = Latest(self._jobs)
        self._leaving = Leaving(session, self._jobs, self)
        self._laid: LaidOut | None = None
        self._printed: int | None = None
        self._is_over = False
        self._saving: Job[Path] | None = None
        shelf = read_label_templates(labels_folder())
        self._broken = tuple(shelf.broken.values())
        self.fields = LabelFields(shelf.templates, last_printing())
        self.preview = Preview()
        self.title = named(QLabel(), "labels_title", "Whose labels")
        self.problems = ProblemList("labels_problems")
        self.strip = ProgressStrip("labels_progress")
        self.outcome = SignedSentence("labels_outcome", "What became of it")
        self.foot = Foot()
        self._lay_out()
        self._connect()
        self._change()

    # -- the dialog --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.fields)
        left.addWidget(self.problems)
        left.addStretch(1)
        self.problems.setFixedWidth(self.fields.width())
        parts = QHBoxLayout()
        parts.setSpacing(AIR)
        parts.addLayout(left)
        parts.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addLayout(parts, 1)
        column.addWidget(self.strip)
        column.addWidget(self.outcome)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        fields = self.fields
        fields.changed.connect(self._change)
        fields.moved.connect(self._move)
        fields.said.connect(self._review)
        foot = self.foot
        foot.pdf.clicked.connect(self._ask_pdf)
        foot.zpl.clicked.connect(self._ask_zpl)
        foot.system.clicked.connect(self._ask_printer)
        foot.send.clicked.connect(self._send)
        foot.sheet.clicked.connect(self._ask_sheet)
        foot.check.clicked.connect(self._check)
        foot.rejected.connect(self.reject)
        self.strip.cancel_asked.connect(self._cancel)
        self._leaving.began.connect(self._begin)
        self._leaving.progressed.connect(self.strip.show_progress)
        self._leaving.refused.connect(self._tell_refused)
        self._leaving.gone.connect(self._tell_gone)
        self._leaving.broke_off.connect(self._tell_broken_off)
        self._leaving.failed.connect(self._tell_failed)
        self._session.took_in.connect(self._take_in)
        self._session.trouble_found.connect(self._review)
        self._session.trouble_passed.connect(self._review)
        for ended in (self.finished, self._session.closed):
            ended.connect(self._be_over)

    @Slot()
    def _be_over(self) -> None:
        """Nothing is laid out any more, whatever is written elsewhere."""
        self._is_over = True
        self._laying.stop()
        self._jobs.close()

    def reject(self) -> None:
        """Close, unless labels are just leaving."""
        if not self._is_busy:
            super().reject()

    # -- what it will look like --------------------------------------------------------------------------------------

    @Slot()
    def _change(self) -> None:
        """The labels are others now: lay them out behind the window."""
        registry, wish, components = self._session.still(), self.fields.wish, self._components
        self._laid = None
        self._review()
        self.strip.begin("Laying out the labels")

        def work(progress: Progress) -> LaidOut:
            return laid_out(registry, components, wish, progress)

        self._laying.start(work, self._show_laid_out, self._could_not_lay_out, self.strip.show_progress)

    def _show_laid_out(self, laid: LaidOut) -> None:
        self.strip.end()
        self._laid = laid
        self.fields.ask_why(is_needed=laid.again is not None)
        self._tell_whose(laid)
        self._move()

    def _could_not_lay_out(self, error: Exception) -> None:
        self.strip.end()
        self.problems.show_failure(error, _FAULT, "Stopped: the labels were not laid out. Choose the template again.")

    def _tell_whose(self, laid: LaidOut) -> None:
        serials = [visible(serial) for serial in laid.serials]
        if not serials:
            self.title.setText("")
        elif len(serials) == 1:
            self.title.setText(f"Label of unit {serials[0]}")
        else:
            self.title.setText(f"Labels of {len(serials):,} units: {serials[0]} … {serials[-1]}")

    @Slot()
    def _move(self) -> None:
        """The same labels, elsewhere on their pages or more of them."""
        template, laid = self.fields.wish.template, self._laid
        labels = () if laid is None or laid.problems else laid.labels
        self.preview.show_labels(template, labels, self.fields.options)
        self._review()

    @Slot()
    def _review(self) -> None:
        """What there is to say, and what can be done."""
        laid, template = self._laid, self.fields.wish.template
        told: list[Problem] = []
        again: list[Problem] = []
        if self._session.trouble is not None:
            told.append(Problem("", "", "Nothing can be printed at the moment; the reason stands in the window."))
        if laid is not None and template is not None:
            told += [*laid.problems, *check_options(template, self.fields.options, len(laid.labels))]
            if laid.again is not None and self.fields.reason is None:
                again.append(laid.again)
        can_print = not told and not again and laid is not None
        if self._printed is not None:  # they were printed a moment ago: that is no reproach
            again = [structs.replace(each, severity=Severity.NOTICE) for each in again]
        self.problems.show_problems((*told, *again, *(laid.notices if laid is not None else ()), *self._broken))
        allowed = Allowed(
            printing=can_print,
            roll=template is not None and template.sheet is None,
            addressed=bool(self.fields.printer_edit.text().strip()),
            sheet=self._batch is not None,
            checking=self._printed is not None,
            free=not self._is_busy,
        )
        self.foot.allow(allowed)
        self.fields.setEnabled(allowed.free)

    @property
    def _is_busy(self) -> bool:
        """Whether something is leaving; laying out can be dropped at any time."""
        return self._leaving.is_busy or self._saving is not None

    @property
    def _batch(self) -> int | None:
        """The entry that a batch sheet would be of."""
        return self._printed or (None if self._laid is None else self._laid.batch)

    @Slot(object)
    def _take_in(self, entries: Sequence[Entry]) -> None:
        """A unit may be void now, or its label printed by others."""
        if self._is_over:
            return
        mine = set(self._components)
        told = (event for entry in entries for event in entry.events)
        if any(isinstance(event, e.InstallationEvent) and event.component in mine for event in told) or any(
            isinstance(event, e.ProductEvent) for entry in entries for event in entry.events
        ):
            self._change()

    # -- printing ----------------------------------------------------------------------------------------------------

    def _order(self) -> Order | None:
        """What would be printed now; None while nothing can be."""
        laid, wish = self._laid, self.fields.wish
        if laid is None or wish.template is None:
            return None
        return Order(wish.template, wish, laid, self.fields.options, self.fields.reason)

    @Slot()
    def _ask_pdf(self) -> None:
        where = self._ask_file("Save labels", "labels.pdf", "PDF (*.pdf)")
        if where is not None:
            self.save_pdf(where)

    def save_pdf(self, where: Path) -> None:
        """Into this file; the person has agreed to have it replaced."""
        order = self._order()
        if order is not None:
            self._leaving.into_pdf(order, where)

    @Slot()
    def _ask_zpl(self) -> None:
        where = self._ask_file("Save labels", "labels.zpl", "ZPL (*.zpl)")
        if where is not None:
            self.save_zpl(where)

    def save_zpl(self, where: Path) -> None:
        """The same in the language of label printers."""
        order = self._order()
        if order is not None:
            self._leaving.into_zpl(order, self.fields.resolution, where)

    @Slot()
    def _send(self) -> None:
        printer, problems = read_printer(self.fields.printer_edit.text())
        order = self._order()
        if printer is None:
            self.problems.show_problems(problems)
            self.fields.printer_edit.setFocus()
        elif order is not None:
            self._leaving.to_label_printer(order, self.fields.resolution, printer)

    @Slot()
    def _ask_printer(self) -> None:
        order = self._order()
        printer = None if order is None else ask_printer(order.template, self)
        if printer is not None and order is not None and not self._leaving.to_system_printer(order, printer):
            self.problems.show_sentence("The printer cannot be opened. Nothing was printed; choose another one.")

    # -- the batch sheet, the check ----------------------------------------------------------------------------------

    @Slot()
    def _ask_sheet(self) -> None:
        where = self._ask_file("Save batch sheet", f"batch-{self._batch}.pdf", "PDF (*.pdf)")
        if where is not None:
            self.save_sheet(where)

    def save_sheet(self, where: Path) -> None:
        """The sheet of the batch, into this file."""
        entry, registry, world = self._batch, self._session.still(), self._session.service.world
        if entry is None:
            return

        def work(progress: Progress) -> Path:
            return write_batch_sheet(registry, entry, where, world, progress)

        self._saving = self._jobs.start(work, self._sheet_saved, self._tell_failed, self.strip.show_progress)
        self._begin("Writing the batch sheet")

    def _sheet_saved(self, where: Path) -> None:
        self._end()
        self.outcome.tell(f"The batch sheet was saved to {where}.", Sign.FITS, (str(where),), str(where))

    @Slot()
    def _check(self) -> None:
        if self._printed is not None:
            entry = self._printed
            self.accept()
            self.check_asked.emit(entry)

    # -- how it ends -------------------------------------------------------------------------------------------------

    @Slot(object)
    def _tell_gone(self, gone: Gone) -> None:
        self._end()
        labels = [event for event in gone.receipt.decision.events if isinstance(event, e.LabelPrinted)]
        self._printed = None if gone.receipt.entry is None else gone.receipt.entry.n
        count = len(labels) * labels[0].copies
        said = f"{count:,} {'label' if count == 1 else 'labels'} went to {gone.where}: entry {self._printed}."
        file = None if gone.file is None else str(gone.file)
        self.outcome.tell(f"{said} Now read them back.", Sign.FITS, () if file is None else (file,), file)
        self.fields.reason_edit.clear()
        keep_printing(self.fields.printing)
        self._review()
        self.foot.check.setFocus()

    @Slot(object)
    def _tell_refused(self, problems: Sequence[Problem]) -> None:
        self._end()
        self.problems.show_problems(problems)

    @Slot(int)
    def _tell_broken_off(self, entry: int) -> None:
        self._end()
        self._printed = entry
        self.outcome.tell(_BROKE_OFF.format(entry), Sign.REFUSED)
        self._review()

    @Slot(object)
    def _tell_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, CancelledError):
            self.outcome.tell("Stopped: nothing was printed.", Sign.NOTICE)
        elif isinstance(error, UidManagerError):
            self._printed = getattr(error, "entry", self._printed)
            self.outcome.tell(str(error), Sign.REFUSED)
            self._review()
        else:
            self.outcome.tell(_FAULT, Sign.REFUSED)
            self._session.fault_found.emit(error)

    @Slot(str, bool)
    def _begin(self, message: str, can_stop: bool = True) -> None:  # noqa: FBT001, FBT002 (a signal's)
        self.outcome.hide()
        self.strip.begin(message, can_stop=can_stop)
        self._review()

    def _end(self) -> None:
        self._saving = None
        self.strip.end()
        self._review()

    @Slot()
    def _cancel(self) -> None:
        if self._leaving.is_busy:
            self._leaving.cancel()
        elif self._saving is not None:
            self._saving.cancel()
        else:
            self._laying.cancel()

    def _ask_file(self, title: str, proposed: str, kinds: str) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(self, title, proposed, kinds)
        return Path(chosen) if chosen else None
