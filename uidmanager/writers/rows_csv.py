"""Rows as CSV: RFC 4180, a header and then the rows, each line ended by CR LF, nothing before and nothing after.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and runs it, blanks or a line end
before it notwithstanding; and in many countries it ends a cell at a semicolon as well, whatever the file meant.
Serials, names and notes come from people, so they are *defused*. A value has parts: it is cut behind each semicolon,
tab and line end. Before each part that a spreadsheet might run, and before each part that begins with an apostrophe,
one apostrophe is put: ``=1+1`` is written ``'=1+1``.

So it can be undone without a look at the rest: take one apostrophe from each part that begins with one (`restore`).
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from uidmanager.writers.watched import watched

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report, Value
    from uidmanager.writers.stamp import Stamp

_PART_BEGINS: Final = r"(?:\A|(?<=[;\t\r\n]))"
# Blanks of all kinds, controls, and what is not to be seen: a reader may drop them and find the formula behind them.
_UNSEEN: Final = (
    r"[\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]"
)
# The wide and small forms count as well in East Asian settings, and the true minus before a number.
_BEGINS_A_FORMULA: Final = r"[=+\-@＝＋－＠﹦﹢﹣﹫−]"
_ARMED: Final = re.compile(rf"{_PART_BEGINS}(?='|[\t\r\n]|{_UNSEEN}*{_BEGINS_A_FORMULA})")
_DEFUSED: Final = re.compile(rf"{_PART_BEGINS}'")


def write(report: Report, _stamp: Stamp, progress: Progress) -> bytes:
    """The report's rows under their field names, in UTF-8. There is no room for the stamp."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(report.fields)
    writer.writerows([_cell(row[field]) for field in report.fields] for row in watched(report.rows, progress))
    return text.getvalue().encode("utf-8")


def defuse(text: str) -> str:
    """The text as it can stand in a cell without being run."""
    return _ARMED.sub("'", text)


def restore(cell: str) -> str:
    """The text of which `defuse` made this cell."""
    return _DEFUSED.sub("", cell)


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return defuse(value)
    return "" if value is None else str(value)
