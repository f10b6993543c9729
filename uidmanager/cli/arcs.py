"""``arc …``: arcs beside those that every registry has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.cli.changing import change, the_uid
from uidmanager.cli.commands import Group, writes
from uidmanager.core.drafts import OpenIndexedArc
from uidmanager.core.rules.arcs import USUAL_ARC

if TYPE_CHECKING:
    from uidmanager.cli.answers import Answer
    from uidmanager.cli.session import Session


@click.group("arc", cls=Group)
def arc() -> None:
    """The indexed arc: under it serials with letters have an index each."""


@arc.command("open")
@click.argument("arc", default=USUAL_ARC)
@writes
@click.pass_obj
def open_(session: Session, *, arc: str, reason: str | None, dry_run: bool) -> Answer:
    """Open the indexed arc, which is 3 where none is named. Prints its UID.

    A registry opens one, and for ever. Which products use it is for `product serials` to say.
    """
    return change(session, OpenIndexedArc(arc, reason), the_uid, dry_run=dry_run)
