"""One sentence across the top of the window that stays until it is settled, with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from uidmanager.core.errors import Severity
from uidmanager.gui.theme import GAP, ROOM, grounds, tones
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
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
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
        tone, ground = tones(self.window()), grounds(self.window())
        colours = {Severity.ERROR: tone.refused, Severity.CAUTION: tone.caution, Severity.NOTICE: tone.arc}
        stands_on = {Severity.ERROR: ground.refused, Severity.CAUTION: ground.caution, Severity.NOTICE: ground.notice}
        wanted = QColor(stands_on[self._severity])
        if self.palette().color(QPalette.ColorRole.Window) == wanted:
            return  # to set a palette is a change of palette too
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, wanted)
        self.setPalette(palette)
        sign = QPalette(palette)
        sign.setColor(QPalette.ColorRole.WindowText, QColor(colours[self._severity]))
        self._sign.setPalette(sign)
