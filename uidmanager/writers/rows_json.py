"""A report as one JSON object: what it lists and what proves it first, then the rows, one a line.

Every value is as the ledger has it. UIDs, serials and components are strings, so no reader can round them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report
    from uidmanager.writers.stamp import Stamp


def write(report: Report, stamp: Stamp, _progress: Progress) -> bytes:
    """The report as JSON text in UTF-8; ``count`` is the number of rows, so that a shortened file gives itself away."""
    head = {
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
    rows = ",\n".join(encode(row).decode() for row in report.rows)
    text = "{\n" + ",\n".join(lines) + ',\n"rows": [' + (f"\n{rows}\n" if rows else "") + "]\n}\n"
    return text.encode("utf-8")
