"""``product …``: register, list, correct, retire."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.cli.changing import change, the_number
from uidmanager.cli.commands import Group, product_number, reads, writes
from uidmanager.core.drafts import CorrectProduct, RegisterProduct, RetireProduct

if TYPE_CHECKING:
    from uidmanager.cli.answers import Answer
    from uidmanager.cli.session import Session


@click.group("product", cls=Group)
def product() -> None:
    """Products and their numbers."""


@product.command("add")
@click.argument("name")
@click.option(
    "--number", callback=product_number, metavar="N", help="A free number of your own choice; else the next one."
)
@click.option("--code", metavar="CODE", help="Short letters that begin its Implementation Version Names.")
@writes
@click.pass_obj
def add(
    session: Session, *, name: str, number: int | None, code: str | None, reason: str | None, dry_run: bool
) -> Answer:
    """Register a product. Prints its number."""
    return change(session, RegisterProduct(name, number, code, reason), the_number, dry_run=dry_run)


@product.command("list")
@reads
@click.pass_obj
def list_(session: Session) -> Answer:
    """List all products."""
    from uidmanager.cli.listing import list_all  # noqa: PLC0415 (a tenth of a command; only lists need it)
    from uidmanager.core.reports import Kind  # noqa: PLC0415 (the same)

    return list_all(session, Kind.PRODUCTS)


@product.command("correct")
@click.argument("product")
@click.option("--name", required=True, metavar="NAME", help="What it is called from now on.")
@writes
@click.pass_obj
def correct(session: Session, *, product: str, name: str, reason: str | None, dry_run: bool) -> Answer:
    """Call a product otherwise; it is named by number or name. Prints its number."""
    return change(session, CorrectProduct(product, name, reason), the_number, dry_run=dry_run)


@product.command("retire")
@click.argument("product")
@writes
@click.pass_obj
def retire(session: Session, *, product: str, reason: str | None, dry_run: bool) -> Answer:
    """Say that a product is no longer made. Prints its number, which stays taken."""
    return change(session, RetireProduct(product, reason), the_number, dry_run=dry_run)
