"""Reports for the writers, put together by hand."""

from __future__ import annotations

from uidmanager.core.reports import COLUMNS, TITLES, Kind, Report, Row
from uidmanager.writers.stamp import Stamp

STAMP = Stamp("2026-11-22T21:06:42.123456Z", "anna", "LINE-3", "0.2.0")
HEAD = "ab" * 32


def numbered(count: int) -> list[Row]:
    """So many rows that say nothing but their number, from 0."""
    return [{"number": number} for number in range(count)]


def made(kind: Kind, *rows: Row, organisation: str = "Acme Imaging") -> Report:
    """A report of these rows; what a row does not say is None."""
    columns = COLUMNS[kind]
    full = tuple({column.field: row.get(column.field) for column in columns} for row in rows)
    return Report(kind, TITLES[kind], columns, full, "registry-1", organisation, "1.2.3", "none", 7, HEAD)
