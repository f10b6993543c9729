"""The parts of a workbook's file: a ZIP archive of XML, unpacked no further than there is room, entities refused."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from uidmanager.sheets.errors import DamagedSheetError, LargeSheetError
from uidmanager.sheets.limits import LARGEST_PART

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Begin = Callable[[str, dict[str, str]], None]
    End = Callable[[str], None]
    Take = Callable[[str], None]

_PIECE: Final = 1 << 16
_MOST_PARTS: Final = 10_000


class Parts:
    """A workbook's archive. Raises `DamagedSheetError` for what is none, and whatever part is broken."""

    def __init__(self, where: Path, content: bytes) -> None:
        self.where = where
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            found = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise DamagedSheetError(where, "its archive cannot be opened") from error
        if len(found) > _MOST_PARTS:
            raise DamagedSheetError(where, f"its archive has {len(found):,} parts")
        self._infos = {_plain(info.filename): info for info in found}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._infos

    def size(self, name: str) -> int:
        """How large a part says it is, unpacked; nothing relies on it."""
        info = self._infos.get(_plain(name))
        return 0 if info is None else info.file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a part, piece by piece, as far as there is room for it."""
        info = self._infos.get(_plain(name))
        if info is None:
            raise DamagedSheetError(self.where, f"its part {name} is missing")
        said = info.file_size
        info.file_size = LARGEST_PART + 2 * _PIECE  # what it says may be a lie; how long it is, is seen
        total = 0
        try:
            with self._archive.open(info) as part:
                while piece := part.read(_PIECE):
                    total += len(piece)
                    if total > LARGEST_PART:
                        what = f"unpacks to more than {LARGEST_PART >> 20} MB"
                        raise LargeSheetError(self.where, what, "Keep what is to be imported in a workbook of its own.")
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise DamagedSheetError(self.where, f"its part {name} cannot be unpacked") from error
        finally:
            info.file_size = said

    def parse(self, name: str, begin: Begin, end: End, take: Take) -> None:
        """Go through a part that is XML.

        ``begin`` and ``end`` get the names of elements without their prefix,
        if the root has one: those that then have one are extensions, which say nothing of a cell.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_entities

        def first(tag: str, attributes: dict[str, str]) -> None:
            if ":" in tag:  # as some programs write all their elements
                parser.StartElementHandler = lambda tag, attributes: begin(tag.rpartition(":")[2], attributes)
                parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
            else:
                parser.StartElementHandler, parser.EndElementHandler = begin, end
            begin(tag.rpartition(":")[2], attributes)

        parser.StartElementHandler = first
        parser.CharacterDataHandler = take
        try:
            for piece in self.pieces(name):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise DamagedSheetError(self.where, f"its part {name} is no XML that can be read ({error})") from error

    def _refuse_entities(self, *_declared: object) -> None:
        """No spreadsheet program writes them, and a few lines of them can stand for gigabytes."""
        raise DamagedSheetError(self.where, "it declares entities of its own, as no spreadsheet program does")


def target(part: str, relative: str) -> str:
    """The part that a relation of another part points to."""
    plain = relative.replace("\\", "/")
    return _plain(plain) if plain.startswith("/") else _plain(posixpath.join(posixpath.dirname(part), plain))


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
