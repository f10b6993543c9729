"""The files of a scan as a report, in whatever formats reports have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.reports import Column, Nature, listed_as
from uidmanager.core.scanning.rows import TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Report, Row

_CODES: Final = frozenset({"version", "serial", "version_name", "device_serial"})


def _nature(field: str) -> Nature:
    if field.endswith(("_uid", "transfer_syntax")):
        return Nature.UID
    return Nature.CODE if field in _CODES else Nature.TEXT


SCAN_COLUMNS: Final = tuple(Column(field, title, _nature(field)) for field, title in TITLES.items())
"""All columns, for spreadsheets and programs."""

_FOR_PAPER: Final = ("path", "verdicts", "what", "product", "version", "serial", "class_uid")
PAPER_COLUMNS: Final = tuple(column for column in SCAN_COLUMNS if column.field in _FOR_PAPER)
"""Those that have room beside one another on a page."""


def scan_report(
    registry: Registry, rows: Sequence[Row], paths: Sequence[str], *, for_paper: bool, is_whole: bool
) -> Report:
    """The report of files that were scanned below ``paths``; ``for_paper`` leaves out what has no room there."""
    columns = PAPER_COLUMNS if for_paper else SCAN_COLUMNS
    kept = tuple({column.field: row[column.field] for column in columns} for row in rows)
    asked = ", ".join(paths) if is_whole else f"{', '.join(paths)}; stopped before the end"
    return listed_as(registry, "scan", "Files against the registry", columns, kept, asked)
