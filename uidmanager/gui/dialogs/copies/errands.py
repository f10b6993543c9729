"""Work on a ledger's copies behind the window: its progress while it lasts, then what came of it in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from uidmanager.core.errors import CancelledError, UidManagerError
from uidmanager.gui.jobs import Jobs, Latest
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Progress

Result = TypeVar("Result")


class Errands(QObject):
    """One piece of work at a time; one that only looks is given up for the next. Whoever asks lays out the two widgets.

    Signals:
        began(): something is under way
        ended(): it is over, whatever came of it
    """

    began = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._work = Latest(self._jobs)
        self._must_finish = False
        self.strip = ProgressStrip("copies_progress")
        self.outcome = SignedSentence("copies_outcome", "What was done last")
        self.strip.cancel_asked.connect(self._work.cancel)

    @property
    def must_finish(self) -> bool:
        """Whether something is under way that changes the ledger, and is waited for."""
        return self._must_finish

    def look(self, message: str, work: Callable[[Progress], Result], done: Callable[[Result], None]) -> None:
        """Begin work that changes nothing in the ledger's place; it may be stopped."""
        self._begin(message, work, done)

    def change(self, message: str, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Begin work that changes what lies in the ledger's place; once begun, it is not stopped."""
        self._must_finish = True
        self._begin(message, lambda _progress: work(), done)

    def close_down(self) -> None:
        """Stop what may be stopped and wait for the rest; nobody is told any more."""
        self._jobs.close()

    def _begin(self, message: str, work: Callable[[Progress], Result], done: Callable[[Result], None]) -> None:
        def told(result: Result) -> None:
            self._end()
            done(result)

        self.strip.begin(message, can_stop=not self._must_finish)
        self.began.emit()
        self._work.start(work, told, self._failed, self.strip.show_progress)

    def _end(self) -> None:
        self._must_finish = False
        self.strip.end()
        self.ended.emit()

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, CancelledError):
            self.outcome.tell(str(error), Sign.NOTICE)
        elif isinstance(error, UidManagerError):
            self.outcome.tell(str(error), Sign.REFUSED, (getattr(error, "where", ""),))
        else:
            self.outcome.tell("This did not work, and the fault is the program's.", Sign.REFUSED)
            raise error
