"""What comes from another registry in a document: what it would have been here, and which states it may bring along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from msgspec import structs

from uidmanager.core import events as e
from uidmanager.core.records import State

if TYPE_CHECKING:
    from uidmanager.core.records import Origin

STATES_OF: Final[dict[type[e.RecordImported], tuple[State, ...]]] = {
    e.ProductImported: (State.ACTIVE, State.RETIRED),
    e.ReleaseImported: (State.ACTIVE, State.WITHDRAWN),
    e.InstallationImported: (State.ACTIVE, State.RETIRED, State.VOID),
}
"""The states that each kind of record can be in."""


def has_fitting_state(event: e.RecordImported) -> bool:
    """A state that its kind can have; and just what is not active any more has become so at some time."""
    return event.state in STATES_OF[type(event)] and (event.state is State.ACTIVE) == (event.changed is None)


_Registered = e.ProductRegistered | e.ReleaseRegistered | e.InstallationAssigned | e.InstallationIndexed


def as_registered(event: e.RecordImported) -> _Registered:
    """The event by which the same record would have been given its number here."""
    match event:
        case e.ProductImported():
            return e.ProductRegistered(event.number, event.name, event.code)
        case e.ReleaseImported():
            return e.ReleaseRegistered(event.product, event.version, event.numeric, event.version_name, event.note)
        case e.InstallationImported():
            if "." in event.component:
                return e.InstallationIndexed(event.serial, event.component, event.product, event.note)
            return e.InstallationAssigned(event.serial, event.component, event.product, event.note)
        case _:
            assert_never(event)


def as_given_up(event: e.GivenUpImported, origin: Origin) -> tuple[e.NumberGivenUp, Origin]:
    """The event by which the same number would have been given up here, and when and by whom it really was."""
    noted = event.noted
    told = structs.replace(origin, at=noted.at, by=noted.by, station=noted.station)
    return e.NumberGivenUp(event.kind, event.number, event.meant, event.now), told
