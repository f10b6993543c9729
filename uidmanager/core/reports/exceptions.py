"""What is out of the ordinary: void, retired and withdrawn records, numbers without a thing; each with its reason."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never

from uidmanager.core.accounts import NUMBERS_CALLED
from uidmanager.core.pasts import Pasts
from uidmanager.core.records import Installation, NumberKind, Product, Release, State
from uidmanager.core.reports.rows import product_name
from uidmanager.core.scheme import class_uid, installation_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.records import GivenUp, Past
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports.filters import Filter
    from uidmanager.core.reports.kinds import Row

_NEVER_GIVEN: Final = (
    "Passed over when a higher number was asked for. Given to nothing; the next product does not get it by itself."
)


def exception_rows(registry: Registry, wanted: Filter) -> Iterator[Row]:
    """Products, releases and installations out of use, each in their order; then the numbers without a thing."""
    pasts = Pasts(registry)
    for record, product, called in _out_of_use(registry):
        said = pasts.changed(record)
        if said is not None and wanted.takes(product, said):
            yield _ended(record, said, product_name(registry, product), called)
    yield from _gaps(registry, wanted)
    for given_up in registry.elsewhere.all_given_up:
        yield from _given_up(registry, wanted, given_up)


def _out_of_use(registry: Registry) -> Iterator[tuple[Product | Release | Installation, int | None, str]]:
    """The records that are not active, each with the number of its product and what it is called."""
    for product in sorted(registry.products, key=lambda each: each.number):
        if product.state is not State.ACTIVE:
            yield product, product.number, f"{product.number} {product.name}"
    for release in registry.releases:
        if release.state is not State.ACTIVE:
            yield release, release.product, f"{product_name(registry, release.product)} {release.version}"
    installations = registry.installations
    for place in installations.in_order():
        if installations.state_of(place) is not State.ACTIVE:
            unit = installations[place]
            yield unit, unit.product, unit.serial


def _ended(record: Product | Release | Installation, said: Past, product: str | None, called: str) -> Row:
    """The row of a record that is out of use: when that was said, by whom, and why."""
    kind, number = _kind_and_number(record)
    return {
        "what": f"{record.state} {kind}",
        "subject": called,
        "number": number,
        "product": product,
        "at": said.at,
        "by": said.by,
        "station": said.station,
        "why": said.why,
    }


def _gaps(registry: Registry, wanted: Filter) -> Iterator[Row]:
    """Product numbers that were passed over. They have no date and no station, so they stand where neither is asked."""
    if wanted.station is not None or wanted.since is not None or wanted.until is not None:
        return
    taken = {product.number for product in registry.products} | registry.elsewhere.products_given_up
    for before, after in pairwise((0, *sorted(taken))):
        first, last = before + 1, after - 1
        if first <= last and (wanted.product is None or first <= wanted.product <= last):
            numbers = str(first) if first == last else f"{first} to {last}"
            yield {
                "what": "number never given",
                "subject": "product number" if first == last else "product numbers",
                "number": numbers,
                "product": None,
                "at": None,
                "by": None,
                "station": None,
                "why": _NEVER_GIVEN,
            }


def _given_up(registry: Registry, wanted: Filter, told: GivenUp) -> Iterator[Row]:
    """A number that another history gave, and that stands for nothing here."""
    product = int(told.number.partition(".")[0]) if told.kind in {NumberKind.PRODUCT, NumberKind.RELEASE} else None
    if wanted.takes(product, told.origin):
        now = f"; now {told.now}" if told.now else ""
        entry = registry.entries[told.origin.entry - 1]
        yield {
            "what": "number given up",
            "subject": f"{NUMBERS_CALLED[told.kind]} of “{told.meant}” in another history{now}",
            "number": _uid_of(registry, told),
            "product": product_name(registry, product),
            "at": told.origin.at,
            "by": told.origin.by,
            "station": told.origin.station,
            "why": entry.why,
        }


def _uid_of(registry: Registry, told: GivenUp) -> str:
    """The UID that a number given up would be; the number itself where it is none."""
    founding = registry.founding
    if told.kind is NumberKind.INSTALLATION:
        return installation_root(founding.root, founding.scheme, told.number)
    if told.kind is NumberKind.RELEASE:
        product, _, numeric = told.number.partition(".")
        return class_uid(founding.root, founding.scheme, int(product), numeric)
    return told.number


def _kind_and_number(record: Product | Release | Installation) -> tuple[str, str]:
    match record:
        case Product():
            return NumberKind.PRODUCT, str(record.number)
        case Release():
            return NumberKind.RELEASE, record.uid
        case Installation():
            return NumberKind.INSTALLATION, record.uid
        case _:
            assert_never(record)
