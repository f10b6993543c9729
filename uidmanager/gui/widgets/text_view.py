"""A text that is handed on: what it is, its lines, what must be known beside them, copy and save."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QDir, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from uidmanager.gui.theme import GAP, fixed_font
from uidmanager.gui.widgets.card import heading
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.signed_sentence import Sign
from uidmanager.gui.widgets.told_line import ToldLine


class Wording(NamedTuple):
    """How a view speaks. ``name`` is in the names of its parts, ``text`` is what its lines are called."""

    name: str
    text: str
    copy: str
    copy_spoken: str
    save: str
    save_spoken: str


class TextView(QWidget):
    """`copy_text` and `choose_where_to` say what is copied and saved.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)

    def __init__(self, words: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = words.name
        self.folder = QDir.homePath()
        self.title = heading("")
        self.about = named(QLabel(wordWrap=True), f"{name}_about", "What the lines do")
        self.text = named(QPlainTextEdit(readOnly=True), f"{name}_text", words.text)
        self.text.setFont(fixed_font())
        self.text.setTabChangesFocus(True)
        self.problems = ProblemList(f"{name}_problems")
        self.copy_button = named(QPushButton(words.copy, autoDefault=False), f"copy_{name}_button", words.copy_spoken)
        self.save_button = named(QPushButton(words.save, autoDefault=False), f"save_{name}_button", words.save_spoken)
        self.told = ToldLine(f"{name}_told", "What was copied or saved")
        self._lay_out()
        self.copy_button.clicked.connect(self.copy_text)
        self.save_button.clicked.connect(self.choose_where_to)

    @Slot()
    def copy_text(self) -> None:
        """Put it on the clipboard."""
        raise NotImplementedError

    @Slot()
    def choose_where_to(self) -> None:
        """Ask for a file."""
        raise NotImplementedError

    def offer(self, *, is_there: bool) -> None:
        """Let it be copied and saved, and speak no longer of what was."""
        self.told.hide()
        self.text.setVisible(is_there)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(is_there)

    def tell_copied(self, sentence: str) -> None:
        """Say here and elsewhere that it was copied."""
        self.told.tell(sentence, Sign.FITS)
        self.copied.emit(sentence)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.text, 1)
        column.addWidget(self.problems)
        column.addLayout(buttons)
        column.addWidget(self.told)
        column.addStretch(0)
