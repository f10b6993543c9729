"""How the formats of reports are offered to a person."""

from __future__ import annotations

from typing import Final, NamedTuple

from uidmanager.writers.formats import Format


class FileKind(NamedTuple):
    """What a format is called, and whom it is for."""

    title: str
    purpose: str


FILE_KINDS: Final[dict[Format, FileKind]] = {
    Format.CSV: FileKind("CSV", "For spreadsheets and other programs; says nothing of the ledger's state"),
    Format.JSON: FileKind("JSON", "For other programs, every value as the ledger has it"),
    Format.TEXT: FileKind("Plain text", "A table for reading anywhere"),
}
"""All formats, in the order in which they are offered. A test asks for each."""
