"""The action that opens “Try my scanner”; what is kept there holds at once, in every field for scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from uidmanager.gui.dialogs.opening_action import OpeningAction
from uidmanager.gui.dialogs.try_scanner import TryScannerDialog
from uidmanager.gui.widgets.scan_edit import ScanEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.core.barcodes import ScannerSettings


class ScannerAction(OpeningAction[TryScannerDialog]):
    """Opens the dialog over the window of its parent."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__("Scanner…", name, "Try my scanner: see what it sends, and set it up", parent)
        self._owner = parent

    def made(self) -> TryScannerDialog:
        """A dialog with the settings as they are kept now."""
        dialog = TryScannerDialog(self._owner.window())
        dialog.kept.connect(self._use)
        return dialog

    @Slot(object)
    def _use(self, settings: ScannerSettings) -> None:
        for edit in self._owner.window().findChildren(ScanEdit):
            edit.use(settings)
