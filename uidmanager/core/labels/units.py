"""The unit that a label is for: what the registry knows of it, as far as a label can say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.print_runs import print_run
from uidmanager.core.records import Installation, State
from uidmanager.core.rules.installations import installation_meant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.registry import Registry

_DAY: Final = len("2026-11-22")
_SHORT_HEAD: Final = 8
_MOST_NAMED: Final = 5


class Unit(Struct, frozen=True, gc=False):
    """One piece of equipment as its label tells it.

    ``serial`` is as printed, ``date`` the day (UTC) on which the root was assigned, ``entry`` the entry that did so and
    ``head`` the hash of that entry: with both the label's batch can be found, and proved. ``prints`` is how often
    labels were printed for it before.
    """

    serial: str
    root: str
    date: str
    entry: int
    head: str
    product: str = ""
    gtin: str | None = None
    prints: int = 0

    @property
    def batch(self) -> str:
        """Entry and the beginning of its hash, as people read it out."""
        return f"{self.entry}-{self.head[:_SHORT_HEAD]}"


def unit_of(registry: Registry, installation: Installation) -> Unit:
    """The unit of an installation."""
    product = None if installation.product is None else registry.product(installation.product)
    entry = installation.origin.entry
    return Unit(
        installation.serial,
        installation.uid,
        installation.origin.at[:_DAY],
        entry,
        registry.entries.head_at(entry),
        "" if product is None else product.name,
        None if product is None else product.gtin,
        installation.prints,
    )


def units_called(registry: Registry, serials: Iterable[str]) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units with these serials in their order, and what is said of the serials: all of it at once."""
    units: list[Unit] = []
    problems: list[Problem] = []
    for serial in serials:
        installation, said = installation_meant(registry, serial)
        problems.extend(said)
        if installation is not None:
            units.append(unit_of(registry, installation))
    return tuple(units), tuple(problems)


def units_of_entry(registry: Registry, entry: int) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units of a batch that are in use; the others are said. A batch of which none is in use is refused."""
    batch = batch_of(registry, entry)
    if not batch:
        return (), (no_batch(entry),)
    active = [each for each in batch if each.state is State.ACTIVE]
    others = [each for each in batch if each.state is not State.ACTIVE]
    units = tuple(unit_of(registry, each) for each in active)
    return units, (_left_out(entry, others, Severity.CAUTION if active else Severity.ERROR),) if others else ()


def batch_of(registry: Registry, entry: int) -> list[Installation]:
    """What was assigned in an entry, in its order; where nothing was, that of which labels were printed in it."""
    if not 1 <= entry <= registry.position:
        return []
    records = registry.records_in((registry.entries[entry - 1],))
    installations = [each for each in records if isinstance(each, Installation)]
    assigned = [each for each in installations if each.origin.entry == entry]
    if assigned:
        return assigned
    run = print_run(registry, entry)
    return [] if run is None else [each for each in installations if each.component in run.codes]


def no_batch(entry: int) -> Problem:
    """There is no batch of this entry."""
    sentence = f"In entry {entry} nothing was assigned and no label printed. The history shows in which it was."
    return Problem("label.no_batch", "entry", sentence)


def _left_out(entry: int, others: list[Installation], severity: Severity) -> Problem:
    named = ", ".join(f"{each.serial} ({each.state})" for each in others[:_MOST_NAMED])
    more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
    what = "get no label" if severity is Severity.CAUTION else "so there is no label to print"
    sentence = f"Of entry {entry}, {named}{more} are out of use and {what}."
    return Problem("label.left_out", "entry", sentence, None, severity)
