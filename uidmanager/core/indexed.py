"""Serials that have an index for their installation root instead of their own digits: which has which, and the next.

Two serials are one when they are the same after outer blanks are taken off and the letters a to z made capitals. That
is all: “SN-17”, “SN17” and “SN-017” are three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.scheme import indexed_key, is_index, without_zeros

if TYPE_CHECKING:
    from collections.abc import Iterable


class Indexed:
    """Part of the registry. ``arc`` is the arc of the indices, None while there is none."""

    def __init__(self) -> None:
        self.arc: str | None = None
        self.highest = 0
        self._components: dict[str, str] = {}
        self._digits: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._components)

    def component_of(self, serial: str) -> str | None:
        """The component of a serial that has an index."""
        return self._components.get(indexed_key(serial))

    def with_digits(self, component: str) -> str | None:
        """The component of a serial with an index, that is a number and would without it have the component given."""
        return self._digits.get(component)

    def next_component(self, after: int = 0) -> str:
        """The component that the next serial gets, when ``after`` more are given before it."""
        return f"{self.arc}.{self.highest + after + 1}"

    def add(self, serial: str, component: str) -> bool:
        """Remember the component of a serial; False, and nothing done, where the serial has one already."""
        key = indexed_key(serial)
        if key in self._components:
            return False
        self._components[key] = component
        if key.isdigit():
            self._digits.setdefault(without_zeros(key), component)
        self.reach(component)
        return True

    def reach(self, component: str) -> None:
        """Let the next index be higher than the one in this component, whoever has it."""
        arc, _, index = component.partition(".")
        if arc == self.arc and is_index(index):
            self.highest = max(self.highest, int(index))

    @staticmethod
    def again(arc: str | None, serials: Iterable[tuple[str, str]], given_up: Iterable[str]) -> Indexed:
        """The same from serials with their components, and the components that were given up."""
        made = Indexed()
        made.arc = arc
        for serial, component in serials:
            made.add(serial, component)
        for component in given_up:
            made.reach(component)
        return made

    def copy(self) -> Indexed:
        """One that later serials do not change."""
        twin = Indexed()
        twin.arc, twin.highest = self.arc, self.highest
        twin._components, twin._digits = self._components.copy(), self._digits.copy()
        return twin
