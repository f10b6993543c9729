"""An extract as DocBook 5, the form in which DICOM itself is written: a section, to be included whole or for its table.

Each ``xml:id`` is made of the release's UID, so that the tables of several releases can stand in one document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from uidmanager.core.texts import visible
from uidmanager.writers.conformance.wording import HEADS, heading, origin

if TYPE_CHECKING:
    from uidmanager.core.reports.conformance import Extract, Fact
    from uidmanager.writers.stamp import Stamp

NAMESPACE: Final = "http://docbook.org/ns/docbook"


def write(extract: Extract, stamp: Stamp) -> bytes:
    """A section with the table and where it comes from, in UTF-8."""
    heads = "".join(f"<th><para>{_text(head)}</para></th>" for head in HEADS)
    rows = "".join(map(_row, extract.facts))
    called = f"implementation-{extract.uid}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<section xmlns="{NAMESPACE}" version="5.0" xml:id="{called}">\n'
        f"<title>{_text(heading(extract))}</title>\n"
        f'<informaltable xml:id="{called}-table" frame="box" rules="all">\n'
        f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</informaltable>\n"
        f"<para>{_text(origin(extract, stamp))}</para>\n</section>\n"
    ).encode()


def _row(fact: Fact) -> str:
    return (
        f"<tr><td><para>{_text(fact.label)}</para></td><td><para><code>{_text(fact.value)}</code></para>"
        f"<para>{_text(fact.remark)}</para></td></tr>\n"
    )


def _text(text: str) -> str:
    return escape(visible(text))
