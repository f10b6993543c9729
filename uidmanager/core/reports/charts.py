"""Pictures as plain values: bars with labels. Who writes a report draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.budget import TOOLKITS
from uidmanager.core.reports.rows import product_name
from uidmanager.core.uid import MAX_LENGTH

if TYPE_CHECKING:
    from uidmanager.core.registry import Registry

_MOST_BARS: Final = 24


class _Span(Struct, frozen=True):
    """A span of time: what it is called, the number of the one that a day lies in, and what stands below its bar."""

    name: str
    number_of: Callable[[date], int]
    label_of: Callable[[int], str]


_SPANS: Final = (
    _Span("day", date.toordinal, lambda number: date.fromordinal(number).isoformat()),
    _Span("month", lambda day: 12 * day.year + day.month - 1, lambda number: f"{number // 12:04}-{number % 12 + 1:02}"),
    _Span("year", lambda day: day.year, lambda number: f"{number:04}"),
)


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
    """What was assigned by day, month or year: in the shortest of them of which there are not too many.

    Where nothing was assigned in between there is a bar of nothing, so that a bar's place says when.
    """
    dates = [date.fromisoformat(day) for day in days]
    for each in _SPANS:
        counted: Counter[int] = Counter()
        for day, count in zip(dates, days.values(), strict=True):
            counted[each.number_of(day)] += count
        numbers = range(min(counted), max(counted) + 1) if counted else range(0)
        if len(numbers) <= _MOST_BARS:
            break
    bars = tuple(Bar(each.label_of(number), counted[number]) for number in numbers)
    return Chart(f"Assigned by {each.name}", bars, is_row=True)


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
