"""UIDs and hashes that go on in the next line where there is no room, and are whole again when they are copied.

Qt breaks a line only between words, so the places are marked with a character that is not seen. It must never leave the
window: a UID with something invisible in it is another UID.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QKeySequence, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QMenu

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

_BREAK: Final = "\u200b"
BREAKABLE_DOT: Final = f".{_BREAK}"
_BEFORE_A_BREAK: Final = re.compile(r"[.-](?=.)|[^.-]{8}(?=[^.-]{4})")


def breakable(text: str) -> str:
    """The text with places at which it may go on in the next line: after each dot, and within long numbers."""
    return _BEFORE_A_BREAK.sub(rf"\g<0>{_BREAK}", text)


def whole(text: str) -> str:
    """The text as it was before `breakable`."""
    return text.replace(_BREAK, "")


class BreakableLabel(QLabel):
    """A label for such texts. By mouse and by key, what is copied from it has no break in it."""

    def __init__(self, text: str = "", text_format: Qt.TextFormat = Qt.TextFormat.PlainText) -> None:
        super().__init__(wordWrap=True, textFormat=text_format)
        self.setText(text)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def let_keys_select(self) -> None:
        """Take the focus with Tab, so that the keyboard can select and copy as well."""
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)

    def copy_selected(self, to: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
        """Copy what is selected; all of it where nothing is."""
        is_rich = self.textFormat() == Qt.TextFormat.RichText
        everything = QTextDocumentFragment.fromHtml(self.text()).toPlainText() if is_rich else self.text()
        QApplication.clipboard().setText(whole(self.selectedText() or everything), to)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        """Copy in our own way."""
        if ev.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        else:
            super().keyPressEvent(ev)

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        """Begin a new selection; one that is there is not dragged away as it is."""
        self.setSelection(0, 0)
        super().mousePressEvent(ev)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        """On X11 what is selected is copied at once, for the middle button."""
        super().mouseReleaseEvent(ev)
        if self.hasSelectedText() and QApplication.clipboard().supportsSelection():
            self.copy_selected(QClipboard.Mode.Selection)

    def contextMenuEvent(self, ev: QContextMenuEvent) -> None:
        """Offer to copy, in our own way."""
        menu = QMenu(self)
        copy = menu.addAction("Copy")
        if menu.exec(ev.globalPos()) is copy:
            self.copy_selected()
        menu.deleteLater()
