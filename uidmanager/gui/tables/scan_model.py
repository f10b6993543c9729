"""The table of files that were scanned: rows stay in the spool, and only where each stands is kept here.

That is sixteen bytes a row. A row is fetched, by its number, when it is looked at.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import starmap
from time import perf_counter
from typing import TYPE_CHECKING, Final

from uidmanager.gui.table_models import TableModel
from uidmanager.gui.table_models.base import NOWHERE
from uidmanager.gui.turns import TURN_S, Turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFont

    from uidmanager.core.reports import Row
    from uidmanager.dicom.spool import Place, Spool
    from uidmanager.gui.table_models import Column

_KEPT: Final = 500  # rows that were looked at last: several screens


class ScanModel(TableModel["Row"]):
    """Shows the rows of one spool in its order; a key is a `Place`. Filters are followed in turns."""

    def __init__(self, columns: Sequence[Column[Row]], fixed_font: QFont) -> None:
        super().__init__(columns, fixed_font)
        self._spool: Spool | None = None
        self._total = 0
        self._severities: tuple[str, ...] = ()
        self._words: tuple[str, ...] = ()
        self._numbers, self._members = array("q"), array("q")
        self._kept: dict[Place, Row] = {}
        self._searching = Turns(self)

    def show_spool(self, spool: Spool | None) -> None:
        """Show the rows of this spool, to which no more are added; None for none."""
        self._spool = spool
        self._total = 0 if spool is None else spool.count()
        self._look()

    def weigh(self, severities: Sequence[str]) -> None:
        """Show only rows of these weights; of all for none."""
        self._severities = tuple(severities)
        self._look()

    # -- what is in it -----------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return self._total

    @property
    def faint_total(self) -> int:
        """None is faint."""
        return 0

    @property
    def is_searching(self) -> bool:
        """Whether more rows may be found."""
        return self._searching.is_busy

    def is_faint(self, _record: Row) -> bool:
        """Whether a row is faint."""
        return False

    def record(self, row: int) -> Row:
        """The row in this line of the view."""
        return self._fetched(*self.key_at(row))

    def records(self, first: int, last: int) -> Iterator[Row]:
        """The rows in these lines now."""
        among = slice(first, last + 1)
        return starmap(self._fetched, zip(self._numbers[among], self._members[among], strict=True))

    def key_at(self, row: int) -> Place:
        """Where the row in this line stands in the spool."""
        return self._numbers[row], self._members[row]

    def row_of(self, key: object) -> int | None:
        """The line in which this place is shown."""
        if not isinstance(key, tuple):
            return None
        number, member = key
        first, end = bisect_left(self._numbers, number), bisect_right(self._numbers, number)
        row = bisect_left(self._members, member, first, end)
        return row if row < end and self._members[row] == member else None

    def narrow(self, text: str, *, hides_faint: bool) -> None:  # noqa: ARG002 (none is faint)
        """Show only rows in which each word of the text stands."""
        self._words = tuple(text.casefold().split())
        self._look()

    def settle(self) -> None:
        """Find now what is yet to be found."""
        if self._searching.is_busy:
            self._searching.finish()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._numbers)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _fetched(self, number: int, member: int) -> Row:
        place = (number, member)
        if place not in self._kept:
            if self._spool is None:
                raise KeyError(place)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[place] = self._spool.row(number, member)
        return self._kept[place]

    def _look(self) -> None:
        """Begin to look for rows: what is found in one turn is shown at once."""
        self._searching.stop()
        spool, until = self._spool, perf_counter() + TURN_S
        steps = iter(()) if spool is None else spool.places(self._severities, self._words)
        self.beginResetModel()
        self._numbers, self._members = array("q"), array("q")
        self._kept.clear()
        is_whole = False
        while not is_whole and perf_counter() < until:
            places = next(steps, None)
            is_whole = places is None
            self._append(places or ())
        if not is_whole:
            self._searching.start(self._rest(steps))
        self.endResetModel()

    def _rest(self, steps: Iterator[list[Place]]) -> Iterator[None]:
        for places in steps:
            if places:
                first = len(self._numbers)
                self.beginInsertRows(NOWHERE, first, first + len(places) - 1)
                self._append(places)
                self.endInsertRows()
            yield
        self._searching.stop()
        self.searched.emit()

    def _append(self, places: Sequence[Place]) -> None:
        self._numbers.extend(number for number, _ in places)
        self._members.extend(member for _, member in places)
