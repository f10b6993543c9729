"""Our few icons: strokes of one width, in the colour of the text they stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap

from uidmanager.resources import resource_text

if TYPE_CHECKING:
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget

ICON_SIZE: Final = 20
_SCALES: Final = (1, 2, 3)
_MODES: Final = (
    (QIcon.Mode.Normal, QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText),
    (QIcon.Mode.Selected, QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText),
    (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText),
)


def icon(name: str, widget: QWidget) -> QIcon:
    """The icon of this name in the colours of the widget; ask again when its palette changes."""
    drawing = resource_text(f"icons/{name}.svg")
    made = QIcon()
    for mode, group, role in _MODES:
        colour = widget.palette().color(group, role)
        for scale in _SCALES:
            made.addPixmap(_drawn(drawing, colour, scale), mode)
    return made


def _drawn(drawing: str, colour: QColor, scale: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 (loaded with the first icon, not with the program)

    picture = QPixmap(ICON_SIZE * scale, ICON_SIZE * scale)
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour.name()).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture
