"""The checks that are open in this window, and when what was scanned is written to the ledger.

It is written when the last label is checked, when somebody closes the dialog or goes to another print run, when nothing
was scanned for a minute, and after each hundred scans. What could not be written is kept, and tried again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from uidmanager.core import events as e
from uidmanager.core.checking import Checking
from uidmanager.core.errors import UidManagerError
from uidmanager.core.print_runs import print_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.service import Receipt
    from uidmanager.core.barcodes import Read
    from uidmanager.core.checking import Scan
    from uidmanager.core.events import Entry
    from uidmanager.core.registry import Registry
    from uidmanager.gui.session import Session

PAUSE_MS: Final = 60_000
MOST_UNWRITTEN: Final = 100
_CONCERNED: Final = (
    e.LabelPrinted,
    e.LabelChecked,
    e.LabelMissed,
    e.InstallationVoided,
    e.InstallationReinstated,
)


class Keeping(QObject):
    """One check, and its way to the ledger.

    Signals:
        kept(): all that was scanned until now stands in the ledger
        failed(str): why it could not be written; it is kept, and written with what comes next
        changed(): something was written, here or elsewhere, after which the run may be another
    """

    kept = Signal()
    failed = Signal(str)
    changed = Signal()

    def __init__(self, session: Session, checking: Checking, parent: QObject) -> None:
        super().__init__(parent)
        self.checking = checking
        self.trouble = ""
        self._session = session
        self._count = 0
        self._is_writing = False
        self._is_wanted_again = False
        self._is_second_try = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.write)
        session.took_in.connect(self._take_in)
        session.trouble_passed.connect(self.write)
        session.closed.connect(self._pause.stop)

    @property
    def is_kept(self) -> bool:
        """Whether the ledger has everything that was scanned."""
        return not self.checking.unwritten and not self._is_writing

    def take(self, scanned: str, read: Read | None = None) -> Scan | None:
        """Take in a scan, and what was taken from it; None where there was nothing in it."""
        with self._session.service.look() as registry:
            scan = self.checking.take(registry, scanned, read)
        if scan is not None and scan.verdict is not None:
            self._pause.start()
            if self.checking.is_complete or self.checking.unwritten >= MOST_UNWRITTEN:
                self.write()
        return scan

    @Slot()
    def write(self) -> None:
        """Write what is not written yet, behind the window."""
        self._pause.stop()
        if self._is_writing:
            self._is_wanted_again = True
        elif self.checking.unwritten:
            self._is_writing = True
            with self._session.service.look() as registry:
                draft, self._count = self.checking.draft(registry)
            self._session.submit(draft, None, self._done, self._failed)

    def _done(self, receipt: Receipt) -> None:
        self._is_writing = False
        refusals = receipt.decision.problems
        if not refusals:
            self.checking.wrote(self._count)
        self._renew()
        if (
            refusals and not self._is_second_try
        ):  # others were faster than the draft was made; the next is of the run now
            self._is_second_try = True
            self.write()
            return
        self._is_second_try = False
        self._end(refusals[0].message if refusals else "")

    def _failed(self, error: Exception) -> None:
        self._is_writing = self._is_second_try = self._is_wanted_again = False
        if isinstance(error, UidManagerError):
            self._end(str(error))
            return
        self._end("It was not written; the fault is the program's.")
        self._session.fault_found.emit(error)

    def _end(self, trouble: str) -> None:
        """A write is over. What was scanned meanwhile follows it, if it was to be written."""
        self.trouble = trouble
        again, self._is_wanted_again = self._is_wanted_again, False
        if trouble:
            self._pause.start()  # and is tried again
            self.failed.emit(trouble)
        elif again and self.checking.unwritten:
            self.write()
        else:
            self.kept.emit()

    @Slot(object)
    def _take_in(self, entries: Sequence[Entry]) -> None:
        if any(isinstance(event, _CONCERNED) for entry in entries for event in entry.events):
            self._renew()

    def _renew(self) -> None:
        with self._session.service.look() as registry:
            self.checking.renew(registry)
        self.changed.emit()


class OpenChecks(QObject):
    """The checks by print run. One that is left stays as it is until the ledger has all of it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._checks: dict[int, Keeping] = {}

    def of_run(self, entry: int) -> Keeping | None:
        """The check of a print run, as it was left or a new one; None where there is no such run."""
        if entry not in self._checks:
            with self._session.service.look() as registry:
                run = print_run(registry, entry)
            if run is None:
                return None
            self._checks[entry] = Keeping(self._session, Checking(run), self)
        return self._checks[entry]

    def write(self) -> None:
        """Write what is not written yet."""
        for each in self._checks.values():
            each.write()

    @property
    def are_kept(self) -> bool:
        """Whether the ledger has everything that was scanned."""
        return all(each.is_kept for each in self._checks.values())

    @property
    def troubles(self) -> list[str]:
        """Why some of it could not be written."""
        return [each.trouble for each in self._checks.values() if each.trouble]

    def let_go(self) -> None:
        """Keep only the checks of which something is yet to be written."""
        for entry, each in list(self._checks.items()):
            if each.is_kept:
                del self._checks[entry]
                each.deleteLater()


def serials_of(registry: Registry, components: Sequence[str]) -> dict[str, str]:
    """What stands on the equipment, by component."""
    units = ((component, registry.installation(component)) for component in components)
    return {component: unit.serial if unit else component for component, unit in units}
