"""The presets of a registry's reports: choose one, keep the present choice as one, rename, remove and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from uidmanager.core.errors import Severity, UidManagerError
from uidmanager.core.reports import TITLES, Asked, Kind, Preset, find_preset, judge_name
from uidmanager.core.texts import excerpt, visible
from uidmanager.gui.dialogs.preset_name import PresetNameDialog
from uidmanager.gui.theme import GAP, TIGHT
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.settings.presets import StationPresets

_FEWEST_CHARACTERS: Final = 14


class PresetsRow(QWidget):
    """Shows which preset the present choice is, if it is one.

    Signals:
        chosen(Preset): ask for this instead
    """

    chosen = Signal(object)

    def __init__(self, registry: str, book: StationPresets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registry = registry
        self._book = book
        self._presets: tuple[Preset, ...] = ()
        self._present = Preset("", Kind.IDENTIFIERS)
        self._removed: Preset | None = None
        self._last_name = ""
        self.combo = named(QComboBox(), "preset_combo", "Preset")
        self.combo.setMinimumContentsLength(_FEWEST_CHARACTERS)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.keep_button = named(QPushButton("&Keep…", autoDefault=False), "keep_preset_button", "Keep as a preset")
        self.keep_button.setToolTip("Keep this report and its filter under a name")
        self.rename_action = _action("rename_preset_action", "&Rename…", self)
        self.remove_action = _action("remove_preset_action", "Re&move", self)
        self.manage_button = named(
            QPushButton("Ma&nage", autoDefault=False), "manage_preset_button", "Rename or remove the preset"
        )
        self.undo_line = _UndoLine()
        self.problems = ProblemList("preset_problems")
        self._lay_out()
        self.combo.currentIndexChanged.connect(self._choose)
        self.keep_button.clicked.connect(self._keep)
        self.rename_action.triggered.connect(self._rename)
        self.remove_action.triggered.connect(self._remove)
        self.undo_line.button.clicked.connect(self._undo)

    @Slot()
    def read(self) -> None:
        """Read the presets anew: another window may have changed them."""
        try:
            self._presets = self._book.presets(self._registry)
        except UidManagerError as error:
            self._presets = ()
            self.problems.show_sentence(str(error), Severity.CAUTION)
        self._removed = None
        self.undo_line.hide()
        blocker = QSignalBlocker(self.combo)
        self.combo.clear()
        self.combo.addItem("None")
        for preset in self._presets:
            self.combo.addItem(visible(preset.name))
        del blocker
        self._mark()

    def show_present(self, kind: Kind, asked: Asked) -> None:
        """This is asked for now."""
        self._present = Preset("", kind, asked)
        self._mark()

    @property
    def current(self) -> Preset | None:
        """The preset that the present choice is."""
        index = self.combo.currentIndex()
        return self._presets[index - 1] if 0 < index <= len(self._presets) else None

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        label = QLabel("P&reset")
        label.setBuddy(self.combo)
        menu = QMenu(self)
        menu.addAction(self.rename_action)
        menu.addAction(self.remove_action)
        self.manage_button.setMenu(menu)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for widget in (label, self.combo, self.keep_button, self.manage_button):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(row)

    def _mark(self) -> None:
        """Show the name of the preset that is the present choice."""
        present = (self._present.kind, self._present.asked)
        same = (index for index, each in enumerate(self._presets, 1) if (each.kind, each.asked) == present)
        index = self.combo.currentIndex()
        if self.current is None or (self.current.kind, self.current.asked) != present:
            index = next(same, 0)
        blocker = QSignalBlocker(self.combo)
        self.combo.setCurrentIndex(index)
        del blocker
        for each in (self.manage_button, self.rename_action, self.remove_action):
            each.setEnabled(self.current is not None)

    @Slot(int)
    def _choose(self, _index: int) -> None:
        self._forget()
        preset = self.current
        if preset is not None:
            self._last_name = preset.name
        self.chosen.emit(preset or Preset("", self._present.kind))

    @Slot()
    def _keep(self) -> None:
        title = TITLES[self._present.kind]
        name = PresetNameDialog.ask(
            self,
            "Keep as a preset",
            f"“{title}” with the filter as it is now, to be chosen again by this name. It is kept on this computer.",
            "Keep",
            self._last_name,
            lambda name: judge_name(self._presets, name),
        )
        if name is None:
            return
        preset = Preset(name, self._present.kind, self._present.asked)
        self._last_name = name
        self._change(lambda: self._tell_aside(preset))

    def _tell_aside(self, preset: Preset) -> None:
        aside = self._book.keep(self._registry, preset)
        if aside is not None:
            said = f"The file of presets could not be read. It stays as {aside}; a new one was begun."
            self.problems.show_sentence(said, Severity.NOTICE)

    @Slot()
    def _rename(self) -> None:
        preset = self.current
        if preset is None:
            return
        name = PresetNameDialog.ask(
            self,
            "Rename a preset",
            f"“{visible(preset.name)}” asks for the same as before; a command that names it needs the new name.",
            "Rename",
            preset.name,
            lambda name: judge_name(self._presets, name, instead_of=preset.name),
        )
        if name is not None:
            self._last_name = name
            self._change(lambda: self._book.rename(self._registry, preset.name, name))

    @Slot()
    def _remove(self) -> None:
        preset = self.current
        if preset is not None and self._change(lambda: self._book.remove(self._registry, preset.name)):
            self._removed = preset
            self.undo_line.tell(f"Preset “{excerpt(preset.name)}” removed.")

    @Slot()
    def _undo(self) -> None:
        removed = self._removed
        if removed is not None and find_preset(self._presets, removed.name) is None:
            self._change(lambda: self._tell_aside(removed))
        self.combo.setFocus()

    def _change(self, change: Callable[[], None]) -> bool:
        """Change the presets and show what they are then; whether it could be done."""
        self._forget()
        try:
            change()
        except UidManagerError as error:
            self.problems.show_sentence(str(error))
            return False
        self.read()
        return True

    def _forget(self) -> None:
        self._removed = None
        self.undo_line.hide()
        self.problems.show_problems(())


class _UndoLine(QWidget):
    """What was removed, and a way to have it back."""

    def __init__(self) -> None:
        super().__init__()
        self._words = named(QLabel(), "preset_removed_label", "What was removed")
        self.button = named(QPushButton("Undo", autoDefault=False), "undo_preset_button", "Have the preset back")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addStretch(1)
        row.addWidget(self._words)
        row.addWidget(self.button)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say it."""
        self._words.setText(sentence)
        self.show()
        self.button.setFocus()  # the menu that was used is off now


def _action(name: str, text: str, parent: QWidget) -> QAction:
    made = QAction(text, parent)
    made.setObjectName(name)
    return made
