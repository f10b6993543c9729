"""The dialogs that the menus open: looking after a ledger, documents, packs, checks, help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from uidmanager import settings
from uidmanager.gui.dialogs import (
    AboutDialog,
    CopiesDialog,
    ExportDialog,
    GuideDialog,
    ImportDialog,
    InstallationCheckDialog,
    OpenArcDialog,
    PackDialog,
    ShortcutsDialog,
    TakeOverDialog,
)
from uidmanager.gui.dialogs.scanner_action import ScannerAction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QDialog, QMainWindow

    from uidmanager.app.ports import Desk
    from uidmanager.gui.session import Session

_LEDGERS: Final = "Ledgers (*.jsonl);;All files (*)"


class Errands(QObject):
    """Opens them over the window. ``session_now`` answers the registry that is open, None while there is none.

    Signals:
        ledger_changed(str): a ledger was put in its place anew, so it is to be opened
        imported(Service): a registry was founded from a document
        told(str): a sentence that says what was written
    """

    ledger_changed = Signal(str)
    imported = Signal(object)
    told = Signal(str)

    def __init__(self, window: QMainWindow, desk: Desk, session_now: Callable[[], Session | None]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._session_now = session_now
        self._scanner = ScannerAction("open_scanner", window)

    @Slot(str)
    def look_after(self, where: str) -> None:
        """Show the ledger at a place beside its copies; it may be one that cannot be opened."""
        dialog = CopiesDialog(self._desk, where, self._window)
        dialog.ledger_changed.connect(self.ledger_changed)
        _open(dialog)

    @Slot()
    def show_copies(self) -> None:
        """Of the ledger that is open; of one that the user names while none is."""
        session = self._session_now()
        if session is not None:
            self.look_after(session.service.ledger.name)
            return
        asked = "Look after a ledger"
        where, _kind = QFileDialog.getOpenFileName(self._window, asked, str(settings.data_folder()), _LEDGERS)
        if where:
            self.look_after(where)

    @Slot(str)
    def import_into(self, place: str) -> None:
        """Show the dialog in which a registry is founded from a document, in a ledger that may lie at this place."""
        dialog = ImportDialog(self._desk, place, self._window)
        dialog.imported.connect(self.imported)
        _open(dialog)

    @Slot()
    def import_registry(self) -> None:
        """The same, where a ledger of the user's own would lie."""
        self.import_into(str(settings.free_place()))

    @Slot()
    def import_spreadsheet(self) -> None:
        """Show the dialog in which a spreadsheet is taken over."""
        self.take_over("")

    @Slot(str)
    def take_over(self, file: str) -> None:
        """The same, with a file in it unless the name is empty."""
        session = self._session_now()
        if session is None:
            return
        dialog = TakeOverDialog(session, self._window)
        dialog.taken_over.connect(self.told)
        _open(dialog)
        if file:
            dialog.look_at(Path(file))

    @Slot()
    def export(self) -> None:
        """Write what is registered now as a document."""
        session = self._session_now()
        if session is not None:
            _open(ExportDialog(session, self._window))

    @Slot()
    def pack(self) -> None:
        """Write the inspection pack."""
        session = self._session_now()
        if session is not None:
            _open(PackDialog(self._desk, session, self._window))

    @Slot()
    def guide(self) -> None:
        """Write the sheet for the work bench."""
        session = self._session_now()
        if session is not None:
            _open(GuideDialog(session, self._window))

    @Slot()
    def try_scanner(self) -> None:
        """See what the scanner sends, and set it up."""
        self._scanner.open()

    @Slot()
    def open_arc(self) -> None:
        """Open the arc for serials with letters."""
        session = self._session_now()
        if session is not None:
            dialog = OpenArcDialog(session, self._window)
            dialog.written.connect(self.told)
            _open(dialog)

    @Slot()
    def check_installation(self) -> None:
        """Run the numbered checks of this installation."""
        InstallationCheckDialog(self._desk, self._window).open()

    @Slot()
    def show_about(self) -> None:
        """What program this is, and on which ledger it works."""
        session = self._session_now()
        AboutDialog(session.service.ledger.name if session is not None else "", self._window).open()

    def show_shortcuts(self, listed: Sequence[tuple[str, str]]) -> None:
        """The keys, by what they do."""
        ShortcutsDialog(list(listed), self._window).open()

    def shut(self) -> None:
        """Close those that are open; what they have under way ends."""
        for dialog in self._window.findChildren(CopiesDialog):
            dialog.shut()
        kinds = (ExportDialog, GuideDialog, ImportDialog, OpenArcDialog, PackDialog, TakeOverDialog)
        for other in (found for kind in kinds for found in self._window.findChildren(kind)):
            other.reject()


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
