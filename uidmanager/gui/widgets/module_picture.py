"""A code on the screen, from its modules: black on white whatever the theme, in whole pixels, with its quiet zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from uidmanager.core.labels.matrix import Matrix

_QUIET: Final = 2
_MODULE: Final = 6


class ModulePicture(QWidget):
    """Grows in steps, so that each module has the same number of pixels."""

    def __init__(self, matrix: Matrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = matrix
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Large enough for a scanner at arm's length."""
        width, height = self._matrix.width + 2 * _QUIET, self._matrix.height + 2 * _QUIET
        return QSize(width * _MODULE, height * _MODULE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the modules."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        for x, y, length in self._matrix.runs():
            run = QRect((x + _QUIET) * _MODULE, (y + _QUIET) * _MODULE, length * _MODULE, _MODULE)
            painter.fillRect(run, Qt.GlobalColor.black)
        painter.end()
