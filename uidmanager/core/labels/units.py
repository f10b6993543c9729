"""The unit that a label is for: what the registry knows of it, as far as a label can say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem, Severity
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
    )


def units_called(registry: Registry, serials: Iterable[str]) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units with these serials, each once, and what is wrong with the serials: all of it at once."""
    found: dict[str, Unit] = {}
    problems: list[Problem] = []
    for serial in serials:
        installation, said = installation_meant(registry, serial)
        problems.extend(said)
        if installation is None:
            continue
        problems.extend(_out_of_use(installation))
        found.setdefault(installation.uid, unit_of(registry, installation))
    return tuple(found.values()), tuple(problems)


def units_of_entry(registry: Registry, entry: int) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The batch that was assigned in an entry, in its order. What is void or retired by now is left out, and said."""
    assigned = _assigned_in(registry, entry)
    if not assigned:
        sentence = f"Entry {entry} assigned no installation, so there is no such batch. The history shows which did."
        return (), (Problem("label.no_batch", "entry", sentence),)
    active = [each for each in assigned if each.state is State.ACTIVE]
    others = [each for each in assigned if each.state is not State.ACTIVE]
    units = tuple(unit_of(registry, each) for each in active)
    return units, (_left_out(entry, others, Severity.CAUTION if active else Severity.ERROR),) if others else ()


def _assigned_in(registry: Registry, entry: int) -> list[Installation]:
    if not 1 <= entry <= registry.position:
        return []
    records = registry.records_in((registry.entries[entry - 1],))
    return [each for each in records if isinstance(each, Installation) and each.origin.entry == entry]


def _out_of_use(installation: Installation) -> tuple[Problem, ...]:
    if installation.state is State.ACTIVE:
        return ()
    sentence = (
        f"Installation {installation.serial} is {installation.state}; what is out of use gets no label. Reinstate it "
        "first, or leave it out."
    )
    return (Problem("label.out_of_use", "serial", sentence),)


def _left_out(entry: int, others: list[Installation], severity: Severity) -> Problem:
    named = ", ".join(f"{each.serial} ({each.state})" for each in others[:_MOST_NAMED])
    more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
    what = "get no label" if severity is Severity.CAUTION else "so there is no label to print"
    sentence = f"Of entry {entry}, {named}{more} are out of use and {what}."
    return Problem("label.left_out", "entry", sentence, None, severity)
