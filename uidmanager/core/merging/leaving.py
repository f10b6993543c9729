"""Leaving out what only the other history has: what it gave stays taken, for what it was given to there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.events import (
    InstallationAssigned,
    InstallationIndexed,
    MergeEvent,
    ProductRegistered,
    ReleaseRegistered,
)
from uidmanager.core.merging import arcs, carrying, releases
from uidmanager.core.merging.bench import Outcome
from uidmanager.core.records import NumberKind

if TYPE_CHECKING:
    from uidmanager.core.events import Event
    from uidmanager.core.merging.bench import Bench


def leave_out(bench: Bench, event: Event) -> Outcome:
    """Take nothing over; give up each number that the base does not hold for the same thing."""
    if isinstance(event, MergeEvent):
        return carrying.merge(bench, event)
    match event:
        case ProductRegistered():
            return _product(bench, event)
        case ReleaseRegistered():
            return _release(bench, event)
        case InstallationAssigned() | InstallationIndexed():
            return _installation(bench, event)
        case _:
            return Outcome.LEFT_OUT


def _product(bench: Bench, event: ProductRegistered) -> Outcome:
    held = bench.ours.product(event.number)
    if held is not None and (held.name == event.name or event in bench.first_told(held)):
        return Outcome.PRESENT
    bench.numbering.move_product(event.number, None)
    bench.give_up(NumberKind.PRODUCT, str(event.number), event.name)
    return Outcome.LEFT_OUT


def _release(bench: Bench, event: ReleaseRegistered) -> Outcome:
    product = bench.numbering.product(event.product)
    held = None if product is None else bench.ours.release(product, event.numeric)
    if held is not None and (held.version, held.version_name) == (event.version, event.version_name):
        return Outcome.PRESENT
    return releases.give_up(bench, event)


def _installation(bench: Bench, event: InstallationAssigned | InstallationIndexed) -> Outcome:
    here = arcs.component_of(bench, event.serial)
    if here == event.component:
        return Outcome.PRESENT
    arcs.give_up(bench, event, here)
    return Outcome.LEFT_OUT
