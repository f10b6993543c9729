"""The window's frame: what is open in it, its title, its menus, what stands across its top and at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from uidmanager import settings
from uidmanager.app.service import Service
from uidmanager.core.errors import CancelledError, LedgerMissingError, Severity, UidManagerError
from uidmanager.dicom.names import DicomNames
from uidmanager.gui.dialogs import AboutDialog, ShortcutsDialog
from uidmanager.gui.jobs import Jobs
from uidmanager.gui.main_window.foot import Foot
from uidmanager.gui.main_window.menus import Menus, Slots
from uidmanager.gui.main_window.opening import OpeningPage
from uidmanager.gui.main_window.registry_view import RegistryView
from uidmanager.gui.pages.welcome import WelcomePage
from uidmanager.gui.session import Session
from uidmanager.gui.tables.filter_bar import FilterBar
from uidmanager.gui.widgets.banner import Banner

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from uidmanager.app.ports import Desk, Progress
    from uidmanager.core.errors import LedgerError
    from uidmanager.gui.jobs import Job
    from uidmanager.gui.main_window.state import WindowState
    from uidmanager.gui.theme import Appearance

_LEDGERS = "Ledgers (*.jsonl);;All files (*)"


class MainWindow(QMainWindow):
    """Shows one registry at a time, or the welcome page while there is none.

    Signals:
        registry_shown(str): the registry of the ledger at this place is in the window now
        appearance_chosen(Appearance): the user wants the window light, dark, or as the system is
    """

    registry_shown = Signal(str)
    appearance_chosen = Signal(object)

    def __init__(self, desk: Desk, state: WindowState) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._desk = desk
        self._state = state
        self._jobs = Jobs(self)
        self._job: Job[Service] | None = None
        self._view: RegistryView | None = None
        self._welcome: WelcomePage | None = None
        self._report = ""
        self._trouble = Banner("trouble_banner")
        self._remark = Banner("remark_banner")
        self._fault = Banner("fault_banner")
        self._stack = QStackedWidget()
        self._opening = OpeningPage()
        self._opening.cancelled.connect(self._cancel_opening)
        self._stack.addWidget(self._opening)
        self._foot = Foot(desk.world.person)
        self._foot.copied.connect(self._foot.say)
        self.setStatusBar(self._foot)
        self._menus = Menus(self, self._slots())
        self._menus.show_appearance(state.appearance)
        self._copy_report = QAction("Copy report", self)
        self._copy_report.setObjectName("copy_report_action")
        self._copy_report.triggered.connect(self._put_report_on_clipboard)
        self._open_other = QAction("Open another ledger…", self)
        self._open_other.setObjectName("open_other_action")
        self._open_other.triggered.connect(self.choose_ledger)
        self._lay_out()
        self._entitle()
        self._menus.set_open(is_open=False)
        self._menus.offer_recent(settings.read_preferences().recent)
        state.restore_window(self)

    @property
    def view(self) -> RegistryView | None:
        """The pages of the registry that is open."""
        return self._view

    def open_ledger(self, where: str) -> None:
        """Read a ledger behind the window and show its registry."""
        self._opening.begin(where)
        self._stack.setCurrentWidget(self._opening)

        def work(progress: Progress) -> Service:
            service = Service(self._desk.ledger_at(where), self._desk.world)
            service.open(progress)
            with service.look() as registry:
                if not registry.is_founded:
                    raise service.trouble or LedgerMissingError(where)
            return service

        self._job = self._jobs.start(work, self.show_registry, self._could_not_open, self._opening.show_progress)

    @Slot(object)
    def show_registry(self, service: Service) -> None:
        """Work in this registry from now on."""
        self._job = None
        self._close_view()
        session = Session(service, DicomNames(), self)
        session.trouble_found.connect(self._tell_trouble)
        session.trouble_passed.connect(self._trouble.hide)
        session.remarked.connect(self._tell_remark)
        session.fault_found.connect(self.tell_fault)
        self._view = RegistryView(session, self._menus.commands)
        self._state.restore_parts(self._view)
        for teller in self._view.findChildren(QWidget):
            copied = getattr(teller, "copied", None)
            if copied is not None:
                copied.connect(self._foot.say)
        self._stack.addWidget(self._view)
        self._stack.setCurrentWidget(self._view)
        self._close_welcome()
        self._foot.follow(session, self._desk.world.now())
        self._menus.set_open(is_open=True)
        self._menus.offer_recent(settings.remember_ledger(service.ledger.name).recent)
        self._view.go_to_named(self._state.page)
        self._view.page_changed.connect(self._remember_page)
        self._entitle()
        session.start()
        self._view.go_to(self._view.stack.currentIndex())
        self.registry_shown.emit(service.ledger.name)

    @Slot()
    def show_welcome(self) -> None:
        """Offer to found, open or try a registry; what is open stays open until another one is."""
        if self._welcome is None:
            self._welcome = WelcomePage(self._desk)
            self._welcome.registry_opened.connect(self.show_registry)
            self._stack.addWidget(self._welcome)
        self._stack.setCurrentWidget(self._welcome)
        self._welcome.focus_first()

    @Slot()
    def choose_ledger(self) -> None:
        """Ask for a ledger's file and open it."""
        where, _kind = QFileDialog.getOpenFileName(self, "Open a ledger", str(settings.data_folder()), _LEDGERS)
        if where:
            self.open_ledger(where)

    @Slot(object)
    def tell_fault(self, fault: BaseException, report: str = "") -> None:
        """Say calmly that the program has a fault; nothing that was typed is touched."""
        self._report = report or repr(fault)
        sentence = (
            "UID Manager met a fault of its own. What was acknowledged is on the disk, and what you typed is still "
            f"here. If it comes again, please report it: {type(fault).__name__}: {fault}"
        )
        self._fault.tell(sentence, Severity.ERROR, (self._copy_report,))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep how the window is; wait for a write that is under way, so that nobody is in doubt about it."""
        self._state.save_window(self)
        self._close_view()
        self._close_welcome()
        self._jobs.close()
        super().closeEvent(event)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _slots(self) -> Slots:
        return Slots(
            show_welcome=self.show_welcome,
            choose_ledger=self.choose_ledger,
            open_place=self._open_place,
            quit=self.close,
            find=self._find,
            search=self._search,
            go_to=self._go_to,
            go_to_field=self._go_to_field,
            choose_appearance=self._choose_appearance,
            show_shortcuts=self._show_shortcuts,
            show_about=self._show_about,
        )

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._fault, self._trouble, self._remark):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(whole)

    def _entitle(self) -> None:
        if self._view is None:
            self.setWindowTitle("UID Manager")
            return
        with self._view.session.service.look() as registry:
            founding = registry.founding
        self.setWindowTitle(f"{founding.organisation} — {founding.root} — UID Manager")

    def _close_view(self) -> None:
        view, self._view = self._view, None
        if view is None:
            return
        self._state.save_parts(view)
        self._foot.follow(None, "")
        for banner in (self._trouble, self._remark):
            banner.hide()
        self._menus.set_open(is_open=False)
        view.session.close()
        self._stack.removeWidget(view)
        view.deleteLater()
        view.session.deleteLater()

    def _close_welcome(self) -> None:
        welcome, self._welcome = self._welcome, None
        if welcome is not None:
            welcome.shut()
            self._stack.removeWidget(welcome)
            welcome.deleteLater()

    @Slot()
    def _cancel_opening(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _could_not_open(self, error: Exception) -> None:
        self._job = None
        if self._view is not None:
            self._stack.setCurrentWidget(self._view)
        else:
            self.show_welcome()
        if isinstance(error, CancelledError):
            return
        if isinstance(error, UidManagerError):
            self._remark.tell(str(error), Severity.CAUTION)
        else:
            self.tell_fault(error)

    @Slot(object)
    def _tell_trouble(self, trouble: LedgerError) -> None:
        self._trouble.tell(str(trouble), Severity.ERROR, (self._open_other,), is_closable=False)

    @Slot(str)
    def _tell_remark(self, sentence: str) -> None:
        self._remark.tell(sentence, Severity.NOTICE)

    @Slot(str)
    def _remember_page(self, _title: str) -> None:
        if self._view is not None:
            self._state.page = self._view.current_page.objectName()

    def _open_place(self, place: str, _checked: object = None) -> None:
        self.open_ledger(place)

    @Slot()
    def _find(self) -> None:
        bar = self._view.current_page.findChild(FilterBar) if self._view is not None else None
        if isinstance(bar, FilterBar):
            bar.focus()

    @Slot()
    def _search(self) -> None:
        if self._view is not None:
            self._stack.setCurrentWidget(self._view)
            self._view.search.open()

    def _go_to(self, index: int, _checked: object = None) -> None:
        if self._view is not None:
            self._stack.setCurrentWidget(self._view)
            self._view.go_to(index)

    def _go_to_field(self, name: str, _checked: object = None) -> None:
        if self._view is not None:
            self._stack.setCurrentWidget(self._view)
            self._view.go_to_field(name)

    def _choose_appearance(self, appearance: Appearance, _checked: object = None) -> None:
        self._state.appearance = appearance
        self.appearance_chosen.emit(appearance)

    @Slot()
    def _show_shortcuts(self) -> None:
        ShortcutsDialog(self._menus.shortcuts, self).open()

    @Slot()
    def _show_about(self) -> None:
        AboutDialog(self._view.session.service.ledger.name if self._view is not None else "", self).open()

    @Slot()
    def _put_report_on_clipboard(self) -> None:
        QApplication.clipboard().setText(self._report)
        self._foot.say("Copied the report")
