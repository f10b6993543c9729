"""The window itself: painted empty, and furnished then. It loads little, so that it is there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from uidmanager.app.ports import Desk, FaultNote
    from uidmanager.app.service import Service
    from uidmanager.gui.main_window.fault_report import FaultReport
    from uidmanager.gui.main_window.registry_view import RegistryView
    from uidmanager.gui.main_window.state import WindowState
    from uidmanager.gui.main_window.workplace import Workplace


class MainWindow(QMainWindow):
    """Shows one registry at a time, or the welcome page while there is none.

    Without a ``desk`` it is empty, of the size it had last, until `furnish` is called.

    Signals:
        registry_shown(str): the registry of the ledger at this place is in the window now
        appearance_chosen(Appearance): the user wants the window light, dark, or as the system is
        painted(): the window was painted for the first time
    """

    registry_shown = Signal(str)
    appearance_chosen = Signal(object)
    painted = Signal()

    def __init__(self, desk: Desk | None, state: WindowState, note_fault: FaultNote | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("UID Manager")
        self._state = state
        self._workplace: Workplace | None = None
        self._is_painted = False
        state.restore_window(self)
        if desk is not None:
            self.furnish(desk, note_fault)

    def furnish(self, desk: Desk, note_fault: FaultNote | None = None) -> None:
        """Put in all that is in the window; faults of the program are told to ``note_fault``."""
        from uidmanager.app.ports import no_note  # noqa: PLC0415 (loaded once the window is painted)
        from uidmanager.gui.main_window.workplace import Workplace  # noqa: PLC0415 (the same)

        self._workplace = Workplace(self, desk, self._state, note_fault or no_note)
        self._workplace.registry_shown.connect(self.registry_shown)
        self._workplace.appearance_chosen.connect(self.appearance_chosen)

    @property
    def workplace(self) -> Workplace:
        """What is in the window. Raises `LookupError` while there is nothing."""
        if self._workplace is None:
            raise LookupError("the window is not furnished yet")
        return self._workplace

    @property
    def view(self) -> RegistryView | None:
        """The pages of the registry that is open."""
        return None if self._workplace is None else self._workplace.view

    def open_ledger(self, where: str) -> None:
        """Read a ledger behind the window and show its registry."""
        self.workplace.open_ledger(where)

    def show_registry(self, service: Service) -> None:
        """Work in this registry from now on."""
        self.workplace.show_registry(service)

    @Slot()
    def show_welcome(self) -> None:
        """Offer to found, open or try a registry; what is open stays open until another one is."""
        self.workplace.show_welcome()

    @Slot()
    def read_again(self) -> None:
        """Read the ledger that is open once more, from its first entry."""
        self.workplace.read_again()

    @Slot(object, object)
    def tell_fault(self, fault: BaseException, report: FaultReport | None = None) -> None:
        """Say calmly that the program has a fault; nothing that was typed is touched."""
        self.workplace.tell_fault(fault, report)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that there is something to be seen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A write under way is waited for; when it fails, the window stays and says so."""
        if self._workplace is not None and not self._workplace.leave():
            event.ignore()
            return
        super().closeEvent(event)
