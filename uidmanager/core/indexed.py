"""Serials that have an index for their installation root instead of their own digits: which has which, and the next.

Two serials are one when they are the same after outer blanks are taken off and the letters a to z made capitals. That
is all: “SN-17”, “SN17” and “SN-017” are three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.scheme import indexed_key, is_index, without_zeros

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.installations import Installations


class Indexed:
    """Part of the registry, about its installations. ``arc`` is the arc of the indices, None while there is none.

    Places are only ever added; so a copy shares them with the one it is made of until it adds some of its own.
    """

    def __init__(self, installations: Installations) -> None:
        self.arc: str | None = None
        self.highest = 0
        self._installations = installations
        self._places: dict[str, int] = {}
        self._digits: dict[str, int] = {}
        self._end: int | None = None  # of what is believed, while it is shared

    def component_of(self, serial: str) -> str | None:
        """The component of a serial that has an index."""
        return self._component(self._places.get(indexed_key(serial)))

    def with_digits(self, component: str) -> str | None:
        """The component of a serial with an index, that is a number and would without it have the component given."""
        return self._component(self._digits.get(component))

    def next_component(self, after: int = 0) -> str:
        """The component that the next serial gets, when ``after`` more are given before it."""
        return f"{self.arc}.{self.highest + after + 1}"

    def add(self, serial: str, place: int) -> None:
        """Remember where a serial stands that has an index and did not have one before."""
        if self._end is not None:
            self._part(self._end)
        key = indexed_key(serial)
        self._places[serial if key == serial else key] = place  # one text for both where it can be
        if key.isdigit():
            self._digits.setdefault(without_zeros(key), place)
        self.reach(self._installations.component_text(place))

    def reach(self, component: str) -> None:
        """Let the next index be higher than the one in this component, whoever has it."""
        arc, _, index = component.partition(".")
        if arc == self.arc and is_index(index):
            self.highest = max(self.highest, int(index))

    @staticmethod
    def again(arc: str | None, installations: Installations, given_up: Iterable[str]) -> Indexed:
        """The same from the installations, and the components that were given up."""
        made = Indexed(installations)
        made.arc = arc
        for serial, place in installations.with_index():
            made.add(serial, place)
        for component in given_up:
            made.reach(component)
        return made

    def still(self, installations: Installations) -> Indexed:
        """One that later serials do not change, about a copy of the installations that holds still as well."""
        twin = Indexed(installations)
        twin.arc, twin.highest = self.arc, self.highest
        twin._places, twin._digits = self._places, self._digits
        twin._end = len(installations) if self._end is None else self._end
        return twin

    def _component(self, place: int | None) -> str | None:
        if place is None or (self._end is not None and place >= self._end):
            return None
        return self._installations.component_text(place)

    def _part(self, end: int) -> None:
        """Have all to itself what was shared until now."""
        self._places = {key: place for key, place in self._places.items() if place < end}
        self._digits = {digits: place for digits, place in self._digits.items() if place < end}
        self._end = None
