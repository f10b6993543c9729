"""Pages of labels as pictures: the filled rectangles of a PDF, the graphics of ZPL, without any other tool."""

from __future__ import annotations

import re
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream

from uidmanager.barcodes.making import Found, read_codes

_POINTS = 72.0
_GRAPHIC = re.compile(r"\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)\^FS")
_SIZE = re.compile(r"\^PW(\d+)\n\^LL(\d+)")


class Picture:
    """A white picture of one byte a dot; what is black is put into it."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(b"\xff" * width) for _ in range(height)]

    def fill(self, left: int, top: int, right: int, bottom: int) -> None:
        for row in self._rows[max(0, top) : max(0, bottom)]:
            row[max(0, left) : max(0, right)] = bytes(max(0, min(right, self.width) - max(0, left)))

    def part(self, left: int, top: int, right: int, bottom: int) -> Picture:
        """What lies inside, alone."""
        part = Picture(right - left, bottom - top)
        part._rows = [bytearray(row[left:right].ljust(right - left, b"\xff")) for row in self._rows[top:bottom]]
        return part

    def codes(self) -> tuple[Found, ...]:
        """What a reader finds, by what it says."""
        rows = b"".join(self._rows)
        return tuple(sorted(read_codes(rows, self.width, len(self._rows)), key=lambda found: found.aim))


class Box(NamedTuple):
    """A filled rectangle in millimetres from the upper left corner of its page."""

    x: float
    y: float
    width: float
    height: float


def boxes_of(content: bytes) -> list[list[Box]]:
    """The filled rectangles of each page of a PDF."""
    document = PdfReader(BytesIO(content), strict=True)
    pages = []
    for page in document.pages:
        tall = float(page.mediabox.height)
        stream = ContentStream(page["/Contents"].get_object(), document)
        places = [[float(each) for each in operands] for operands, operator in stream.operations if operator == b"re"]
        scale = 25.4 / _POINTS
        pages.append([Box(x * scale, (tall - y - h) * scale, w * scale, h * scale) for x, y, w, h in places])
    return pages


def pictures_of_pdf(content: bytes, dpi: int) -> list[Picture]:
    """Its pages, with what is filled in them; text is left out."""
    document = PdfReader(BytesIO(content), strict=True)
    pictures = []
    for page, boxes in zip(document.pages, boxes_of(content), strict=True):
        width, height = (round(float(each) / _POINTS * dpi) for each in (page.mediabox.width, page.mediabox.height))
        picture = Picture(width, height)
        for x, y, wide, high in boxes:
            edges = (round(each / 25.4 * dpi) for each in (x, y, x + wide, y + high))
            picture.fill(*edges)
        pictures.append(picture)
    return pictures


def pictures_of_zpl(content: bytes) -> list[Picture]:
    """Its labels, with the graphics in them as a printer sets them."""
    pictures = []
    for label in content.decode("ascii").split("^XA")[1:]:
        size = _SIZE.search(label)
        assert size is not None
        picture = Picture(int(size[1]), int(size[2]))
        for x, y, total, again, per_row, digits in _GRAPHIC.findall(label):
            assert len(digits) == 2 * int(total) == 2 * int(again)
            _set(picture, int(x), int(y), int(per_row), bytes.fromhex(digits))
        pictures.append(picture)
    return pictures


def _set(picture: Picture, x: int, y: int, per_row: int, graphic: bytes) -> None:
    for row in range(len(graphic) // per_row):
        bits = f"{int.from_bytes(graphic[row * per_row : (row + 1) * per_row]):0{8 * per_row}b}"
        for place, bit in enumerate(bits):
            if bit == "1":
                picture.fill(x + place, y + row, x + place + 1, y + row + 1)
