"""Rows as CSV: RFC 4180, a header and then the rows, each line ended by CR LF, nothing before and nothing after.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and runs it, a tab or a line end
before it notwithstanding. Serials, names and notes come from people, so each such cell gets an apostrophe in front:
``=1+1`` is written ``'=1+1``. Whoever needs the values to the letter takes the JSON report, where nothing is changed.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report, Value
    from uidmanager.writers.stamp import Stamp

_BEGINS_A_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")  # the wide forms count as well in East Asian settings


def write(report: Report, _stamp: Stamp, _progress: Progress) -> bytes:
    """The report's rows under their field names, in UTF-8. There is no room for the stamp."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(report.fields)
    writer.writerows([_cell(row[field]) for field in report.fields] for row in report.rows)
    return text.getvalue().encode("utf-8")


def _cell(value: Value) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in _BEGINS_A_FORMULA else text
