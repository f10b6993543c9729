"""The rows of each report and list: plain values under the names that the command line and the files use."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from msgspec import Struct

from uidmanager.core.accounts import account_of
from uidmanager.core.uid import order_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.events import Entry
    from uidmanager.core.records import Installation, Product, Release
    from uidmanager.core.registry import Registry

Value = str | int | None
Row = dict[str, Value]


class Kind(StrEnum):
    """What a report lists."""

    INSTALLATIONS = "installations"
    RELEASES = "releases"
    PRODUCTS = "products"
    HISTORY = "history"


FIELDS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.PRODUCTS: ("number", "name", "code", "state"),
    Kind.RELEASES: ("product", "version", "uid", "version_name", "state", "at"),
    Kind.INSTALLATIONS: ("serial", "component", "uid", "product", "state", "at", "by", "station", "note"),
    Kind.HISTORY: ("entry", "at", "by", "station", "what", "subject", "old", "new", "why"),
}


class Report(Struct, frozen=True):
    """A report's columns and rows, and what proves on which state of the ledger it was made.

    ``kind`` is a `Kind`, or the name of another list.
    """

    kind: str
    fields: tuple[str, ...]
    rows: tuple[Row, ...]
    organisation: str
    root: str
    entries: int
    head: str


def report(registry: Registry, kind: Kind, *, containing: str = "") -> Report:
    """The report of one kind; ``containing`` keeps the rows that have this text in one of their fields."""
    rows: Iterable[Row]
    match kind:
        case Kind.PRODUCTS:
            rows = (product_row(p) for p in sorted(registry.products, key=lambda p: p.number))
        case Kind.RELEASES:
            rows = (release_row(registry, r) for r in sorted(registry.releases, key=lambda r: order_of(r.uid)))
        case Kind.INSTALLATIONS:
            installations = registry.installations
            rows = (installation_row(registry, installations[place]) for place in installations.in_order())
        case Kind.HISTORY:
            rows = (row for entry in registry.entries for row in history_rows(registry, entry))
        case _:
            assert_never(kind)
    wanted = containing.casefold()
    kept = tuple(row for row in rows if not wanted or _has(row, wanted))
    founding = registry.founding
    return Report(kind, FIELDS[kind], kept, founding.organisation, founding.root, registry.position, registry.head)


def product_row(product: Product) -> Row:
    """One product as a row."""
    return {"number": product.number, "name": product.name, "code": product.code, "state": product.state.value}


def release_row(registry: Registry, release: Release) -> Row:
    """One release as a row; its product by name."""
    return {
        "product": _product_name(registry, release.product),
        "version": release.version,
        "uid": release.uid,
        "version_name": release.version_name,
        "state": release.state.value,
        "at": release.origin.at,
    }


def installation_row(registry: Registry, installation: Installation) -> Row:
    """One installation as a row; its product by name."""
    return {
        "serial": installation.serial,
        "component": installation.component,
        "uid": installation.uid,
        "product": _product_name(registry, installation.product),
        "state": installation.state.value,
        "at": installation.origin.at,
        "by": installation.origin.by,
        "station": installation.origin.station,
        "note": installation.note,
    }


def history_rows(registry: Registry, entry: Entry) -> list[Row]:
    """One row for each event of an entry: what happened to what, the old value beside the new, who, when and why."""
    rows: list[Row] = []
    for event in entry.events:
        account = account_of(registry, event)
        rows.append(
            {
                "entry": entry.n,
                "at": entry.at,
                "by": entry.by,
                "station": entry.station,
                "what": account.what,
                "subject": account.subject,
                "old": account.old,
                "new": account.new,
                "why": entry.why,
            }
        )
    return rows


def _has(row: Row, wanted: str) -> bool:
    """Whether one of the row's fields contains the (case-folded) text."""
    return any(wanted in str(value).casefold() for value in row.values() if value is not None)


def _product_name(registry: Registry, number: int | None) -> str | None:
    product = None if number is None else registry.product(number)
    return None if product is None else product.name
