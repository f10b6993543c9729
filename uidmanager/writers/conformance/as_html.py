"""An extract as one HTML file, whose table keeps its lines and letters when it is copied into a word processor.

What is pasted leaves the document's style sheet behind, so the table carries its look on each cell. For the same
reason the document is never dark: light letters would be pasted onto white paper. Nor is there a hint where a UID may
be broken, since some programs make a character of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.writers.conformance.wording import HEADS, heading, origin
from uidmanager.writers.hypertext import document, isolated, plain

if TYPE_CHECKING:
    from uidmanager.core.reports.conformance import Extract, Fact
    from uidmanager.writers.stamp import Stamp

_STYLE: Final = "reports/extract.css"
_CELL: Final = "border: 1px solid #808080; padding: 4px 8px; text-align: left; vertical-align: top; color: #000000"
_HEAD: Final = f"{_CELL}; background-color: #E7EBEF; font-weight: bold"
_CODE: Final = "font-family: 'Courier New', monospace; font-size: 8.5pt; color: #000000"  # 64 of its letters fit a page
_REMARK: Final = "font-size: 9pt; color: #404040"


def write(extract: Extract, stamp: Stamp) -> bytes:
    """A heading, the table, where it comes from; in UTF-8."""
    heads = "".join(f'<th scope="col" style="{_HEAD}">{plain(head)}</th>' for head in HEADS)
    rows = "".join(map(_row, extract.facts))
    parts = (
        f"<h1>{isolated(heading(extract))}</h1>\n",
        '<table border="1" cellpadding="4" style="border-collapse: collapse; border: 1px solid #808080">\n',
        f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        f"<p>{isolated(origin(extract, stamp))}</p>\n",
    )
    return document(heading(extract), f"UID Manager {stamp.app}", parts, style=_STYLE)


def _row(fact: Fact) -> str:
    return (
        f'<tr><td style="{_CELL}">{plain(fact.label)}</td>'
        f'<td style="{_CELL}"><span style="{_CODE}">{plain(fact.value)}</span><br>'
        f'<span style="{_REMARK}">{plain(fact.remark)}</span></td></tr>\n'
    )
