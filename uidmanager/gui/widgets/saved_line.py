"""Says which file was written, and shows where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from uidmanager.gui.theme import GAP, tones
from uidmanager.gui.widgets.folder_button import FolderButton
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from pathlib import Path


class SavedLine(QWidget):
    """Hidden until a file was written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel()
        self._words = named(QLabel(), "saved_label", "What was saved")
        self._words.setMinimumWidth(1)  # a long path is cut rather than the window made wider; the tip has it whole
        self._show = FolderButton("show_folder_button")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        row.addWidget(self._show)
        row.addStretch(1)
        self.hide()

    @property
    def where(self) -> Path | None:
        """The file that was written last."""
        return self._show.file

    def tell(self, sentence: str, where: Path) -> None:
        """Say what was written and where."""
        self._show.file = where
        self._words.setText(sentence)
        self._words.setToolTip(sentence)
        self._colour()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        self._sign.setText(f'<span style="color:{tones(self).fits}">✓</span>')
