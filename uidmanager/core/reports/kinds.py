"""What reports there are, and their columns."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

Value = str | int | None
Row = dict[str, Value]


class Kind(StrEnum):
    """What a report lists."""

    IDENTIFIERS = "identifiers"
    INSTALLATIONS = "installations"
    RELEASES = "releases"
    PRODUCTS = "products"
    LABELS = "labels"
    HISTORY = "history"
    EXCEPTIONS = "exceptions"
    SUMMARY = "summary"


TITLES: Final[dict[Kind, str]] = {
    Kind.IDENTIFIERS: "Assigned identifiers",
    Kind.INSTALLATIONS: "Installations",
    Kind.RELEASES: "Releases",
    Kind.PRODUCTS: "Products and their numbers",
    Kind.LABELS: "Labels and checks",
    Kind.HISTORY: "History",
    Kind.EXCEPTIONS: "Gaps and exceptions",
    Kind.SUMMARY: "Registry summary",
}
"""What stands over each report."""


class Nature(StrEnum):
    """What the values of a column are, for who lays them out.

    ``TEXT`` is prose in any script; ``UID`` up to 64 digits and dots; ``CODE`` is read character by character (a
    serial, a version name); ``WORD`` is one of a few; ``NUMBER`` is whole; ``TIME`` is UTC in ISO 8601 with
    microseconds.
    """

    TEXT = "text"
    UID = "uid"
    CODE = "code"
    WORD = "word"
    NUMBER = "number"
    TIME = "time"


class Column(Struct, frozen=True):
    """A column: the name that files and the command line use, what stands over it for a reader, what its values are."""

    field: str
    title: str
    nature: Nature


_AT: Final = Column("at", "When (UTC)", Nature.TIME)
_BY: Final = Column("by", "By", Nature.TEXT)
_STATION: Final = Column("station", "Station", Nature.TEXT)
_STATE: Final = Column("state", "State", Nature.WORD)
_NOTE: Final = Column("note", "Note", Nature.TEXT)
_WHY: Final = Column("why", "Reason", Nature.TEXT)
_PRODUCT: Final = Column("product", "Product", Nature.TEXT)
_ENTRY: Final = Column("entry", "Entry", Nature.NUMBER)

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    Kind.IDENTIFIERS: (
        Column("uid", "UID", Nature.UID),
        Column("what", "What it is", Nature.WORD),
        Column("of", "Version or serial", Nature.CODE),
        _PRODUCT,
        _STATE,
        _AT,
        _BY,
        _STATION,
        _ENTRY,
    ),
    Kind.PRODUCTS: (
        Column("number", "Number", Nature.NUMBER),
        Column("name", "Name", Nature.TEXT),
        Column("code", "Code", Nature.CODE),
        _STATE,
        Column("releases", "Releases", Nature.NUMBER),
        Column("installations", "Installations", Nature.NUMBER),
        _AT,
        _BY,
        _STATION,
        Column("gtin", "GTIN", Nature.CODE),
        Column("serials", "Serials", Nature.WORD),
        Column("pattern", "Pattern", Nature.CODE),
        _NOTE,
    ),
    Kind.RELEASES: (
        _PRODUCT,
        Column("version", "Version", Nature.CODE),
        Column("uid", "Implementation Class UID", Nature.UID),
        Column("version_name", "Version Name", Nature.CODE),
        _STATE,
        _AT,
        _BY,
        _STATION,
        _NOTE,
    ),
    Kind.INSTALLATIONS: (
        Column("serial", "Serial", Nature.CODE),
        Column("component", "Component", Nature.CODE),
        Column("uid", "Installation root", Nature.UID),
        _PRODUCT,
        _STATE,
        _AT,
        _BY,
        _STATION,
        _NOTE,
    ),
    Kind.LABELS: (
        _ENTRY,
        _AT,
        _BY,
        _STATION,
        Column("template", "Template", Nature.TEXT),
        Column("printed", "Printed", Nature.NUMBER),
        Column("checked", "Checked", Nature.NUMBER),
        Column("void", "Void", Nature.NUMBER),
        Column("replaced", "Printed again", Nature.NUMBER),
        Column("missing", "Missing", Nature.NUMBER),
        Column("misses", "Misses", Nature.NUMBER),
        Column("complete", "Complete", Nature.WORD),
        Column("checked_at", "Last check (UTC)", Nature.TIME),
        Column("checked_by", "Checked by", Nature.TEXT),
        _WHY,
    ),
    Kind.HISTORY: (
        _ENTRY,
        _AT,
        _BY,
        _STATION,
        Column("what", "What happened", Nature.TEXT),
        Column("subject", "To what", Nature.TEXT),
        Column("old", "Before", Nature.TEXT),
        Column("new", "After", Nature.TEXT),
        _WHY,
    ),
    Kind.EXCEPTIONS: (
        Column("what", "What", Nature.WORD),
        Column("subject", "Of what", Nature.TEXT),
        Column("number", "UID or number", Nature.UID),
        _PRODUCT,
        _AT,
        _BY,
        _STATION,
        _WHY,
    ),
    Kind.SUMMARY: (
        Column("section", "Section", Nature.TEXT),
        Column("what", "What", Nature.TEXT),
        Column("value", "Value", Nature.TEXT),
    ),
}
"""The columns of each report, in their order."""

FIELDS: Final[dict[Kind, tuple[str, ...]]] = {
    kind: tuple(column.field for column in columns) for kind, columns in COLUMNS.items()
}
"""The names of each report's columns."""
