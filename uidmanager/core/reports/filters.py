"""Which records a report is about: by product, date, state, station, or a text in one of the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem
from uidmanager.core.records import State
from uidmanager.core.reports.kinds import Kind
from uidmanager.core.texts import is_day, visible

if TYPE_CHECKING:
    from uidmanager.core.records import Origin, Past
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports.kinds import Row

_DAY: Final = len("2026-11-22")
STATELESS: Final = frozenset({Kind.HISTORY, Kind.EXCEPTIONS, Kind.LABELS})
"""The reports whose rows are in no state of their own."""


class Filter(Struct, frozen=True):
    """What a record must be to stand in a report; what is None does not matter.

    ``product`` is the number of its product, ``since`` and ``until`` are days in UTC (``2026-11-22``), both included,
    ``station`` is where it was registered, in any case of letters. ``containing`` is a text, in any case as well.
    """

    product: int | None = None
    since: str | None = None
    until: str | None = None
    state: State | None = None
    station: str | None = None
    containing: str = ""

    def takes(self, product: int | None, origin: Origin | Past, state: State | None = None) -> bool:
        """Whether a record of this product, origin (or end) and state is wanted; the text is for `has_text`."""
        day = origin.at[:_DAY]
        return (
            (self.product is None or product == self.product)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
            and (self.state is None or state is None or state is self.state)
            and (self.station is None or origin.station.casefold() == self.station.casefold())
        )

    def has_text(self, row: Row) -> bool:
        """Whether the text is in one of the row's fields."""
        wanted = self.containing.casefold()
        return not wanted or any(wanted in str(value).casefold() for value in row.values() if value is not None)


EVERYTHING: Final = Filter()
"""No filter."""


class Asked(Struct, frozen=True):
    """A filter as a person gives it: all of it text. The product is named by its number or its name."""

    product: str = ""
    since: str = ""
    until: str = ""
    state: str = ""
    station: str = ""
    containing: str = ""


def read_filter(registry: Registry, kind: Kind, asked: Asked) -> tuple[Filter, tuple[Problem, ...]]:
    """The filter that is meant, and everything that is wrong with it; what is wrong is left out of the filter."""
    problems: list[Problem] = []
    found = registry.find_product(asked.product) if asked.product.strip() else None
    if asked.product.strip() and found is None:
        said = f"There is no product “{visible(asked.product.strip())}”. Name it as the list of products does."
        problems.append(Problem("product.unknown", "product", said))
    since, until = (_day(field, text, problems) for field, text in (("since", asked.since), ("until", asked.until)))
    if since is not None and until is not None and since > until:
        said = f"The first day, {since}, is later than the last, {until}, so no row can be meant. Exchange the two."
        problems.append(Problem("filter.days_reversed", "until", said))
    state = _state(kind, asked.state.strip(), problems)
    number = None if found is None else found.number
    station = asked.station.strip() or None
    return Filter(number, since, until, state, station, asked.containing.strip()), tuple(problems)


def stations_in(registry: Registry) -> tuple[str, ...]:
    """The stations at which anything was ever written, each once, in the order of their names."""
    origins = registry.installations.origins
    named = {origins.names[number].casefold(): origins.names[number] for number in sorted(set(origins.stations))}
    return tuple(name for _, name in sorted(named.items()))


def in_words(registry: Registry, wanted: Filter) -> str:
    """The filter as it stands on a report."""
    product = None if wanted.product is None else registry.product(wanted.product)
    told = (
        ("product", wanted.product if product is None else f"{product.number} {product.name}"),
        ("from", wanted.since),
        ("to", wanted.until),
        ("state", wanted.state),
        ("station", wanted.station),
        ("containing", f"“{wanted.containing}”" if wanted.containing else None),
    )
    return "; ".join(f"{name} {value}" for name, value in told if value is not None) or "none: everything is listed"


def _day(field: str, text: str, problems: list[Problem]) -> str | None:
    """A day as it is written in ISO 8601, or None with a problem."""
    given = text.strip()
    if not given:
        return None
    if is_day(given):
        return given
    said = f"“{visible(given)}” is not a day. Write year, month and day with dashes, as in 2026-11-22."
    problems.append(Problem("filter.not_a_day", field, said))
    return None


def _state(kind: Kind, given: str, problems: list[Problem]) -> State | None:
    if not given:
        return None
    if kind in STATELESS:
        said = f"The rows of “{kind}” are in no state, so none can be asked for. Leave the state out."
        problems.append(Problem("filter.no_state", "state", said))
        return None
    if given not in set(State):
        said = f"“{visible(given)}” is not a state. There are {', '.join(State)}."
        problems.append(Problem("filter.unknown_state", "state", said))
        return None
    return State(given)
