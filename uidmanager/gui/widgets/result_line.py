"""What was done last, in one line, with the UID to be copied."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from uidmanager.gui.theme import GAP, fixed_font, tones
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.naming import named


class ResultLine(QWidget):
    """Empty until something was done; it keeps its height, so that nothing jumps.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self._uid = ""
        self._label = named(BreakableLabel(text_format=Qt.TextFormat.RichText), name, spoken)
        self._copy = named(QToolButton(), f"copy_{name}_button", "Copy the UID that was given last")
        self._copy.setText("Copy")
        self._copy.clicked.connect(self._copy_uid)
        policy = self._copy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._copy.setSizePolicy(policy)
        self._copy.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._label, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """What it says, without colours."""
        return f"{self._said} → {self._uid}" if self._uid else self._said

    def show_result(self, said: str, uid: str) -> None:
        """Say what was done and which UID came of it."""
        self._said = said
        self._uid = uid
        self._copy.setVisible(bool(uid))
        self._label.setAccessibleDescription(self.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self._label, QAccessible.Event.DescriptionChanged))
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()

    @Slot()
    def _copy_uid(self) -> None:
        QApplication.clipboard().setText(self._uid)
        self.copied.emit(f"Copied: {self._uid}")

    def _render(self) -> None:
        if not self._said:
            self._label.clear()
            return
        family = escape(fixed_font().family())
        self._label.setText(
            f'<span style="color:{tones(self).fits}">✓</span>&nbsp;{escape(self._said)} → '
            f"<span style=\"font-family:'{family}'\">{escape(breakable(self._uid))}</span>"
        )
