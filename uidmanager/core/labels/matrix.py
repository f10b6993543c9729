"""A code as its modules: which squares of a grid are dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.core.labels.contents import Content

    MatrixOf = Callable[[Content], "Matrix"]


class Matrix(Struct, frozen=True, gc=False):
    """Rows from the top; in each a byte for each module from the left, not 0 where it is dark. No quiet zone."""

    rows: tuple[bytes, ...]

    @property
    def width(self) -> int:
        """Modules across."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """Modules down."""
        return len(self.rows)

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Dark modules that lie side by side: column and row of the first, and how many."""
        for y, row in enumerate(self.rows):
            x = 0
            while x < len(row):
                if not row[x]:
                    x += 1
                    continue
                end = x
                while end < len(row) and row[end]:
                    end += 1
                yield x, y, end - x
                x = end
