"""The snippets there are, by the name of their toolkit, with the light for a root of this length before each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from uidmanager.core.texts import visible
from uidmanager.gui.theme import tones
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.snippets.rendering import Snippet
    from uidmanager.gui.theme import Tones

_WIDTH: Final = 240
_ROW: Final = QSize(0, 22)  # as wide as there is room
_SIGN: Final = 14
_LIGHTS: Final = {
    "snippet.fits": ("●", "fits", "fits"),
    "snippet.little_room": ("◐", "fits, with a caution", "caution"),
    "snippet.no_room": ("✕", "does not fit", "refused"),
}
_NO_LIGHT: Final = ("", "", "muted")
_CANNOT: Final = ("–", "cannot be told", "muted")


class SnippetList(QListWidget):
    """One row for each snippet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "snippets_list", "Toolkits and languages")
        self.setFixedWidth(_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(_SIGN, _SIGN))
        self._signs: list[tuple[str, str, str]] = []

    def show_snippets(self, snippets: Sequence[Snippet], name: str, before: Sequence[str] = ()) -> None:
        """Show these, and ``before`` them rows with these titles. The one of this name is chosen, else the first."""
        self.clear()
        self._signs = [*(_NO_LIGHT for _title in before), *map(_sign_of, snippets)]
        titles = [*before, *(visible(snippet.template.title) for snippet in snippets)]
        for title, (_sign, words, _tone) in zip(titles, self._signs, strict=True):
            item = QListWidgetItem(title)
            item.setSizeHint(_ROW)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {words}" if words else title)
            item.setToolTip(words.capitalize())
            self.addItem(item)
        self._dress()
        names = [*before, *(snippet.template.name for snippet in snippets)]
        self.setCurrentRow(names.index(name) if name in names else len(before))

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the signs when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        tone, chosen = tones(self), self.palette().color(QPalette.ColorRole.HighlightedText)
        for row, (sign, _words, name) in enumerate(self._signs):
            made = QIcon()
            made.addPixmap(self._drawn(sign, _colour(tone, name)), QIcon.Mode.Normal)
            made.addPixmap(self._drawn(sign, chosen), QIcon.Mode.Selected)
            self.item(row).setIcon(made)

    def _drawn(self, sign: str, colour: QColor) -> QPixmap:
        scale = self.devicePixelRatioF()
        picture = QPixmap(QSize(_SIGN, _SIGN) * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setFont(self.font())
        painter.setPen(colour)
        painter.drawText(0, 0, _SIGN, _SIGN, Qt.AlignmentFlag.AlignCenter, sign)
        painter.end()
        return picture


def _sign_of(snippet: Snippet) -> tuple[str, str, str]:
    """Sign, words and tone of the light."""
    if snippet.template.cannot:
        return _CANNOT
    return next((_LIGHTS[remark.code] for remark in snippet.remarks if remark.code in _LIGHTS), _NO_LIGHT)


def _colour(tone: Tones, name: str) -> QColor:
    return QColor({"fits": tone.fits, "caution": tone.caution, "refused": tone.refused}.get(name, tone.muted))
