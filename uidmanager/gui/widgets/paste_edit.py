"""A field for pasted text, which may be a log of megabytes: it is taken in piece by piece, so that nothing stalls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

_PIECE: Final = 32_768  # characters taken in at once
_LONG_LINE: Final = 2_000
# Qt lays a line out as a whole, so a line that has no end is broken at a blank (or, without one, where it must).
_LINE = re.compile(rf"[^\n]{{1,{_LONG_LINE}}}(?=[\s,;\\])|[^\n]{{1,{_LONG_LINE}}}|\n")


class PasteEdit(QPlainTextEdit):
    """A plain text field whose long texts arrive in pieces; `is_taking_in` while they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[str] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._take_piece)

    @property
    def is_taking_in(self) -> bool:
        """Whether pieces are still to come."""
        return bool(self._waiting)

    def replace_text(self, text: str) -> None:
        """This text instead of the one before."""
        self._waiting.clear()
        self.selectAll()
        self._take(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted or dropped: the text takes the place of the selection."""
        if source.hasText():
            self._take(source.text())

    def _take(self, text: str) -> None:
        if len(text) <= _PIECE:
            self.insertPlainText(text)
            return
        self.textCursor().removeSelectedText()
        self._waiting = pieces_of(text)[::-1]
        self._timer.start()
        self._take_piece()

    @Slot()
    def _take_piece(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        piece = self._waiting.pop()
        if not self._waiting:
            self._timer.stop()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(piece)


def pieces_of(text: str) -> list[str]:
    """A long text in pieces of whole lines, none of them too long to be laid out."""
    pieces, lines, size = [], [], 0
    for match in _LINE.finditer(text):
        line, following = match[0], text[match.end() : match.end() + 1]
        is_broken = len(line) > _LONG_LINE // 2 and following not in {"", "\n"}
        lines.append(line + "\n" if is_broken else line)
        size += len(line)
        if size >= _PIECE:
            pieces.append("".join(lines))
            lines, size = [], 0
    return [*pieces, "".join(lines)] if lines else pieces
