"""A panel that holds what belongs together, with a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from uidmanager.gui.theme import GAP, ROOM, TIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_HEADING_SCALE = 1.25


class Card(QFrame):
    """A quiet panel on the page; ``body`` takes its content from top to bottom."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        self.body.setSpacing(GAP)
        if title:
            self.body.addWidget(heading(title))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A thin line around it; the ground is the page's, so that fields stand out in dark mode as well."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), TIGHT, TIGHT)


def heading(title: str, scale: float = _HEADING_SCALE) -> QLabel:
    """A title, larger than the text."""
    label = QLabel(title)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(True)
    label.setFont(font)
    return label


def sentence(text: str) -> QLabel:
    """A line or two of explanation, which breaks where it must."""
    return QLabel(text, wordWrap=True)
