"""The columns of the table of installations: what each shows, and in which order it puts the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.finding import ByComponent, ByPlace, ByText
from uidmanager.core.installations import ODD_PRODUCT, STATES
from uidmanager.core.records import LabelState
from uidmanager.gui.table_models import Column
from uidmanager.gui.times import exact_time, local_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from uidmanager.core.finding import Order
    from uidmanager.core.installations import Installations
    from uidmanager.core.records import Installation


class OrderedColumn(NamedTuple):
    """A column, and what makes the order it stands for."""

    column: Column[Installation]
    order: Callable[[], Order]


ASSIGNED: Final = 3
_LABEL_SIGNS: Final = {LabelState.ASSIGNED: "○", LabelState.LABELLED: "◐", LabelState.CHECKED: "●"}
_STATES: Final = tuple(state.value for state in STATES)


def columns_of(installations: Installations, products: Mapping[int, str], root: str) -> tuple[OrderedColumn, ...]:
    """The columns. ``products`` are the names of the products as they are now, ``root`` that of the registry."""

    def product(one: Installation) -> str:
        return "" if one.product is None else products.get(one.product, "")

    texts = _Texts(installations, products)

    def by_component() -> ByComponent:
        return ByComponent(installations)

    return (
        OrderedColumn(Column("Serial", lambda i: i.serial, is_fixed=True, width=9), by_component),
        OrderedColumn(Column("Installation root", lambda i: i.uid, is_fixed=True, width=len(root) + 13), by_component),
        OrderedColumn(Column("Product", product, width=11), lambda: ByText(texts.products)),
        OrderedColumn(Column("Assigned", _assigned, width=13, tooltip=lambda i: exact_time(i.origin.at)), ByPlace),
        OrderedColumn(Column("Label", label_words, width=12), lambda: ByText(texts.labels)),
        OrderedColumn(Column("State", lambda i: i.state.value, width=6), lambda: ByText(texts.states)),
        OrderedColumn(Column("By", lambda i: i.origin.by, width=6), lambda: ByText(texts.people)),
        OrderedColumn(Column("Station", lambda i: i.origin.station, width=6), lambda: ByText(texts.stations)),
        OrderedColumn(Column("Note", lambda i: i.note or "", width=20), lambda: ByText(texts.notes)),
    )


def label_words(installation: Installation) -> str:
    """How far the label of an installation is, with a sign before the word; how often, if it was printed again."""
    again = f" ×{installation.prints}" if installation.prints > 1 else ""
    return f"{_LABEL_SIGNS[installation.label]} {installation.label.value}{again}"


def _assigned(installation: Installation) -> str:
    return local_time(installation.origin.at)


class _Texts:
    """What some columns are ordered by, of many places at once."""

    def __init__(self, installations: Installations, products: Mapping[int, str]) -> None:
        self._them = installations
        self._products = products

    def products(self, places: range) -> list[str]:
        numbers: Sequence[int | None] = self._them.products[places.start : places.stop]
        if ODD_PRODUCT in numbers:
            numbers = [self._them.product_of(place) for place in places]
        names = {number: "" if number is None else self._products.get(number, "") for number in set(numbers)}
        folded = {number: name.casefold() for number, name in names.items()}
        return [folded[number] for number in numbers]

    def people(self, places: range) -> list[str]:
        names, by = self._them.origins.names, self._them.origins.by
        return [names[by[entry - 1]] for entry in self._entries(places)]

    def stations(self, places: range) -> list[str]:
        names, stations = self._them.origins.names, self._them.origins.stations
        return [names[stations[entry - 1]] for entry in self._entries(places)]

    def states(self, places: range) -> list[str]:
        return [_STATES[state] for state in self._them.states[places.start : places.stop]]

    def labels(self, places: range) -> list[str]:
        """The states in the order in which a label has them, each with the number of prints."""
        states = self._them.label_states(places.start, places.stop)
        if not any(states):
            return ["0"] * len(states)
        prints = self._them.prints_of
        return [f"{state}{prints(place):09}" if state else "0" for state, place in zip(states, places, strict=True)]

    def notes(self, places: range) -> list[str]:
        note = self._them.notes.get
        return [note(place) or "" for place in places]

    def _entries(self, places: range) -> Sequence[int]:
        return self._them.entries[places.start : places.stop]
