"""A day, typed or chosen from a calendar; nothing in it means that no day is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from uidmanager.gui.theme import TIGHT
from uidmanager.gui.widgets.icons import icon
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

_FORMAT: Final = "yyyy-MM-dd"
_WIDEST: Final = "8888-88-88"
_AROUND: Final = 44  # of the frame and of the button in it
_BEGINNING = re.compile(r"[0-9]{1,4}|[0-9]{4}-[0-9]{0,2}|[0-9]{4}-[0-9]{2}-[0-9]?")


class DayEdit(QLineEdit):
    """Takes ``2026-11-22``. What is wrong with another text is told by whoever reads it; half a day is only begun.

    Alt+Down, F4 or the button open a calendar.

    Signals:
        left(): the focus went elsewhere, and half a day was left
    """

    left = Signal()

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self.setPlaceholderText("any day")
        self.setToolTip("A day as in 2026-11-22; Alt+Down opens a calendar")
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(_WIDEST) + _AROUND)
        self._calendar: _Calendar | None = None
        self._open = QAction("Choose from a calendar", self)
        self._open.setObjectName(f"{name}_calendar_action")
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self._dress()

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody is just typing a day and has not come to its end."""
        return self.hasFocus() and self._is_begun

    @Slot()
    def open_calendar(self) -> None:
        """Show a calendar under the field, on the day that is in it or on today."""
        if self._calendar is None:
            self._calendar = _Calendar(self)
            self._calendar.chosen.connect(self._take)
        self._calendar.show_at(self, QDate.fromString(self.text().strip(), _FORMAT))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """From now on half a day is no day."""
        super().focusOutEvent(event)
        if self._is_begun:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that open what drops down."""
        is_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if is_down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the icon when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    @property
    def _is_begun(self) -> bool:
        return _BEGINNING.fullmatch(self.text().strip()) is not None

    @Slot(QDate)
    def _take(self, day: QDate) -> None:
        self.setText(day.toString(_FORMAT))
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _dress(self) -> None:
        self._open.setIcon(icon("calendar", self))


class _Calendar(QFrame):
    """Drops down under a field.

    Signals:
        chosen(QDate): this day is meant
    """

    chosen = Signal(QDate)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._days = named(QCalendarWidget(), "day_calendar", "Calendar")
        self._days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._days.setWeekdayTextFormat(day, QTextCharFormat())  # Qt's red is hard to read on our grounds
        for name, arrow in (("prev", Qt.ArrowType.LeftArrow), ("next", Qt.ArrowType.RightArrow)):
            button = self._days.findChild(QToolButton, f"qt_calendar_{name}month")
            if isinstance(button, QToolButton):
                button.setIcon(QIcon())
                button.setArrowType(arrow)  # in the colour of the month's name; the icon is black in any theme
        self._days.clicked.connect(self._choose)
        self._days.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        column.addWidget(self._days)

    def show_at(self, field: QWidget, day: QDate) -> None:
        """Drop down, within the screen."""
        self._days.setSelectedDate(day if day.isValid() else QDate.currentDate())
        size, room = self.sizeHint(), field.screen().availableGeometry()
        at = field.mapToGlobal(QPoint(0, field.height()))
        at.setX(max(room.left(), min(at.x(), room.right() - size.width())))
        if at.y() + size.height() > room.bottom():
            at.setY(field.mapToGlobal(QPoint(0, 0)).y() - size.height())
        self.move(at)
        self.show()
        self._days.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QDate)
    def _choose(self, day: QDate) -> None:
        if self.isVisible():  # Enter both activates and clicks
            self.hide()
            self.chosen.emit(day)
