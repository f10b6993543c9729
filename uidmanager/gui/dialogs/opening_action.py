"""An action that opens a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_Dialog = TypeVar("_Dialog", bound=QDialog)


class OpeningAction(QAction, Generic[_Dialog]):
    """Opens one dialog at a time, and lets go of it once it is closed. `made` says which dialog."""

    def __init__(self, text: str, name: str, tip: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setIconText(text)  # a button would drop the dots
        self.setObjectName(f"{name}_action")
        self.setToolTip(tip)
        self._dialog: _Dialog | None = None
        self.triggered.connect(self.open)

    def made(self) -> _Dialog | None:
        """The dialog to be opened now; None if there is nothing to open it on."""
        raise NotImplementedError

    def mind_closing(self, dialog: _Dialog) -> None:
        """Keep what is to be kept of a dialog that is closed."""

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        if self._dialog is None:
            self._dialog = self.made()
            if self._dialog is not None:
                self._dialog.finished.connect(self._close)
                self._dialog.open()

    @Slot()
    def _close(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            self.mind_closing(dialog)
            dialog.deleteLater()
