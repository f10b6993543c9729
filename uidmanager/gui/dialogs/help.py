"""What the Help menu opens: the shortcuts, and which program this is."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

import uidmanager
from uidmanager.gui.theme import AIR, ROOM
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH: Final = 480
_SHORTCUTS_SIZE: Final = (460, 520)
_ROW_HEIGHT: Final = 26
_Button = QDialogButtonBox.StandardButton


class ShortcutsDialog(QDialog):
    """All shortcuts, as the menus have them."""

    def __init__(self, shortcuts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "shortcuts_dialog")
        self.setWindowTitle("Shortcuts")
        self.resize(*_SHORTCUTS_SIZE)
        table = named(QTableWidget(len(shortcuts), 2), "shortcuts_table", "Shortcuts")
        table.setHorizontalHeaderLabels(["What", "Keys"])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for row, (what, keys) in enumerate(shortcuts):
            table.setItem(row, 0, QTableWidgetItem(what))
            table.setItem(row, 1, QTableWidgetItem(keys))
        table.resizeColumnsToContents()
        table.horizontalHeader().setStretchLastSection(True)
        _with_close_button(self, table)


class AboutDialog(QDialog):
    """Which program this is, in which version, on what; ready to be pasted into a message to those who help."""

    def __init__(self, ledger: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "about_dialog")
        self.setWindowTitle("About UID Manager")
        self.details = details_of_program(ledger)
        words = QLabel(
            f"<h3>UID Manager {uidmanager.__version__}</h3>"
            "<p>Gives each DICOM UID of your organisation once, and can prove it.</p>"
            + "".join(f"<div>{line}</div>" for line in self.details.splitlines()[1:]),
            wordWrap=True,
        )
        words.setObjectName("about_text")
        words.setMinimumWidth(_WIDTH)
        copy = named(QPushButton("Copy details", autoDefault=False), "copy_details_button")
        copy.clicked.connect(self._copy)
        _with_close_button(self, words, copy)

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details)


def details_of_program(ledger: str) -> str:
    """Versions of everything that matters, one a line."""
    return "\n".join(
        (
            f"UID Manager {uidmanager.__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
            f"{platform.platform()}, {sys.platform}, {QApplication.platformName()}",
            f"Ledger: {ledger or 'none open'}",
        )
    )


def _with_close_button(dialog: QDialog, content: QWidget, *others: QPushButton) -> None:
    buttons = QDialogButtonBox(_Button.Close)
    buttons.button(_Button.Close).setObjectName("dialog_close_button")
    for other in others:
        buttons.addButton(other, QDialogButtonBox.ButtonRole.ActionRole)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(AIR, ROOM, AIR, ROOM)
    column.setSpacing(ROOM)
    column.addWidget(content)
    column.addWidget(buttons)
