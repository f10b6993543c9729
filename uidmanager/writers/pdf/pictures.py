"""Pictures in the file: what a PNG shows, without its transparency, as an object that pages can draw."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFName, PDFStream

from uidmanager.writers.pdf.file import packed

if TYPE_CHECKING:
    from uidmanager.writers.pdf.file import PdfFile


class Picture:
    """A picture from the bytes of its file. ``width`` and ``height`` are in pixels."""

    def __init__(self, content: bytes) -> None:
        reader: Any = ImageReader(BytesIO(content))
        self.width, self.height = reader.getSize()
        self._pixels = bytes(reader.getRGBData())

    def embedded(self, file: PdfFile) -> object:
        """The picture, put into the file."""
        stream: Any = PDFStream(content=packed(self._pixels))
        entries = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Image"),
            "Width": self.width,
            "Height": self.height,
            "ColorSpace": PDFName("DeviceRGB"),
            "BitsPerComponent": 8,
            "Filter": PDFName("FlateDecode"),
        }
        for name, value in entries.items():
            stream.dictionary[name] = value
        return file.add(stream)
