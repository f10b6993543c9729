"""How labels leave: made behind the window, noted as a print run, and only then let go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import structs
from PySide6.QtCore import QObject, Signal, Slot

from uidmanager.app.printing import print_labels
from uidmanager.core.labels.runs import draft_of
from uidmanager.gui.dialogs.labels.system_printer import SystemPrint
from uidmanager.gui.dialogs.labels.work import pdf_of, zpl_of
from uidmanager.gui.turns import Turns
from uidmanager.writers.labels.outlets import into_file, to_printer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from uidmanager.app.ports import Progress
    from uidmanager.app.printing import Outlet
    from uidmanager.app.service import Receipt
    from uidmanager.core.drafts import NoteLabelsPrinted
    from uidmanager.core.labels.marks import Label
    from uidmanager.core.labels.sheets import SheetOptions
    from uidmanager.core.labels.templates import Template
    from uidmanager.gui.dialogs.labels.fields import Wish
    from uidmanager.gui.dialogs.labels.work import Content, LaidOut
    from uidmanager.gui.jobs import Job, Jobs
    from uidmanager.gui.session import Session
    from uidmanager.writers.labels.sending import Printer
    from uidmanager.writers.labels.zpl_pen import Resolution

    _OutletOf = Callable[[bytes, Progress], Outlet]


class Order(NamedTuple):
    """What is to be printed: labels that are laid out, on what, where on it, how many, and why."""

    template: Template
    wish: Wish
    laid: LaidOut
    options: SheetOptions
    reason: str | None

    def draft(self, labels: Sequence[Label]) -> NoteLabelsPrinted:
        """What notes it."""
        return draft_of(self.template, labels, self.options, self.reason)


class Gone(NamedTuple):
    """Labels that have left: the print run, where they went, and the file if they went into one."""

    receipt: Receipt
    where: str
    file: Path | None


class Leaving(QObject):
    """Lets one order leave at a time.

    Signals:
        began(str, bool): what is being done, and whether it can be stopped
        progressed(str, float): how far it is
        refused(tuple[Problem, ...]): why nothing was noted and nothing printed
        gone(Gone): they are noted, and have left
        broke_off(int): they are noted in this entry, and not all of them have left
        failed(Exception): why not; `LabelsNotHandedOverError` if they are noted
    """

    began = Signal(str, bool)
    progressed = Signal(str, float)
    refused = Signal(object)
    gone = Signal(object)
    broke_off = Signal(int)
    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._drawing = Turns(self)
        self._job: Job[Any] | None = None
        self._printing: tuple[SystemPrint, Receipt] | None = None
        self.is_busy = False

    def into_pdf(self, order: Order, where: Path) -> None:
        """Into a file; the person has agreed to have it replaced."""
        work = partial(pdf_of, order.template, order.laid.labels, order.options, self._session.service.world)
        self._make(order, work, _into(where), str(where), where)

    def into_zpl(self, order: Order, resolution: Resolution, where: Path) -> None:
        """The same in the language of label printers."""
        self._make(order, self._zpl(order, resolution), _into(where), str(where), where)

    def to_label_printer(self, order: Order, resolution: Resolution, printer: Printer) -> None:
        """To a label printer in the network."""

        def outlet(content: bytes, progress: Progress) -> Outlet:
            return to_printer(printer, content, progress)

        self._make(order, self._zpl(order, resolution), outlet, str(printer), None)

    def to_system_printer(self, order: Order, printer: QPrinter) -> bool:
        """To a printer of the system: opened, noted, drawn, in this order. False where it cannot be opened."""
        job = SystemPrint(printer, order.template, order.laid.labels, order.options)
        if not job.begin():
            return False
        where = printer.printerName() or printer.outputFileName()
        draft = order.draft(order.laid.labels)
        draft = structs.replace(draft, copies=draft.copies * max(1, printer.copyCount()))
        self._begin("Writing", can_stop=False)

        def noted(receipt: Receipt) -> None:
            if receipt.entry is None:
                job.abort()
                self._done(where, None, receipt)
                return
            self._begin("Printing")
            self._drawing.start(self._drawn(job, receipt, where))

        def unnoted(error: Exception) -> None:
            job.abort()
            self._fail(error)

        self._session.submit(draft, None, noted, unnoted)
        return True

    @Slot()
    def cancel(self) -> None:
        """Stop what can be stopped."""
        if self._printing is not None:
            self._break_off()
        elif self._job is not None:
            self._job.cancel()

    # -- made, noted, let go -----------------------------------------------------------------------------------------

    def _zpl(self, order: Order, resolution: Resolution) -> Callable[[Progress], Content]:
        return partial(zpl_of, order.template, order.laid, order.wish, order.options, resolution)

    def _make(
        self, order: Order, work: Callable[[Progress], Content], outlet: _OutletOf, where: str, file: Path | None
    ) -> None:
        self._begin("Drawing the labels")

        def made(content: Content) -> None:
            if content.problems:
                self._end()
                self.refused.emit(content.problems)
            else:
                self._note(order.draft(content.labels), outlet, content.content, partial(self._done, where, file))

        self._job = self._jobs.start(work, made, self._fail, self.progressed.emit)

    def _note(
        self, draft: NoteLabelsPrinted, outlet: _OutletOf, content: bytes, done: Callable[[Receipt], None]
    ) -> None:
        service = self._session.service

        def work(progress: Progress) -> Receipt:
            return print_labels(service, draft, outlet(content, progress))

        self._job = self._session.write(work, done, self._fail, self.progressed.emit, self._jobs)

    def _drawn(self, job: SystemPrint, receipt: Receipt, where: str) -> Iterator[None]:
        self._printing = job, receipt
        try:
            for fraction in job.pages():
                self.progressed.emit("Printing", fraction)
                yield
        except OSError:
            self._break_off()
            return
        self._printing = None
        self._done(where, None, receipt)

    def _break_off(self) -> None:
        if self._printing is not None:
            (job, receipt), self._printing = self._printing, None
            self._drawing.stop()
            job.abort()
            self._end()
            if receipt.entry is not None:
                self.broke_off.emit(receipt.entry.n)

    # -- how it ends -------------------------------------------------------------------------------------------------

    def _done(self, where: str, file: Path | None, receipt: Receipt) -> None:
        self._end()
        if receipt.entry is None:
            self.refused.emit(receipt.decision.problems)
        else:
            self.gone.emit(Gone(receipt, where, file))

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _begin(self, message: str, *, can_stop: bool = True) -> None:
        self.is_busy = True
        self.began.emit(message, can_stop)

    def _end(self) -> None:
        self.is_busy = False
        self._job = None


def _into(where: Path) -> _OutletOf:
    return lambda content, _progress: into_file(where, content, replace=True)
