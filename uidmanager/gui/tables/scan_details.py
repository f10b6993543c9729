"""Beside the table of scanned files: all that is known of the chosen one, and the records that it names."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.texts import visible
from uidmanager.gui.tables.scanned import facts_of, installation_of, release_of, text_of, whole_text
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font, tones
from uidmanager.gui.widgets.action_button import button_of
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from uidmanager.core.reports import Row
    from uidmanager.gui.session import Session

_NARROWEST: Final = 240
_HINT: Final = "Choose a file to see all that it says of itself."


class ScanDetails(QScrollArea):
    """Shows one row of a scan; the actions are offered beside it while they can be done.

    Signals:
        opened(object): show this record on its own page
        copied(str): a sentence that says what was copied
    """

    opened = Signal(object)
    copied = Signal(str)

    def __init__(self, session: Session, actions: Sequence[QAction] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "scan_details", "Details of the chosen file")
        self._session = session
        self._row: Row | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(_NARROWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = named(BreakableLabel(), "scan_details_title", "File")
        self._facts = QFormLayout()
        self.release_button = named(QPushButton("Open &release", autoDefault=False), "open_release_button")
        self.installation_button = named(
            QPushButton("Open insta&llation", autoDefault=False), "open_installation_button"
        )
        self.copy_button = named(QPushButton("&Copy", autoDefault=False), "copy_scan_details_button", "Copy all of it")
        self.release_button.clicked.connect(self._open_release)
        self.installation_button.clicked.connect(self._open_installation)
        self.copy_button.clicked.connect(self._copy)
        self._lay_out(actions)
        self.show_row(None)

    @Slot(object)
    def show_row(self, row: Row | None) -> None:
        """Show this row; None: a hint."""
        self._row = row
        while self._facts.rowCount():
            self._facts.removeRow(0)
        self.copy_button.setVisible(row is not None)
        with self._session.service.look() as registry:
            self.release_button.setVisible(row is not None and release_of(registry, row) is not None)
            self.installation_button.setVisible(row is not None and installation_of(registry, row) is not None)
        if row is None:
            self._title.setText(_HINT)
            return
        self._title.setText(breakable(visible(PurePath(text_of(row, "path")).name)))
        for number, (title, value) in enumerate(facts_of(row)):
            label = QLabel(f'<span style="color:{tones(self).muted}">{title}</span>', wordWrap=True)
            self._facts.addRow(label, _value(number, title, visible(value)))

    def open_record(self) -> None:
        """Open the installation that the row names, else its release, if it names one."""
        for button in (self.installation_button, self.release_button):
            if not button.isHidden():
                button.click()
                return

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_row(self._row)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self, actions: Sequence[QAction]) -> None:
        inner = named(QWidget(), "scan_details_inner")
        self._facts.setHorizontalSpacing(ROOM)
        self._facts.setVerticalSpacing(TIGHT)
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        deeds = QHBoxLayout()
        deeds.setSpacing(TIGHT)
        for button in (self.installation_button, self.release_button, self.copy_button):
            deeds.addWidget(button)
        deeds.addStretch(1)
        more = QHBoxLayout()
        for action in actions:
            more.addWidget(button_of(action))
        more.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(ROOM, 0, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self._title)
        column.addLayout(deeds)
        column.addLayout(more)
        column.addLayout(self._facts)
        column.addStretch(1)
        self.setWidget(inner)

    @Slot()
    def _open_release(self) -> None:
        if self._row is not None:
            with self._session.service.look() as registry:
                record = release_of(registry, self._row)
            self.opened.emit(record)

    @Slot()
    def _open_installation(self) -> None:
        if self._row is not None:
            with self._session.service.look() as registry:
                record = installation_of(registry, self._row)
            self.opened.emit(record)

    @Slot()
    def _copy(self) -> None:
        if self._row is not None:
            QApplication.clipboard().setText(whole_text(self._row))
            self.copied.emit(f"Copied what is known of {visible(text_of(self._row, 'path'))}")


def _value(number: int, title: str, value: str) -> QLabel:
    label = named(BreakableLabel(breakable(value)), f"scan_fact_{number}", title)
    if title.endswith("UID"):
        label.setFont(fixed_font())
    return label
