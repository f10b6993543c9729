"""Sets of rows as whole numbers: bit n says whether row n is in the set.

Python joins and counts such numbers many thousand rows at a time, without an object a row.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, compress, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

Rows = int

_YES: Final = ord("1")
_DENSE: Final = 4  # with one of so many rows in the set, it is quicker to look at each than to go from one to the next
_TRUTH: Final = bytes(byte == _YES for byte in range(256))


def rows_with(column: bytes | bytearray, wanted: bytes) -> Rows:
    """The rows whose byte is one of the wanted, in a column that has one byte a row."""
    return int(b"0" + column[::-1].translate(_table(wanted)), 2)


def first_rows(count: int) -> Rows:
    """The set of the rows before this one."""
    return (1 << count) - 1


def flags(rows: Rows, count: int) -> bytes:
    """For each of so many rows a byte: 1 where it is in the set, otherwise 0."""
    return f"{rows:0{count}b}".encode().translate(_TRUTH)[::-1]


def numbers(rows: Rows, start: int = 0) -> Iterator[int]:
    """The numbers of the rows in the set, in rising order, when the first row has the number ``start``."""
    if not rows:
        return iter(())
    digits = f"{rows:b}"[::-1]
    if rows.bit_count() * _DENSE < len(digits):
        steps = digits.replace("1", "1 ").split()
        return islice(accumulate(map(len, steps), initial=start - 1), 1, None)
    return compress(range(start, start + len(digits)), digits.encode().translate(_TRUTH))


@lru_cache(maxsize=1024)
def _table(wanted: bytes) -> bytes:
    """Turns each byte into the digit that says whether it is wanted."""
    return bytes(_YES if byte in wanted else _YES - 1 for byte in range(256))
