"""Global Trade Item Numbers: which product has one, and which product a scan means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.barcodes import check_gtin, read_gtin
from uidmanager.core.errors import Problem, Severity

if TYPE_CHECKING:
    from uidmanager.core.barcodes import Read
    from uidmanager.core.records import Product
    from uidmanager.core.registry import Registry


def product_read(
    registry: Registry, read: Read | None, chosen: Product | None
) -> tuple[Product | None, tuple[Problem, ...]]:
    """The product of a unit that was scanned: the one that was chosen, else the one that has the GTIN in the code."""
    if read is None or read.gtin is None:
        return chosen, ()
    holder = registry.product_with_gtin(read.gtin)
    if chosen is None and holder is not None:
        return holder, ()
    if holder is not None and chosen is not None and holder.number != chosen.number:
        sentence = (
            f"The code has GTIN {read.gtin} of product {holder.number} “{holder.name}”, but “{chosen.name}” is chosen. "
            "Check the unit, or choose the other product."
        )
        return chosen, (Problem("gtin.other_product", "product", sentence),)
    if holder is None and chosen is not None and chosen.gtin is not None:
        sentence = (
            f"The code has GTIN {read.gtin}, but “{chosen.name}” has {chosen.gtin}. Check the unit, or choose the "
            "product that it is."
        )
        return chosen, (Problem("gtin.other_product", "product", sentence),)
    return chosen, () if holder is not None else (_unknown(read.gtin, chosen),)


def not_a_serial(registry: Registry, serial: str) -> tuple[Problem, ...]:
    """Whether the code of a till was scanned for the unit's own: then all units of a product would have one serial."""
    digits = serial.strip()
    holder = None if check_gtin(digits) else registry.product_with_gtin(read_gtin(digits))
    if holder is None:
        return ()
    sentence = (
        f"{digits} is the GTIN of product {holder.number} “{holder.name}”, the same on all its units. Scan the code "
        "that holds the serial."
    )
    return (Problem("gtin.as_serial", "serial", sentence),)


def _unknown(gtin: str, chosen: Product | None) -> Problem:
    what = f"“{chosen.name}”" if chosen else "the product that it is"
    sentence = f"GTIN {gtin} in the code belongs to no product here. Set it on {what}, and a scan will choose it."
    return Problem("gtin.unknown", "product", sentence, None, Severity.CAUTION)
