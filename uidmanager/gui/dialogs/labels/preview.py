"""The very page that will be printed, and a way from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMargins, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from uidmanager.core.labels.sheets import SheetOptions, page_at, page_count
from uidmanager.gui.dialogs.labels.drawing import draw_edges, draw_labels
from uidmanager.gui.theme import GAP, TIGHT, tones
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from uidmanager.core.labels.marks import Label
    from uidmanager.core.labels.sheets import Placed
    from uidmanager.core.labels.templates import Template

_MARGIN: Final = 8
_MOST_PER_MM: Final = 9.0  # a small label is not blown up to fill the dialog


class PageView(QWidget):
    """Paints one page as large as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "label_page", "The page as it will be printed")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(240, 240))
        self._template: Template | None = None
        self._page: Sequence[Placed] = ()

    def show_page(self, template: Template | None, page: Sequence[Placed]) -> None:
        """Show this page; None: an empty place."""
        self._template, self._page = template, page
        said = ", ".join(each.label.unit.serial for each in page)
        self.setAccessibleDescription(f"Labels of {said}" if said else "Nothing to be seen")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The paper, white in any theme, with its labels."""
        super().paintEvent(event)
        template = self._template
        if template is None:
            return
        width, height = template.page
        room = self.size().shrunkBy(_margins())
        scale = min(room.width() / width, room.height() / height, _MOST_PER_MM)
        painter = QPainter(self)
        painter.translate((self.width() - width * scale) / 2, (self.height() - height * scale) / 2)
        painter.scale(scale, scale)
        painter.fillRect(QRectF(0, 0, width, height), QColor(Qt.GlobalColor.white))
        if template.sheet is not None:
            draw_edges(painter, template, QColor("#AFB8C1"))
        draw_labels(painter, self._page)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(tones(self).muted))
        pen = painter.pen()
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawRect(QRectF(0, 0, width, height))
        painter.end()


class Preview(QWidget):
    """A page and its number.

    Signals:
        turned(int): the page that is shown now, from 0 on
    """

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "label_preview")
        self.page = PageView()
        self._words = named(QLabel(), "label_page_words", "Which page is shown")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._back = _turner("◀", "previous_page_button", "Previous page")
        self._on = _turner("▶", "next_page_button", "Next page")
        self._template: Template | None = None
        self._labels: Sequence[Label] = ()
        self._options = SheetOptions()
        self._number = 0
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._words)
        row.addWidget(self._on)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(self.page, 1)
        column.addLayout(row)
        self._back.clicked.connect(self._turn_back)
        self._on.clicked.connect(self._turn_on)
        self.show_labels(None, (), SheetOptions())

    def show_labels(self, template: Template | None, labels: Sequence[Label], options: SheetOptions) -> None:
        """Show these, from the page on that is shown now."""
        self._template, self._labels, self._options = template, labels, options
        self._show(self._number)

    def _show(self, number: int) -> None:
        template = self._template
        count = 0 if template is None else page_count(template, len(self._labels), self._options)
        self._number = max(0, min(number, count - 1))
        is_there = template is not None and count > 0
        page = page_at(template, self._labels, self._options, self._number) if template is not None and count else ()
        self.page.show_page(template, page)
        self._words.setText(f"Page {self._number + 1:,} of {count:,}" if is_there else "No page yet")
        self._back.setEnabled(self._number > 0)
        self._on.setEnabled(self._number < count - 1)
        self.turned.emit(self._number)

    @Slot()
    def _turn_back(self) -> None:
        self._show(self._number - 1)

    @Slot()
    def _turn_on(self) -> None:
        self._show(self._number + 1)


def _turner(text: str, name: str, spoken: str) -> QToolButton:
    button = named(QToolButton(), name, spoken)
    button.setText(text)
    button.setToolTip(spoken)
    return button


def _margins() -> QMargins:
    return QMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
