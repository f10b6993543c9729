"""The action that hands the UID of the chosen record on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction

from uidmanager.gui.dialogs.use_it import UseDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.core.records import Installation, Release
    from uidmanager.gui.session import Session


class UseAction(QAction):
    """Opens the dialog on the record that is chosen; the next one begins with the same toolkit.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        super().__init__("Use it…", parent)
        self.setIconText(self.text())  # a button would drop the dots
        self.setObjectName(f"{name}_action")
        self.setToolTip("The lines that hand this UID on to a toolkit or a build (Ctrl+U)")
        self._session = session
        self._parent = parent
        self._record: Release | Installation | None = None
        self._dialog: UseDialog | None = None
        self._last_name = ""
        self.triggered.connect(self.open)

    def show_record(self, record: Release | Installation | None) -> None:
        """This record is chosen. What was withdrawn may stand in a part of the ledger that cannot be read."""
        self._record = record
        self.setEnabled(record is not None and self._session.reading_trouble is None)

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        if self._record is None or self._dialog is not None:
            return
        self._dialog = UseDialog(self._session, self._record, self._last_name, self._parent)
        self._dialog.copied.connect(self.copied)
        self._dialog.finished.connect(self._close)
        self._dialog.open()

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._last_name = self._dialog.name
            self._dialog.deleteLater()
            self._dialog = None
