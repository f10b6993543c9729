"""``init``: begin a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.cli.changing import outcome, the_uid
from uidmanager.cli.commands import Command, writes
from uidmanager.core.drafts import FoundRegistry
from uidmanager.core.errors import LedgerExistsError, LedgerMissingError

if TYPE_CHECKING:
    from uidmanager.app.service import Service
    from uidmanager.cli.answers import Answer
    from uidmanager.cli.session import Session


@click.command("init", cls=Command)
@click.option(
    "--root", required=True, metavar="UID", help="The root that was granted to you, without a dot at its end."
)
@click.option("--organisation", required=True, metavar="NAME", help="Whose root it is; stands on every report.")
@click.option(
    "--indexed-arc",
    metavar="ARC",
    help="Open the indexed arc, usually 3, for serials with letters; `arc open` does so later.",
)
@writes
@click.pass_obj
def init(
    session: Session, *, root: str, organisation: str, indexed_arc: str | None, reason: str | None, dry_run: bool
) -> Answer:
    """Found a registry in a new ledger. The root is fixed from then on. Prints the root."""
    service = session.unopened()
    draft = FoundRegistry(root, organisation, reason=reason, indexed_arc=indexed_arc)
    if not dry_run:
        receipt = service.found(draft)
        return outcome(receipt.decision, receipt.entry, the_uid, dry_run=False)
    decision = service.preview(draft)
    if not decision.is_refused:
        refuse_what_is_there(service)
    return outcome(decision, None, the_uid, dry_run=True)


def refuse_what_is_there(service: Service) -> None:
    """As founding would. Raises `LedgerExistsError`."""
    try:
        service.open()
    except LedgerMissingError:
        return
    raise LedgerExistsError(service.ledger.name)
