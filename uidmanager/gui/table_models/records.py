"""Tables of some thousand records: all of them Python objects, with the text that a filter looks in beside each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic

from PySide6.QtCore import Qt

from uidmanager.gui.table_models.base import NOWHERE, Column, Index, Row, TableModel

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from PySide6.QtGui import QFont

_MANY: Final = 200  # rows put in at once; from here on the view is told that everything changed
_BREATH: Final = 64  # rows between two moments in which the window may have its turn


def _nobody_waits(_fraction: float) -> None:
    """For stock that is made at once."""


@dataclass
class Stock(Generic[Row]):
    """Records made ready to be shown: where each stands, the text a filter looks in, their order by one column."""

    rows: list[Row]
    places: dict[Hashable, int]
    haystack: list[str]
    sort_column: int
    ordered: list[int]
    faint: int


class RecordTableModel(TableModel[Row]):
    """Order and filter are made here, not in a proxy: see docs/decisions.

    A *place* is where a record stands in the order in which the records came. `_shown` has the places of the rows that
    are shown, always in ascending order; a table in descending order is read from its end.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        fixed_font: QFont,
        is_faint: Callable[[Row], bool] = lambda _row: False,
    ) -> None:
        super().__init__(columns, fixed_font)
        self._is_faint = is_faint
        self._key = key
        self._stock: Stock[Row] = Stock([], {}, [], -1, [], 0)
        self._shown: list[int] = []
        self._needle = ""
        self._predicate: Callable[[Row], bool] | None = None
        self._condition: Callable[[Row], bool] | None = None
        self._sort_column = -1
        self._is_descending = False

    # -- what is in it -----------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many records there are, shown or not."""
        return len(self._stock.rows)

    @property
    def faint_total(self) -> int:
        """How many of all records are faint: retired, void, withdrawn."""
        return self._stock.faint

    def record(self, row: int) -> Row:
        """The record in this row of the view."""
        return self._stock.rows[self._place(row)]

    def records(self, first: int, last: int) -> Iterator[Row]:
        """The records that are in these rows now, from the first to the last, whatever becomes of the rows."""
        return iter([self.record(row) for row in range(first, last + 1)])

    def is_faint(self, record: Row) -> bool:
        """Whether a record is faint."""
        return self._is_faint(record)

    def key_at(self, row: int) -> Hashable:
        """The key of the record in this row of the view."""
        return self._key(self.record(row))

    def row_of(self, key: Hashable) -> int | None:
        """The row of the view in which the record with this key stands; None while it is filtered out."""
        place = self._stock.places.get(key)
        if place is None:
            return None
        at = self._find(self._shown, place)
        return None if at is None else self._row(at)

    def holds(self, key: Hashable) -> bool:
        """Whether there is a record with this key, shown or not."""
        return key in self._stock.places

    def hidden_by(self, predicate: Callable[[Row], bool]) -> int:
        """How many of all records the predicate would hide."""
        return sum(not predicate(row) for row in self._stock.rows)

    def stock(self, rows: Iterable[Row], breathe: Callable[[float], None] = _nobody_waits) -> Stock[Row]:
        """These records made ready. Touches nothing of the model, so it may run on another thread.

        ``breathe`` is told now and then how far the work is; it may raise to stop it.
        """
        kept = list(rows)
        sort_column = self._sort_column
        haystack: list[str] = []
        keys: list[Any] = []
        for place, row in enumerate(kept):
            haystack.append(self._text_of(row))
            keys.append(self._sort_value(row, sort_column))
            if place % _BREATH == 0:
                breathe(place / len(kept))
        ordered = sorted(range(len(kept)), key=keys.__getitem__) if sort_column >= 0 else list(range(len(kept)))
        places = {self._key(row): place for place, row in enumerate(kept)}
        return Stock(kept, places, haystack, sort_column, ordered, sum(map(self._is_faint, kept)))

    def adopt(self, stock: Stock[Row]) -> None:
        """Show other records altogether, which `stock` has made ready."""
        self.beginResetModel()
        self._stock = stock
        if stock.sort_column != self._sort_column:
            self._reorder()
        self._shown = self._filtered(stock.ordered)
        self.endResetModel()

    def replace(self, rows: Iterable[Row]) -> None:
        """Show other records altogether."""
        self.adopt(self.stock(rows))

    def put(self, rows: Sequence[Row]) -> None:
        """Take in records that are new or have changed."""
        if len(rows) <= _MANY:
            for row in rows:
                self._put_one(row)
            return
        self.beginResetModel()
        for row in rows:
            self._keep(row)
        self._reorder()
        self._shown = self._filtered(self._stock.ordered)
        self.endResetModel()

    # -- order and filter --------------------------------------------------------------------------------------------

    def narrow(self, text: str, *, hides_faint: bool) -> None:
        """Show only the records that have each word in one of their columns; of faint ones none, if they are hidden."""
        self.set_filter(text, self._is_plain if hides_faint else self._condition)

    def require(self, condition: Callable[[Row], bool] | None) -> None:
        """Show only the records that meet this as well; for tables that hide nothing else."""
        self._condition = condition
        self.set_filter(self._needle, condition)

    def set_filter(self, text: str, predicate: Callable[[Row], bool] | None = None) -> None:
        """Show only the records that have each word of it in one of their columns and that the predicate wants."""
        needle = text.casefold().strip()
        is_narrower = predicate == self._predicate and self._needle in needle
        base = self._shown if is_narrower else self._stock.ordered
        self._needle = needle
        self._predicate = predicate
        self.beginResetModel()
        self._shown = self._filtered(base)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 is the order in which the records came."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [self._place(index.row()) for index in before]
        self._is_descending = order == Qt.SortOrder.DescendingOrder
        if column != self._sort_column:
            self._sort_column = column
            self._reorder()
            self._shown = self._filtered(self._stock.ordered)
        rows = {place: self._row(at) for at, place in enumerate(self._shown)} if before else {}
        after = [self.index(rows[place], index.column()) for place, index in zip(places, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # -- Qt ----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    # -- rows and places ---------------------------------------------------------------------------------------------

    def _place(self, row: int) -> int:
        """The place of the record in a row of the view."""
        return self._shown[~row] if self._is_descending else self._shown[row]

    def _row(self, at: int) -> int:
        """The row of the view for a position in `_shown`."""
        return len(self._shown) - 1 - at if self._is_descending else at

    def _find(self, places: list[int], place: int) -> int | None:
        """Where a place stands in an ordered list of places."""
        at = bisect_left(places, self._order(place), key=self._order)
        return at if at < len(places) and places[at] == place else None

    def _sort_value(self, row: Row, sort_column: int) -> Any:
        column = self.columns[sort_column]
        return (column.sort_key or column.text)(row) if sort_column >= 0 else None

    def _order(self, place: int) -> Any:
        """What a record is ordered by: the chosen column's value, then the order in which the records came."""
        return self._order_as(self._stock.rows[place], place)

    def _order_as(self, row: Row, place: int) -> Any:
        return (self._sort_value(row, self._sort_column), place) if self._sort_column >= 0 else (place,)

    def _reorder(self) -> None:
        """Order all records by the column chosen now."""
        stock = self._stock
        stock.sort_column = self._sort_column
        everywhere = range(len(stock.rows))
        if self._sort_column < 0:
            stock.ordered = list(everywhere)
        else:
            values = [self._sort_value(row, self._sort_column) for row in stock.rows]
            stock.ordered = sorted(everywhere, key=values.__getitem__)

    def _filtered(self, places: list[int]) -> list[int]:
        """Those of the places whose records are wanted, in the same order."""
        haystack, rows, predicate = self._stock.haystack, self._stock.rows, self._predicate
        for word in self._needle.split():
            places = [place for place in places if word in haystack[place]]
        if predicate is not None:
            return [place for place in places if predicate(rows[place])]
        return places if self._needle else places.copy()

    # -- one record --------------------------------------------------------------------------------------------------

    def _text_of(self, row: Row) -> str:
        return "\n".join(column.text(row) for column in self.columns).casefold()

    def _is_plain(self, row: Row) -> bool:
        return not self._is_faint(row)

    def _is_wanted(self, row: Row) -> bool:
        text = self._text_of(row)
        is_found = all(word in text for word in self._needle.split())
        return is_found and (self._predicate is None or self._predicate(row))

    def _keep(self, row: Row) -> int:
        """Put a record into the stock; its order is another matter."""
        stock = self._stock
        key = self._key(row)
        place = stock.places.setdefault(key, len(stock.rows))
        if place == len(stock.rows):
            stock.rows.append(row)
            stock.haystack.append(self._text_of(row))
        else:
            stock.faint -= self.is_faint(stock.rows[place])
            stock.rows[place] = row
            stock.haystack[place] = self._text_of(row)
        stock.faint += self.is_faint(row)
        return place

    def _put_one(self, row: Row) -> None:
        known = self._stock.places.get(self._key(row))
        at = None if known is None else self._find(self._shown, known)
        if known is None or at is None:
            self._keep_in_order(row, known)
            if self._is_wanted(row):
                self._show(self._stock.places[self._key(row)])
        elif not self._is_wanted(row):
            gone = self._row(at)
            self.beginRemoveRows(NOWHERE, gone, gone)
            del self._shown[at]
            self._keep_in_order(row, known)
            self.endRemoveRows()
        else:
            self._change(row, known, at)

    def _keep_in_order(self, row: Row, known: int | None) -> None:
        ordered = self._stock.ordered
        if known is not None:
            del ordered[bisect_left(ordered, self._order(known), key=self._order)]
        place = self._keep(row)
        ordered.insert(bisect_left(ordered, self._order(place), key=self._order), place)

    def _change(self, row: Row, place: int, at: int) -> None:
        """A record that is shown and stays so is another one now; it may have to move."""
        rest = self._shown[:at] + self._shown[at + 1 :]
        to = bisect_left(rest, self._order_as(row, place), key=self._order)
        before, after = self._row(at), self._row(to)
        if before != after:
            self.beginMoveRows(NOWHERE, before, before, NOWHERE, after + (after > before))
        self._keep_in_order(row, place)
        if before != after:
            rest.insert(to, place)
            self._shown = rest
            self.endMoveRows()
        self.dataChanged.emit(self.index(after, 0), self.index(after, len(self.columns) - 1))

    def _show(self, place: int) -> None:
        """Put a row where the order wants it."""
        at = bisect_left(self._shown, self._order(place), key=self._order)
        row = len(self._shown) - at if self._is_descending else at
        self.beginInsertRows(NOWHERE, row, row)
        self._shown.insert(at, place)
        self.endInsertRows()
