"""One snippet: its lines as they are to be used, what must be known beside them, copy and save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.errors import Severity
from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, fixed_font
from uidmanager.gui.widgets.card import heading
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.signed_sentence import Sign
from uidmanager.gui.widgets.told_line import ToldLine

if TYPE_CHECKING:
    from uidmanager.core.snippets.rendering import Snippet

_ORDER = (Severity.ERROR, Severity.CAUTION, Severity.NOTICE)
_FEWEST_LINES = 6


class SnippetView(QWidget):
    """Shows a snippet; what refuses it stands in the place of its lines.

    Signals:
        copied(str): a sentence that says what was copied
        save_asked(Path): the snippet that is shown is to be written there
    """

    copied = Signal(str)
    save_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snippet: Snippet | None = None
        self._folder = QDir.homePath()
        self._title = heading("")
        self._about = named(QLabel(wordWrap=True), "snippet_about", "What the lines do")
        self._text = named(QPlainTextEdit(readOnly=True), "snippet_text", "Lines to be copied")
        self._text.setFont(fixed_font())
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(QFontMetrics(fixed_font()).lineSpacing() * _FEWEST_LINES)
        self.problems = ProblemList("snippet_problems")
        self.copy_button = named(QPushButton("&Copy", autoDefault=False), "copy_snippet_button", "Copy the lines")
        self.save_button = named(QPushButton("&Save…", autoDefault=False), "save_snippet_button", "Save the lines")
        self.told = ToldLine("snippet_told", "What was copied or saved")
        self._lay_out()
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._choose_where_to)
        self.show_snippet(None)

    @property
    def snippet(self) -> Snippet | None:
        """What is shown."""
        return self._snippet

    def show_snippet(self, snippet: Snippet | None) -> None:
        """Show this one instead of the one before; None: there is none to be shown."""
        self._snippet = snippet
        self.told.hide()
        has_text = snippet is not None and bool(snippet.text)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(has_text)
        self._text.setVisible(has_text)
        if snippet is None:
            self._title.clear()
            self._about.clear()
            self._text.clear()
            self.problems.show_problems(())
            return
        self._title.setText(visible(snippet.template.title))
        self._about.setText(visible(snippet.template.about))
        self._text.setPlainText(snippet.text)
        told = sorted((*snippet.problems, *snippet.remarks), key=lambda problem: _ORDER.index(problem.severity))
        self.problems.show_problems(told)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._text, 1)
        column.addWidget(self.problems)
        column.addLayout(buttons)
        column.addWidget(self.told)
        column.addStretch(0)

    @Slot()
    def _copy(self) -> None:
        if self._snippet is None:
            return
        QApplication.clipboard().setText(self._snippet.text)
        sentence = f"Copied: the lines for {visible(self._snippet.template.title)}"
        self.told.tell(sentence, Sign.FITS)
        self.copied.emit(sentence)

    @Slot()
    def _choose_where_to(self) -> None:
        if self._snippet is None:
            return
        template = self._snippet.template
        proposed = str(Path(self._folder) / template.file)
        chosen, _ = QFileDialog.getSaveFileName(self, f"Save the lines for {visible(template.title)}", proposed)
        if chosen:
            self._folder = str(Path(chosen).parent)
            self.save_asked.emit(Path(chosen))
