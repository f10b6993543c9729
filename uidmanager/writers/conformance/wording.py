"""The words around the rows, the same in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.writers.provenance import moment

if TYPE_CHECKING:
    from uidmanager.core.reports.conformance import Extract
    from uidmanager.writers.stamp import Stamp

HEADS: Final = ("Item", "Value")
"""What stands over the rows."""


def heading(extract: Extract) -> str:
    """What stands over the table."""
    return f"Implementation identification of {extract.title}"


def origin(extract: Extract, stamp: Stamp) -> str:
    """Where the rows come from, in a sentence for who checks them."""
    return (
        f"From the registry of {extract.organisation} ({extract.registry}), entry {extract.entries:,}, ledger head "
        f"{extract.head}. Made {moment(stamp.made_at)} by {stamp.by} at {stamp.station} with UID Manager {stamp.app}."
    )
