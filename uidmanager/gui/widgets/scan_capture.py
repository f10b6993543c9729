"""Hears every key that a scanner presses, in the order in which they come, and does nothing else with them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from uidmanager.core.barcodes import GS, SHOWN_GS
from uidmanager.core.barcodes.trying import Stroke
from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.pace import Pace
from uidmanager.gui.widgets.scan_edit import alt_digit, is_separator

_Key = Qt.Key
_SILENCE_MS: Final = 400  # then the scan is over
_MOST: Final = 600
_HELD: Final = frozenset({_Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta})
_LINE_ENDS: Final = {_Key.Key_Return: "\r", _Key.Key_Enter: "\n", _Key.Key_M: "\r", _Key.Key_J: "\n"}
_ANNOUNCING: Final = {_Key.Key_A: "\x01", _Key.Key_B: "\x02"}  # with Ctrl held, as some scanners send controls
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class ScanCapture(QLabel):
    """Has the focus while it listens. Tab and Esc of a person are theirs.

    Signals:
        heard(tuple[Stroke]): a scan is over; these were its keys
    """

    heard = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Click here, then scan the code.", parent)
        named(self, "scan_capture", "Scan here")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QLabel.Shape.StyledPanel)
        self.setFont(fixed_font())
        self.setMargin(GAP)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._strokes: list[Stroke] = []
        self._pace = Pace()
        self._alt_code = ""
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self._tell)

    def event(self, event: QEvent) -> bool:
        """Take keys before Qt makes anything of them."""
        if isinstance(event, QKeyEvent):
            kind = event.type()
            if kind == QEvent.Type.ShortcutOverride and event.key() != _Key.Key_Escape:
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and self._hear(event):
                event.accept()
                return True
            if kind == QEvent.Type.KeyRelease and event.key() == _Key.Key_Alt and self._alt_code:
                self._note(Stroke(_of_alt_code(self._alt_code), f"Alt+{self._alt_code}", event.timestamp()))
                self._alt_code = ""
        return super().event(event)

    def _hear(self, event: QKeyEvent) -> bool:
        key, at = event.key(), event.timestamp()
        if key in _HELD:
            return True
        if key == _Key.Key_Escape or (key in {_Key.Key_Tab, _Key.Key_Backtab} and not self._pace.is_scan(at)):
            return False
        if digit := alt_digit(event):
            self._alt_code += digit
            return True
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        name = "" if event.text().isprintable() and event.text() else QKeySequence(event.keyCombination()).toString()
        self._note(Stroke(_text_of(event, is_control=held == _CONTROL), name, at))
        return True

    def _note(self, stroke: Stroke) -> None:
        self._pace.note(stroke.at)
        if len(self._strokes) < _MOST:
            self._strokes.append(stroke)
        text = "".join(each.text or f"{{{each.key}}}" for each in self._strokes)
        self.setText(visible(text.replace(GS, SHOWN_GS)))
        self._silence.start()

    @Slot()
    def _tell(self) -> None:
        strokes, self._strokes = tuple(self._strokes), []
        self._pace.end()
        self.heard.emit(strokes)


def _text_of(event: QKeyEvent, *, is_control: bool) -> str:
    """The character that is meant by a key."""
    key = _Key(event.key()) if event.key() in {*_LINE_ENDS, *_ANNOUNCING} else None
    if is_separator(event):
        return GS
    if key in {_Key.Key_Return, _Key.Key_Enter} or (is_control and key in _LINE_ENDS):
        return _LINE_ENDS[key]
    if is_control and key in _ANNOUNCING:
        return _ANNOUNCING[key]
    return event.text() if event.key() < _Key.Key_Escape or event.key() == _Key.Key_Tab else ""


def _of_alt_code(digits: str) -> str:
    return chr(int(digits)) if len(digits) <= len("0255") else ""
