"""``release …``: register, list, correct, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.cli.answers import Answer, refused
from uidmanager.cli.changing import change, the_release, the_uid
from uidmanager.cli.commands import Group, reads, writes
from uidmanager.core.drafts import CorrectRelease, RegisterRelease, WithdrawRelease
from uidmanager.core.rules.common import product_meant

if TYPE_CHECKING:
    from uidmanager.cli.session import Session


@click.group("release", cls=Group)
def release() -> None:
    """Releases and their Implementation Class UIDs."""


@release.command("add")
@click.argument("product")
@click.argument("version")
@click.option("--numeric", metavar="NUMBERS", help="The version in numbers, where the text has letters: 2.0.0.")
@click.option("--version-name", metavar="NAME", help="The Implementation Version Name; else one is proposed.")
@click.option("--note", metavar="TEXT", help="A note that is kept with the release.")
@writes
@click.pass_obj
def add(
    session: Session,
    *,
    product: str,
    version: str,
    numeric: str | None,
    version_name: str | None,
    note: str | None,
    reason: str | None,
    dry_run: bool,
) -> Answer:
    """Register a version of a product, which is named by number or name. Prints the Implementation Class UID.

    A release that is there already, unchanged, answers the same UID, and nothing is written.
    """
    draft = RegisterRelease(product, version, numeric, version_name, note, reason)
    return change(session, draft, the_release, dry_run=dry_run)


@release.command("list")
@click.argument("product", required=False)
@reads
@click.pass_obj
def list_(session: Session, *, product: str | None) -> Answer:
    """List all releases, or those of one product."""
    from uidmanager.cli.listing import data_of, list_all, table_of  # noqa: PLC0415 (a tenth of a command; only lists need it)
    from uidmanager.core.reports import Filter, Kind, report  # noqa: PLC0415 (the same)

    if product is None:
        return list_all(session, Kind.RELEASES)
    service = session.opened()
    with service.look() as registry:
        meant, problems = product_meant(registry, product)
        if meant is None:
            return refused(*problems, data={"rows": []}).in_trouble(service.trouble)
        made = report(registry, Kind.RELEASES, Filter(product=meant.number))
    return Answer(data=data_of(made), text=lambda: table_of(made)).in_trouble(service.trouble)


@release.command("correct")
@click.argument("product")
@click.argument("version")
@click.option("--note", required=True, metavar="TEXT", help="The note from now on; an empty one takes it away.")
@writes
@click.pass_obj
def correct(session: Session, *, product: str, version: str, note: str, reason: str | None, dry_run: bool) -> Answer:
    """Write another note on a release. Prints its UID."""
    return change(session, CorrectRelease(product, version, note, reason), the_uid, dry_run=dry_run)


@release.command("withdraw")
@click.argument("product")
@click.argument("version")
@writes
@click.pass_obj
def withdraw(session: Session, *, product: str, version: str, reason: str | None, dry_run: bool) -> Answer:
    """Say that a release must not be used any more. Prints its UID, which stays taken."""
    return change(session, WithdrawRelease(product, version, reason), the_uid, dry_run=dry_run)
