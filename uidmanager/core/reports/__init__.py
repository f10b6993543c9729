"""What is told of a registry: rows of plain values and pictures made of them; whoever writes them lays them out."""

from __future__ import annotations

from uidmanager.core.reports.charts import Bar, Chart
from uidmanager.core.reports.filters import EVERYTHING, Asked, Filter, in_words, read_filter, stations_in
from uidmanager.core.reports.kinds import COLUMNS, FIELDS, TITLES, Column, Kind, Nature, Row, Value
from uidmanager.core.reports.presets import (
    Preset,
    find_preset,
    judge_name,
    renamed_preset,
    with_preset,
    without_preset,
)
from uidmanager.core.reports.report import Report, listed_as, report
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
    "Preset",
    "Report",
    "Row",
    "Value",
    "entry_rows",
    "find_preset",
    "in_words",
    "judge_name",
    "listed_as",
    "read_filter",
    "release_row",
    "renamed_preset",
    "report",
    "stations_in",
    "with_preset",
    "without_preset",
]
