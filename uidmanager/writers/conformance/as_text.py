"""An extract to be read, or copied line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.texts import visible
from uidmanager.writers.conformance.wording import heading, origin
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.core.reports.conformance import Extract
    from uidmanager.writers.stamp import Stamp


def write(extract: Extract, stamp: Stamp) -> bytes:
    """A heading, the rows, each remark, where they come from; in UTF-8."""
    rows = pairs((fact.label, fact.value) for fact in extract.facts)
    remarks = "".join(f"{fact.label}: {fact.remark}\n" for fact in extract.facts)
    return f"{visible(heading(extract))}\n\n{rows}\n{remarks}\n{visible(origin(extract, stamp))}\n".encode()
