"""Rows on stdout: what the lists, the history and the reports have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.cli.answers import Answer
from uidmanager.core.reports import Filter, report

if TYPE_CHECKING:
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Kind, Report


def list_all(session: Session, kind: Kind, *, containing: str = "") -> Answer:
    """All rows of one kind, or those that have a text in one of their fields."""
    service = session.opened()
    with service.look() as registry:
        made = report(registry, kind, Filter(containing=containing))
    return Answer(data=data_of(made), text=lambda: table_of(made)).in_trouble(service.trouble)


def data_of(made: Report) -> dict[str, object]:
    """A report's rows, and the state of the ledger they were made from."""
    return {
        "kind": str(made.kind),
        "registry": made.registry,
        "organisation": made.organisation,
        "root": made.root,
        "filter": made.asked,
        "entries": made.entries,
        "head": made.head,
        "rows": list(made.rows),
    }


def table_of(made: Report) -> str:
    """A report's rows as a table with a header."""
    from uidmanager.writers.rows_text import table  # noqa: PLC0415 (not needed where JSON is wanted)

    return table(made.fields, made.rows)
