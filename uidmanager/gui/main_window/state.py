"""What the window remembers from one start to the next; nothing here is the truth, and losing it harms nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QSplitter, QWidget

from uidmanager import settings
from uidmanager.gui.theme import Appearance

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from uidmanager.gui.tables.record_table import RecordTable
    from uidmanager.gui.widgets.kept_combo import KeptCombo

_FIRST_SIZE: Final = QSize(1280, 800)
_SHARE_OF_SCREEN: Final = 0.92


class WindowState:
    """Geometry, columns, splitters, choices, the last page and the appearance, in a file beside the preferences."""

    def __init__(self, file: Path | None = None) -> None:
        self._kept = QSettings(str(file or settings.config_folder() / "window.ini"), QSettings.Format.IniFormat)

    @property
    def appearance(self) -> Appearance:
        """What the user chose; the system's where nothing was chosen."""
        text = str(self._kept.value("view/appearance", Appearance.SYSTEM.value))
        return Appearance(text) if text in set(Appearance) else Appearance.SYSTEM

    @appearance.setter
    def appearance(self, chosen: Appearance) -> None:
        self._kept.setValue("view/appearance", chosen.value)

    @property
    def page(self) -> str:
        """The object name of the page that was shown last."""
        return str(self._kept.value("window/page", ""))

    @page.setter
    def page(self, name: str) -> None:
        self._kept.setValue("window/page", name)

    def restore_window(self, window: QMainWindow) -> None:
        """Put the window where it was; Qt sees to it that it lies on a screen that is there."""
        if not window.restoreGeometry(self._bytes("window/geometry")):
            room = window.screen().availableSize() * _SHARE_OF_SCREEN
            window.resize(_FIRST_SIZE.boundedTo(room))

    def restore_parts(self, within: QWidget) -> None:
        """Give tables their columns, splitters their shares and fields what was chosen, as far as it was kept."""
        for table in _tables(within):
            kept = self._bytes(f"columns/{table.objectName()}")
            if not kept.isEmpty():
                table.restore_columns(kept)
        for splitter in _named_splitters(within):
            splitter.restoreState(self._bytes(f"splitters/{splitter.objectName()}"))
        for combo in _kept_combos(within):
            combo.choose(str(self._kept.value(f"choices/{combo.objectName()}", "")))

    def save_window(self, window: QMainWindow) -> None:
        """Keep where the window is."""
        self._kept.setValue("window/geometry", window.saveGeometry())
        self._kept.sync()

    def save_parts(self, within: QWidget) -> None:
        """Keep columns, splitters and choices."""
        for table in _tables(within):
            self._kept.setValue(f"columns/{table.objectName()}", table.save_columns())
        for splitter in _named_splitters(within):
            self._kept.setValue(f"splitters/{splitter.objectName()}", splitter.saveState())
        for combo in _kept_combos(within):
            self._kept.setValue(f"choices/{combo.objectName()}", combo.chosen)

    def _bytes(self, key: str) -> QByteArray:
        value = self._kept.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()


def _tables(within: QWidget) -> list[RecordTable]:
    from uidmanager.gui.tables.record_table import RecordTable  # noqa: PLC0415 (not for the window's first paint)

    return within.findChildren(RecordTable)


def _named_splitters(within: QWidget) -> list[QSplitter]:
    return [splitter for splitter in within.findChildren(QSplitter) if splitter.objectName()]


def _kept_combos(within: QWidget) -> list[KeptCombo]:
    from uidmanager.gui.widgets.kept_combo import KeptCombo  # noqa: PLC0415 (as above)

    return within.findChildren(KeptCombo)
