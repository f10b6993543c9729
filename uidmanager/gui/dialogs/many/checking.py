"""Has a list of serials checked: a short one at once, a long one behind the window, and only the one asked last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from uidmanager.core.batches import Terms, batch_from, batch_of, highest_for
from uidmanager.core.serial_lists import read_list
from uidmanager.gui.jobs import Latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Progress
    from uidmanager.core.batches import Batch, BatchRow
    from uidmanager.core.registry import Registry
    from uidmanager.gui.jobs import Jobs
    from uidmanager.gui.session import Session
    from uidmanager.gui.table_models import RecordTableModel
    from uidmanager.gui.table_models.records import Stock

_FEW: Final = 250  # rows that are checked within a frame
_MANY: Final = 20_000  # installations that are looked through within a frame
_SHORT: Final = 4_000  # characters that are looked through within a frame
_PAUSE_MS: Final = 200  # in which nothing was typed


class Wish(NamedTuple):
    """What stands in the fields."""

    text: str = ""
    terms: Terms = Terms()


class Checked(NamedTuple):
    """A list, what it comes to, and its rows made ready for the table."""

    wish: Wish
    batch: Batch
    stock: Stock[BatchRow]


class Checker(QObject):
    """Checks what ``wish_now`` answers. The last result holds until another one is there.

    Signals:
        began(): a check has begun that takes a while
        progressed(str, float): how far it is
        checked(Checked): this is what the list comes to
        failed(Exception): why it could not be checked; `CancelledError` where it was stopped
    """

    began = Signal()
    progressed = Signal(str, float)
    checked = Signal(object)
    failed = Signal(object)

    def __init__(
        self, session: Session, jobs: Jobs, model: RecordTableModel[BatchRow], wish_now: Callable[[], Wish | None]
    ) -> None:
        super().__init__(jobs)
        self._session = session
        self._model = model
        self._wish_now = wish_now
        self._latest = Latest(jobs)
        self._is_outdated = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._check)

    @property
    def is_busy(self) -> bool:
        """Whether a check is under way, or is about to be."""
        return self._latest.is_busy or self._pause.isActive()

    def check(self, length: int) -> None:
        """Check what stands in the fields, a list of this length: at once if it is short, else after a pause."""
        self.stop()
        if length <= _SHORT:
            self._check()
        else:
            self._pause.start()

    def check_again(self, length: int) -> None:
        """The registry has changed. A check that is under way ends first: others may write more often than it lasts."""
        self._is_outdated = self._latest.is_busy
        if not self._is_outdated:
            self.check(length)

    def cancel(self) -> None:
        """Stop the check that is under way; it fails with `CancelledError`."""
        self._latest.cancel()

    @Slot()
    def stop(self) -> None:
        """Nothing more is checked; of what is under way nobody is told."""
        self._is_outdated = False
        self._pause.stop()
        self._latest.stop()

    # -- inside ------------------------------------------------------------------------------------------------------

    @Slot()
    def _check(self) -> None:
        wish = self._wish_now()
        if wish is None:
            self._pause.start()  # the text is still coming in
            return
        batch = self._checked_at_once(wish) if len(wish.text) <= _SHORT else None
        if batch is not None:
            self.checked.emit(Checked(wish, batch, self._model.stock(batch.rows)))
            return
        registry, model = self._session.still(), self._model

        def work(progress: Progress) -> Checked:
            return checked_whole(registry, wish, model, progress)

        self.began.emit()
        self._latest.start(work, self._tell, self.failed.emit, self.progressed.emit)

    def _tell(self, checked: Checked) -> None:
        self.checked.emit(checked)
        if self._is_outdated:
            self._is_outdated = False
            self._pause.start()

    def _checked_at_once(self, wish: Wish) -> Batch | None:
        """What a short list comes to; None where it stands for so many serials that the window would wait."""
        text, terms = wish
        with self._session.service.look() as registry:
            if "~" in text and terms.product is not None and len(registry.installations) > _MANY:
                return None  # the highest of a product that has few is looked for among all
            listing = read_list(text, highest_for(registry, text, terms.product), most=_FEW)
            return None if listing.problems else batch_of(registry, listing, terms)


def checked_whole(registry: Registry, wish: Wish, model: RecordTableModel[BatchRow], progress: Progress) -> Checked:
    """What a list of any length comes to; on any thread, in a registry that holds still."""
    batch = batch_from(registry, wish.text, wish.terms, progress)
    stock = model.stock(batch.rows, lambda fraction: progress("Making the rows", fraction))
    return Checked(wish, batch, stock)
