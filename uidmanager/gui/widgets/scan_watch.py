"""Notices a scan that goes where none belongs: into a note, a table, a dialog's field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from uidmanager.core.barcodes import SHOWN_GS
from uidmanager.core.barcodes.symbologies import identifier_of
from uidmanager.gui.widgets.pace import Pace
from uidmanager.gui.widgets.scan_edit import ScanEdit, is_separator

if TYPE_CHECKING:
    from collections.abc import Callable

_ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_SECOND_HALF_MS: Final = 300  # the LF after a CR
_SILENCE_MS: Final = 150  # a scan that bears an identifier and has no end key is over then
_ANNOUNCING: Final = "\x01\x02"
_WELCOMING: Final = (ScanEdit, QPlainTextEdit, QTextEdit)  # where a scan, or lines of them, may be meant


class ScanWatch(QObject):
    """Watches whatever has the focus and is of concern. The key that ends such a scan goes no further.

    Signals:
        strayed(str): this was scanned; `undo` takes it out of the field that it went into
    """

    strayed = Signal(str)

    def __init__(self, concerns: Callable[[QWidget], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._concerns = concerns
        self._watched: QWidget | None = None
        self._pace = Pace()
        self._text = ""
        self._ended_at = 0
        self._undo: Callable[[], None] = _nothing
        self._undo_last: Callable[[], None] = _nothing
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self._end_unended)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    @property
    def watched(self) -> QWidget | None:
        """What has the focus, if it is of concern."""
        return self._watched

    def undo(self) -> None:
        """Have what the last scan went into as it was before."""
        undo, self._undo_last = self._undo_last, _nothing
        undo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See each key before the widget does; only the end of a scan is kept from it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._watched:
            return self._see(event)
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._forget()
        self._watched = None
        if now is not None and not isinstance(now, _WELCOMING) and self._concerns(now):
            self._watched = now
            now.installEventFilter(self)

    def _see(self, event: QKeyEvent) -> bool:
        at, text = event.timestamp(), event.text()
        if event.key() in _ENDS or text in {"\r", "\n"}:
            return self._end(at)
        if is_separator(event):
            text = SHOWN_GS  # the widget will drop it; whoever takes the scan over needs it
        if len(text) != 1 or not (text.isprintable() or text in _ANNOUNCING):
            return False
        goes_on = self._pace.note(at, is_repeat=event.isAutoRepeat())
        if not goes_on:
            self._text = ""
            self._undo = _undo_of(self._watched)
        self._text += text.lstrip(_ANNOUNCING)
        if identifier_of(self._text) is not None:
            self._silence.start()
        return self._pace.is_fast and isinstance(self._watched, QAbstractButton)  # a blank would press it

    def _end(self, at: int) -> bool:
        """Keep the end of a scan to ourselves, and its second half."""
        if self._pace.is_scan(at):
            self._stray()
            self._ended_at = at
            return True
        is_second_half = bool(self._ended_at) and 0 <= at - self._ended_at <= _SECOND_HALF_MS and not self._text
        self._forget()
        return is_second_half

    @Slot()
    def _end_unended(self) -> None:
        if self._watched is not None and isValid(self._watched) and len(self._text) > len("]d2"):
            self._stray()

    def _stray(self) -> None:
        text, self._undo_last = self._text, self._undo
        is_text = isinstance(self._watched, QLineEdit)
        self._forget()
        if not is_text:
            self.undo()  # a scan must not choose another product or row
        self.strayed.emit(text)

    def _forget(self) -> None:
        self._silence.stop()
        self._pace.end()
        self._text = ""
        self._undo = _nothing


def _nothing() -> None:
    """Nothing to undo."""


def _undo_of(widget: QWidget | None) -> Callable[[], None]:
    """What has this widget as it is now, if it is still there by then."""
    if isinstance(widget, QLineEdit):
        return partial(_restore_text, widget, widget.text(), widget.cursorPosition())
    if isinstance(widget, QComboBox):
        return partial(_restore_item, widget, widget.currentIndex())
    if isinstance(widget, QAbstractItemView):
        return partial(_restore_row, widget, widget.currentIndex().row(), widget.currentIndex().column())
    return _nothing


def _restore_text(edit: QLineEdit, text: str, at: int) -> None:
    if isValid(edit):
        edit.setText(text)
        edit.setCursorPosition(at)


def _restore_item(combo: QComboBox, item: int) -> None:
    if isValid(combo):
        combo.setCurrentIndex(item)


def _restore_row(view: QAbstractItemView, row: int, column: int) -> None:
    if isValid(view) and view.currentIndex().row() != row:
        view.setCurrentIndex(view.model().index(row, column))
