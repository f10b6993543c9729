"""What is told of a registry: rows of plain values and pictures made of them; whoever writes them lays them out."""

from __future__ import annotations

from uidmanager.core.reports.charts import Bar, Chart
from uidmanager.core.reports.filters import EVERYTHING, Asked, Filter, in_words, read_filter
from uidmanager.core.reports.kinds import COLUMNS, FIELDS, TITLES, Column, Kind, Nature, Row, Value
from uidmanager.core.reports.report import Report, report
from uidmanager.core.reports.rows import entry_rows, release_row

__all__ = [
    "COLUMNS",
    "EVERYTHING",
    "FIELDS",
    "TITLES",
    "Asked",
    "Bar",
    "Chart",
    "Column",
    "Filter",
    "Kind",
    "Nature",
    "Report",
    "Row",
    "Value",
    "entry_rows",
    "in_words",
    "read_filter",
    "release_row",
    "report",
]
