"""When each entry was written, by whom, at which station: a few bytes an entry instead of an object a record."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.records import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from uidmanager.core.events import Entry

_TIME: Final = 27  # characters of a time as a ledger has it: 2026-11-22T21:06:42.123456Z


class OriginsImage(Struct, frozen=True):
    """All origins as plain values; arrays as bytes."""

    times: bytes
    odd_times: dict[int, str]
    names: list[str]
    by: bytes
    stations: bytes


class Origins:
    """The origins of all entries so far, in their order. They only grow, so that any thread may read while one adds.

    Times are kept as the text they are. People and stations are kept once each, under numbers in the order they came.
    """

    def __init__(self) -> None:
        self._count = 0
        self._times = bytearray()
        self._odd_times: dict[int, str] = {}
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._by = array("I")
        self._stations = array("I")
        self._is_shared = False

    def __len__(self) -> int:
        return self._count

    def add(self, at: str, by: str, station: str) -> Origin:
        """The origin of the next entry."""
        if self._is_shared:
            self._part()
        entry = self._count + 1
        if len(at) == _TIME and at.isascii():
            self._times += at.encode("ascii")
        else:
            self._odd_times[entry] = at
            self._times += bytes(_TIME)
        self._by.append(self._number(by))
        self._stations.append(self._number(station))
        self._count = entry
        return Origin(entry, at, by, station)

    def add_many(self, entries: Sequence[Entry]) -> None:
        """The origins of the next entries."""
        if self._is_shared:
            self._part()
        times = "".join([entry.at for entry in entries])
        if not times.isascii() or {len(entry.at) for entry in entries} != {_TIME}:
            for entry in entries:
                self.add(entry.at, entry.by, entry.station)
            return
        self._times += times.encode("ascii")
        self._by.extend(self._numbers_of([entry.by for entry in entries]))
        self._stations.extend(self._numbers_of([entry.station for entry in entries]))
        self._count += len(entries)

    def __getitem__(self, entry: int) -> Origin:
        """The origin of an entry, by its number from 1. Raises `IndexError` where there is none."""
        if not 1 <= entry <= self._count:
            raise IndexError(entry)
        index = entry - 1
        return Origin(entry, self.at(entry), self._names[self._by[index]], self._names[self._stations[index]])

    def at(self, entry: int) -> str:
        """When an entry was written."""
        if entry in self._odd_times:
            return self._odd_times[entry]
        return self._times[(entry - 1) * _TIME : entry * _TIME].decode("ascii")

    @property
    def names(self) -> Sequence[str]:
        """The names of people and stations, by the numbers in `by` and `stations`. Not to be changed."""
        return self._names

    @property
    def by(self) -> array[int]:
        """By entry from 0, the number of who wrote it. Not to be changed."""
        return self._by

    @property
    def stations(self) -> array[int]:
        """By entry from 0, the number of the station it was written at. Not to be changed."""
        return self._stations

    def image(self) -> OriginsImage:
        """All there is."""
        count = self._count
        return OriginsImage(
            bytes(self._times[: count * _TIME]),
            {entry: at for entry, at in self._odd_times.items() if entry <= count},
            self._names.copy(),
            self._by[:count].tobytes(),
            self._stations[:count].tobytes(),
        )

    @staticmethod
    def from_image(image: OriginsImage) -> Origins:
        """What an image was made of. Raises `ValueError` when its parts do not fit together."""
        made = Origins()
        made._times += image.times
        made._odd_times, made._names = image.odd_times, image.names
        made._numbers = {name: number for number, name in enumerate(image.names)}
        made._by.frombytes(image.by)
        made._stations.frombytes(image.stations)
        made._count = len(made._by)
        if len(made._stations) != made._count or len(made._times) != made._count * _TIME:
            raise ValueError("the columns of an image are not of one length")
        return made

    def still(self) -> Origins:
        """As they are now, whatever is added to these. All is shared, until something is added to the copy."""
        twin = Origins()
        for name, kept in vars(self).items():
            setattr(twin, name, kept)
        twin._is_shared = True
        return twin

    def _part(self) -> None:
        """Have all to itself what was shared until now."""
        count = self._count
        self._times = self._times[: count * _TIME]
        self._odd_times = {entry: at for entry, at in self._odd_times.items() if entry <= count}
        self._names = self._names.copy()
        self._numbers = self._numbers.copy()
        self._by, self._stations = self._by[:count], self._stations[:count]
        self._is_shared = False

    def _numbers_of(self, names: list[str]) -> Iterable[int]:
        """The numbers of many names, which are mostly the same few."""
        numbers = {name: self._number(name) for name in dict.fromkeys(names)}
        return map(numbers.__getitem__, names)

    def _number(self, name: str) -> int:
        number = self._numbers.get(name)
        if number is None:
            number = len(self._names)
            self._names.append(name)
            self._numbers[name] = number
        return number
