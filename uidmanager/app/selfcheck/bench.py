"""Checks of the work bench: a scan, a label, and a table that is taken over while the power goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.app.selfcheck.rules import founded
from uidmanager.core.barcodes import GS
from uidmanager.core.drafts import AssignInstallations, OpenIndexedArc, RegisterProduct
from uidmanager.core.labels.units import units_called
from uidmanager.core.records import SerialRule

if TYPE_CHECKING:
    from uidmanager.app.selfcheck.ports import Laboratory
    from uidmanager.core.registry import Registry

_GTIN: Final = "09521234543213"
_SCAN: Final = f"]d201{_GTIN}210372764{GS}10LOT7"
_INDEXED: Final = RegisterProduct("Probe", serials=SerialRule(indexed=True))


def scan_to_entry(laboratory: Laboratory) -> str:
    """A GS1 code with GTIN, serial and lot, as a scanner sends it; then once more, as people do."""
    service = founded(laboratory, "scan")
    service.submit(RegisterProduct("Console", gtin=_GTIN))
    read = laboratory.read(_SCAN)
    draft = AssignInstallations((read.serial,), reads=(read,))
    shown = service.preview(draft)
    service.submit(draft, shown)
    again = "wrote nothing" if service.submit(draft).entry is None else "wrote an entry"
    with service.look() as registry:
        return f"{_assigned(registry, read.serial, read.scanned)}; the same scan again {again}"


def _assigned(registry: Registry, serial: str, scanned: str) -> str:
    """What the registry has of the unit that was scanned."""
    held = registry.installation_with(serial)
    if held is None:
        return "not assigned"
    product = registry.product(held.product) if held.product is not None else None
    kept = [read.scanned for read in registry.reads_of(held)] == [scanned]
    with_scan = "with the scan kept" if kept else "without the scan"
    return f"{held.uid} of {product.name if product else 'no product'}, {with_scan}"


def labels_read_back(laboratory: Laboratory) -> str:
    """Labels of three units, with each kind of code, drawn as dots and read by a reader of codes."""
    service = founded(laboratory, "labels")
    for draft in (OpenIndexedArc("3", "Installation check"), RegisterProduct("Console", gtin=_GTIN), _INDEXED):
        service.submit(draft)
    for serial, product in (("0372764", "Console"), ("100417", None), ("SN-A17", "Probe")):
        service.submit(AssignInstallations((serial,), product))
    with service.look() as registry:
        units, _said = units_called(registry, ("0372764", "100417", "SN-A17"))
    read = laboratory.read_labels(units)
    wrong = [f"“{said}” read as “{found}”" for said, found in read if said != found]
    return "; ".join(wrong) if wrong else f"{len(read)} of {len(read)} codes say what the registry has"
