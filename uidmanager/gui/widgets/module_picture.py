"""A code on the screen, from its modules: black on white whatever the theme, in whole pixels, with its quiet zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUIET: Final = 2
_MODULE: Final = 6


class ModulePicture(QWidget):
    """Grows in steps, so that each module has the same number of pixels."""

    def __init__(self, rows: Sequence[bytes], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Large enough for a scanner at arm's length."""
        side = (len(self._rows) + 2 * _QUIET) * _MODULE
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the modules."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        for y, row in enumerate(self._rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    corner = QRect((x + _QUIET) * _MODULE, (y + _QUIET) * _MODULE, _MODULE, _MODULE)
                    painter.fillRect(corner, Qt.GlobalColor.black)
        painter.end()
