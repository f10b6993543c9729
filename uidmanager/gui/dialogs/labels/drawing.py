"""Draws a page of labels with Qt, from the same rectangles and texts as the PDF: on the screen, and on a printer.

Text is set in the fonts that come with the program and drawn as shapes, so that its size is exact everywhere.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPainterPath, QTransform

from uidmanager.resources import resource_bytes
from uidmanager.writers.pdf.typeface import Style as PdfStyle
from uidmanager.writers.pdf.typeface import font_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.labels.marks import TextMark
    from uidmanager.core.labels.sheets import Placed
    from uidmanager.core.labels.templates import Style, Template

_EM: Final = 1000  # pixels to the size of a font while its shapes are taken
_HAIRLINE: Final = 0.15


def draw_labels(painter: QPainter, page: Iterable[Placed]) -> None:
    """Draw the labels of a page. One unit of the painter is a millimetre; its origin is the paper's corner."""
    black = QColor(Qt.GlobalColor.black)
    for placed in page:
        for code in placed.label.codes:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            for x, y, width, height in code.bars():
                painter.fillRect(QRectF(placed.x + x, placed.y + y, width, height), black)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for text in placed.label.texts:
            painter.fillPath(_shapes(text).translated(placed.x + text.x, placed.y + text.base), black)


def draw_edges(painter: QPainter, template: Template, colour: QColor) -> None:
    """Draw the edges of all labels of a page, which are not printed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = painter.pen()
    pen.setColor(colour)
    pen.setWidthF(_HAIRLINE)
    painter.setPen(pen)
    for cell in range(template.cells):
        x, y = template.corner(cell)
        painter.drawRect(QRectF(x, y, template.width, template.height))


def _shapes(text: TextMark) -> QPainterPath:
    path = QPainterPath()
    path.addText(0.0, 0.0, _font(text.style), text.text)
    scale = text.size / _EM
    return QTransform.fromScale(scale, scale).map(path)


@cache
def _font(style: Style) -> QFont:
    """The fonts of a style as one: the first that has a character shows it."""
    families: list[str] = []
    is_bold = False
    for resource in font_files(PdfStyle(style.value)):
        number = QFontDatabase.addApplicationFontFromData(resource_bytes(resource))
        families.extend(each for each in QFontDatabase.applicationFontFamilies(number) if each not in families)
        is_bold = is_bold or resource.endswith("-Bold.ttf")
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(_EM)
    font.setBold(is_bold)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
