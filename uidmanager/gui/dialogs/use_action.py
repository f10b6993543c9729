"""The action that hands the UID of the chosen record on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from uidmanager.gui.dialogs.opening_action import OpeningAction
from uidmanager.gui.dialogs.use_it import UseDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.core.records import Installation, Release
    from uidmanager.gui.session import Session

_TIP = "The lines that hand this UID on to a toolkit or a build (Ctrl+U)"


class UseAction(OpeningAction[UseDialog]):
    """Opens the dialog on the record that is chosen; the next one begins with the same toolkit.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        super().__init__("Use it…", name, _TIP, parent)
        self._session = session
        self._parent = parent
        self._record: Release | Installation | None = None
        self._last_name = ""

    def show_record(self, record: Release | Installation | None) -> None:
        """This record is chosen. What was withdrawn may stand in a part of the ledger that cannot be read."""
        self._record = record
        self.setEnabled(record is not None and self._session.reading_trouble is None)

    def made(self) -> UseDialog | None:
        """The dialog on the record that is chosen."""
        if self._record is None:
            return None
        dialog = UseDialog(self._session, self._record, self._last_name, self._parent)
        dialog.copied.connect(self.copied)
        return dialog

    def mind_closing(self, dialog: UseDialog) -> None:
        """Remember the toolkit."""
        self._last_name = dialog.name
