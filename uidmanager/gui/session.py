"""A ledger that is open in the window: previews at once, writes behind the window, news within half a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from uidmanager.core.errors import LedgerError
from uidmanager.core.events import ProductNameCorrected, ProductRegistered
from uidmanager.core.finding import Index
from uidmanager.gui.jobs import Jobs
from uidmanager.gui.times import local_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Receipt, Service, Verification
    from uidmanager.core.anchors import Anchor
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft
    from uidmanager.core.events import Entry
    from uidmanager.core.records import Record
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Report
    from uidmanager.gui.jobs import Job

POLL_MS = 200


class Session(QObject):
    """One open registry. `jobs` is for what must not wait; `reading` for long work that only reads, and need not.

    `scanning` is for the scan of files, which may take hours.
    `product_names` are the products' names by number, as the window was last told; `index` finds installations.

    Signals:
        took_in(Sequence[Entry]): entries that are new to the window, from here or from elsewhere
        trouble_found(LedgerError): the ledger can no longer be written, or not be reached
        trouble_passed(): it can be reached again
        settled(bool): nothing is being written any more; whether all that was, since it was so before, went well
        remarked(str): a sentence about the ledger that the user should read
        verified(Verification): the whole ledger was read anew, and this was found; `verification` keeps it
        fault_found(Exception): a fault of ours in work behind the window
        closed(): nothing is under way any more, and nothing more will be
    """

    took_in = Signal(object)
    trouble_found = Signal(object)
    trouble_passed = Signal()
    settled = Signal(bool)
    remarked = Signal(str)
    verified = Signal(object)
    fault_found = Signal(object)
    closed = Signal()

    def __init__(self, service: Service, dicom_names: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.service = service
        self.dicom_names = dicom_names
        self.jobs = Jobs(self)
        self.reading = Jobs(self, is_patient=True)
        self.scanning = Jobs(self)
        self.verification: Verification | None = None
        with service.look() as registry:
            self._published = registry.position
            self.product_names = {product.number: product.name for product in registry.products}
            self.index = Index(registry.installations, self.product_names, local_time)
        self._remarks_told = 0
        self._writes = 0
        self._wrote_well = True
        self._out_of_reach: LedgerError | None = None
        self._trouble_told = ""
        self._fault_told = ""
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def trouble(self) -> LedgerError | None:
        """Why nothing can be written, if so."""
        return self.reading_trouble or self.service.barred

    @property
    def reading_trouble(self) -> LedgerError | None:
        """Why what is read is not all, if so."""
        return self.service.trouble or self._out_of_reach

    @property
    def is_writing(self) -> bool:
        """Whether a draft is on its way to the disk."""
        return self._writes > 0

    def start(self) -> None:
        """Begin to watch the ledger for what others write."""
        self._timer.start()
        self._publish()
        self._settle()

    def close(self) -> None:
        """Stop watching; wait for a write that is under way."""
        self._timer.stop()
        self.scanning.close()
        self.reading.close()
        self.jobs.close()
        self.closed.emit()

    def preview(self, draft: Draft) -> Decision:
        """What the draft would register; quick enough for every keystroke."""
        return self.service.preview(draft)

    def submit(
        self,
        draft: Draft,
        shown: Decision | None,
        done: Callable[[Receipt], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Register the draft behind the window. ``done`` is told after `took_in`."""
        self.write(lambda _progress: self.service.submit(draft, shown), done, failed)

    def write(
        self,
        work: Callable[[Progress], Receipt],
        done: Callable[[Receipt], None],
        failed: Callable[[Exception], None],
        progressed: Callable[[str, float], None] | None = None,
        jobs: Jobs | None = None,
    ) -> Job[Receipt]:
        """Do work that registers something, on the thread of ``jobs``: it may wait for more than the disk."""

        def told(receipt: Receipt) -> None:
            self._publish()
            done(receipt)
            self._end_write(is_well=True)

        def unhappy(error: Exception) -> None:
            self._publish()
            failed(error)
            self._end_write(is_well=False)

        self._writes += 1
        return (jobs or self.jobs).start(work, told, unhappy, progressed)

    def verify(
        self,
        done: Callable[[Verification], None],
        failed: Callable[[Exception], None],
        progressed: Callable[[str, float], None],
        anchor: Anchor | None = None,
    ) -> Callable[[], None]:
        """Verify the whole ledger behind the window, against an anchor if one is given; answers what cancels it.

        ``done`` is told after `verified`.
        """

        def told(verification: Verification) -> None:
            self.verification = verification
            self.verified.emit(verification)
            done(verification)

        def work(progress: Progress) -> Verification:
            return self.service.verify(progress, anchor)

        return self.reading.start(work, told, failed, progressed).cancel

    def has_verified(self, report: Report) -> bool:
        """Whether the whole ledger was read anew, and found good, up to the very head that a report stands on."""
        found = self.verification
        return found is not None and found.trouble is None and found.head == report.head

    def still(self) -> Registry:
        """The registry as it is now, which holds still: for work that takes longer than a look may last."""
        with self.service.look() as registry:
            return registry.still()

    def records_in(self, entries: Iterable[Entry]) -> list[Record]:
        """The records these entries speak of, as they stand now, each once."""
        with self.service.look() as registry:
            return registry.records_in(entries)

    def records_besides_installations(self, entries: Iterable[Entry]) -> list[Record]:
        """Those of them that are no installations: what happens to a hundred thousand of these is soon told."""
        with self.service.look() as registry:
            return registry.records_in(entries, besides_installations=True)

    @Slot()
    def _poll(self) -> None:
        if not self.jobs.is_busy:
            self.jobs.start(lambda _progress: self._look_for_news(), self._looked, self._could_not_look)

    def _look_for_news(self) -> None:
        """On the jobs' thread."""
        if self.service.ledger.has_news():
            self.service.refresh()

    def _looked(self, _nothing: None) -> None:
        if self._out_of_reach is not None:
            self._out_of_reach = None
            self._trouble_told = ""
            self.trouble_passed.emit()
        self._publish()
        self._settle()

    def _settle(self) -> None:
        """Make ready for the long run, once much was read: behind the window, after all else."""
        if self.service.wants_settling and not self.reading.is_busy:
            self.reading.start(self.service.settle, _nothing_to_tell, self._could_not_look)

    def _could_not_look(self, error: Exception) -> None:
        """The file may be out of reach for a while, on a network or a stick; a fault of ours is told once."""
        if isinstance(error, LedgerError):
            self._out_of_reach = error
            self._publish()
        elif repr(error) != self._fault_told:
            self._fault_told = repr(error)
            self.fault_found.emit(error)

    def _end_write(self, *, is_well: bool) -> None:
        self._writes -= 1
        self._wrote_well = self._wrote_well and is_well
        if not self._writes:
            was_well, self._wrote_well = self._wrote_well, True
            self.settled.emit(was_well)

    def _publish(self) -> None:
        """Tell the window what the registry has taken in since it was last told."""
        with self.service.look() as registry:
            fresh = registry.entries[self._published :]
            self._published = registry.position
            remarks = self.service.remarks[self._remarks_told :]
            self._remarks_told = len(self.service.remarks)
        if fresh:
            self._call_products(fresh)
            self.took_in.emit(fresh)
        for remark in remarks:
            self.remarked.emit(remark)
        if self.trouble is not None and str(self.trouble) != self._trouble_told:
            self._trouble_told = str(self.trouble)
            self.trouble_found.emit(self.trouble)

    def _call_products(self, entries: Iterable[Entry]) -> None:
        """Have the names of products as they are after these entries."""
        for entry in entries:
            for event in entry.events:
                if isinstance(event, ProductRegistered):
                    self.product_names[event.number] = event.name
                elif isinstance(event, ProductNameCorrected):
                    self.product_names[event.number] = event.new


def _nothing_to_tell(_nothing: None) -> None:
    """Whether the next opening is quick concerns nobody now."""
