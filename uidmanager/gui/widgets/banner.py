"""One sentence across the top of the window that stays until it is settled, with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from uidmanager.core.errors import Severity
from uidmanager.gui.theme import GAP, ROOM, is_dark, tones
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

_SIGNS: Final = {Severity.ERROR: "✕", Severity.CAUTION: "⚠", Severity.NOTICE: "ℹ"}


class Banner(QFrame):
    """Hidden while there is nothing to say. It never takes the focus from where one is typing.

    Signals:
        closed(): the user has read it
    """

    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, "Message")
        self._severity = Severity.NOTICE
        self._sign = QLabel()
        self._words = named(QLabel(wordWrap=True), f"{name}_text")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self._close = named(QPushButton("Close", autoDefault=False), f"{name}_close_button", "Close this message")
        self._close.clicked.connect(self._dismiss)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(ROOM, GAP, ROOM, GAP)
        self._row.setSpacing(GAP)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setAutoFillBackground(True)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def tell(
        self, sentence: str, severity: Severity, actions: Sequence[QAction] = (), *, is_closable: bool = True
    ) -> None:
        """Say this instead of what was said before; each action becomes a button."""
        self._severity = severity
        self._sign.setText(_SIGNS[severity])
        self._words.setText(sentence)
        self.setAccessibleDescription(sentence)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(action) for action in actions]
        self._close.setVisible(is_closable)
        self._colour()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    @Slot()
    def _dismiss(self) -> None:
        self.hide()
        self.closed.emit()

    def _button(self, action: QAction) -> QPushButton:
        button = named(QPushButton(action.text(), autoDefault=False), action.objectName().replace("_action", "_button"))
        button.clicked.connect(action.trigger)
        self._row.insertWidget(self._row.count() - 1, button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def _colour(self) -> None:
        """A ground of its own under the sentence, in the tone of how much it weighs."""
        tone, dark = tones(self.window()), is_dark(self.window())
        colours = {Severity.ERROR: tone.refused, Severity.CAUTION: tone.caution, Severity.NOTICE: tone.arc}
        grounds = {
            Severity.ERROR: "#3A1B1D" if dark else "#FFEBE9",
            Severity.CAUTION: "#33270D" if dark else "#FFF4D6",
            Severity.NOTICE: "#13273F" if dark else "#DDEEFF",
        }
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(grounds[self._severity]))
        self.setPalette(palette)
        sign = QPalette(palette)
        sign.setColor(QPalette.ColorRole.WindowText, QColor(colours[self._severity]))
        self._sign.setPalette(sign)
