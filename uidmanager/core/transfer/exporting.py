"""From a registry to what a document carries of it, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.pasts import Pasts
from uidmanager.core.records import SerialRule
from uidmanager.core.transfer.document import (
    CarriedGivenUp,
    CarriedInstallation,
    CarriedProduct,
    CarriedRelease,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.records import GivenUp
    from uidmanager.core.registry import Registry


def products_of(registry: Registry) -> Iterator[CarriedProduct]:
    """All products, in the order they were registered."""
    pasts = Pasts(registry)
    for it in registry.products:
        yield CarriedProduct(
            number=it.number,
            name=it.name,
            code=it.code,
            gtin=it.gtin,
            serials=None if it.serials == SerialRule() else it.serials,
            note=it.note,
            state=it.state,
            registered=pasts.registered(it),
            changed=pasts.changed(it),
        )


def releases_of(registry: Registry) -> Iterator[CarriedRelease]:
    """All releases, in the order they were registered."""
    pasts = Pasts(registry)
    for it in registry.releases:
        yield CarriedRelease(
            product=it.product,
            version=it.version,
            numeric=it.numeric,
            uid=it.uid,
            version_name=it.version_name,
            note=it.note,
            state=it.state,
            registered=pasts.registered(it),
            changed=pasts.changed(it),
        )


def installations_of(registry: Registry) -> Iterator[CarriedInstallation]:
    """All installations, in the order they were assigned."""
    pasts = Pasts(registry)
    for it in registry.installations:
        yield CarriedInstallation(
            serial=it.serial,
            component=it.component,
            uid=it.uid,
            product=it.product,
            note=it.note,
            state=it.state,
            registered=pasts.registered(it),
            changed=pasts.changed(it),
        )


def given_up_of(registry: Registry) -> Iterator[CarriedGivenUp]:
    """All numbers given up; one that was given up twice for the same thing is told once."""
    pasts = Pasts(registry)
    told: dict[tuple[str, ...], GivenUp] = {}
    for it in registry.elsewhere.all_given_up:
        told.setdefault((it.kind, it.number, it.meant, it.now or ""), it)
    for it in told.values():
        yield CarriedGivenUp(kind=it.kind, number=it.number, meant=it.meant, now=it.now, noted=pasts.noted(it))
