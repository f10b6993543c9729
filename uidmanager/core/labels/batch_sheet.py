"""The sheet that goes with a batch: its units, how far their labels are, and a place to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core.labels.units import batch_of, no_batch
from uidmanager.core.print_runs import print_runs_of
from uidmanager.core.records import LabelState, State
from uidmanager.core.reports import Column, Nature, listed_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.errors import Problem
    from uidmanager.core.records import Installation
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Report, Row

KIND: Final = "batch-sheet"
COLUMNS: Final = (
    Column("serial", "Serial", Nature.CODE),
    Column("root", "Installation root", Nature.UID),
    Column("product", "Product", Nature.TEXT),
    Column("state", "State", Nature.WORD),
    Column("label", "Label", Nature.WORD),
    Column("prints", "Printed", Nature.NUMBER),
    Column("runs", "In entries", Nature.TEXT),
)
SIGNATURES: Final = ("Labels printed by", "Labels checked by")


def batch_sheet(registry: Registry, entry: int) -> tuple[Report | None, tuple[Problem, ...]]:
    """The sheet of the batch that was assigned in an entry, or whose labels were printed in it."""
    units = batch_of(registry, entry)
    if not units:
        return None, (no_batch(entry),)
    rows = tuple(_row(registry, unit) for unit in units)
    listed = listed_as(registry, KIND, f"Batch sheet of entry {entry:,}", COLUMNS, rows, _asked(registry, entry, units))
    return structs.replace(listed, signatures=SIGNATURES), ()


def _row(registry: Registry, unit: Installation) -> Row:
    product = None if unit.product is None else registry.product(unit.product)
    return {
        "serial": unit.serial,
        "root": unit.uid,
        "product": None if product is None else product.name,
        "state": unit.state.value,
        "label": unit.label.value,
        "prints": unit.prints,
        "runs": ", ".join(map(str, print_runs_of(registry, unit))) if unit.prints else None,
    }


def _asked(registry: Registry, number: int, units: Sequence[Installation]) -> str:
    """Which entry it is, with its hash; and how many labels are yet to be printed or read back."""
    entry = registry.entries[number - 1]
    void = sum(unit.state is State.VOID for unit in units)
    checked = sum(unit.label is LabelState.CHECKED and unit.state is not State.VOID for unit in units)
    printed = sum(bool(unit.prints) for unit in units)
    return (
        f"the units of entry {number:,} ({entry.at[:10]} by {entry.by} at {entry.station}, hash {entry.h}): "
        f"{len(units):,} in all, {printed:,} with a label, {checked:,} checked, {void:,} void, "
        f"{len(units) - checked - void:,} still to be checked"
    )
