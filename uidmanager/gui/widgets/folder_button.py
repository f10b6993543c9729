"""A button that shows the folder in which a file lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QToolButton, QWidget

from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from pathlib import Path


class FolderButton(QToolButton):
    """Opens the folder of ``file`` in the system's own program; without one it does nothing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, "Show the folder with the file")
        self.file: Path | None = None
        self.setText("Show folder")
        self.clicked.connect(self._show_folder)

    @Slot()
    def _show_folder(self) -> None:
        if self.file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file.parent)))
