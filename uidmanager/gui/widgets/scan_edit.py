"""A line that a scanner types into, as a keyboard: nothing of what it sends is dropped, and it ends each scan once."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from uidmanager.barcodes.reading import read
from uidmanager.core.barcodes import GS, SHOWN_GS, Read, ScannerSettings
from uidmanager.core.errors import PreferencesError
from uidmanager.gui.widgets.pace import Pace
from uidmanager.settings.scanner import StationScanner

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_ENDS: Final = frozenset({_Key.Key_Return, _Key.Key_Enter})
_CONTROL_ENDS: Final = frozenset({_Key.Key_M, _Key.Key_J})  # CR and LF of a scanner that types Ctrl and a letter
_WITHOUT_NUM_LOCK: Final = (
    *(_Key.Key_Insert, _Key.Key_End, _Key.Key_Down, _Key.Key_PageDown, _Key.Key_Left),
    *(_Key.Key_Clear, _Key.Key_Right, _Key.Key_Home, _Key.Key_Up, _Key.Key_PageUp),
)
"""The keypad's digits from 0 to 9."""
_LINE_ENDS: Final = "\r\n"
_LINE_ENDS_SENT: Final = frozenset(_LINE_ENDS)
_ANNOUNCING: Final = "\x01\x02"  # SOH and STX, which some scanners send first
_PICTURES: Final = 0x2400  # of control characters, in Unicode; a scan with one is refused, and shows why
_DEL: Final = 0x7F
_FIRST_NAMED_KEY: Final = (
    0x01000000  # keys from here on have names, like Backspace, and may bear a control as their text
)
_PRINTABLE: Final = range(0x20, _DEL)
_GS_CODE: Final = ord(GS)


class ScanEdit(QLineEdit):
    """`returnPressed` comes once a scan, whatever ends it: CR, LF, both, or Tab at a scanner's speed.

    The separator, which a line edit would drop, stands in the text as ``␝``, however it comes: as the character, as
    Ctrl+], as Alt+0 2 9, as the key that stands for it, or pasted. Other control characters stand there as their
    pictures. Ctrl+A is what some scanners send first, and selects all, so that a scan replaces what was there.

    Signals:
        settings_changed(): what stands here may be understood otherwise now
        escaped(): Esc was pressed
    """

    settings_changed = Signal()
    escaped = Signal()

    def __init__(self, settings: ScannerSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = station_settings() if settings is None else settings
        self._read: Read | None = None
        self._pace = Pace()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._ended_at: int | None = None
        self._is_fresh = False  # something was typed since the last end
        self._alt_code = ""
        self.textChanged.connect(self._tidy)  # before anybody else hears of it

    @property
    def settings(self) -> ScannerSettings:
        """How the scanner is set up; this station's own settings unless others were given."""
        return self._settings

    def use(self, settings: ScannerSettings) -> None:
        """The scanner is set up otherwise now."""
        self._settings = settings
        self._read = None
        self.settings_changed.emit()

    @property
    def read(self) -> Read:
        """What stands here, and what is taken from it."""
        if self._read is None:
            self._read = read(self.text(), self._settings)
        return self._read

    def renew(self) -> None:
        """What ends a scan next is said anew, be it soon."""
        self._is_fresh = True

    def event(self, event: QEvent) -> bool:
        """See keys before Qt takes Tab for a change of focus, or a shortcut takes what a scanner sends."""
        if isinstance(event, QKeyEvent):
            kind = event.type()
            if kind == QEvent.Type.ShortcutOverride and self._is_of_a_scanner(event):
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and self._take(event):
                event.accept()
                return True
            if kind == QEvent.Type.KeyRelease and event.key() == _Key.Key_Alt:
                self._end_alt_code(event.timestamp())
        return super().event(event)

    # -- keys --------------------------------------------------------------------------------------------------------

    def _take(self, event: QKeyEvent) -> bool:
        """Do what is special about this key; False leaves it to the line edit."""
        at, key, text = event.timestamp(), event.key(), event.text()
        if self._is_end(event):
            if not event.isAutoRepeat():  # a key that is held down says it once
                self._end(at)
        elif self._is_separator(event):
            self._put(SHOWN_GS, at)
        elif digit := alt_digit(event):
            self._alt_code += digit
        elif key == _Key.Key_Escape:
            self.escaped.emit()
            return False
        elif text and text in _ANNOUNCING and key < _FIRST_NAMED_KEY and not _holds_control(event):
            self.selectAll()
        elif _is_control(text) and key < _FIRST_NAMED_KEY and not _holds_control(event):
            self._put(chr(_PICTURES + ord(text)), at)
        else:
            if text and text.isprintable():
                self._pace.note(at, is_repeat=event.isAutoRepeat())
            return False
        return True

    def _is_of_a_scanner(self, event: QKeyEvent) -> bool:
        """Whether a shortcut must not have this key while a scan may come."""
        return self._is_separator(event) or bool(alt_digit(event)) or _is_control_end(event)

    def _is_end(self, event: QKeyEvent) -> bool:
        if event.key() in _ENDS or _is_control_end(event) or event.text() in _LINE_ENDS_SENT:
            return True
        if event.key() != _Key.Key_Tab or event.modifiers() != _Modifier.NoModifier:
            return False
        return self._pace.is_scan(event.timestamp()) or (
            self._settings.tab_ends and self._is_fresh and bool(self.text())
        )

    def _is_separator(self, event: QKeyEvent) -> bool:
        if is_separator(event):
            return True
        key = self._settings.stand_in_key
        return bool(key) and event.modifiers() == _Modifier.NoModifier and QKeySequence(event.key()).toString() == key

    def _end_alt_code(self, at: int) -> None:
        """Alt was let go: the digits before were the number of a character."""
        digits, self._alt_code = self._alt_code, ""
        code = int(digits) if digits and len(digits) <= len("0255") else 0
        if code == _GS_CODE:
            self._put(SHOWN_GS, at)
        elif code in _PRINTABLE:
            self._put(chr(code), at)
        elif code and chr(code) in _LINE_ENDS:
            self._end(at)

    def _put(self, character: str, at: int) -> None:
        self._pace.note(at)
        self.insert(character)

    # -- the end of a scan -------------------------------------------------------------------------------------------

    def _end(self, at: int) -> None:
        """One end for each scan: the LF after a CR, or a bouncing trigger, says nothing new."""
        now = at or self._clock.elapsed()
        since = None if self._ended_at is None else now - self._ended_at
        is_second_half = not self._is_fresh and since is not None and 0 <= since <= self._settings.refractory_ms
        self._ended_at = now
        self._is_fresh = False
        self._pace.end()
        if not is_second_half:
            self.returnPressed.emit()

    # -- what was pasted ---------------------------------------------------------------------------------------------

    @Slot(str)
    def _tidy(self, text: str) -> None:
        """Show separators, and drop the line ends around what was pasted; a person could not see either."""
        self._read = None
        if text:
            self._is_fresh = True
        tidy = text.strip(_LINE_ENDS).replace(GS, SHOWN_GS)
        if tidy != text:
            from_end = len(text) - self.cursorPosition()
            self.setText(tidy)
            self.setCursorPosition(max(0, len(tidy) - from_end))


def station_settings() -> ScannerSettings:
    """This station's settings; the usual ones where they cannot be read, which “Try my scanner” tells."""
    try:
        return StationScanner().settings()
    except PreferencesError:
        return ScannerSettings()


def is_separator(event: QKeyEvent) -> bool:
    """Whether a key is the separator, as the character or as Ctrl+]."""
    return event.text() == GS or (event.key() == _Key.Key_BracketRight and _holds_only_control(event))


def alt_digit(event: QKeyEvent) -> str:
    """The digit that is pressed while Alt is held, on the keypad with Num Lock on or off; empty for another key."""
    if event.modifiers() & ~_Modifier.KeypadModifier != _Modifier.AltModifier:
        return ""
    if _Key.Key_0 <= event.key() <= _Key.Key_9:
        return chr(event.key())
    on_keypad = bool(event.modifiers() & _Modifier.KeypadModifier) and event.key() in _WITHOUT_NUM_LOCK
    return str(_WITHOUT_NUM_LOCK.index(_Key(event.key()))) if on_keypad else ""


def _is_control(text: str) -> bool:
    return len(text) == 1 and ord(text) < ord(" ") and text not in "\t\r\n"


def _is_control_end(event: QKeyEvent) -> bool:
    return event.key() in _CONTROL_ENDS and _holds_only_control(event)


def _holds_control(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & _Modifier.ControlModifier)


def _holds_only_control(event: QKeyEvent) -> bool:
    return event.modifiers() & ~_Modifier.KeypadModifier == _Modifier.ControlModifier
