"""Some thousand installations in a row, kept so that a word is found in all of them at once."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Final

from uidmanager.core.finding.planes import Codes, Letters, is_for_letters
from uidmanager.core.finding.rows import Rows, first_rows, rows_with
from uidmanager.core.installations import ODD_PRODUCT, ODD_SERIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from uidmanager.core.finding.single import Single
    from uidmanager.core.finding.words import Word
    from uidmanager.core.installations import Installations

_STEP: Final = 512  # times told at once


class Stretch:
    """The installations from one place on. Row n of the stretch is the place ``start`` + n.

    What is odd, so that its column does not say all, is looked at one by one.
    """

    def __init__(self, installations: Installations, single: Single, start: int) -> None:
        self.start = start
        self.count = 0
        self._installations = installations
        self._single = single
        self._serials = Letters()
        self._indices = Letters()
        self._with_index: Rows = 0
        self._zeros = Codes()
        self._zeros_there: set[int] = set()
        self._products = Codes(least=ODD_PRODUCT)
        self._people = Codes()
        self._stations = Codes()
        self._odd: set[int] = set()
        self._noted: list[int] = []
        self._notes = ""
        self._has_notes = True
        self._timed: dict[int, str] = {}

    def extend(self, end: int) -> None:
        """Take in the installations up to this place."""
        them, places = self._installations, range(self.start + self.count, end)
        here = slice(places.start, end)
        zeros, products = them.zeros[here], them.products[here]
        entries = [entry - 1 for entry in them.entries[here]]
        self._serials.extend(self._texts(places))
        self._extend_indices(places)
        self._zeros.extend(zeros)
        self._zeros_there.update(zeros)
        self._products.extend(products)
        self._people.extend(list(map(them.origins.by.__getitem__, entries)))
        self._stations.extend(list(map(them.origins.stations.__getitem__, entries)))
        self._odd.update(self._odd_serials(zeros, places), _where(products, ODD_PRODUCT, places))
        self.count = end - self.start
        self._has_notes = False

    def renew(self, place: int) -> None:
        """Look again at what may change of an installation that was taken in."""
        product = self._installations.products[place]
        self._products.put(place - self.start, product)
        if product == ODD_PRODUCT:
            self._odd.add(place)
        self._has_notes = False

    def tell_times(self) -> Iterator[None]:
        """Have the times of the entries as people read them, in steps of a millisecond; they are kept."""
        entries = dict.fromkeys(self._installations.entries[self.start : self.start + self.count])
        for number, entry in enumerate(entries.keys() - self._timed.keys(), 1):
            self._timed[entry] = self._single.time_of(entry)
            if number % _STEP == 0:
                yield

    def having(self, words: Iterable[Word]) -> Rows:
        """The rows in which all of the words stand."""
        rows = first_rows(self.count)
        for word in words:
            if rows and not word.is_everywhere:
                rows &= self._having(word)
        return rows

    def beginning(self, serial: str, component: str) -> Rows:
        """The rows whose serial begins so, or whose component does."""
        odd = (place for place in self._odd if self._begins(place, serial, component))
        indices = self._indices.having_at(0, component) & self._with_index
        return self._serials.having_at(0, serial) | self._headed(component) | indices | self._rows_of(odd)

    def _having(self, word: Word) -> Rows:
        rows = self._serials.having(word.text)
        for head in word.heads:
            rows |= self._headed(head)
        if word.is_with_digits:
            rows |= first_rows(self.count) & ~self._with_index
        if self._with_index:
            rows |= self._indices.having(word.text)
            for head in word.index_heads:
                rows |= self._indices.having_at(0, head)
        rows |= self._products.having(word.products)
        rows |= self._people.having(word.names) | self._stations.having(word.names)
        if word.states:
            states = self._installations.states[self.start : self.start + self.count]
            rows |= rows_with(states, word.states)
        if word.labels:
            labels = self._installations.label_states(self.start, self.start + self.count)
            rows |= rows_with(labels, word.labels)
        if word.is_of_a_time:
            rows |= self._at_a_time(word.text)
        if self._odd:
            rows |= self._rows_of(place for place in self._odd if self._single.has(place, word))
        return rows | self._noting(word.text)

    def _headed(self, head: str) -> Rows:
        """The rows whose component begins so; it stands behind the zeros of the serial."""
        rows = 0
        for zeros in self._zeros_there - {ODD_SERIAL}:
            rows |= self._zeros.having((zeros,)) & self._serials.having_at(zeros, head)
        return rows & ~self._with_index

    def _at_a_time(self, text: str) -> Rows:
        """The rows whose entry is of such a time; `tell_times` has told it."""
        entries = self._installations.entries[self.start : self.start + self.count]
        told = {entry: text in time for entry, time in self._timed.items()}
        return rows_with(bytes(map(told.__getitem__, entries)), b"\1") if any(told.values()) else 0

    def _noting(self, text: str) -> Rows:
        """The rows whose note has this text."""
        if not self._has_notes:
            self._gather_notes()
        if text not in self._notes:
            return 0
        return self._rows_of(compress(self._noted, [text in note for note in self._notes.split("\n")]))

    def _gather_notes(self) -> None:
        """All notes as one text, so that a word that is in none of them is known at once."""
        notes = self._installations.notes
        self._noted = [place for place in range(self.start, self.start + self.count) if place in notes]
        lines = [(self._installations.note_of(place) or "").casefold().replace("\n", " ") for place in self._noted]
        self._notes = "\n".join(lines)
        self._has_notes = True

    def _rows_of(self, places: Iterable[int]) -> Rows:
        inside = bytearray(self.count)
        for place in places:
            inside[place - self.start] = 1
        return rows_with(inside, b"\1")

    def _begins(self, place: int, serial: str, component: str) -> bool:
        them = self._installations
        begins = them.serial_text(place).casefold().startswith(serial)
        return begins or them.component_text(place).casefold().startswith(component)

    def _texts(self, places: range) -> list[str]:
        """The serials of these places; nothing where they are odd."""
        them = self._installations
        here = slice(places.start, places.stop)
        numbers, zeros = them.components.numbers[here], them.zeros[here]
        if 0 in numbers or ODD_SERIAL in zeros:
            return [self._text(place) for place in places]
        return ["0" * count + str(number) for number, count in zip(numbers, zeros, strict=True)]

    def _text(self, place: int) -> str:
        return "" if self._is_odd(place) else self._installations.serial_text(place).casefold()

    def _is_odd(self, place: int) -> bool:
        """Whether a serial is neither zeros and the component, nor one that has an index and is kept by its letters."""
        them = self._installations
        if them.zeros[place] != ODD_SERIAL:
            return False
        return "." not in them.component_text(place) or not is_for_letters(them.serial_text(place))

    def _odd_serials(self, zeros: Sequence[int], places: range) -> Iterable[int]:
        return filter(self._is_odd, _where(zeros, ODD_SERIAL, places))

    def _extend_indices(self, places: range) -> None:
        """Take in the components that are an arc and an index."""
        components = self._installations.components
        texts = components.texts
        if 0 not in components.numbers[places.start : places.stop]:
            self._indices.extend_empty(len(places))
            return
        indices = [text if "." in text else "" for text in (texts.get(place, "") for place in places)]
        self._indices.extend(indices)
        self._with_index |= rows_with(bytes(map(bool, indices)), b"\1") << self.count


def _where(column: Sequence[int], value: int, places: Sequence[int]) -> Iterable[int]:
    """The places that have this value, which most often none has."""
    return compress(places, [other == value for other in column]) if value in column else ()
