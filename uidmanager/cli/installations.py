"""``installation …``: list, correct, retire …, note what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.cli.changing import change, the_uid
from uidmanager.cli.commands import Group, reads, writes
from uidmanager.core.drafts import (
    CorrectInstallation,
    NoteSeen,
    ReinstateInstallation,
    RetireInstallation,
    VoidInstallation,
)

if TYPE_CHECKING:
    from uidmanager.cli.answers import Answer
    from uidmanager.cli.session import Session


@click.group("installation", cls=Group)
def installation() -> None:
    """Installations: equipment and its installation roots."""


@installation.command("list")
@reads
@click.pass_obj
def list_(session: Session) -> Answer:
    """List all installations, whatever their state."""
    from uidmanager.cli.listing import list_all  # noqa: PLC0415 (a tenth of a command; only lists need it)
    from uidmanager.core.reports import Kind  # noqa: PLC0415 (the same)

    return list_all(session, Kind.INSTALLATIONS)


@installation.command("correct")
@click.argument("serial")
@click.option("--product", metavar="PRODUCT", help="What the equipment is; an empty one takes it away.")
@click.option("--note", metavar="TEXT", help="The note from now on; an empty one takes it away.")
@writes
@click.pass_obj
def correct(
    session: Session, *, serial: str, product: str | None, note: str | None, reason: str | None, dry_run: bool
) -> Answer:
    """Put right an installation's product or note. Prints its root."""
    return change(session, CorrectInstallation(serial, product, note, reason), the_uid, dry_run=dry_run)


@installation.command("retire")
@click.argument("serial")
@writes
@click.pass_obj
def retire(session: Session, *, serial: str, reason: str | None, dry_run: bool) -> Answer:
    """Say that equipment is out of service. Prints its root, which stays taken."""
    return change(session, RetireInstallation(serial, reason), the_uid, dry_run=dry_run)


@installation.command("void")
@click.argument("serial")
@writes
@click.pass_obj
def void(session: Session, *, serial: str, reason: str | None, dry_run: bool) -> Answer:
    """Say that a root was assigned by mistake. Prints the root, which stays taken."""
    return change(session, VoidInstallation(serial, reason), the_uid, dry_run=dry_run)


@installation.command("reinstate")
@click.argument("serial")
@writes
@click.pass_obj
def reinstate(session: Session, *, serial: str, reason: str | None, dry_run: bool) -> Answer:
    """Say that a void or retired installation holds after all. Prints its root."""
    return change(session, ReinstateInstallation(serial, reason), the_uid, dry_run=dry_run)


@installation.command("seen")
@click.argument("serial")
@click.option("--where", required=True, metavar="TEXT", help="Where: the site, the host, the folder, the log.")
@click.option("--what", required=True, metavar="TEXT", help="What was found: the answer, the UID.")
@click.option("--on", "day", metavar="DAY", help="When, as a day in UTC (2026-11-22); else today.")
@writes
@click.pass_obj
def seen(
    session: Session, *, serial: str, where: str, what: str, day: str | None, reason: str | None, dry_run: bool
) -> Answer:
    """Note that equipment, or something with its UIDs, was seen in the field. Prints its root.

    Nothing else changes. The same finding again is answered, and nothing is written.
    """
    return change(session, NoteSeen(serial, where, what, day, reason), the_uid, dry_run=dry_run)
