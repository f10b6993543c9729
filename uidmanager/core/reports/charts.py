"""Pictures as plain values: bars with labels. Who writes a report draws them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.budget import TOOLKITS
from uidmanager.core.reports.rows import product_name
from uidmanager.core.uid import MAX_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from uidmanager.core.registry import Registry

_MOST_BARS: Final = 24
_DAY, _MONTH, _YEAR = len("2026-11-22"), len("2026-11"), len("2026")
_SPANS: Final = {_DAY: "day", _MONTH: "month", _YEAR: "year"}  # by how much of a time says so


class Bar(Struct, frozen=True):
    """A label and how many."""

    label: str
    value: int


class Chart(Struct, frozen=True):
    """Bars under a title; ``is_row`` when their order is a scale (days, lengths), so that they stand side by side.

    ``marks`` are places on the scale that need a word: the index of the bar after which each stands, and the word.
    """

    title: str
    bars: tuple[Bar, ...]
    is_row: bool = False
    marks: tuple[tuple[int, str], ...] = ()


def over_time(days: Mapping[str, int]) -> Chart:
    """What was assigned by day, month or year: in the shortest of them of which there are not too many."""
    for length in _SPANS:
        counted: Counter[str] = Counter()
        for day, count in days.items():
            counted[day[:length]] += count
        labels = _all_between(sorted(counted), length)
        if len(labels) <= _MOST_BARS:
            break
    return Chart(f"Assigned by {_SPANS[length]}", tuple(Bar(label, counted[label]) for label in labels), is_row=True)


def per_product(registry: Registry, counts: Mapping[int | None, int]) -> Chart:
    """What was assigned for each product, most first."""
    named = {product_name(registry, number) or "no product": count for number, count in counts.items()}
    return Chart("Assigned per product", _most_first(named))


def per_station(counts: Mapping[str, int]) -> Chart:
    """What was assigned at each station, most first."""
    return Chart("Assigned per station", _most_first(counts))


def of_lengths(lengths: Mapping[int, int]) -> Chart:
    """How many installation roots have how many characters, with the limits of the toolkits marked."""
    if not lengths:
        return Chart("Characters used by installation roots", (), is_row=True)
    first, last = min(lengths), max(lengths)
    bars = tuple(Bar(str(length), lengths.get(length, 0)) for length in range(first, last + 1))
    marks = tuple(
        (toolkit.fits_up_to - first, f"{toolkit.name} {toolkit.fits_up_to}")
        for toolkit in sorted(TOOLKITS, key=lambda each: each.fits_up_to)
        if first <= toolkit.fits_up_to < last
    )
    return Chart(f"Characters used by installation roots, of {MAX_LENGTH}", bars, is_row=True, marks=marks)


def _most_first(counts: Mapping[str, int]) -> tuple[Bar, ...]:
    """As many as can be read; the rest in one."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    kept, rest = ordered[:_MOST_BARS], ordered[_MOST_BARS:]
    others = [Bar(f"{len(rest)} others", sum(count for _, count in rest))] if rest else []
    return (*(Bar(label, count) for label, count in kept), *others)


def _all_between(labels: Sequence[str], length: int) -> list[str]:
    """The labels with those in between, where nothing was assigned, so that a bar's place says when."""
    if not labels:
        return []
    if length == _YEAR:
        return [f"{year:04}" for year in range(int(labels[0]), int(labels[-1]) + 1)]
    if length == _DAY:
        start, end = (date.fromisoformat(label).toordinal() for label in (labels[0], labels[-1]))
        return [date.fromordinal(day).isoformat() for day in range(start, end + 1)]
    first, last = (12 * int(label[:_YEAR]) + int(label[_YEAR + 1 :]) - 1 for label in (labels[0], labels[-1]))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]
