"""The action that notes a finding on the installation that is chosen, or that was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction

from uidmanager.gui.dialogs.note_seen import NoteSeenDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.gui.session import Session


class SeenAction(QAction):
    """Opens the dialog with what is known of the finding.

    Signals:
        noted(str): a sentence that says what was written
    """

    noted = Signal(str)

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        super().__init__("Note a finding…", parent)
        self.setIconText(self.text())  # a button would drop the dots
        self.setObjectName(f"{name}_action")
        self.setToolTip("Keep in the history of this installation when and where it was seen, and what was found")
        self._session = session
        self._parent = parent
        self._found: tuple[str, str, str] | None = None
        self._dialog: NoteSeenDialog | None = None
        self.setEnabled(False)
        self.triggered.connect(self.open)

    def offer(self, component: str | None, where: str = "", what: str = "") -> None:
        """This installation was seen, at this place, and this was found; None where there is none."""
        self._found = None if component is None else (component, where, what)
        self.setEnabled(component is not None and self._session.trouble is None)

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        if self._found is None or self._dialog is not None:
            return
        self._dialog = NoteSeenDialog(self._session, *self._found, self._parent)
        self._dialog.noted.connect(self.noted)
        self._dialog.finished.connect(self._close)
        self._dialog.open()

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
