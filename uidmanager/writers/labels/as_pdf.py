"""Labels as a PDF, exact to the micrometre: codes are shapes, text is in the fonts that come with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.app.ports import no_progress
from uidmanager.core.labels.marks import POINT
from uidmanager.core.labels.outlines import outline_page
from uidmanager.core.labels.sheets import page_count, pages_of
from uidmanager.core.texts import visible
from uidmanager.writers.pdf.embedding import embedded
from uidmanager.writers.pdf.faces import EM
from uidmanager.writers.pdf.file import PdfFile, Properties, packed
from uidmanager.writers.pdf.sheet import Sheet
from uidmanager.writers.pdf.typeface import Style as PdfStyle
from uidmanager.writers.pdf.typeface import Typefaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.labels.marks import Label, TextMark
    from uidmanager.core.labels.sheets import Placed, SheetOptions
    from uidmanager.core.labels.templates import Style, Template
    from uidmanager.writers.stamp import Stamp

_BLACK: Final = "#000000"
_DOT: Final = 25.4 / 300
"""A module is whole dots of 300 to the inch, so that printers of 300, 600 and 1200 make all of them equally wide."""


class PdfPen:
    """Draws with the fonts that come with the program, in any size."""

    letters = "the fonts that come with this program"
    dot = _DOT

    def __init__(self, faces: Typefaces | None = None) -> None:
        self.faces = faces or Typefaces()

    def size_for(self, wanted: float, smallest: float) -> float:
        """Any size there is."""
        return max(wanted, smallest)

    def width(self, text: str, style: Style, size: float) -> float:
        """How wide a text is on one line."""
        return self.faces.width(text, PdfStyle(style.value)) * size / EM

    def lacking(self, text: str, style: Style) -> str:
        """The characters that no font has."""
        return self.faces.lacking(text, PdfStyle(style.value))


def write(
    template: Template,
    labels: Sequence[Label],
    options: SheetOptions,
    stamp: Stamp,
    progress: Progress = no_progress,
) -> bytes:
    """The labels on their pages. The same labels, options and stamp make the same bytes."""
    faces = Typefaces()
    count = page_count(template, len(labels), options)
    sheets: list[Sheet] = []
    for number, page in enumerate(pages_of(template, labels, options)):
        progress("Drawing the labels", number / count)
        sheets.append(_drawn(template, page, faces))
    title = f"Labels on {template.title}"
    serials = f"{len(labels)} units" if len(labels) != 1 else f"unit {labels[0].unit.serial}"
    return _file(template, sheets, faces, _properties(title, serials, stamp))


def write_outlines(template: Template, options: SheetOptions, stamp: Stamp) -> bytes:
    """The test page of a template."""
    pen = PdfPen()
    page = outline_page(template, options, pen)
    sheet = Sheet()
    height = template.page[1]
    sheet.bars((_up(bar, height) for bar in page.bars), _BLACK)
    _write(sheet, page.texts, pen.faces, 0.0, 0.0, height)
    title = f"Test page for {template.title}"
    return _file(template, [sheet], pen.faces, _properties(title, "outlines of all labels", stamp))


def _drawn(template: Template, page: Iterable[Placed], faces: Typefaces) -> Sheet:
    sheet = Sheet()
    height = template.page[1]
    for placed in page:
        for code in placed.label.codes:
            moved = ((placed.x + x, placed.y + y, width, down) for x, y, width, down in code.bars())
            sheet.bars((_up(bar, height) for bar in moved), _BLACK)
        _write(sheet, placed.label.texts, faces, placed.x, placed.y, height)
    return sheet


def _write(sheet: Sheet, texts: Iterable[TextMark], faces: Typefaces, x: float, y: float, height: float) -> None:
    for text in texts:
        line = faces.line(text.text, PdfStyle(text.style.value))
        sheet.write((x + text.x) / POINT, (height - y - text.base) / POINT, line, text.points, _BLACK)


def _up(bar: tuple[float, float, float, float], height: float) -> tuple[float, float, float, float]:
    """A rectangle as PDF has it: in points, from the lower left corner."""
    x, y, width, down = bar
    return x / POINT, (height - y - down) / POINT, width / POINT, down / POINT


def _file(template: Template, sheets: Iterable[Sheet], faces: Typefaces, properties: Properties) -> bytes:
    file = PdfFile()
    contents = [packed(sheet.content()) for sheet in sheets]
    resources = file.add_resources({face.key: embedded(face, file) for face in faces.faces.values()}, {})
    width, height = template.page
    for content in contents:
        file.add_page((width / POINT, height / POINT), resources, [file.add_stream(content)])
    file.describe(properties, keeps_size=True)
    return file.content()


def _properties(title: str, subject: str, stamp: Stamp) -> Properties:
    return Properties(
        title=visible(title),
        author=visible(f"{stamp.by} at {stamp.station}"),
        subject=visible(subject),
        creator=f"UID Manager {stamp.app}",
        keywords="",
        made_at=stamp.made_at,
    )
