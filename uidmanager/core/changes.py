"""What a record is after an event that changes it. Whether the event may follow at all is for the fold to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec import structs

from uidmanager.core import events as e
from uidmanager.core.records import LabelState, State

if TYPE_CHECKING:
    from uidmanager.core.records import Installation, Product, Release

ProductChange = (
    e.ProductNameCorrected | e.ProductRetired | e.ProductGtinSet | e.ProductSerialsSet | e.ProductNoteCorrected
)
ReleaseChange = e.ReleaseNoteCorrected | e.ReleaseWithdrawn
UnitChange = (
    e.InstallationProductCorrected
    | e.InstallationNoteCorrected
    | e.InstallationRetired
    | e.InstallationVoided
    | e.InstallationReinstated
    | e.InstallationSeen
)
"""What may be told of a unit itself, apart from its labels and what was scanned."""
InstallationChange = UnitChange | e.BarcodeRead | e.LabelPrinted | e.LabelChecked


def product_after(product: Product, event: ProductChange) -> Product:
    """The product as it stands after the event."""
    match event:
        case e.ProductRetired():
            return structs.replace(product, state=State.RETIRED)
        case e.ProductNameCorrected():
            return structs.replace(product, name=event.new)
        case e.ProductGtinSet():
            return structs.replace(product, gtin=event.new)
        case e.ProductSerialsSet():
            return structs.replace(product, serials=event.new)
        case e.ProductNoteCorrected():
            return structs.replace(product, note=event.new)
        case _:
            assert_never(event)


def release_after(release: Release, event: ReleaseChange) -> Release:
    """The release as it stands after the event."""
    if isinstance(event, e.ReleaseWithdrawn):
        return structs.replace(release, state=State.WITHDRAWN)
    return structs.replace(release, note=event.new)


def installation_after(held: Installation, event: InstallationChange) -> Installation:
    """The installation as it stands after the event. A label that is printed again has yet to be checked."""
    match event:
        case e.InstallationProductCorrected():
            changed = structs.replace(held, product=event.new)
        case e.InstallationNoteCorrected():
            changed = structs.replace(held, note=event.new)
        case e.InstallationRetired():
            changed = structs.replace(held, state=State.RETIRED)
        case e.InstallationVoided():
            changed = structs.replace(held, state=State.VOID)
        case e.InstallationReinstated():
            changed = structs.replace(held, state=State.ACTIVE)
        case e.LabelPrinted():
            changed = structs.replace(held, label=LabelState.LABELLED, prints=held.prints + 1)
        case e.LabelChecked():
            changed = structs.replace(held, label=LabelState.CHECKED)
        case e.InstallationSeen() | e.BarcodeRead():
            changed = held
        case _:
            assert_never(event)
    return changed
