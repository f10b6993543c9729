"""A scanner, as a keyboard wedge: keys that come a millisecond after each other, and what ends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_Key = Qt.Key
CR: Final = (_Key.Key_Return,)
LF: Final = (_Key.Key_Enter,)
CR_LF: Final = (*CR, *LF)
TAB: Final = (_Key.Key_Tab,)
SUFFIXES: Final = {"CR": CR, "LF": LF, "CR+LF": CR_LF, "Tab": TAB}
_TEXTS: Final = {_Key.Key_Return: "\r", _Key.Key_Enter: "\r", _Key.Key_Tab: "\t"}
_NO_MODIFIER: Final = Qt.KeyboardModifier.NoModifier


class Wedge:
    """Types into whatever has the focus, at ``gap`` milliseconds a key, with the times that real events bear."""

    def __init__(self, gap: int = 2) -> None:
        self.gap = gap
        self.now = 1000
        self._last: tuple[int, str, int] | None = None

    def scan(self, text: str, suffix: tuple[Qt.Key, ...] = CR_LF) -> None:
        """One pull of the trigger; the last one was long ago."""
        self.now += 2000
        self.type(text)
        self.end(suffix)

    def type(self, text: str) -> None:
        for character in text:
            key = ord(character.upper()) if character.isascii() and character.isprintable() else 0
            self.press(key, character)

    def end(self, suffix: tuple[Qt.Key, ...]) -> None:
        for key in suffix:
            self.press(key, _TEXTS[key])

    def press(self, key: int, text: str = "", held: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """A key; one that comes twice in a row is called repeated, as Qt does on X11 with keys so fast."""
        self.now += self.gap
        is_repeat = self._last == (key, text, self.now - self.gap)
        self._last = (key, text, self.now)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text, is_repeat)
            event.setTimestamp(self.now)
            QApplication.sendEvent(focused(), event)

    def let_go(self, key: Qt.Key) -> None:
        event = QKeyEvent(QEvent.Type.KeyRelease, key, _NO_MODIFIER)
        event.setTimestamp(self.now)
        QApplication.sendEvent(focused(), event)


def focused() -> QWidget:
    """What a key goes to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
