"""How large a spreadsheet may be: whatever is larger is refused before it is in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.takeover.table import MOST_ROWS
from uidmanager.sheets.errors import LargeSheetError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE: Final = 64 << 20
LARGEST_PART: Final = 512 << 20
"""Bytes of one part of a workbook, unpacked."""
LONGEST_CELL: Final = 32_767
"""Characters; no spreadsheet program keeps more in a cell."""
MOST_COLUMNS: Final = 256
MOST_CELLS: Final = 3_000_000
_BEFORE_THE_DATA: Final = 20  # a heading, and a title or so above it


class Room:
    """Counts the rows that are kept. Raises `LargeSheetError` where there is no room for one more."""

    def __init__(self, where: Path) -> None:
        self._where = where
        self._rows = 0
        self._cells = 0

    def take(self, number: int, width: int, longest: int) -> None:
        """Make room for a row of so many cells, the longest of which has so many characters."""
        self._rows += 1
        self._cells += width
        if self._rows > MOST_ROWS + _BEFORE_THE_DATA:
            raise too_many_rows(self._where)
        if width > MOST_COLUMNS:
            what = f"has {width:,} columns in row {number:,}; {MOST_COLUMNS} are read"
            raise LargeSheetError(
                self._where, what, "Keep the columns that are to be imported in a sheet of their own."
            )
        if self._cells > MOST_CELLS:
            what = f"has more than {MOST_CELLS:,} cells"
            raise LargeSheetError(self._where, what, "Take out the columns that are not imported, or cut it in parts.")
        if longest > LONGEST_CELL:
            what = (
                f"has a cell of {longest:,} characters in row {number:,}; no spreadsheet has more than {LONGEST_CELL:,}"
            )
            raise LargeSheetError(self._where, what, "Look for a quotation mark that is missing.")


def too_many_rows(where: Path) -> LargeSheetError:
    """There are more rows of data than go into one entry."""
    remedy = f"Cut it in parts of up to {MOST_ROWS:,} rows, and import one after the other."
    return LargeSheetError(where, f"has more than {MOST_ROWS:,} rows", remedy)
