"""What stands where nothing is yet: what this place is for, and the first thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.naming import named

_TITLE_SCALE = 1.3
_WIDEST = 460


class EmptyPage(QWidget):
    """A title, a sentence and, where there is something to do, one button; the caller gives it its object name.

    ``width`` is that of the sentence.

    Signals:
        action_asked(): the button was pressed
    """

    action_asked = Signal()

    def __init__(
        self, title: str, sentence: str, action: str = "", parent: QWidget | None = None, width: int = _WIDEST
    ) -> None:
        super().__init__(parent)
        heading = QLabel(title, alignment=Qt.AlignmentFlag.AlignHCenter)
        heading.setObjectName("empty_title")
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * _TITLE_SCALE)
        font.setBold(True)
        heading.setFont(font)
        words = QLabel(sentence, wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        words.setObjectName("empty_sentence")
        words.setFixedWidth(width)
        words.setMinimumHeight(words.heightForWidth(width))  # a layout would give it one line less
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, AIR, AIR, AIR)
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addWidget(heading)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        if action:
            button = named(QPushButton(action), "empty_action_button")
            button.clicked.connect(self.action_asked)
            column.addSpacing(ROOM - GAP)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
