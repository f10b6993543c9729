"""Files that are dropped on the window, wherever on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """Takes files before any widget sees them: a text field would take their names for text. All else is left alone.

    They are taken as a copy, whatever was offered: a program that is told of a move takes its file away.

    Signals:
        dropped(list[str]): the paths of these files and folders
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.winId()  # makes the handle, which is told of drops before the widgets in it
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files are welcome everywhere, unless a dialog waits for its answer."""
        if not isinstance(event, QDropEvent) or QApplication.activeModalWidget() is not None:
            return super().eventFilter(watched, event)
        urls = event.mimeData().urls()
        if not urls or not all(url.isLocalFile() for url in urls):
            return super().eventFilter(watched, event)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit([url.toLocalFile() for url in urls])
        return True
