"""Labels: seen as they will be, then into a file, to a printer of the system, or to a label printer in the network."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import structs
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uidmanager.app.printing import print_labels
from uidmanager.core import events as e
from uidmanager.core.errors import CancelledError, PreferencesError, Problem, Severity, UidManagerError
from uidmanager.core.labels.runs import draft_of
from uidmanager.core.labels.sheets import check_options
from uidmanager.core.texts import visible
from uidmanager.gui.dialogs.labels.fields import LabelFields
from uidmanager.gui.dialogs.labels.preview import Preview
from uidmanager.gui.dialogs.labels.system_printer import SystemPrint, ask_printer
from uidmanager.gui.dialogs.labels.work import LaidOut, laid_out, pdf_of, write_batch_sheet, zpl_of
from uidmanager.gui.jobs import Jobs, Latest
from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.turns import Turns
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence
from uidmanager.settings import labels_folder
from uidmanager.settings.label_printing import LabelPrinting, StationLabelPrinting
from uidmanager.writers.label_templates import read_label_templates
from uidmanager.writers.labels.outlets import into_file, to_printer
from uidmanager.writers.labels.sending import read_printer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.app.printing import Outlet
    from uidmanager.app.service import Receipt
    from uidmanager.core.drafts import NoteLabelsPrinted
    from uidmanager.core.events import Entry
    from uidmanager.core.labels.marks import Label
    from uidmanager.gui.dialogs.labels.work import Content
    from uidmanager.gui.jobs import Job
    from uidmanager.gui.session import Session

    _Making = Callable[[Progress], Content]
    _OutletOf = Callable[[bytes, Progress], Outlet]

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
        self._drawing = Turns(self)
        self._laid: LaidOut | None = None
        self._printed: int | None = None
        self._is_busy = False
        self._is_over = False
        self._job: Job[Any] | None = None
        self._under_way: tuple[SystemPrint, Receipt] | None = None
        self._told: tuple[str, Path | None] = "", None
        shelf = read_label_templates(labels_folder())
        self._broken = tuple(shelf.broken.values())
        self.fields = LabelFields(shelf.templates, _last())
        self.preview = Preview()
        self.title = named(QLabel(), "labels_title", "Whose labels")
        self.problems = ProblemList("labels_problems")
        self.strip = ProgressStrip("labels_progress")
        self.outcome = SignedSentence("labels_outcome", "What became of it")
        self.pdf_button = _button("Save P&DF…", "save_labels_pdf_button")
        self.print_button = _button("Prin&t…", "print_labels_button")
        self.zpl_button = _button("Save &ZPL…", "save_labels_zpl_button")
        self.send_button = _button("Se&nd to printer", "send_labels_button")
        self.sheet_button = _button("&Batch sheet…", "batch_sheet_button")
        self.check_button = _button("Chec&k labels…", "check_printed_button")
        self.close_button = _button("Close", "dialog_close_button")
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
        buttons = QDialogButtonBox()
        for button in (self.pdf_button, self.print_button, self.zpl_button, self.send_button, self.sheet_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.check_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addLayout(parts, 1)
        column.addWidget(self.strip)
        column.addWidget(self.outcome)
        column.addWidget(buttons)
        self.sheet_button.setToolTip("The sheet that goes with the batch: its units, and places to sign")
        self.check_button.setToolTip("Read the labels back that were just printed")

    def _connect(self) -> None:
        fields = self.fields
        fields.changed.connect(self._change)
        fields.moved.connect(self._move)
        fields.said.connect(self._review)
        self.pdf_button.clicked.connect(self._ask_pdf)
        self.zpl_button.clicked.connect(self._ask_zpl)
        self.print_button.clicked.connect(self._ask_printer)
        self.send_button.clicked.connect(self._send)
        self.sheet_button.clicked.connect(self._ask_sheet)
        self.check_button.clicked.connect(self._check)
        self.close_button.clicked.connect(self.reject)
        self.strip.cancel_asked.connect(self._cancel)
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
        can_print = not told and not again and laid is not None and not self._is_busy
        if self._printed is not None:  # they were printed a moment ago: that is no reproach
            again = [structs.replace(each, severity=Severity.NOTICE) for each in again]
        self.problems.show_problems((*told, *again, *(laid.notices if laid is not None else ()), *self._broken))
        is_roll = template is not None and template.sheet is None
        for button in (self.pdf_button, self.print_button):
            button.setEnabled(can_print)
        for button in (self.zpl_button, self.send_button):
            button.setEnabled(can_print and is_roll)
            button.setToolTip("" if is_roll else "Label printers take rolls. Choose a template for a roll.")
        self.send_button.setEnabled(self.send_button.isEnabled() and bool(self.fields.printer_edit.text().strip()))
        self.sheet_button.setEnabled(self._batch is not None and not self._is_busy)
        self.check_button.setEnabled(self._printed is not None and not self._is_busy)
        self.close_button.setEnabled(not self._is_busy)
        self.fields.setEnabled(not self._is_busy)

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

    # -- into a file, to a label printer -----------------------------------------------------------------------------

    @Slot()
    def _ask_pdf(self) -> None:
        where = self._ask_file("Save labels", "labels.pdf", "PDF (*.pdf)")
        if where is not None:
            self.save_pdf(where)

    def save_pdf(self, where: Path) -> None:
        """Into this file; the person has agreed to have it replaced."""
        laid, template, options = self._laid, self.fields.wish.template, self.fields.options
        if laid is None or template is None:
            return
        work = partial(pdf_of, template, laid.labels, options, self._session.service.world)
        self._make(work, lambda content, _progress: into_file(where, content, replace=True), str(where), where)

    @Slot()
    def _ask_zpl(self) -> None:
        where = self._ask_file("Save labels", "labels.zpl", "ZPL (*.zpl)")
        if where is not None:
            self.save_zpl(where)

    def save_zpl(self, where: Path) -> None:
        """The same in the language of label printers."""
        self._make_zpl(lambda content, _progress: into_file(where, content, replace=True), str(where), where)

    @Slot()
    def _send(self) -> None:
        printer, problems = read_printer(self.fields.printer_edit.text())
        if printer is None:
            self.problems.show_problems(problems)
            self.fields.printer_edit.setFocus()
            return
        self._make_zpl(lambda content, progress: to_printer(printer, content, progress), str(printer), None)

    def _make_zpl(self, outlet: _OutletOf, where: str, file: Path | None) -> None:
        laid, wish, options = self._laid, self.fields.wish, self.fields.options
        if laid is None or wish.template is None:
            return
        self._make(partial(zpl_of, wish.template, laid, wish, options, self.fields.resolution), outlet, where, file)

    def _make(self, work: _Making, outlet: _OutletOf, where: str, file: Path | None) -> None:
        """Make the bytes behind the window; then note the print run, and let them go."""
        self._begin("Drawing the labels")

        def made(content: Content) -> None:
            if content.problems:
                self._end()
                self.problems.show_problems(content.problems)
                return
            self._write(content, outlet, where, file)

        self._job = self._jobs.start(work, made, self._failed, self.strip.show_progress)

    def _write(self, content: Content, outlet: _OutletOf, where: str, file: Path | None) -> None:
        draft, service = self._draft(content.labels), self._session.service
        self._told = f"went to {where}", file

        def work(progress: Progress) -> Receipt:
            return print_labels(service, draft, outlet(content.content, progress))

        self._job = self._session.write(work, self._done, self._failed, self.strip.show_progress, self._jobs)

    # -- to a printer of the system ----------------------------------------------------------------------------------

    @Slot()
    def _ask_printer(self) -> None:
        """Ask for the printer, open it, note the print run, draw: in this order."""
        laid, template, options = self._laid, self.fields.wish.template, self.fields.options
        printer = None if template is None else ask_printer(template, self)
        if printer is None or laid is None or template is None:
            return
        job = SystemPrint(printer, template, laid.labels, options)
        if not job.begin():
            self.problems.show_sentence("The printer cannot be opened. Nothing was printed; choose another one.")
            return
        self._begin("Writing", can_stop=False)
        self._told = f"went to {printer.printerName() or printer.outputFileName()}", None
        draft = self._draft(laid.labels)
        draft = structs.replace(draft, copies=draft.copies * max(1, printer.copyCount()))

        def noted(receipt: Receipt) -> None:
            if receipt.entry is None:
                job.abort()
                self._done(receipt)
                return
            self.strip.begin("Printing")
            self._drawing.start(self._drawn(job, receipt))

        def unnoted(error: Exception) -> None:
            job.abort()
            self._failed(error)

        self._session.submit(draft, None, noted, unnoted)

    def _drawn(self, job: SystemPrint, receipt: Receipt) -> Iterator[None]:
        self._under_way = job, receipt
        try:
            for fraction in job.pages():
                self.strip.show_progress("Printing", fraction)
                yield
        except OSError:
            self._break_off()
            return
        self._under_way = None
        self._done(receipt)

    def _break_off(self) -> None:
        if self._under_way is not None:
            (job, receipt), self._under_way = self._under_way, None
            self._drawing.stop()
            job.abort()
            number = receipt.entry.n if receipt.entry is not None else 0
            self._end()
            self._printed = number
            self.outcome.tell(_BROKE_OFF.format(number), Sign.REFUSED)
            self._review()

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
        self._begin("Writing the batch sheet")

        def work(progress: Progress) -> Path:
            return write_batch_sheet(registry, entry, where, world, progress)

        self._job = self._jobs.start(work, self._sheet_saved, self._failed, self.strip.show_progress)

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

    def _draft(self, labels: Sequence[Label]) -> NoteLabelsPrinted:
        template = self.fields.wish.template
        if template is None:
            raise AssertionError("labels without a template")
        return draft_of(template, labels, self.fields.options, self.fields.reason)

    def _done(self, receipt: Receipt) -> None:
        self._end()
        if receipt.entry is None:
            self.problems.show_problems(receipt.decision.problems)
            return
        self._printed = receipt.entry.n
        labels = [event for event in receipt.entry.events if isinstance(event, e.LabelPrinted)]
        count = len(labels) * labels[0].copies
        words, file = self._told
        said = f"{count:,} {'label' if count == 1 else 'labels'} {words}: entry {self._printed}. Now read them back."
        places = () if file is None else (str(file),)
        self.outcome.tell(said, Sign.FITS, places, None if file is None else str(file))
        self.fields.reason_edit.clear()
        _keep(self.fields.printing)
        self._review()
        self.check_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, UidManagerError):
            is_own_wish = isinstance(error, CancelledError)
            self.outcome.tell(
                "Stopped: nothing was printed." if is_own_wish else str(error),
                Sign.NOTICE if is_own_wish else Sign.REFUSED,
            )
            self._printed = getattr(error, "entry", self._printed)
            self._review()
            return
        self.outcome.tell(_FAULT, Sign.REFUSED)
        self._session.fault_found.emit(error)

    def _begin(self, message: str, *, can_stop: bool = True) -> None:
        self._is_busy = True
        self.outcome.hide()
        self.strip.begin(message, can_stop=can_stop)
        self._review()

    def _end(self) -> None:
        self._is_busy = False
        self._job = None
        self.strip.end()
        self._review()

    @Slot()
    def _cancel(self) -> None:
        if self._under_way is not None:
            self._break_off()
        elif self._job is not None:
            self._job.cancel()
        else:
            self._laying.cancel()

    def _ask_file(self, title: str, proposed: str, kinds: str) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(self, title, proposed, kinds)
        return Path(chosen) if chosen else None


def _button(text: str, name: str) -> QPushButton:
    return named(QPushButton(text, autoDefault=False), name)


def _last() -> LabelPrinting:
    """How labels were printed last; the usual where that cannot be read."""
    try:
        return StationLabelPrinting().last()
    except PreferencesError:
        return LabelPrinting()


def _keep(printing: LabelPrinting) -> None:
    """Only a convenience: that it could not be kept is no reason to say that printing failed."""
    with suppress(PreferencesError):
        StationLabelPrinting().keep(printing)
