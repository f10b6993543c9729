"""How the formats of reports are offered to a person."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QLocale

from uidmanager.writers.formats import Format
from uidmanager.writers.pdf.paper import Paper

Land = QLocale.Country


class FileKind(NamedTuple):
    """What a format is called, and whom it is for."""

    title: str
    purpose: str


FILE_KINDS: Final[dict[Format, FileKind]] = {
    Format.PDF: FileKind("PDF", "To be read, printed, signed and kept"),
    Format.XLSX: FileKind("Workbook (XLSX)", "For spreadsheets; every cell is text, so that nothing is changed"),
    Format.HTML: FileKind("Web page (HTML)", "One file that needs nothing beside it, and prints well"),
    Format.CSV: FileKind("CSV", "For spreadsheets and other programs; says nothing of the ledger's state"),
    Format.JSON: FileKind("JSON", "For other programs, every value as the ledger has it"),
    Format.MARKDOWN: FileKind("Markdown", "A table for a wiki or a repository"),
    Format.TEXT: FileKind("Plain text", "A table for reading anywhere"),
}
"""All formats, in the order in which they are offered. A test asks for each."""

PAPERS: Final[dict[Paper, str]] = {Paper.A4: "A4", Paper.LETTER: "Letter"}
"""The sheets, by their names."""

_LETTER_LANDS: Final = frozenset(
    {
        Land.UnitedStates,
        Land.Canada,
        Land.Mexico,
        Land.Belize,
        Land.Chile,
        Land.Colombia,
        Land.CostaRica,
        Land.ElSalvador,
        Land.Guatemala,
        Land.Nicaragua,
        Land.Panama,
        Land.Philippines,
        Land.PuertoRico,
        Land.Venezuela,
    }
)  # those of the Unicode CLDR, paperSize


def usual_paper(locale: QLocale) -> Paper:
    """The sheet that lies in the printers of a country."""
    return Paper.LETTER if locale.territory() in _LETTER_LANDS else Paper.A4
