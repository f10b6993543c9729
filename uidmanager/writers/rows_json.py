"""A report as one JSON object: what it lists and what proves it first, then the rows, one a line.

Every value is as the ledger has it. UIDs, serials and components are strings, so no reader can round them. The schema,
resources/schemas/report.schema.json, is published with the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.resources import resource_text
from uidmanager.writers.watched import watched

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report
    from uidmanager.writers.stamp import Stamp


FORMAT: Final = "uidmanager-report"
VERSION: Final = 1
"""Of what the schema says. Fields may be added without another one, so a reader passes over those it does not know."""


def schema() -> str:
    """The JSON Schema (2020-12) of what `write` writes."""
    return resource_text("schemas/report.schema.json")


def write(report: Report, stamp: Stamp, progress: Progress) -> bytes:
    """The report as JSON text in UTF-8; ``count`` is the number of rows, so that a shortened file gives itself away."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "kind": report.kind,
        "registry": report.registry,
        "organisation": report.organisation,
        "root": report.root,
        "filter": report.asked,
        "entries": report.entries,
        "head": report.head,
        "made_at": stamp.made_at,
        "made_by": stamp.by,
        "station": stamp.station,
        "app": stamp.app,
        "verified": stamp.verified,
        "count": len(report.rows),
    }
    encode = msgspec.json.Encoder().encode
    lines = [f'"{name}": {encode(value).decode()}' for name, value in head.items()]
    rows = ",\n".join(encode(row).decode() for row in watched(report.rows, progress))
    text = "{\n" + ",\n".join(lines) + ',\n"rows": [' + (f"\n{rows}\n" if rows else "") + "]\n}\n"
    return text.encode("utf-8")
