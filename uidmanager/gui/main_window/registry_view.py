"""A registry that is open: the pages, the list of pages beside them, and the search over everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uidmanager.gui.pages.files import FilesPage
from uidmanager.gui.pages.history import HistoryPage
from uidmanager.gui.pages.identify import IdentifyPage
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.pages.releases import ReleasesPage
from uidmanager.gui.pages.reports import ReportsPage
from uidmanager.gui.search import SearchPalette
from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.icons import ICON_SIZE, icon
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from uidmanager.core.records import Record
    from uidmanager.gui.session import Session

Page = InstallationsPage | ReleasesPage | IdentifyPage | HistoryPage | ReportsPage | FilesPage
_Kind = TypeVar("_Kind", bound=QWidget)
PAGES: Final = (InstallationsPage, ReleasesPage, IdentifyPage, HistoryPage, ReportsPage, FilesPage)
TITLES: Final = tuple(str(page.title) for page in PAGES)
_ICONS: Final = ("installations", "releases", "identify", "history", "reports", "files")
_SIDEBAR_WIDTH: Final = 176
_ROW_HEIGHT: Final = 34


class RegistryView(QWidget):
    """The pages of one session; they are made now unless they are given.

    Signals:
        page_changed(str): the title of the page that is shown now
    """

    page_changed = Signal(str)

    def __init__(
        self,
        session: Session,
        commands: Sequence[QAction],
        pages: Sequence[Page] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, "registry_view")
        self.session = session
        self.pages: Sequence[Page] = pages or [page(session) for page in PAGES]
        self.search_button = named(QPushButton("Search"), "search_button", "Search everything")
        self.page_list = named(QListWidget(), "page_list", "Pages")
        self.stack = QStackedWidget()
        self._lay_out()
        self.search = SearchPalette(session, commands, self)
        self._connect()
        self._dress()
        self.page_list.setCurrentRow(0)

    @property
    def current_page(self) -> QWidget:
        """The page that is shown."""
        return self.pages[self.stack.currentIndex()]

    def go_to(self, index: int) -> None:
        """Show a page and be ready to work in it."""
        self.page_list.setCurrentRow(index)
        self.pages[index].focus_first()

    def show_page(self, kind: type[_Kind]) -> _Kind:
        """Show the page of this kind, and answer it. Raises `LookupError`."""
        for index, page in enumerate(self.pages):
            if isinstance(page, kind):
                self.page_list.setCurrentRow(index)
                return page
        raise LookupError(kind.__name__)

    def go_to_named(self, name: str) -> None:
        """Show the page with this object name; the first where there is none."""
        names = [page.objectName() for page in self.pages]
        self.page_list.setCurrentRow(names.index(name) if name in names else 0)

    def go_to_field(self, name: str) -> None:
        """Show the page that has a field of this name and put the focus into it."""
        for index, page in enumerate(self.pages):
            field = page.findChild(QWidget, name)
            if isinstance(field, QWidget):
                self.page_list.setCurrentRow(index)
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    @Slot(object)
    def show_record(self, record: Record) -> None:
        """Show a record on the page it belongs to."""
        for index, page in enumerate(self.pages):
            if page.show_record(record):
                self.page_list.setCurrentRow(index)
                return

    @Slot(str)
    def identify(self, text: str) -> None:
        """Show what is known of a UID that belongs to no record."""
        self.go_to_field("identify_edit")
        field = self.current_page.findChild(QWidget, "identify_edit")
        if isinstance(field, QLineEdit):
            field.setText(text)
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the icons when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.page_list.setFixedWidth(_SIDEBAR_WIDTH)
        self.page_list.setFrameShape(QListWidget.Shape.NoFrame)
        self.page_list.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.page_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page_list.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        for page in self.pages:
            item = QListWidgetItem(page.title)
            item.setSizeHint(QSize(_SIDEBAR_WIDTH, _ROW_HEIGHT))
            self.page_list.addItem(item)
            self.stack.addWidget(page)
        keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
        self.search_button.setText(f"Search  {keys}")
        self.search_button.setToolTip(f"Find any serial, UID, product, version or command ({keys})")
        sidebar = QVBoxLayout()
        sidebar.setContentsMargins(GAP, GAP, 0, GAP)
        sidebar.setSpacing(GAP)
        sidebar.addWidget(self.search_button)
        sidebar.addWidget(self.page_list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(sidebar)
        row.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.page_list.currentRowChanged.connect(self._show_page)
        self.search_button.clicked.connect(self.search.open)
        self.search.opened.connect(self.show_record)
        self.search.told.connect(self.identify)
        for page in self.pages:
            opened = getattr(page, "opened", None)
            if opened is not None:
                opened.connect(self.show_record)

    @Slot(int)
    def _show_page(self, index: int) -> None:
        if 0 <= index < len(self.pages):
            self.stack.setCurrentIndex(index)
            self.page_changed.emit(self.pages[index].title)

    def _dress(self) -> None:
        self.search_button.setIcon(icon("search", self))
        for index, name in enumerate(_ICONS):
            item = self.page_list.item(index)
            if item is not None:
                item.setIcon(icon(name, self))
