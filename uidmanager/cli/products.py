"""``product …``: register, list, show, correct, say what its serials are like, retire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from uidmanager.cli.changing import change, the_number
from uidmanager.cli.commands import Group, product_number, reads, writes
from uidmanager.core.drafts import CorrectProduct, RegisterProduct, RetireProduct, SetProductGtin, SetProductSerials
from uidmanager.core.records import SerialRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.cli.answers import Answer
    from uidmanager.cli.session import Session

_Callback = TypeVar("_Callback", bound="Callable[..., Any]")


@click.group("product", cls=Group)
def product() -> None:
    """Products and their numbers."""


def _like(callback: _Callback) -> _Callback:
    """Give a command the options that say what the serials of a product are like."""
    pattern = click.option(
        "--pattern", metavar="PATTERN", help="A regular expression (RE2) that each serial must match as a whole."
    )
    return pattern(click.option("--example", metavar="SERIAL", help="A serial that matches the pattern.")(callback))


@product.command("add")
@click.argument("name")
@click.option(
    "--number", callback=product_number, metavar="N", help="A free number of your own choice; else the next one."
)
@click.option("--code", metavar="CODE", help="Short letters that begin its Implementation Version Names.")
@click.option("--gtin", metavar="GTIN", help="Its Global Trade Item Number; a scan of it then chooses the product.")
@click.option("--indexed", is_flag=True, help="Its serials have letters, so each gets the next index.")
@_like
@click.option("--note", metavar="TEXT", help="A note that is kept with the product.")
@writes
@click.pass_obj
def add(
    session: Session,
    *,
    name: str,
    number: int | None,
    code: str | None,
    gtin: str | None,
    indexed: bool,
    pattern: str | None,
    example: str | None,
    note: str | None,
    reason: str | None,
    dry_run: bool,
) -> Answer:
    """Register a product. Prints its number."""
    draft = RegisterProduct(name, number, code, reason, gtin, SerialRule(indexed, pattern, example), note)
    return change(session, draft, the_number, dry_run=dry_run)


@product.command("list")
@reads
@click.pass_obj
def list_(session: Session) -> Answer:
    """List all products."""
    from uidmanager.cli.listing import list_all  # noqa: PLC0415 (a tenth of a command; only lists need it)
    from uidmanager.core.reports import Kind  # noqa: PLC0415 (the same)

    return list_all(session, Kind.PRODUCTS)


@product.command("show")
@click.argument("product")
@reads
@click.pass_obj
def show(session: Session, *, product: str) -> Answer:
    """Show all that is kept of a product; it is named by number or name."""
    from uidmanager.cli.showing import show_product  # noqa: PLC0415 (as lists)

    return show_product(session, product)


@product.command("correct")
@click.argument("product")
@click.option("--name", metavar="NAME", help="What it is called from now on.")
@click.option("--note", metavar="TEXT", help="The note from now on; an empty one takes it away.")
@writes
@click.pass_obj
def correct(
    session: Session, *, product: str, name: str | None, note: str | None, reason: str | None, dry_run: bool
) -> Answer:
    """Call a product otherwise, or note something else; it is named by number or name. Prints its number."""
    return change(session, CorrectProduct(product, name, reason, note), the_number, dry_run=dry_run)


@product.command("gtin")
@click.argument("product")
@click.argument("gtin")
@writes
@click.pass_obj
def gtin(session: Session, *, product: str, gtin: str, reason: str | None, dry_run: bool) -> Answer:
    """Say which Global Trade Item Number a product has; an empty one takes it away. Prints the product's number."""
    return change(session, SetProductGtin(product, gtin, reason), the_number, dry_run=dry_run)


@product.command("serials")
@click.argument("product")
@click.option("--indexed/--digits", default=None, help="Each serial gets the next index, or it is a number itself.")
@_like
@writes
@click.pass_obj
def serials(
    session: Session,
    *,
    product: str,
    indexed: bool | None,
    pattern: str | None,
    example: str | None,
    reason: str | None,
    dry_run: bool,
) -> Answer:
    """Say what the serials of a product are like from now on. Prints the product's number.

    What is not said stays as it is; an empty pattern and an empty example take both away.
    """
    with session.opened().look() as registry:
        held = registry.find_product(product)
    before = held.serials if held else SerialRule()
    rule = SerialRule(
        before.indexed if indexed is None else indexed,
        before.pattern if pattern is None else pattern,
        before.example if example is None else example,
    )
    return change(session, SetProductSerials(product, rule, reason), the_number, dry_run=dry_run)


@product.command("retire")
@click.argument("product")
@writes
@click.pass_obj
def retire(session: Session, *, product: str, reason: str | None, dry_run: bool) -> Answer:
    """Say that a product is no longer made. Prints its number, which stays taken."""
    return change(session, RetireProduct(product, reason), the_number, dry_run=dry_run)
