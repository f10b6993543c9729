"""What a report says of its own making."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import UidManagerError
from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from uidmanager.app.ports import World

_EPOCH: Final = "SOURCE_DATE_EPOCH"
_LAST_SECOND: Final = 253402300799  # of the year 9999, beyond which no date can be written


class NotAnEpochError(UidManagerError):
    """The environment says when documents were made, but not as a time."""

    code = "environment.source_date_epoch"

    def __init__(self, given: str) -> None:
        super().__init__(
            f"SOURCE_DATE_EPOCH is “{visible(given)}”, which is no whole number of seconds since 1970. Nothing was "
            "written; give it as the date command does with +%s, or take it out of the environment."
        )


class Stamp(Struct, frozen=True):
    """When a report was made (UTC, ISO 8601, microseconds), by whom, at which station, by which program's version.

    ``verified`` says that the whole ledger was read anew for it, from its first entry, and every hash was right.
    """

    made_at: str
    by: str
    station: str
    app: str
    verified: bool = False


def stamp_of(world: World, *, verified: bool = False) -> Stamp:
    """The stamp for a report that is made now, or when ``SOURCE_DATE_EPOCH`` says. Raises `NotAnEpochError`."""
    given = os.environ.get(_EPOCH, "")
    made_at = world.now() if not given else _from_epoch(given)
    return Stamp(made_at, world.person.name, world.person.station, world.app, verified)


def _from_epoch(given: str) -> str:
    if re.fullmatch(r"[0-9]{1,12}", given) is None or int(given) > _LAST_SECOND:
        raise NotAnEpochError(given)
    return datetime.fromtimestamp(int(given), UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
