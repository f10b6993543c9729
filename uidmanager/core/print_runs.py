"""A print run: the labels printed in one entry, and how far they are read back.

A run may have ten thousand labels, and each of its entries as many events: each entry is looked at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core import events as e
from uidmanager.core.records import State
from uidmanager.core.subjects import subject_of_installation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from uidmanager.core.records import Installation
    from uidmanager.core.registry import Registry


class PrintRun(Struct, frozen=True):
    """What became of the labels printed in entry ``entry``.

    ``codes`` has what the code on each label says, by component, in the order printed, ``by_code`` the same the other
    way round; ``checked`` those components whose label was read back and is right, ``void`` those that were voided
    since, ``replaced`` those whose label was printed again later. ``misses`` are the scans that were of no right label
    of the run.
    """

    entry: int
    codes: dict[str, str]
    by_code: dict[str, str]
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
        return (self.checked | self.void | self.replaced).issuperset(self.codes)


class Standing(Struct, frozen=True):
    """How far the labels of a print run are. Each of those printed is counted once, in the first that applies.

    ``void``, ``replaced`` and ``checked`` as of a `PrintRun`; ``missing`` are all others.
    """

    printed: int
    checked: int
    void: int
    replaced: int

    @property
    def missing(self) -> int:
        """How many labels are yet to be read back."""
        return self.printed - self.checked - self.void - self.replaced

    @property
    def words(self) -> str:
        """The same as people say it: “23 of 24 checked, 1 void”."""
        others = ((self.void, "void"), (self.replaced, "printed again"), (self.missing, "missing"))
        return ", ".join([f"{self.checked} of {self.printed} checked", *(f"{n} {said}" for n, said in others if n)])


def standing(run: PrintRun, done: Collection[str] = ()) -> Standing:
    """How far a print run is, with the components in ``done`` read back as well."""
    void = run.void
    replaced = run.replaced - void
    checked = run.checked.union(done) - void - replaced
    return Standing(len(run.codes), len(checked), len(void), len(replaced))


def print_run(registry: Registry, entry: int) -> PrintRun | None:
    """The print run of an entry; None where nothing was printed in it."""
    if not 1 <= entry <= registry.position:
        return None
    codes = {it.component: it.code for it in registry.entries[entry - 1].events if isinstance(it, e.LabelPrinted)}
    if not codes:
        return None
    told = [event for n in registry.entries_on_print_run(entry) for event in registry.entries[n - 1].events]
    units = [unit for component in codes if (unit := registry.installation(component))]
    return PrintRun(
        entry,
        codes,
        {code: component for component, code in codes.items()},
        frozenset(it.component for it in told if isinstance(it, e.LabelChecked) and it.printed == entry),
        frozenset(unit.component for unit in units if unit.state is State.VOID),
        frozenset(codes) & _printed_after(registry, units, entry),
        tuple(it for it in told if isinstance(it, e.LabelMissed) and it.printed == entry),
    )


def open_runs(registry: Registry) -> Iterator[PrintRun]:
    """The print runs in which labels are yet to be read back, the last one first."""
    runs = (print_run(registry, entry) for entry in reversed(registry.print_runs))
    return (run for run in runs if run is not None and not run.is_complete)


def print_runs_of(registry: Registry, installation: Installation) -> list[int]:
    """The numbers of the entries in which labels of an installation were printed, oldest first."""
    component = installation.component
    numbers = registry.entries_on(subject_of_installation(component))
    return [n for n in numbers if component in _printed_in(registry, n)]


def _printed_after(registry: Registry, units: Iterable[Installation], entry: int) -> set[str]:
    """The components whose labels were printed after an entry; each later entry is looked at once."""
    again = (subject_of_installation(unit.component) for unit in units if unit.prints > 1)
    later = {n for subject in again for n in registry.entries_on(subject) if n > entry}
    return {component for n in later for component in _printed_in(registry, n)}


def _printed_in(registry: Registry, n: int) -> set[str]:
    return {event.component for event in registry.entries[n - 1].events if isinstance(event, e.LabelPrinted)}
