"""The formats a report can be written in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from uidmanager.writers import rows_csv, rows_json, rows_text

if TYPE_CHECKING:
    from uidmanager.core.reports import Report
    from uidmanager.writers.stamp import Stamp


class Format(StrEnum):
    """How a report is written; the value is the file's suffix as well, but for text, whose suffix is ``txt``."""

    CSV = "csv"
    JSON = "json"
    TEXT = "text"


def render(report: Report, form: Format, stamp: Stamp) -> bytes:
    """The report as the content of a file, in UTF-8.

    A CSV file has no room for the stamp: it holds the header and the rows, and nothing else.
    """
    match form:
        case Format.CSV:
            text = rows_csv.write(report)
        case Format.JSON:
            text = rows_json.write(report, stamp)
        case Format.TEXT:
            text = rows_text.write(report, stamp)
    return text.encode("utf-8")
