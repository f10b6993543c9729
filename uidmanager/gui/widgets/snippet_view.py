"""One snippet: its lines as they are to be used, what must be known beside them, copy and save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from uidmanager.core.errors import Severity
from uidmanager.core.texts import visible
from uidmanager.gui.theme import fixed_font
from uidmanager.gui.widgets.text_view import TextView, Wording

if TYPE_CHECKING:
    from uidmanager.core.snippets.rendering import Snippet

_WORDS: Final = Wording("snippet", "Lines to be copied", "&Copy", "Copy the lines", "&Save…", "Save the lines")
_ORDER: Final = (Severity.ERROR, Severity.CAUTION, Severity.NOTICE)
_FEWEST_LINES: Final = 6


class SnippetView(TextView):
    """Shows a snippet; what refuses it stands in the place of its lines.

    Signals:
        save_asked(Path): the snippet that is shown is to be written there
    """

    save_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_WORDS, parent)
        self._snippet: Snippet | None = None
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setMinimumHeight(QFontMetrics(fixed_font()).lineSpacing() * _FEWEST_LINES)
        self.show_snippet(None)

    @property
    def snippet(self) -> Snippet | None:
        """What is shown."""
        return self._snippet

    def show_snippet(self, snippet: Snippet | None) -> None:
        """Show this one instead of the one before; None: there is none to be shown."""
        self._snippet = snippet
        self.offer(is_there=snippet is not None and bool(snippet.text))
        if snippet is None:
            self.title.clear()
            self.about.clear()
            self.text.clear()
            self.problems.show_problems(())
            return
        self.title.setText(visible(snippet.template.title))
        self.about.setText(visible(snippet.template.about))
        self.text.setPlainText(snippet.text)
        told = sorted((*snippet.problems, *snippet.remarks), key=lambda problem: _ORDER.index(problem.severity))
        self.problems.show_problems(told)

    @Slot()
    def copy_text(self) -> None:
        """Copy the lines."""
        if self._snippet is not None:
            QApplication.clipboard().setText(self._snippet.text)
            self.tell_copied(f"Copied: the lines for {visible(self._snippet.template.title)}")

    @Slot()
    def choose_where_to(self) -> None:
        """Ask for a file; its template proposes a name."""
        if self._snippet is None:
            return
        template = self._snippet.template
        proposed = str(Path(self.folder) / template.file)
        chosen, _ = QFileDialog.getSaveFileName(self, f"Save the lines for {visible(template.title)}", proposed)
        if chosen:
            self.folder = str(Path(chosen).parent)
            self.save_asked.emit(Path(chosen))
