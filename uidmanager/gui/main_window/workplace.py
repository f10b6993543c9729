"""What is in the window: the registry that is open, the title, the menus, what stands across top and foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from uidmanager import settings
from uidmanager.app.ports import no_note
from uidmanager.core.errors import CancelledError, UidManagerError
from uidmanager.core.texts import visible
from uidmanager.dicom.names import DicomNames
from uidmanager.gui.dialogs import AskDevicesDialog
from uidmanager.gui.dialogs.use_action import UseAction
from uidmanager.gui.main_window.bench_errands import BenchErrands
from uidmanager.gui.main_window.drops import Drops
from uidmanager.gui.main_window.due_backups import DueBackups
from uidmanager.gui.main_window.errands import Errands
from uidmanager.gui.main_window.fault_report import report_of
from uidmanager.gui.main_window.field_errands import FieldErrands
from uidmanager.gui.main_window.foot import Foot
from uidmanager.gui.main_window.menus import Menus, Slots
from uidmanager.gui.main_window.messages import Messages
from uidmanager.gui.main_window.opening import OpeningPage
from uidmanager.gui.main_window.registry_view import PAGES, RegistryView
from uidmanager.gui.main_window.scans_elsewhere import ScansElsewhere
from uidmanager.gui.pages.welcome import WelcomePage
from uidmanager.gui.session import Session
from uidmanager.gui.tables.filter_bar import FilterBar
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QMainWindow

    from uidmanager.app.ports import Desk, FaultNote
    from uidmanager.app.service import Service
    from uidmanager.gui.main_window.fault_report import FaultReport
    from uidmanager.gui.main_window.registry_view import Page
    from uidmanager.gui.main_window.state import WindowState
    from uidmanager.gui.theme import Appearance

_LEDGERS = "Ledgers (*.jsonl);;All files (*)"


class Workplace(QObject):
    """Shows one registry at a time in a window, or the welcome page while there is none.

    Signals:
        registry_shown(str): the registry of the ledger at this place is in the window now
        appearance_chosen(Appearance): the user wants the window light, dark, or as the system is
    """

    registry_shown = Signal(str)
    appearance_chosen = Signal(object)

    def __init__(self, window: QMainWindow, desk: Desk, state: WindowState, note_fault: FaultNote = no_note) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._state = state
        self._note_fault = note_fault
        self._view: RegistryView | None = None
        self._welcome: WelcomePage | None = None
        self._making = Turns(self)
        self._messages = Messages()
        self._stack = QStackedWidget()
        self._opening = OpeningPage(desk)
        self._stack.addWidget(self._opening)
        self._foot = Foot(desk.world.person)
        window.setStatusBar(self._foot)
        self._errands = Errands(window, desk, self._session_now)
        self._field = FieldErrands(self._view_shown, self)
        self._bench = BenchErrands(self._view_shown, self)
        self._drops = Drops(window)
        self._scans = ScansElsewhere(self)
        self._menus = Menus(window, self._slots())
        self._menus.show_appearance(state.appearance)
        self._connect()
        self._lay_out()
        self._entitle()
        self._menus.set_open(is_open=False)
        self._menus.offer_recent(settings.read_preferences().recent)

    @property
    def view(self) -> RegistryView | None:
        """The pages of the registry that is open."""
        return self._view

    @Slot(str)
    def open_ledger(self, where: str) -> None:
        """Read a ledger behind the window and show its registry."""
        self._stack.setCurrentWidget(self._opening)
        self._opening.open(where)

    @Slot(object)
    def show_registry(self, service: Service) -> None:
        """Work in this registry from now on."""
        if not self._finish_writing():
            self.show_view()
            return
        self._close_view()
        self._making.start(self._show(service))

    def _show(self, service: Service) -> Iterator[None]:
        """Make the pages one by one, and show them once all are there."""
        session = Session(service, DicomNames(), self)
        session.trouble_found.connect(self._messages.tell_trouble)
        session.trouble_passed.connect(self._messages.end_trouble)
        session.remarked.connect(self._messages.tell_remark)
        session.fault_found.connect(self.tell_fault)
        pages: list[Page] = []
        try:
            for page in PAGES:
                pages.append(page(session))
                yield
        except BaseException:  # another registry is wanted, the window is closed, or a page has a fault of ours
            for made in pages:
                made.deleteLater()
            session.close()
            session.deleteLater()
            raise
        self._show_view(RegistryView(session, self._menus.commands, pages))

    def _show_view(self, view: RegistryView) -> None:
        self._view = view
        session = view.session
        backups = DueBackups(session, self._desk)
        backups.made.connect(self._foot.say)
        backups.failed.connect(self._messages.tell_caution)
        backups.fault_found.connect(self.tell_fault)
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
        self._menus.offer_recent(settings.remember_ledger(session.service.ledger.name).recent)
        self._view.go_to_named(self._state.page)
        self._view.page_changed.connect(self._remember_page)
        self._entitle()
        session.start()
        backups.look()
        self._view.go_to(self._view.stack.currentIndex())
        self.registry_shown.emit(session.service.ledger.name)

    @Slot()
    def show_welcome(self) -> None:
        """Offer to found, open or try a registry; what is open stays open until another one is."""
        if self._welcome is None:
            self._welcome = WelcomePage(self._desk)
            self._welcome.registry_opened.connect(self.show_registry)
            self._welcome.mend_asked.connect(self._errands.look_after)
            self._welcome.import_asked.connect(self._errands.import_into)
            self._stack.addWidget(self._welcome)
        self._stack.setCurrentWidget(self._welcome)
        self._welcome.focus_first()
        if self._view is not None:
            with self._view.session.service.look() as registry:
                self._messages.tell_still_open(registry.founding.organisation)

    @Slot()
    def show_view(self) -> None:
        """Go back to the registry that is open, if one is."""
        if self._view is not None and self._stack.currentWidget() is not self._view:
            self._stack.setCurrentWidget(self._view)
            self._messages.end_remark()

    @Slot()
    def choose_ledger(self) -> None:
        """Ask for a ledger's file and open it."""
        where, _kind = QFileDialog.getOpenFileName(self._window, "Open a ledger", str(settings.data_folder()), _LEDGERS)
        if where:
            self.open_ledger(where)

    @Slot()
    def read_again(self) -> None:
        """Read the ledger that is open once more, from its first entry."""
        if self._view is not None:
            self.open_ledger(self._view.session.service.ledger.name)

    @Slot(object)
    def tell_fault(self, fault: BaseException, report: FaultReport | None = None) -> None:
        """Say calmly that the program has a fault; nothing that was typed is touched."""
        self._messages.tell_fault(fault, report or report_of(fault, self._note_fault(fault)))

    def leave(self) -> bool:
        """Keep how the window is and let go of the ledger. A write under way is waited for; False when it failed."""
        if not self._finish_writing():
            return False
        self._errands.shut()
        self._state.save_window(self._window)
        self._close_view()
        self._close_welcome()
        self._opening.shut()
        return True

    # -- inside ------------------------------------------------------------------------------------------------------

    def _slots(self) -> Slots:
        return Slots(
            show_welcome=self.show_welcome,
            choose_ledger=self.choose_ledger,
            open_place=self._open_place,
            read_again=self.read_again,
            show_copies=self._errands.show_copies,
            export=self._errands.export,
            pack=self._errands.pack,
            open_arc=self._errands.open_arc,
            guide=self._errands.guide,
            import_registry=self._errands.import_registry,
            import_spreadsheet=self._errands.import_spreadsheet,
            quit=self._window.close,
            copy_uid=self._copy_uid,
            use_it=self._use_it,
            find=self._find,
            search=self._search,
            go_to=self._go_to,
            go_to_field=self._go_to_field,
            assign_many=self._bench.assign_many,
            print_labels=self._bench.print_labels,
            check_labels=self._bench.check_labels,
            ask_device=self._ask_device,
            scan_files=self._field.scan_files,
            scan_folder=self._field.scan_folder,
            choose_appearance=self._choose_appearance,
            show_shortcuts=self._show_shortcuts,
            try_scanner=self._errands.try_scanner,
            check_installation=self._errands.check_installation,
            show_about=self._errands.show_about,
        )

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._messages)
        column.addWidget(self._stack, 1)
        self._window.setCentralWidget(whole)

    def _connect(self) -> None:
        self._opening.opened.connect(self.show_registry)
        self._opening.failed.connect(self._could_not_open)
        self._messages.other_asked.connect(self.choose_ledger)
        self._messages.again_asked.connect(self.read_again)
        self._messages.back_asked.connect(self.show_view)
        self._messages.mend_asked.connect(self._errands.look_after)
        self._errands.ledger_changed.connect(self.open_ledger)
        self._errands.imported.connect(self.show_registry)
        self._errands.told.connect(self._foot.say)
        self._drops.dropped.connect(self._field.take_in)
        self._field.spreadsheet_dropped.connect(self._errands.take_over)
        self._field.told.connect(self._foot.say)
        self._scans.told.connect(self._foot.say)
        self._field.refused.connect(self._messages.tell_caution)
        for teller in (self._messages, self._foot):
            teller.copied.connect(self._foot.say)

    def _entitle(self) -> None:
        if self._view is None:
            self._window.setWindowTitle("UID Manager")
            return
        with self._view.session.service.look() as registry:
            founding = registry.founding
        self._window.setWindowTitle(f"{visible(founding.organisation)} — {founding.root} — UID Manager")

    def _close_view(self) -> None:
        self._making.stop()
        view, self._view = self._view, None
        if view is None:
            return
        self._state.save_parts(view)
        self._foot.follow(None, "")
        self._messages.end_all_but_faults()
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

    def _finish_writing(self) -> bool:
        """Wait for a write that is under way, so that nobody is in doubt about it; False when it failed."""
        session = self._view.session if self._view is not None else None
        if session is None or not session.is_writing:
            return True
        self._foot.say("A write is being finished …")
        outcomes: list[bool] = []
        loop = QEventLoop()
        session.settled.connect(outcomes.append)
        session.settled.connect(loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        session.settled.disconnect(outcomes.append)
        return all(outcomes)

    @Slot(object)
    def _could_not_open(self, error: Exception) -> None:
        if self._view is not None:
            self.show_view()
        else:
            self.show_welcome()
        if isinstance(error, UidManagerError):
            if not isinstance(error, CancelledError):
                self._messages.tell_unopened(error)
        else:
            self.tell_fault(error)

    @Slot(str)
    def _remember_page(self, _title: str) -> None:
        if self._view is not None:
            self._state.page = self._view.current_page.objectName()

    def _open_place(self, place: str, _checked: object = None) -> None:
        self.open_ledger(place)

    @Slot()
    def _copy_uid(self) -> None:
        """Copy the UID of the row that is chosen: in the table one works in, or in the page's first."""
        tables = self._view.current_page.findChildren(RecordTable) if self._view is not None else []
        chosen = [table for table in tables if table.isVisible() and table.chosen is not None]
        for table in sorted(chosen, key=lambda table: not table.hasFocus())[:1]:
            table.copy_actions[0].trigger()

    @Slot()
    def _use_it(self) -> None:
        """Hand on the UID of the row that is chosen on this page, if it is one that can be."""
        actions = self._view.current_page.findChildren(UseAction) if self._view is not None else []
        for action in actions:
            action.trigger()

    @Slot()
    def _find(self) -> None:
        bar = self._view.current_page.findChild(FilterBar) if self._view is not None else None
        if isinstance(bar, FilterBar):
            bar.focus()

    @Slot()
    def _search(self) -> None:
        if self._view is not None:
            self.show_view()
            self._view.search.open()

    def _go_to(self, index: int, _checked: object = None) -> None:
        if self._view is not None:
            self.show_view()
            self._view.go_to(index)

    def _go_to_field(self, name: str, _checked: object = None) -> None:
        if self._view is not None:
            self.show_view()
            self._view.go_to_field(name)

    @Slot()
    def _ask_device(self) -> None:
        if self._view is None:
            return
        dialog = AskDevicesDialog(self._view.session, self._desk.world.app, self._window)
        dialog.opened.connect(self._view.show_record)
        dialog.copied.connect(self._foot.say)
        self._view.destroyed.connect(dialog.reject)  # it asks the registry that was open
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_appearance(self, appearance: Appearance, _checked: object = None) -> None:
        self._state.appearance = appearance
        self.appearance_chosen.emit(appearance)

    @Slot()
    def _show_shortcuts(self) -> None:
        self._errands.show_shortcuts(self._menus.shortcuts)

    def _view_shown(self) -> RegistryView | None:
        """The pages of the registry that is open, in front."""
        self.show_view()
        return self._view

    def _session_now(self) -> Session | None:
        return None if self._view is None else self._view.session
