"""Installations of the other history: one root, one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from msgspec import structs

from uidmanager.core import events as e
from uidmanager.core.merging import arcs, labels
from uidmanager.core.merging.bench import Outcome
from uidmanager.core.merging.terms import Choice, Option
from uidmanager.core.records import NumberKind, State
from uidmanager.core.rules.common import when_and_who

if TYPE_CHECKING:
    from uidmanager.core.changes import UnitChange
    from uidmanager.core.merging.bench import Bench
    from uidmanager.core.records import Installation

    StateEvent = e.InstallationRetired | e.InstallationVoided | e.InstallationReinstated

_STATES: Final[dict[State, type[StateEvent]]] = {
    State.RETIRED: e.InstallationRetired,
    State.VOID: e.InstallationVoided,
    State.ACTIVE: e.InstallationReinstated,
}


def merge(bench: Bench, event: e.InstallationEvent) -> Outcome:
    """Take over an event about an installation."""
    if isinstance(event, e.InstallationAssigned):
        return _assigned(bench, event)
    if isinstance(event, e.InstallationIndexed):
        return _indexed(bench, event)
    key = bench.numbering.installation(event.component)
    held, there = key and bench.ours.installation(key), bench.theirs.installation(event.component)
    if not held or not there:
        return Outcome.LEFT_OUT
    if isinstance(event, labels.Told):
        return labels.merge(bench, event, held)
    return _changed(bench, event, held, there)


def _changed(bench: Bench, event: UnitChange, held: Installation, there: Installation) -> Outcome:
    """A change of what is ``held`` here, and was as it is ``there`` before it."""
    match event:
        case e.InstallationProductCorrected():
            stands = held.product == bench.numbering.product(there.product)
            return _product(bench, held, event.new, stands=stands)
        case e.InstallationNoteCorrected():
            return _note(bench, held, event.new, stands=held.note == there.note)
        case e.InstallationRetired():
            return _state(bench, held, State.RETIRED, stands=held.state is there.state)
        case e.InstallationVoided():
            return _state(bench, held, State.VOID, stands=held.state is there.state)
        case e.InstallationReinstated():
            return _state(bench, held, State.ACTIVE, stands=held.state is there.state)
        case e.InstallationSeen():
            return _seen(bench, held, event)
        case _:
            assert_never(event)


def give_up(bench: Bench, event: e.InstallationAssigned | e.InstallationIndexed) -> Outcome:
    """Leave an installation out; its root is for the unit that it was given to, and for no other."""
    arcs.give_up(bench, event, None)
    return Outcome.LEFT_OUT


def _assigned(bench: Bench, event: e.InstallationAssigned) -> Outcome:
    here = structs.replace(event, product=bench.numbering.product(event.product))
    held = bench.ours.installation(event.component)
    if held is None:
        return _with_digits(bench, event, here)
    if here in bench.first_told(held):
        return Outcome.PRESENT
    if held.serial != event.serial and _ask_one_root(bench, event, held) is Choice.APART:
        return give_up(bench, event)
    return _one_unit(bench, event, held)


def _with_digits(bench: Bench, event: e.InstallationAssigned, here: e.InstallationAssigned) -> Outcome:
    """A component that the base does not have. Its serial may have an index here: one serial has one root."""
    by_index = arcs.component_of(bench, event.serial)
    held = None if by_index is None else bench.ours.installation(by_index)
    if held is not None:
        arcs.give_up(bench, event, held.component)
        return _one_unit(bench, event, held)
    if bench.ours.elsewhere.is_for_another(NumberKind.INSTALLATION, event.component, event.serial):
        return give_up(bench, event)
    bench.write(here)
    return Outcome.TAKEN


def _indexed(bench: Bench, event: e.InstallationIndexed) -> Outcome:
    component = arcs.component_for(bench, event)
    if component is None:
        return give_up(bench, event)
    here = structs.replace(event, component=component, product=bench.numbering.product(event.product))
    held = bench.ours.installation(component)
    if held is None:
        bench.write(here)
    if component != event.component:  # only now, so that what merges this later knows what it has instead
        arcs.give_up(bench, event, component)
    if held is None:
        return Outcome.TAKEN
    if here in bench.first_told(held):
        return Outcome.PRESENT
    return _one_unit(bench, event, held)


def _one_unit(bench: Bench, event: e.InstallationAssigned | e.InstallationIndexed, held: Installation) -> Outcome:
    """What both histories have assigned, each in its own way."""
    here = structs.replace(event, product=bench.numbering.product(event.product))
    outcomes = {_state(bench, held, State.ACTIVE, stands=False)}
    if here.product is not None:
        outcomes.add(_product(bench, held, event.product, stands=False))
    if here.note is not None:
        outcomes.add(_note(bench, held, here.note, stands=False))
    return next(each for each in (Outcome.TAKEN, Outcome.LEFT_OUT, Outcome.PRESENT) if each in outcomes)


def _ask_one_root(bench: Bench, event: e.InstallationAssigned, held: Installation) -> Choice:
    """Whether two serials with one root are one unit."""
    return bench.ask(
        f"installation:{event.component}",
        f"installation {event.component}",
        _told(held),
        _told(bench.at_last.installation(event.component)),
        Option(Choice.KEEP, f"One unit: its serial is {held.serial}."),
        Option(
            Choice.APART,
            f"Two units with one root: {held.serial} keeps it, {event.serial} is left out, and it is written down that "
            "it was given this root as well.",
        ),
    )


def _product(bench: Bench, held: Installation, wanted: int | None, *, stands: bool) -> Outcome:
    """Another product, by its number there. ``stands`` when nobody changed here what is changed there."""
    new = bench.numbering.product(wanted)
    if held.product == new:
        return Outcome.PRESENT
    if new is None and wanted is not None:  # of a product that is not here
        return Outcome.LEFT_OUT
    if not stands and not _is_taken(bench, held, "product", _called(bench, held.product), _called(bench, new)):
        return Outcome.LEFT_OUT
    bench.write(e.InstallationProductCorrected(held.component, held.product, new))
    return Outcome.TAKEN


def _note(bench: Bench, held: Installation, new: str | None, *, stands: bool) -> Outcome:
    if held.note == new:
        return Outcome.PRESENT
    theirs = _at_last(bench, held).note or "none"
    if not stands and not _is_taken(bench, held, "note", held.note or "none", theirs):
        return Outcome.LEFT_OUT
    bench.write(e.InstallationNoteCorrected(held.component, held.note, new))
    return Outcome.TAKEN


def _state(bench: Bench, held: Installation, new: State, *, stands: bool) -> Outcome:
    if held.state is new:
        return Outcome.PRESENT
    theirs = _at_last(bench, held).state.value
    if not stands and not _is_taken(bench, held, "state", held.state.value, theirs):
        return Outcome.LEFT_OUT
    if State.ACTIVE not in {held.state, new}:  # from void to retired the way leads through active
        bench.write(e.InstallationReinstated(held.component))
    bench.write(_STATES[new](held.component))
    return Outcome.TAKEN


def _seen(bench: Bench, held: Installation, event: e.InstallationSeen) -> Outcome:
    """A finding contradicts nothing: it is taken over, unless the same one was noted here."""
    event = structs.replace(event, component=held.component)
    if event in bench.ours.findings_on(held):
        return Outcome.PRESENT
    bench.write(event)
    return Outcome.TAKEN


def _at_last(bench: Bench, held: Installation) -> Installation:
    """What the other history comes to in the end for a unit that it has."""
    return bench.at_last.installation_with(held.serial) or held


def _is_taken(bench: Bench, held: Installation, field: str, base: str, other: str) -> bool:
    """Whether the telling of the other history is to hold."""
    choice = bench.ask(
        f"installation.{field}:{held.component}",
        f"the {field} of installation {held.serial}",
        base,
        other,
        Option(Choice.KEEP, f"The {field} of the base stays."),
        Option(Choice.TAKE, f"The {field} of the other history holds from now on; the history keeps both."),
    )
    return choice is Choice.TAKE


def _called(bench: Bench, number: int | None) -> str:
    product = None if number is None else bench.ours.product(number)
    return f"product {product.number} “{product.name}”" if product else "none"


def _told(held: Installation | None) -> str:
    return f"serial {held.serial}, {when_and_who(held.origin)}" if held else ""
