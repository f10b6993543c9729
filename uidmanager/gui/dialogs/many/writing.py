"""Assigns a batch as it was shown, and reads its installations back for who goes on with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from uidmanager.gui.dialogs.many.wording import assigned_sentence

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Receipt
    from uidmanager.core.batches import Batch
    from uidmanager.core.records import Installation
    from uidmanager.core.registry import Registry
    from uidmanager.gui.dialogs.many.checking import Checked, Wish
    from uidmanager.gui.jobs import Jobs
    from uidmanager.gui.session import Session

_SOME: Final = 500


class Assigned(NamedTuple):
    """What was assigned: the list and the terms it came from, its installations, and a sentence that says it."""

    wish: Wish
    installations: list[Installation]
    sentence: str


class BatchWriter(QObject):
    """Writes one batch at a time; ``jobs`` reads back what was written.

    Signals:
        assigned(Assigned): all of it has roots now
        overtaken(): others wrote meanwhile, another outcome is due, and nothing was written
        failed(Exception): nothing was written; the ledger says why, or it is a fault of ours
    """

    assigned = Signal(object)
    overtaken = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._under_way: Checked | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a batch is on its way."""
        return self._under_way is not None

    def write(self, checked: Checked) -> None:
        """Assign what was checked, if it still comes to what was shown."""
        self._under_way = checked
        self._session.submit(checked.batch.draft, checked.batch.decision, self._written, self._unwritten)

    def _written(self, receipt: Receipt) -> None:
        checked = self._under_way
        if checked is None:
            raise AssertionError("an outcome without a write")
        if receipt.overtaken or receipt.decision.is_refused:
            self._under_way = None
            self.overtaken.emit()
            return
        registry, (wish, batch, _stock) = self._session.still(), checked

        def work(progress: Progress) -> Assigned:
            return Assigned(wish, _held(registry, batch, progress), assigned_sentence(batch, receipt))

        self._jobs.start(work, self._read_back, self._unwritten)

    def _read_back(self, assigned: Assigned) -> None:
        self._under_way = None
        self.assigned.emit(assigned)

    def _unwritten(self, error: Exception) -> None:
        self._under_way = None
        self.failed.emit(error)


def _held(registry: Registry, batch: Batch, progress: Progress) -> list[Installation]:
    """The installations of a batch that was assigned, in the order of the list."""
    found = []
    for row in batch.rows:
        if row.number % _SOME == 0:
            progress("Reading them back", row.number / len(batch.rows))
        held = registry.installation(row.component or "")
        if held is not None:
            found.append(held)
    return found
