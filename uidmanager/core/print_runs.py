"""A print run: the labels printed in one entry, and how far they are read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core import events as e
from uidmanager.core.records import State
from uidmanager.core.subjects import subject_of_installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.records import Installation
    from uidmanager.core.registry import Registry


class PrintRun(Struct, frozen=True):
    """What became of the labels printed in entry ``entry``.

    ``codes`` has what the code on each label says, by component, in the order printed; ``checked`` those components
    whose label was read back and is right, ``void`` those that were voided since, ``replaced`` those whose label was
    printed again later. ``misses`` are the scans that were of no right label of the run.
    """

    entry: int
    codes: dict[str, str]
    checked: frozenset[str]
    void: frozenset[str]
    replaced: frozenset[str]
    misses: tuple[e.LabelMissed, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The components whose label is yet to be read back, in the order printed."""
        done = self.checked | self.void | self.replaced
        return tuple(component for component in self.codes if component not in done)

    @property
    def is_complete(self) -> bool:
        """Whether every label is read back, or needs not be any more."""
        return not self.missing


def print_run(registry: Registry, entry: int) -> PrintRun | None:
    """The print run of an entry; None where nothing was printed in it."""
    if not 1 <= entry <= registry.position:
        return None
    codes = {it.component: it.code for it in registry.entries[entry - 1].events if isinstance(it, e.LabelPrinted)}
    if not codes:
        return None
    told = [event for n in registry.entries_on_print_run(entry) for event in registry.entries[n - 1].events]
    units = {component: unit for component in codes if (unit := registry.installation(component))}
    return PrintRun(
        entry,
        codes,
        frozenset(it.component for it in told if isinstance(it, e.LabelChecked) and it.printed == entry),
        frozenset(component for component, unit in units.items() if unit.state is State.VOID),
        frozenset(component for component, unit in units.items() if _was_printed_after(registry, unit, entry)),
        tuple(it for it in told if isinstance(it, e.LabelMissed) and it.printed == entry),
    )


def print_runs_of(registry: Registry, installation: Installation) -> list[int]:
    """The numbers of the entries in which labels of an installation were printed, oldest first."""
    return list(_prints(registry, installation.component))


def _was_printed_after(registry: Registry, unit: Installation, entry: int) -> bool:
    return unit.prints > 1 and any(n > entry for n in _prints(registry, unit.component))


def _prints(registry: Registry, component: str) -> Iterator[int]:
    for n in registry.entries_on(subject_of_installation(component)):
        events = registry.entries[n - 1].events
        if any(isinstance(it, e.LabelPrinted) and it.component == component for it in events):
            yield n
