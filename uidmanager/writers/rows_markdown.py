"""A report as Markdown: a list of what proves it, then a table as GitHub and others read it.

No value can be taken for markup, end its cell or leave its line. UIDs and other codes stand between backquotes, where
nothing joins, links or breaks them. What cannot be seen in a line of text is written as an escape.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from uidmanager.core.reports import Nature
from uidmanager.core.texts import visible
from uidmanager.writers.provenance import provenance
from uidmanager.writers.watched import watched

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Column, Report, Value
    from uidmanager.writers.stamp import Stamp

_CODES: Final = frozenset({Nature.UID, Nature.CODE})
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>#|~&$]")
_BACKQUOTES: Final = re.compile("`+")


def write(report: Report, stamp: Stamp, progress: Progress) -> bytes:
    """The report in UTF-8, with a title, and one line for each row."""
    lines = [f"# {report.title}", ""]
    lines += [f"- **{name}:** {escaped(value)}" for name, value in provenance(report, stamp)]
    lines += ["", _line([escaped(column.title) for column in report.columns])]
    lines.append(_line([_rule(column) for column in report.columns]))
    columns = [(column.field, column.nature in _CODES) for column in report.columns]
    for row in watched(report.rows, progress):
        lines.append(_line([_cell(row[field], is_code=is_code) for field, is_code in columns]))
    return ("\n".join(lines) + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """The text, in which nothing means anything to a reader of Markdown."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def code(text: str) -> str:
    """The text between so many backquotes that none in it can end it; with a bar in it, which ends a cell, as text."""
    if "|" in text:
        return escaped(text)
    shown = visible(text)
    longest = max(map(len, _BACKQUOTES.findall(shown)), default=0)
    if not longest:
        return f"`{shown}`"
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}"


def _cell(value: Value, *, is_code: bool) -> str:
    if value is None or not str(value):
        return ""
    return code(str(value)) if is_code else escaped(str(value))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(column: Column) -> str:
    """Numbers stand to the right."""
    return "---:" if column.nature is Nature.NUMBER else "---"
