"""What a registry comes to: its figures, and the pictures made of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.records import State
from uidmanager.core.reports.charts import Chart, of_lengths, over_time, per_product, per_station
from uidmanager.core.reports.watching import no_progress, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from uidmanager.core.records import Installation, Release
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports.filters import Filter
    from uidmanager.core.reports.kinds import Row

_DAY: Final = len("2026-11-22")


class _Counts(Struct):
    """What is counted in one pass over everything."""

    products: Counter[State]
    releases: Counter[State]
    installations: Counter[State]
    days: Counter[str]
    of_products: Counter[int | None]
    stations: Counter[str]
    lengths: Counter[int]


def summary(
    registry: Registry, wanted: Filter, progress: Callable[[str, float], None] = no_progress
) -> tuple[list[Row], tuple[Chart, ...]]:
    """The rows of the summary and its pictures. A release counts as assigned, as an installation does."""
    counts = _counted(registry, wanted, progress)
    charts = (
        over_time(counts.days),
        per_product(registry, counts.of_products),
        per_station(counts.stations),
        of_lengths(counts.lengths),
    )
    figures = [
        *_figures("Products", counts.products),
        *_figures("Releases", counts.releases),
        *_figures("Installations", counts.installations),
        _row("Numbers", "highest product number", registry.highest_product),
        _row("Numbers", "given up in favour of another history", len(registry.elsewhere.all_given_up)),
        _row("Ledger", "entries", registry.position),
    ]
    drawn = [_row(chart.title, bar.label, bar.value) for chart in charts for bar in chart.bars if bar.value]
    return [*figures, *drawn], charts


def _counted(registry: Registry, wanted: Filter, progress: Callable[[str, float], None]) -> _Counts:
    counts = _Counts(Counter(), Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
    for product in registry.products:
        if wanted.takes(product.number, product.origin, product.state):
            counts.products[product.state] += 1
    for release in _taken(registry.releases, wanted):
        counts.releases[release.state] += 1
        _count_assignment(counts, release)
    installations = registry.installations
    watched_ones = watched(installations, max(1, len(installations)), "Counting", progress)
    for installation in _taken(watched_ones, wanted):
        counts.installations[installation.state] += 1
        counts.lengths[len(installation.uid)] += 1
        _count_assignment(counts, installation)
    return counts


def _count_assignment(counts: _Counts, record: Release | Installation) -> None:
    counts.days[record.origin.at[:_DAY]] += 1
    counts.of_products[record.product] += 1
    counts.stations[record.origin.station] += 1


def _taken(records: Iterable[Release | Installation], wanted: Filter) -> Iterable[Release | Installation]:
    return (record for record in records if wanted.takes(record.product, record.origin, record.state))


def _figures(section: str, states: Counter[State]) -> list[Row]:
    """All of a kind, and how many are in each state that any is in."""
    counted = [_row(section, state.value, states[state]) for state in State if states[state]]
    return [_row(section, "registered", states.total()), *counted]


def _row(section: str, what: str, value: int) -> Row:
    return {"section": section, "what": what, "value": value}
