"""Backups by rule while a registry is open in the window: made behind it, after opening and after each entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from uidmanager.app.backups import back_up_if_due
from uidmanager.core.errors import CancelledError, UidManagerError
from uidmanager.settings import StationBackups

if TYPE_CHECKING:
    from uidmanager.app.backups import Backup
    from uidmanager.app.ports import Desk
    from uidmanager.gui.session import Session


class DueBackups(QObject):
    """Looks whether one is due whenever the session took in entries.

    Signals:
        made(str): a sentence about the backup that was made
        failed(str): why none could be made; said once, until one is made again
        fault_found(Exception): a fault of ours
    """

    made = Signal(str)
    failed = Signal(str)
    fault_found = Signal(object)

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session)
        self._session = session
        self._desk = desk
        self._book = StationBackups()
        self._is_under_way = False
        self._is_asked_again = False
        self._has_failed = False
        session.took_in.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Make a backup behind the window, if one is due. A ledger in trouble is not backed up."""
        if self._is_under_way:
            self._is_asked_again = True
        elif self._session.reading_trouble is None and self._has_rule():
            self._is_under_way = True
            self._session.reading.start(lambda _progress: self._back_up(), self._tell_made, self._tell_failed)

    def _has_rule(self) -> bool:
        """Whether there may be something to do: most have no rule, and no work is begun for them."""
        with self._session.service.look() as registry:
            identity = registry.founding.registry
        return self._book.has_rule(identity)

    def _back_up(self) -> Backup | None:
        """On the thread of long reading."""
        service = self._session.service
        return back_up_if_due(self._desk.keeper_at(service.ledger.name), self._book, service)

    def _tell_made(self, backup: Backup | None) -> None:
        if backup is not None:
            self._has_failed = False
            many = "1 entry" if backup.entries == 1 else f"{backup.entries:,} entries"
            self.made.emit(f"Backed up {many} to {backup.file}")
        self._end()

    def _tell_failed(self, error: Exception) -> None:
        if not self._has_failed and not isinstance(error, CancelledError):
            self._has_failed = True
            if isinstance(error, UidManagerError):
                self.failed.emit(str(error))
            else:
                self.fault_found.emit(error)
        self._end()

    def _end(self) -> None:
        self._is_under_way = False
        if self._is_asked_again:
            self._is_asked_again = False
            self.look()
