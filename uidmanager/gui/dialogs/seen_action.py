"""The action that notes a finding on the installation that is chosen, or that was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from uidmanager.gui.dialogs.note_seen import NoteSeenDialog
from uidmanager.gui.dialogs.opening_action import OpeningAction

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.gui.session import Session

_TIP = "Keep in the history of this installation when and where it was seen, and what was found"


class SeenAction(OpeningAction[NoteSeenDialog]):
    """Opens the dialog with what is known of the finding.

    Signals:
        noted(str): a sentence that says what was written
    """

    noted = Signal(str)

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        super().__init__("Note a finding…", name, _TIP, parent)
        self._session = session
        self._parent = parent
        self._found: tuple[str, str, str] | None = None
        self.setEnabled(False)

    def offer(self, component: str | None, where: str = "", what: str = "") -> None:
        """This installation was seen, at this place, and this was found; None where there is none."""
        self._found = None if component is None else (component, where, what)
        self.setEnabled(component is not None and self._session.trouble is None)

    def made(self) -> NoteSeenDialog | None:
        """The dialog on the installation that was met."""
        if self._found is None:
            return None
        dialog = NoteSeenDialog(self._session, *self._found, self._parent)
        dialog.noted.connect(self.noted)
        return dialog
