"""The indexed arc of the other history, and the serials that have an index there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.events import IndexedArcOpened
from uidmanager.core.merging.bench import Outcome
from uidmanager.core.merging.terms import Choice, Option
from uidmanager.core.records import NumberKind
from uidmanager.core.rules.common import when_and_who
from uidmanager.core.scheme import without_zeros

if TYPE_CHECKING:
    from uidmanager.core.events import InstallationAssigned, InstallationIndexed
    from uidmanager.core.merging.bench import Bench
    from uidmanager.core.records import Installation


def merge(bench: Bench, event: IndexedArcOpened) -> Outcome:
    """A registry has one such arc: the base keeps its own, and serials of the other history get their index there."""
    if bench.ours.indexed_arc is not None:
        return Outcome.PRESENT if bench.ours.indexed_arc == event.arc else Outcome.LEFT_OUT
    bench.write(event)
    return Outcome.TAKEN


def component_for(bench: Bench, event: InstallationIndexed) -> str | None:
    """The component that the serial has, or gets, here; None where it is to be left out."""
    return component_of(bench, event.serial) or _free_component(bench, event)


def component_of(bench: Bench, serial: str) -> str | None:
    """The component that a serial has here: by an index, or by its digits where the other history has an index."""
    by_index = bench.ours.indexed.component_of(serial)
    if by_index is not None or not (serial.isascii() and serial.isdigit()):
        return by_index
    held = bench.ours.installation(without_zeros(serial))
    return held.component if held and held.serial == serial else None


def give_up(bench: Bench, event: InstallationAssigned | InstallationIndexed, here: str | None) -> None:
    """Have it written that a root there is given to nothing else; the unit has another one here, or none."""
    bench.numbering.move_installation(event.component, here)
    bench.give_up(NumberKind.INSTALLATION, event.component, event.serial, here)


def _free_component(bench: Bench, event: InstallationIndexed) -> str | None:
    """The component under which a serial that the base does not have can stand here."""
    if bench.ours.indexed_arc is None:  # it was left out when the two were merged before
        bench.write(IndexedArcOpened(event.component.partition(".")[0]))
    held = bench.ours.installation(event.component)
    is_for_another = bench.ours.elsewhere.is_for_another(NumberKind.INSTALLATION, event.component, event.serial)
    if held is None and not is_for_another and event.component.startswith(f"{bench.ours.indexed_arc}."):
        return event.component
    after = max(0, bench.at_last.indexed.highest - bench.ours.indexed.highest)
    free = bench.ours.indexed.next_component(after)
    return free if held is None or _ask(bench, event, held, free) is Choice.APART else None


def _ask(bench: Bench, event: InstallationIndexed, held: Installation, free: str) -> Choice:
    """One index was given to two serials."""
    there = bench.at_last.installation(event.component)
    return bench.ask(
        f"installation:{event.component}",
        f"index {event.component}",
        f"serial {held.serial}, {when_and_who(held.origin)}",
        f"serial {event.serial}" + (f", {when_and_who(there.origin)}" if there else ""),
        Option(
            Choice.APART,
            f"{held.serial} keeps the root, {event.serial} gets {free} and must be set up anew; the root it had is "
            "given up.",
        ),
        Option(
            Choice.KEEP,
            f"{held.serial} keeps the root, {event.serial} is left out, and it is written down that it was given this "
            "root as well.",
        ),
    )
