"""What stands on the pages of a PDF, read back by a reader that shares nothing with the writer: text, place, width."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PageObject

_ABOVE, _BELOW = 0.93, 0.24  # of the size: as much as DejaVu's letters rise and hang


class Printed(NamedTuple):
    """A string on a page: its codes, and the box that its advance and size make, in points."""

    page: int
    codes: bytes
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Printed) -> bool:
        """Whether two boxes on one page have more in common than the breadth of a hair."""
        hair = 0.15
        across = min(self.right, other.right) - max(self.left, other.left)
        along = min(self.top, other.top) - max(self.bottom, other.bottom)
        return self.page == other.page and across > hair and along > hair


def reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in reader(content).pages)


def fonts_of(page: PageObject) -> dict[str, Any]:
    resources: Any = page["/Resources"]
    return {name: font.get_object() for name, font in resources["/Font"].items()}


def printed(content: bytes) -> Iterator[Printed]:
    """Each string that is shown, in the order of the file."""
    document = reader(content)
    for number, page in enumerate(document.pages):
        widths = {name: font["/DescendantFonts"][0].get_object()["/W"][1] for name, font in fonts_of(page).items()}
        yield from _on_page(number, ContentStream(page["/Contents"].get_object(), document), widths)


def _on_page(number: int, stream: ContentStream, widths: dict[str, Any]) -> Iterator[Printed]:
    font, size, matrix, run = "", 0.0, [1.0, 0, 0, 1, 0, 0], 0.0
    for operands, operator in stream.operations:
        if operator == b"Tf":
            font, size = str(operands[0]), float(operands[1])
        elif operator == b"Tm":
            matrix, run = [float(each) for each in operands], 0.0
        elif operator == b"TJ":
            codes, width = b"", 0.0
            for item in operands[0]:
                if isinstance(item, (int, float)):
                    width -= float(item) * size / 1000
                    continue
                raw = item.original_bytes
                codes += raw
                for place in range(0, len(raw), 2):
                    width += float(widths[font][int.from_bytes(raw[place : place + 2], "big")]) * size / 1000
            yield Printed(number, codes, *_box(matrix, run, run + width, size))
            run += width


def _box(matrix: list[float], begin: float, end: float, size: float) -> tuple[float, float, float, float]:
    *turn, x, y = matrix
    if turn[0]:
        return x + begin, y - _BELOW * size, x + end, y + _ABOVE * size
    return x - _ABOVE * size, y + begin, x + _BELOW * size, y + end
