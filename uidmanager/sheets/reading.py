"""From a file to a table: what kind of file it is, and its reader."""

from __future__ import annotations

import re
import stat
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.takeover.table import Table
from uidmanager.core.texts import visible
from uidmanager.sheets.delimited import read_delimited
from uidmanager.sheets.errors import (
    EmptySheetError,
    ForeignSheetError,
    LargeSheetError,
    LockedSheetError,
    OurFileError,
    SheetMissingError,
)
from uidmanager.sheets.limits import LARGEST_FILE
from uidmanager.sheets.parts import Parts
from uidmanager.sheets.workbook import SheetName, empty, main_part, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.app.ports import Progress
    from uidmanager.core.takeover.table import Line

SUFFIXES: Final = (".xlsx", ".xlsm", ".csv", ".tsv", ".tab", ".txt")
"""How the names of files end that are read. What is in a file decides, not its name."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = b"PK\x03\x04"
_STARTS: Final = (
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"PK\x05\x06", "an archive with nothing in it"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)
_LEDGER: Final = re.compile(rb'\s*\{"h":"[0-9a-f]{64}"').match
_EXPORT: Final = re.compile(rb'\s*\{\s*"format":\s*"uidmanager-registry"').match
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|body)", re.IGNORECASE).match
_JSON: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{"])').match
_PATH: Final = 4


class Wishes(Struct, frozen=True):
    """What was chosen of how a file is read. None: as it is recognised."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


class Reading(Struct, frozen=True):
    """A table, and how it was read: of a text its encoding and delimiter, of a workbook which sheets it has."""

    table: Table
    sheets: tuple[SheetName, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is CSV or the like."""
        return self.encoding is not None


def read_spreadsheet(where: Path, wishes: Wishes, progress: Progress) -> Reading:
    """Read a file. Raises a `SheetError` that says what it is instead, and what to do."""
    content = _content(where)
    progress("Reading the spreadsheet", 0.0)
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise EmptySheetError(where, "All")
    _refuse_foreign(where, content)
    name, digest = visible(where.name), sha256(content).hexdigest()
    if content.startswith(_ZIP):
        return _workbook(where, content, name, digest, wishes, progress)
    text = read_delimited(where, content, wishes.encoding, wishes.delimiter, progress)
    if not text.lines:
        raise EmptySheetError(where, "All")
    table = Table(name, digest, text.lines, _width(text.lines), remarks=text.remarks)
    return Reading(table, encoding=text.encoding, delimiter=text.delimiter)


def _workbook(where: Path, content: bytes, name: str, digest: str, wishes: Wishes, progress: Progress) -> Reading:
    parts = Parts(where, content)
    main = main_part(parts)
    _refuse_other_archives(where, parts, main, content)
    book = read_workbook(parts, main, wishes.sheet, progress)
    if not book.lines:
        raise empty(where, book.sheet)
    width = _width(book.lines)
    table = Table(name, digest, book.lines, width, book.sheet, book.hidden_columns, book.remarks)
    return Reading(table, book.sheets)


def _width(lines: tuple[Line, ...]) -> int:
    return max(len(line.cells) for line in lines)


def _content(where: Path) -> bytes:
    try:
        found = where.stat()
        if not stat.S_ISREG(found.st_mode):  # to open a pipe would keep us waiting
            raise SheetMissingError(where, "it is a folder or a device")
        if found.st_size > LARGEST_FILE:
            what = f"is larger than {LARGEST_FILE >> 20} MB"
            raise LargeSheetError(where, what, "Keep what is to be imported in a file of its own, or cut it in parts.")
        with where.open("rb") as opened:
            return opened.read(LARGEST_FILE)
    except (OSError, ValueError) as error:  # a name with a NUL in it
        raise SheetMissingError(where, getattr(error, "strerror", None) or str(error)) from error


def _refuse_foreign(where: Path, content: bytes) -> None:
    """Say what a file is that is neither a text nor a workbook, or that another command takes."""
    if content.startswith(_OLE):
        if _LOCKED in content:
            raise LockedSheetError(where)
        raise ForeignSheetError(
            where, "a workbook of the old kind (.xls), whose formats and formulas are not read here"
        )
    for start, what in _STARTS:
        if content.startswith(start):
            raise ForeignSheetError(where, what)
    if _LEDGER(content):
        raise OurFileError(
            where, "a ledger: name it with --ledger to work with it, or bring it back with “uidmanager restore”"
        )
    if _EXPORT(content):
        raise OurFileError(
            where, "a registry's document: “uidmanager import” without --kind, or File → Import a registry, takes it"
        )
    if _MARKUP(content):
        raise ForeignSheetError(where, "a web page or XML, whatever its name says")
    if _JSON(content):
        raise ForeignSheetError(where, "JSON")


def _refuse_other_archives(where: Path, parts: Parts, main: str, content: bytes) -> None:
    if main in parts and main.endswith(".xml") and main.startswith("xl/"):
        return
    if "xl/workbook.bin" in parts:
        raise ForeignSheetError(where, "a binary workbook (.xlsb)")
    if b"opendocument.spreadsheet" in content[:200]:
        raise ForeignSheetError(
            where, "an OpenDocument spreadsheet (.ods), whose formats and formulas are not read here"
        )
    raise ForeignSheetError(where, "an archive, but no workbook")
