"""What a report says of its own making."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from uidmanager.app.ports import World


class Stamp(Struct, frozen=True):
    """When a report was made (UTC, ISO 8601, microseconds), by whom, at which station, by which program's version."""

    made_at: str
    by: str
    station: str
    app: str


def stamp_of(world: World) -> Stamp:
    """The stamp for a report that is made now."""
    return Stamp(world.now(), world.person.name, world.person.station, world.app)
