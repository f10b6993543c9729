"""Two ways to keep a column so that a question to all of its rows is a few operations on sets of rows."""

from __future__ import annotations

from bisect import bisect_left
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Final

from uidmanager.core.finding.rows import Rows, first_rows, rows_with

if TYPE_CHECKING:
    from collections.abc import Sequence

_BYTE: Final = 8
_ONLY: Final = tuple(bytes((byte,)) for byte in range(256))
_FILLING: Final = 0


def is_for_letters(text: str) -> bool:
    """Whether a text can be a row of `Letters`."""
    return "\0" not in text


class Letters:
    """Short texts, one a row. For each letter and each position: the rows that have it there."""

    def __init__(self) -> None:
        self._count = 0
        self._planes: dict[int, list[Rows]] = {}

    def extend(self, texts: Sequence[str]) -> None:
        """Add rows with these texts."""
        letters = [text.encode() for text in texts]
        width = max(map(len, letters), default=0)
        joined = b"".join([text.ljust(width, _ONLY[_FILLING]) for text in letters])
        for position in range(width):
            column = joined[position::width]
            for letter in set(column) - {_FILLING}:
                plane = self._planes.setdefault(letter, [])
                plane.extend([0] * (position + 1 - len(plane)))
                plane[position] |= rows_with(column, _ONLY[letter]) << self._count
        self._count += len(letters)

    def extend_empty(self, count: int) -> None:
        """Add so many rows that have no text."""
        self._count += count

    def having(self, part: str) -> Rows:
        """The rows whose text has this part, which is not empty, somewhere."""
        planes = [self._planes.get(letter, ()) for letter in part.encode()]
        beside = zip(*(plane[position:] for position, plane in enumerate(planes)), strict=False)
        return reduce(or_, (reduce(and_, rows) for rows in beside), 0)

    def having_at(self, position: int, part: str) -> Rows:
        """The rows whose text has this part at a position; all rows when there is no part."""
        rows = first_rows(self._count)
        for at, letter in enumerate(part.encode(), position):
            plane = self._planes.get(letter, ())
            rows &= plane[at] if at < len(plane) else 0
        return rows


class Codes:
    """Whole numbers from ``least`` on, best not much larger, one a row.

    Their lowest byte is a column; for each bit above it: the rows in which it is set.
    """

    def __init__(self, least: int = 0) -> None:
        self._least = least
        self._low = bytearray()
        self._upper: list[Rows] = []

    def extend(self, codes: Sequence[int]) -> None:
        """Add rows with these numbers."""
        codes = [code - self._least for code in codes]
        self._make_room(max(codes, default=0))
        before = len(self._low)
        self._low.extend([code & 0xFF for code in codes] if self._upper else codes)
        for bit in range(len(self._upper)):
            column = bytes([code >> (_BYTE + bit) & 1 for code in codes])
            self._upper[bit] |= rows_with(column, _ONLY[1]) << before

    def put(self, number: int, code: int) -> None:
        """Have another number in one row."""
        code -= self._least
        self._make_room(code)
        self._low[number] = code & 0xFF
        this = 1 << number
        for bit, rows in enumerate(self._upper):
            self._upper[bit] = rows | this if code >> (_BYTE + bit) & 1 else rows & ~this

    def having(self, wanted: Sequence[int]) -> Rows:
        """The rows whose number is one of these, which are in rising order, each once."""
        if not wanted:
            return 0
        from_least = wanted[bisect_left(wanted, self._least) :]
        return self._among(from_least, self._least, len(self._upper), first_rows(len(self._low)))

    def _among(self, wanted: Sequence[int], start: int, bits: int, rows: Rows) -> Rows:
        """Those of the rows whose number is wanted, when that of all is in the 2 ** (8 + bits) from ``start`` on."""
        wanted = wanted[: bisect_left(wanted, start + (1 << (_BYTE + bits)))]
        if not rows or not wanted:
            return 0
        if not bits:
            return rows & rows_with(self._low, bytes(code - start for code in wanted))
        upper = rows & self._upper[bits - 1]
        middle = start + (1 << (_BYTE + bits - 1))
        return self._among(wanted, start, bits - 1, rows ^ upper) | self._among(
            wanted[bisect_left(wanted, middle) :], middle, bits - 1, upper
        )

    def _make_room(self, code: int) -> None:
        self._upper.extend([0] * (code.bit_length() - _BYTE - len(self._upper)))
