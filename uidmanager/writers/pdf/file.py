"""The file itself: its objects, its pages, its properties. The layer of reportlab below its canvas writes them.

The canvas would keep every page uncompressed until the end, ask for fonts that are registered for the whole program,
and number the letters of a font in heaps of 256. Below it pages are handed over as they are to stand in the file.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFArrayCompact, PDFDictionary, PDFDocument, PDFName, PDFPage, PDFStream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VERSION: Final = (1, 7)
_LANGUAGE: Final = "en-GB"
_TO_THE_SECOND: Final = len("2026-11-22T21:06:42")


class Properties(NamedTuple):
    """What a reader's “document properties” say. ``made_at`` is in UTC, ISO 8601."""

    title: str
    author: str
    subject: str
    creator: str
    keywords: str
    made_at: str


class PdfFile:
    """A PDF to which objects are added. What is made of the same objects in the same order has the same bytes."""

    def __init__(self) -> None:
        self._document: Any = PDFDocument(invariant=1, pdfVersion=_VERSION, lang=_LANGUAGE)

    def add(self, thing: object) -> object:
        """Put an object into the file; answers what others refer to it by."""
        return self._document.Reference(thing)

    def add_stream(self, compressed: bytes, **more: int) -> object:
        """The same of bytes that `packed` has compressed. ``more`` stands in the stream's dictionary."""
        stream: Any = PDFStream(content=compressed)
        stream.dictionary["Filter"] = PDFName("FlateDecode")
        for name, value in more.items():
            stream.dictionary[name] = value
        return self.add(stream)

    def add_resources(self, fonts: Mapping[str, object], pictures: Mapping[str, object]) -> object:
        """What pages may ask for: fonts and pictures by the names they go by there."""
        kinds = {"Font": fonts, "XObject": pictures} if pictures else {"Font": fonts}
        return self.add(PDFDictionary({kind: PDFDictionary(dict(things)) for kind, things in kinds.items()}))

    def add_page(self, size: tuple[float, float], resources: object, contents: Sequence[object]) -> None:
        """A page of this size, drawn by these streams one after the other."""
        page: Any = PDFPage()
        page.Override_default_compilation = 1  # all of it is said here
        page.MediaBox = PDFArrayCompact([0, 0, *size])
        page.Resources = resources
        page.Parent = self.add(self._document.Pages)
        page.Contents = PDFArrayCompact(contents)
        self._document.addPage(page)

    def describe(self, properties: Properties, *, keeps_size: bool = False) -> None:
        """Set properties, time and identity: all of them the document's own, none of this moment or machine.

        With ``keeps_size`` readers are asked to print it as large as it is, not to fit it to the printer's margins.
        """
        document = self._document
        document.setTitle(properties.title)
        document.setAuthor(properties.author)
        document.setSubject(properties.subject)
        document.setCreator(properties.creator)
        document.setKeywords(properties.keywords)
        at = "".join(filter(str.isdigit, properties.made_at[:_TO_THE_SECOND]))
        document.setDateFormatter(lambda *_now: f"D:{at}+00'00'")
        document.signature = hashlib.md5("\0".join(properties).encode(), usedforsecurity=False)
        preferences: dict[str, object] = {"DisplayDocTitle": "true"}
        if keeps_size:
            preferences["PrintScaling"] = PDFName("None")
        document.Catalog.ViewerPreferences = PDFDictionary(preferences)

    def content(self) -> bytes:
        """The whole file. Nothing can be added after that."""
        content: bytes = self._document.GetPDFData(None)
        return content


def packed(content: bytes) -> bytes:
    """Compressed as `PdfFile.add_stream` wants it."""
    return zlib.compress(content)
