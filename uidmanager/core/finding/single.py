"""Looking at one installation by itself, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.installations import LABEL_STATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.core.finding.words import Word
    from uidmanager.core.installations import Installations


class Single:
    """Tells of any place whether a word stands there. ``said`` tells a time of the ledger as people read it."""

    def __init__(self, installations: Installations, said: Callable[[str], str]) -> None:
        self._installations = installations
        self._said = said

    def has(self, place: int, word: Word) -> bool:
        """Whether the word stands in a field of this installation."""
        them = self._installations
        entry = them.entry_of(place)
        return (
            word.is_everywhere
            or word.text in them.serial_text(place).casefold()
            or word.text in them.uid_text(place).casefold()
            or them.product_of(place) in word.products
            or them.states[place] in word.states
            or LABEL_STATES.index(them.label_of(place)) in word.labels
            or word.text in (them.note_of(place) or "").casefold()
            or them.origins.by[entry - 1] in word.names
            or them.origins.stations[entry - 1] in word.names
            or (word.is_of_a_time and word.text in self.time_of(entry))
        )

    def time_of(self, entry: int) -> str:
        """When an entry was written, as people read it."""
        return self._said(self._installations.origins.at(entry))
