"""What stands on every report for a reader: whose it is, what was asked, what proves it, who made it when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uidmanager.core.reports import Report
    from uidmanager.writers.stamp import Stamp


def provenance(report: Report, stamp: Stamp) -> tuple[tuple[str, str], ...]:
    """Names and values, in the order in which they are read."""
    return (
        ("Organisation", report.organisation),
        ("Root", report.root),
        ("Registry", report.registry),
        ("Filter", report.asked),
        ("Rows", f"{len(report.rows):,}"),
        ("Entries", f"{report.entries:,}"),
        ("Ledger head", report.head),
        ("Ledger verified", "yes, from its first entry to this head" if stamp.verified else "not for this report"),
        ("Made", f"{moment(stamp.made_at)} by {stamp.by} at {stamp.station}"),
        ("Program", f"UID Manager {stamp.app}"),
    )


def moment(at: str) -> str:
    """A time of the ledger for a reader: to the second, in UTC, and said so."""
    return f"{at[:10]} {at[11:19]} UTC"
