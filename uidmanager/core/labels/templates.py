"""A template: what kind of paper, how large a label, what stands where on it. In millimetres; text in points."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GS1_SMALLEST: Final = 0.254
"""As small as GS1 lets a module of its DataMatrix be in healthcare (GS1 General Specifications, 5.12.3, table 7)."""

_SMALLEST_LABEL: Final = 5.0
_LARGEST_LABEL: Final = 500.0
_FINEST_MODULE: Final = 0.1
_COARSEST_MODULE: Final = 5.0
_SMALLEST_TEXT: Final = 3.0
_LARGEST_TEXT: Final = 96.0
_MOST_LINES: Final = 9
_MOST_CELLS: Final = 1000
_ROUNDING: Final = 0.01
_LONGEST_TEXT: Final = 200
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME: Final = 40


class Symbol(StrEnum):
    """A kind of code. A DataMatrix says the serial, a QR Code the installation root."""

    DATAMATRIX = "datamatrix"
    QR = "qr"

    @property
    def quiet(self) -> int:
        """How many modules must stay empty on each side (ISO/IEC 16022; ISO/IEC 18004)."""
        return 1 if self is Symbol.DATAMATRIX else 4

    @property
    def called(self) -> str:
        """What people call it."""
        return "DataMatrix" if self is Symbol.DATAMATRIX else "QR Code"


class What(StrEnum):
    """What a line of text says. ``code`` is what the code says; where that is the serial, the line of it is enough."""

    CODE = "code"
    SERIAL = "serial"
    ROOT = "root"
    PRODUCT = "product"
    DATE = "date"
    BATCH = "batch"
    TEXT = "text"


class Style(StrEnum):
    """What a line is set in. In ``mono`` 0 and O, 1 and l differ at a glance."""

    SANS = "sans"
    BOLD = "bold"
    MONO = "mono"


class Paper(StrEnum):
    """The sheets that labels come on."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it stands upright."""
        return (210.0, 297.0) if self is Paper.A4 else (215.9, 279.4)


class Grid(Struct, frozen=True, forbid_unknown_fields=True):
    """How labels lie on a sheet: ``left`` and ``top`` of the first one, and what is between two of them."""

    paper: Paper
    columns: int
    rows: int
    left: float
    top: float
    gap_across: float = 0.0
    gap_down: float = 0.0


class CodePlace(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a code may lie, with its quiet zone."""

    symbol: Symbol
    x: float
    y: float
    width: float
    height: float


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of text: wanted ``size``, down to ``smallest``, in up to ``lines`` lines; ``caption`` stands before it.

    For ``text`` the caption is all of it.
    """

    what: What
    size: float
    smallest: float
    style: Style = Style.SANS
    caption: str = ""
    lines: int = 1


class TextPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """Where lines of text stand, one below the other."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    """A label. Without a ``sheet`` it comes from a roll, one after the other.

    ``smallest_module`` and ``largest_module`` say how wide one module of a code may be.
    """

    name: str
    title: str
    about: str
    width: float
    height: float
    codes: tuple[CodePlace, ...] = ()
    texts: tuple[TextPlace, ...] = ()
    sheet: Grid | None = None
    smallest_module: float = 0.25
    largest_module: float = 0.6

    @property
    def cells(self) -> int:
        """How many labels are on a page."""
        return 1 if self.sheet is None else self.sheet.columns * self.sheet.rows

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of a page."""
        return (self.width, self.height) if self.sheet is None else self.sheet.paper.size

    def corner(self, cell: int) -> tuple[float, float]:
        """Where a label lies on its page, by its place from 0 on: row after row from the upper left corner."""
        if self.sheet is None:
            return 0.0, 0.0
        row, column = divmod(cell, self.sheet.columns)
        x = self.sheet.left + column * (self.width + self.sheet.gap_across)
        return x, self.sheet.top + row * (self.height + self.sheet.gap_down)

    def smallest_for(self, *, is_gs1: bool) -> float:
        """How small a module may be."""
        return max(self.smallest_module, GS1_SMALLEST) if is_gs1 else self.smallest_module


def is_name(text: str) -> bool:
    """Whether a template may be called so: small letters and digits, with hyphens between them."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def faults_of(template: Template) -> tuple[tuple[str, str], ...]:
    """What is wrong with a template: the field, and half a sentence. Empty when it can be used."""
    first = tuple(_numbers(template))
    if first:
        return first  # what follows reckons with them
    rules = (_modules, _sheet, _places, _apart, _lines, _words)
    return tuple(fault for rule in rules for fault in rule(template))


def _numbers(template: Template) -> Iterator[tuple[str, str]]:
    """JSON has no infinities, but it has numbers that no label has."""
    for name, value in (("width", template.width), ("height", template.height)):
        if not _SMALLEST_LABEL <= value <= _LARGEST_LABEL:
            yield name, f"{value:g} mm; a label is from {_SMALLEST_LABEL:g} to {_LARGEST_LABEL:g} mm"
    lengths = [each for place in _all_places(template) for each in (place.x, place.y, place.width, place.height)]
    if template.sheet is not None:
        sheet = template.sheet
        lengths += [sheet.left, sheet.top, sheet.gap_across, sheet.gap_down]
    if not all(0 <= each <= _LARGEST_LABEL for each in lengths):
        yield "codes, texts, sheet", f"a length is less than 0 or more than {_LARGEST_LABEL:g} mm"


def _modules(template: Template) -> Iterator[tuple[str, str]]:
    smallest, largest = template.smallest_module, template.largest_module
    if not _FINEST_MODULE <= smallest <= largest <= _COARSEST_MODULE:
        yield "smallest_module", f"modules are from {_FINEST_MODULE:g} to {_COARSEST_MODULE:g} mm, the smallest first"


def _sheet(template: Template) -> Iterator[tuple[str, str]]:
    sheet = template.sheet
    if sheet is None:
        return
    if sheet.columns < 1 or sheet.rows < 1 or sheet.columns * sheet.rows > _MOST_CELLS:
        yield "sheet", f"{sheet.columns} × {sheet.rows} labels; there must be from 1 to {_MOST_CELLS}"
        return
    x, y = template.corner(template.cells - 1)
    across, down = x + template.width, y + template.height
    width, height = sheet.paper.size
    if across > width + _ROUNDING or down > height + _ROUNDING:
        yield "sheet", f"the labels take {across:g} × {down:g} mm, the paper has {width:g} × {height:g}"


def _places(template: Template) -> Iterator[tuple[str, str]]:
    if not template.codes:
        yield "codes", "a label without a code cannot be read back; give it a datamatrix or a qr"
    if len({code.symbol for code in template.codes}) < len(template.codes):
        yield "codes", "two of them are of one kind"
    for place in _all_places(template):
        right, bottom = place.x + place.width, place.y + place.height
        if right > template.width + _ROUNDING or bottom > template.height + _ROUNDING:
            yield "codes, texts", f"a place ends at {right:g}, {bottom:g} mm, beyond the label"


def _apart(template: Template) -> Iterator[tuple[str, str]]:
    for one, other in combinations(_all_places(template), 2):
        across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        if across > _ROUNDING and down > _ROUNDING:
            yield "codes, texts", f"the places at {one.x:g}, {one.y:g} and at {other.x:g}, {other.y:g} mm overlap"


def _lines(template: Template) -> Iterator[tuple[str, str]]:
    for line in (line for place in template.texts for line in place.lines):
        if not _SMALLEST_TEXT <= line.smallest <= line.size <= _LARGEST_TEXT:
            yield "size", f"text is from {_SMALLEST_TEXT:g} to {_LARGEST_TEXT:g} points, the smallest no larger than it"
        if not 1 <= line.lines <= _MOST_LINES:
            yield "lines", f"{line.lines}; from 1 to {_MOST_LINES} are possible"
        if line.what is What.TEXT and not line.caption:
            yield "caption", "a line of “text” needs it: it is the text"


def _words(template: Template) -> Iterator[tuple[str, str]]:
    words = [template.title, template.about, *(line.caption for place in template.texts for line in place.lines)]
    for text in words:
        hidden = next((character for character in text if not character.isprintable()), None)
        if hidden is not None:
            yield "words", f"there is U+{ord(hidden):04X}, which cannot be seen"
        if len(text) > _LONGEST_TEXT:
            yield "words", f"there is a text of {len(text)} characters, more than {_LONGEST_TEXT}"


def _all_places(template: Template) -> Iterable[CodePlace | TextPlace]:
    return (*template.codes, *template.texts)
