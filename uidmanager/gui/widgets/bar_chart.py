"""A picture of a report: bars with labels, painted from the values of the core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, TIGHT, tones
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent

    from uidmanager.core.reports import Bar, Chart

_WIDTH: Final = 360
_PLOT_HEIGHT: Final = 120
_WIDEST_BAR: Final = 48
_LABELS_SHARE: Final = 0.4
_LEAST: Final = 2.0  # of a bar that is not nothing, in pixels
_SHARE_OF_STEP: Final = 0.7
_ROUNDING: Final = 2  # a text may be a part of a pixel wider than is said


class BarChart(QWidget):
    """Draws one chart; its values are in the tool tip of each bar and, all of them, in its spoken description.

    Bars that are a scale stand side by side, with marks between them; others lie one below the other.
    """

    def __init__(self, chart: Chart, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, chart.title)
        self._chart = chart
        told = "; ".join(f"{visible(bar.label)}: {bar.value:,}" for bar in chart.bars) or "nothing"
        self.setAccessibleDescription(told)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMinimumWidth(_WIDTH // 2)

    @property
    def chart(self) -> Chart:
        """What is drawn."""
        return self._chart

    def sizeHint(self) -> QSize:
        """As high as its bars need."""
        line = self.fontMetrics().height()
        if not self._chart.bars:
            return QSize(_WIDTH, line)
        if self._chart.is_row:
            return QSize(_WIDTH, _PLOT_HEIGHT + line * (2 + len(self._chart.marks)))
        return QSize(_WIDTH, len(self._chart.bars) * (line + TIGHT))

    def minimumSizeHint(self) -> QSize:
        """Nothing is left out when there is less room."""
        return QSize(_WIDTH // 2, self.sizeHint().height())

    def bar_at(self, x: float, y: float) -> Bar | None:
        """The bar in whose place a point lies."""
        return next((bar for bar, place in self._places() if place.contains(x, y)), None)

    def event(self, event: QEvent) -> bool:
        """Tell the value of the bar under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self.bar_at(event.pos().x(), event.pos().y())
            QToolTip.showText(
                event.globalPos(), f"{visible(bar.label)}: {bar.value:,}" if bar is not None else "", self
            )
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours of the theme."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._chart.bars:
            painter.setPen(QColor(tones(self).muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft, "Nothing to draw.")
        elif self._chart.is_row:
            self._draw_columns(painter)
        else:
            self._draw_rows(painter)

    # -- inside ------------------------------------------------------------------------------------------------------

    @property
    def _most(self) -> int:
        return max(1, *(bar.value for bar in self._chart.bars)) if self._chart.bars else 1

    def _places(self) -> Iterator[tuple[Bar, QRectF]]:
        """The room that each bar has, its label and value included."""
        count = max(1, len(self._chart.bars))
        step = self.width() / count if self._chart.is_row else self.height() / count
        for index, bar in enumerate(self._chart.bars):
            if self._chart.is_row:
                yield bar, QRectF(index * step, 0, step, self.height())
            else:
                yield bar, QRectF(0, index * step, self.width(), step)

    def _draw_rows(self, painter: QPainter) -> None:
        """Label, bar and value on a line."""
        metrics = self.fontMetrics()
        labels = [visible(bar.label) for bar in self._chart.bars]
        widest = max(metrics.horizontalAdvance(label) for label in labels) + _ROUNDING
        for_label = min(widest, int(self.width() * _LABELS_SHARE))
        for_value = max(metrics.horizontalAdvance(f"{bar.value:,}") for bar in self._chart.bars)
        room = max(1, self.width() - for_label - for_value - 2 * GAP)
        for label, (bar, place) in zip(labels, self._places(), strict=True):
            shown = metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, for_label)
            line = place.adjusted(0, TIGHT / 2, 0, -TIGHT / 2)
            long = max(_LEAST if bar.value else 0, room * bar.value / self._most)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(QRectF(0, line.top(), for_label, line.height()), _LEFT, shown)
            painter.fillRect(QRectF(for_label + GAP, line.top() + 1, long, line.height() - 2), self._colour)
            painter.drawText(
                QRectF(for_label + long + 2 * GAP - TIGHT, line.top(), for_value + GAP, line.height()),
                _LEFT,
                f"{bar.value:,}",
            )

    def _draw_columns(self, painter: QPainter) -> None:
        """Bars side by side; values above and labels below as far as there is room for all of them."""
        metrics = self.fontMetrics()
        line = metrics.height()
        top, foot = line * (1 + len(self._chart.marks)), self.height() - line
        places = list(self._places())
        step = places[0][1].width()
        wide = min(_WIDEST_BAR, step * _SHARE_OF_STEP)
        has_room = max(metrics.horizontalAdvance(f"{bar.value:,}") for bar, _ in places) <= step - TIGHT / 2
        text = self.palette().color(QPalette.ColorRole.WindowText)
        for bar, place in places:
            high = max(_LEAST if bar.value else 0, (foot - top) * bar.value / self._most)
            painter.fillRect(QRectF(place.center().x() - wide / 2, foot - high, wide, high), self._colour)
            if bar.value and (has_room or bar.value == self._most):
                painter.setPen(text)
                painter.drawText(
                    self._line_around(place.center().x(), foot - high - line, f"{bar.value:,}"), f"{bar.value:,}"
                )
        painter.setPen(QPen(QColor(tones(self).muted), 1))
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))
        self._draw_labels(painter, places, foot)
        self._draw_marks(painter, step, foot)

    def _draw_labels(self, painter: QPainter, places: list[tuple[Bar, QRectF]], foot: float) -> None:
        """Every label, or every second, third … so that none stands in another's way."""
        widest = max(self.fontMetrics().horizontalAdvance(bar.label) for bar, _ in places) + GAP
        each = max(1, -int(-widest // places[0][1].width()))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        taken = -float(GAP)
        for bar, place in places[::each]:
            label = visible(bar.label)
            room = self._line_around(place.center().x(), foot, label)
            if room.left() >= taken + GAP:  # the first may have been pushed into the picture
                painter.drawText(room, _LEFT, label)
                taken = room.right()

    def _draw_marks(self, painter: QPainter, step: float, foot: float) -> None:
        """A broken line after the bar, its word at the top, each on a line of its own."""
        line = self.fontMetrics().height()
        colour = QColor(tones(self).caution)
        for number, (after, word) in enumerate(self._chart.marks):
            x = (after + 1) * step
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, line * number + TIGHT), QPointF(x, foot))
            painter.setPen(colour)
            wide = self.fontMetrics().horizontalAdvance(word)
            is_left = x + TIGHT + wide > self.width()
            at = x - TIGHT - wide if is_left else x + TIGHT
            painter.drawText(QRectF(at, line * number, wide + 1, line), _LEFT, word)

    def _line_around(self, x: float, y: float, text: str) -> QRectF:
        """Room for a text around a place, within the widget."""
        wide = self.fontMetrics().horizontalAdvance(text) + 1
        return QRectF(min(max(0.0, x - wide / 2), self.width() - wide), y, wide, self.fontMetrics().height())

    @property
    def _colour(self) -> QColor:
        return QColor(tones(self).accent)


_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
