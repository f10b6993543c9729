"""The line of Ctrl+K with its results, laid over the window; Enter goes there, Esc goes away."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from uidmanager.gui.search.finder import Finder, Hit
from uidmanager.gui.theme import AIR, GAP, TIGHT
from uidmanager.gui.widgets.icons import ICON_SIZE, icon
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QAction, QIcon

    from uidmanager.gui.session import Session

_WIDTH: Final = 640
_HEIGHT: Final = 420
_SLICE_S: Final = 0.004
_TO_THE_LIST: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class SearchPalette(QFrame):
    """Finds products, releases, installations, pasted UIDs and commands.

    Signals:
        opened(Record): show this record on the page it belongs to
        told(str): a UID that belongs to no record; show it on the page that identifies
    """

    opened = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, commands: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "search_palette", "Search everything")
        self._session = session
        self._commands = commands
        self._finder: Finder | None = None
        self._search: Iterator[Hit | None] | None = None
        self._hits: list[Hit] = []
        self._focus_before: QWidget | None = None
        self._over = parent
        self._icons: dict[str, QIcon] = {}
        self.edit = named(QLineEdit(), "search_edit", "Search everything")
        self.edit.setPlaceholderText("Serial, UID, product, version, or a command")
        self.edit.setTextMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        self.edit.textChanged.connect(self._begin)
        self.edit.returnPressed.connect(self._open_current)
        self.edit.installEventFilter(self)
        self.results = named(QListWidget(), "search_results", "Found")
        self.results.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.results.setUniformItemSizes(True)
        self.results.setSpacing(TIGHT // 2)
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.itemClicked.connect(self._open_item)
        self._message = named(QLabel(), "search_message")
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._lay_out()
        session.took_in.connect(self._forget)
        self.hide()

    @property
    def is_searching(self) -> bool:
        """Whether more may still be found."""
        return self._timer.isActive()

    @property
    def hits(self) -> Sequence[Hit]:
        """What was found so far."""
        return tuple(self._hits)

    def open(self) -> None:
        """Come up, ready to type; what was typed last is selected."""
        if not self.isVisible():
            self._focus_before = QApplication.focusWidget()
        self._icons.clear()  # the theme may be another one now
        self._place()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        self._begin()

    @Slot()
    def dismiss(self) -> None:
        """Go away; the focus goes back to where it was."""
        self._stop()
        if self.edit.hasFocus() and self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys in the line that move in the list; the click elsewhere that ends the search."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
            if event.key() in _TO_THE_LIST:
                QApplication.sendEvent(self.results, event)
                return True
        if watched is self.edit and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._stop()
            self.hide()
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.Box)
        self.setFrameShadow(QFrame.Shadow.Plain)
        self.setForegroundRole(QPalette.ColorRole.Dark)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.results.setFrameShape(QFrame.Shape.NoFrame)
        self._message.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.edit)
        column.addWidget(self.results, 1)
        column.addWidget(self._message)
        self._over.installEventFilter(self)

    def _place(self) -> None:
        whole = self._over.rect()
        width, height = min(_WIDTH, whole.width() - 2 * AIR), min(_HEIGHT, whole.height() - 2 * AIR)
        self.setGeometry((whole.width() - width) // 2, AIR, width, height)

    @Slot()
    def _forget(self) -> None:
        self._finder = None

    @Slot()
    def _begin(self) -> None:
        """Search anew for what is typed now."""
        if not self.isVisible():
            return
        if self._finder is None:
            self._finder = Finder(self._session, self._commands)
        self._search = self._finder.find(self.edit.text())
        self._hits = []
        self.results.clear()
        self._timer.start()
        self._go_on()

    def _stop(self) -> None:
        self._timer.stop()
        self._search = None

    @Slot()
    def _go_on(self) -> None:
        """Search for as long as a window can wait; the rest at the next turn."""
        until = perf_counter() + _SLICE_S
        while self._search is not None and perf_counter() < until:
            try:
                hit = next(self._search)
            except StopIteration:
                self._stop()
            else:
                if hit is not None:
                    self._add(hit)
        if self.results.currentRow() < 0 and self._hits:
            self.results.setCurrentRow(0)
        self._message.setText(self._said())

    def _said(self) -> str:
        if self.is_searching:
            return "Searching…"
        if not self._hits:
            return "Nothing found. Part of a serial, a UID, a product's name or a version will do."
        return "↑ ↓ to choose, Enter to go there, Esc to close"

    def _add(self, hit: Hit) -> None:
        self._hits.append(hit)
        if hit.icon not in self._icons:
            self._icons[hit.icon] = icon(hit.icon, self.results)
        item = QListWidgetItem(self._icons[hit.icon], f"{hit.title}\n{hit.detail}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}, {hit.detail}")
        self.results.addItem(item)

    @Slot()
    def _open_current(self) -> None:
        self._open(self.results.currentRow())

    @Slot(QListWidgetItem)
    def _open_item(self, item: QListWidgetItem) -> None:
        self._open(self.results.row(item))

    def _open(self, row: int) -> None:
        if not 0 <= row < len(self._hits):
            return
        hit = self._hits[row]
        self.dismiss()
        if hit.action is not None:
            hit.action.trigger()
        elif hit.record is not None:
            self.opened.emit(hit.record)
        else:
            self.told.emit(hit.detail)
