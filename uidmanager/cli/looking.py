"""Commands that look: ``history``, ``status``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.cli.answers import Answer
from uidmanager.cli.commands import Command, reads
from uidmanager.cli.listing import list_all
from uidmanager.core.reports import Kind
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Row


@click.command("history", cls=Command)
@click.option("--about", default="", metavar="TEXT", help="Only what has this text in one of its fields.")
@reads
@click.pass_obj
def history(session: Session, *, about: str) -> Answer:
    """List all that happened, by whom, when, where and why."""
    return list_all(session, Kind.HISTORY, containing=about)


@click.command("status", cls=Command)
@reads
@click.pass_obj
def status(session: Session) -> Answer:
    """Say which ledger is meant, what it holds, and as whom you write."""
    service = session.unopened()
    service.open()
    person = session.desk.world.person
    with service.look() as registry:
        founding = registry.founding if registry.is_founded else None
        data: Row = {
            "ledger": service.ledger.name,
            "organisation": founding.organisation if founding else None,
            "root": founding.root if founding else None,
            "indexed_arc": registry.indexed_arc,
            "entries": registry.position,
            "head": registry.head,
            "products": len(registry.products),
            "releases": len(registry.releases),
            "installations": len(registry.installations),
            "by": person.name,
            "station": person.station,
        }
    return Answer(data=dict(data), text=lambda: pairs(data.items())).in_trouble(service.trouble)
