"""The action that opens the dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from uidmanager.gui.dialogs.opening_action import OpeningAction
from uidmanager.gui.dialogs.take_over.dialog import TakeOverDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.gui.session import Session

_TIP: Final = "Import products, releases or installations from a spreadsheet: Excel or CSV"


class TakeOverAction(OpeningAction[TakeOverDialog]):
    """Opens it for installations.

    Signals:
        taken_over(str): a sentence on what was imported
    """

    taken_over = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("I&mport…", "import_spreadsheet", _TIP, parent)
        self.setIconText("Import…")
        self._session = session
        self._parent = parent

    def made(self) -> TakeOverDialog:
        """A dialog with no file yet."""
        dialog = TakeOverDialog(self._session, self._parent)
        dialog.taken_over.connect(self.taken_over)
        return dialog
