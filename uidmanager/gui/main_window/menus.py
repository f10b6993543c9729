"""The menus: each command once, with its shortcut; the search offers the same actions."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from uidmanager.gui.main_window.registry_view import TITLES
from uidmanager.gui.theme import Appearance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QMainWindow

    Slot = Callable[..., Any]

_Standard = QKeySequence.StandardKey
_FIELDS: Final = (
    ("Assign a serial", "serial_edit"),
    ("Register a product", "product_name_edit"),
    ("Register a release", "version_edit"),
    ("Identify a UID", "identify_edit"),
)


class Slots(NamedTuple):
    """What the menus call. Those that take an argument get it first; Qt may add whether the action is checked."""

    show_welcome: Slot
    choose_ledger: Slot
    open_place: Slot
    read_again: Slot
    show_copies: Slot
    export: Slot
    pack: Slot
    open_arc: Slot
    guide: Slot
    import_registry: Slot
    import_spreadsheet: Slot
    quit: Slot
    copy_uid: Slot
    use_it: Slot
    find: Slot
    search: Slot
    go_to: Slot
    go_to_field: Slot
    assign_many: Slot
    print_labels: Slot
    check_labels: Slot
    ask_device: Slot
    scan_files: Slot
    scan_folder: Slot
    choose_appearance: Slot
    show_shortcuts: Slot
    try_scanner: Slot
    check_installation: Slot
    show_about: Slot


class Menus:
    """The actions of a window, made once; ``need_registry`` are those that work only while a registry is open."""

    def __init__(self, window: QMainWindow, slots: Slots) -> None:
        self._window = window
        self._slots = slots
        self.need_registry: list[QAction] = []
        self._file()
        self._edit()
        self._go()
        self._view()
        self._help()

    @property
    def commands(self) -> Sequence[QAction]:
        """What the search offers beside records."""
        return tuple(action for action in self._window.actions() if action.text() and action.isVisible())

    @property
    def shortcuts(self) -> list[tuple[str, str]]:
        """All shortcuts: what they do, and the keys as they are written here."""
        native = QKeySequence.SequenceFormat.NativeText
        listed = [
            (action.text().replace("&", "").rstrip("…"), action.shortcut().toString(native))
            for action in self._window.actions()
            if not action.shortcut().isEmpty()
        ]
        return [
            *listed,
            ("Assign, or register what is in the form", "Enter"),
            ("Clear the filter, close the search", "Esc"),
        ]

    def offer_recent(self, places: Sequence[str]) -> None:
        """Offer the ledgers that were open lately."""
        self._recent.clear()
        for place in places:
            action = self._recent.addAction(f"{PurePath(place).name} — {PurePath(place).parent}")
            action.triggered.connect(partial(self._slots.open_place, place))
        self._recent.setEnabled(bool(places))

    def set_open(self, *, is_open: bool) -> None:
        """Whether a registry is open to work with."""
        for action in self.need_registry:
            action.setEnabled(is_open)

    def show_appearance(self, appearance: Appearance) -> None:
        """Mark the appearance that is in force."""
        self._appearances[appearance].setChecked(True)

    # -- the menus ---------------------------------------------------------------------------------------------------

    def _file(self) -> None:
        menu = self._menu("&File")
        self._add(menu, "&New or other registry…", self._slots.show_welcome, "show_welcome", _Standard.New)
        self._add(menu, "&Open ledger…", self._slots.choose_ledger, "choose_ledger", _Standard.Open)
        self._recent = menu.addMenu("Open &recent")
        # Not the platform's own key: under GNOME that is Ctrl+R, which is for ranges here.
        self._add(menu, "&Read again", self._slots.read_again, "read_ledger_again", "F5", needs_registry=True)
        menu.addSeparator()
        self._add(menu, "&Copies and backup…", self._slots.show_copies, "show_copies", "")
        self._add(menu, "&Export registry…", self._slots.export, "export", "", needs_registry=True)
        self._add(menu, "Ins&pection pack…", self._slots.pack, "pack", "", needs_registry=True)
        self._add(menu, "&Import a registry…", self._slots.import_registry, "import", "")
        take_over = self._slots.import_spreadsheet
        self._add(
            menu, "I&mport a spreadsheet…", take_over, "import_a_spreadsheet", "Ctrl+Shift+I", needs_registry=True
        )
        self._add(menu, "Open the inde&xed arc…", self._slots.open_arc, "open_arc", "", needs_registry=True)
        menu.addSeparator()
        self._add(menu, "&Quit", self._slots.quit, "quit", "Ctrl+Q")

    def _edit(self) -> None:
        menu = self._menu("&Edit")
        self._add(menu, "&Copy UID", self._slots.copy_uid, "copy_chosen_uid", "Ctrl+Shift+C", needs_registry=True)
        self._add(menu, "&Use the chosen UID…", self._slots.use_it, "use_chosen_uid", "Ctrl+U", needs_registry=True)
        self._add(menu, "&Find on this page", self._slots.find, "find", _Standard.Find, needs_registry=True)

    def _go(self) -> None:
        menu = self._menu("&Go")
        self._add(menu, "&Search everything", self._slots.search, "search", "Ctrl+K", needs_registry=True)
        menu.addSeparator()
        for index, title in enumerate(TITLES):
            self._add(
                menu,
                title,
                partial(self._slots.go_to, index),
                f"page_{index + 1}",
                f"Ctrl+{index + 1}",
                needs_registry=True,
            )
        menu.addSeparator()
        for text, field in _FIELDS:
            self._add(menu, text, partial(self._slots.go_to_field, field), f"go_to_{field}", "", needs_registry=True)
        self._add(menu, "Assign &many…", self._slots.assign_many, "assign_many", "Ctrl+R", needs_registry=True)
        self._add(menu, "Print &labels…", self._slots.print_labels, "print_labels", "Ctrl+L", needs_registry=True)
        self._add(
            menu, "Chec&k labels…", self._slots.check_labels, "go_check_labels", "Ctrl+Shift+L", needs_registry=True
        )
        menu.addSeparator()
        self._add(menu, "Scan &files…", self._slots.scan_files, "scan_files", "Ctrl+Shift+F", needs_registry=True)
        self._add(menu, "Scan a f&older…", self._slots.scan_folder, "scan_folder", "Ctrl+Shift+O", needs_registry=True)
        self._add(menu, "Ask a &device…", self._slots.ask_device, "ask_device", "", needs_registry=True)

    def _view(self) -> None:
        menu = self._menu("&View").addMenu("&Appearance")
        group = QActionGroup(self._window)
        names = {Appearance.SYSTEM: "As the &system", Appearance.LIGHT: "&Light", Appearance.DARK: "&Dark"}
        self._appearances = {}
        for appearance, text in names.items():
            action = QAction(text, self._window, checkable=True)
            action.setObjectName(f"appearance_{appearance}_action")
            action.triggered.connect(partial(self._slots.choose_appearance, appearance))
            group.addAction(action)
            menu.addAction(action)
            self._appearances[appearance] = action

    def _help(self) -> None:
        menu = self._menu("&Help")
        self._add(menu, "&How to assign and label…", self._slots.guide, "guide", "", needs_registry=True)
        self._add(menu, "&Shortcuts", self._slots.show_shortcuts, "show_shortcuts", "Ctrl+/")
        self._add(menu, "&Try my scanner…", self._slots.try_scanner, "try_scanner", "")
        self._add(menu, "&Installation check…", self._slots.check_installation, "check_installation", "")
        self._add(menu, "&About UID Manager", self._slots.show_about, "show_about", "")

    def _menu(self, text: str) -> QMenu:
        menu = QMenu(text, self._window)
        self._window.menuBar().addMenu(menu)
        return menu

    def _add(
        self,
        menu: QMenu,
        text: str,
        slot: Slot,
        name: str,
        keys: str | QKeySequence.StandardKey,
        *,
        needs_registry: bool = False,
    ) -> None:
        action = QAction(text, self._window)
        action.setObjectName(f"{name}_action")
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        menu.addAction(action)
        self._window.addAction(action)
        if needs_registry:
            self.need_registry.append(action)
