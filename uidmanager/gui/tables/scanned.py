"""Files that were scanned, as rows of tables: which columns they have, what is copied, which records they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import Severity
from uidmanager.core.records import State
from uidmanager.core.scanning import TITLES, meaning_of
from uidmanager.gui.table_models import Column
from uidmanager.gui.tables.record_table import Copied

if TYPE_CHECKING:
    from uidmanager.core.records import Installation, Release
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Row

SIGNS: Final = {Severity.ERROR: "✕", Severity.CAUTION: "◐", Severity.NOTICE: "✓"}
SECTIONS: Final = {"verdict": "Verdict", "release": "Release", "installation": "Installation"}


def text_of(row: Row, field: str) -> str:
    """One value of a row, empty where it has none."""
    value = row[field]
    return "" if value is None else str(value)


def signed_meaning(row: Row) -> str:
    """The verdicts in words, with the sign of the heaviest. What is not ours has none: there is nothing to confirm."""
    severity = Severity(text_of(row, "severity"))
    is_plain = severity is Severity.NOTICE and not text_of(row, "verdicts").startswith("consistent")
    return meaning_of(row) if is_plain else f"{SIGNS[severity]} {meaning_of(row)}"


def whole_text(row: Row) -> str:
    """All that is known of a file, a line for each value."""
    return "\n".join(f"{title}: {value}" for title, value in facts_of(row))


def facts_of(row: Row) -> list[tuple[str, str]]:
    """All values of a row that are not empty, by what they are called; the verdicts and their weight as one."""
    told = {**{field: text_of(row, field) for field in TITLES if field != "severity"}, "verdicts": signed_meaning(row)}
    return [(TITLES[field], value) for field, value in told.items() if value]


def release_of(registry: Registry, row: Row) -> Release | None:
    """The release that a row names."""
    product = next((each for each in registry.products if each.name == row["product"]), None)
    releases = [] if product is None else registry.releases_of(product.number)
    return next((release for release in releases if release.version == row["version"]), None)


def installation_of(registry: Registry, row: Row) -> Installation | None:
    """The installation that a row names."""
    return registry.installation_with(text_of(row, "serial"))


def _state(row: Row) -> str:
    is_worth_saying = row["section"] != "verdict" and row["state"] != State.ACTIVE
    return f" ({row['state']})" if is_worth_saying else ""


def _column(field: str, width: int, *, is_fixed: bool = False) -> Column[Row]:
    return Column(TITLES[field], lambda row: text_of(row, field), is_fixed=is_fixed, width=width)


COLUMNS: Final[tuple[Column[Row], ...]] = (
    _column("path", 30),
    Column("Verdict", signed_meaning, width=30),
    _column("what", 40),
    _column("product", 12),
    _column("version", 9),
    _column("serial", 11),
    _column("class_uid", 40, is_fixed=True),
    _column("version_name", 17, is_fixed=True),
)
COPIES: Final = (
    Copied("Copy path", lambda row: text_of(row, "path")),
    Copied("Copy answer", lambda row: f"{text_of(row, 'path')}\t{meaning_of(row)}\t{text_of(row, 'what')}"),
    Copied("Copy all of it", whole_text),
)
SUMMARY: Final[tuple[Column[Row], ...]] = (
    Column("Files", lambda row: f"{row['files']:,}", lambda row: row["files"], width=6),
    Column("What", lambda row: f"{row['what']}{_state(row)}", width=27),
    Column("Of", lambda row: SECTIONS[str(row["section"])], width=9),
)
