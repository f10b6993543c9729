"""The table of installations, a million of them: it keeps lists of places, and makes a record of what is looked at.

What takes longer than a frame is done in turns: a filter shows its first rows at once, and an order that is being made
leaves the old one in place until it is ready.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt

from uidmanager.core.finding import ByPlace, Listing
from uidmanager.core.records import Installation, State
from uidmanager.gui.table_models import TableModel
from uidmanager.gui.table_models.base import NOWHERE
from uidmanager.gui.turns import TURN_S, Turns

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QFont

    from uidmanager.core.finding import Arrangement, Index, Order
    from uidmanager.gui.tables.installation_columns import OrderedColumn

_FEW: Final = 8192  # rows that are searched and sorted while the window waits: a few milliseconds
_SCREEN: Final = 100  # rows at least that are worth showing before the rest is found
_MANY: Final = 200  # rows put in at once; from here on the view is told that everything changed


class InstallationsModel(TableModel[Installation]):
    """Shows the first ``count`` installations of an index, and those that it is told of later; a key is a component."""

    def __init__(self, columns: Sequence[OrderedColumn], index: Index, count: int, fixed_font: QFont) -> None:
        super().__init__([column for column, _order in columns], fixed_font)
        self._orders = [order for _column, order in columns]
        self._index = index
        self._installations = index.installations
        self._listing = Listing(index, count)
        self._text, self._hides = "", False
        self._sort_column = -1
        self._is_descending = False
        self._made: tuple[int, Installation] | None = None
        self._searching = Turns(self)
        self._sorting = Turns(self)

    # -- what is in it -----------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many installations there are, shown or not."""
        return self._listing.count

    @property
    def faint_total(self) -> int:
        """How many of them are out of use."""
        return self._listing.out_of_use

    @property
    def is_searching(self) -> bool:
        """Whether the filter may still find more."""
        return self._listing.is_searching

    @property
    def is_sorting(self) -> bool:
        """Whether another order is being made."""
        return self._sorting.is_busy

    def is_faint(self, record: Installation) -> bool:
        """Whether an installation is out of use."""
        return record.state is not State.ACTIVE

    def record(self, row: int) -> Installation:
        """The installation in this row of the view. A view asks for the same one several times in a row."""
        place = self._listing.place(row)
        if self._made is None or self._made[0] != place:
            self._made = place, self._installations[place]
        return self._made[1]

    def records(self, first: int, last: int) -> Iterator[Installation]:
        """The installations that are in these rows now."""
        return map(self._installations.__getitem__, self._listing.places(first, last))

    def key_at(self, row: int) -> str:
        """The component of the installation in this row."""
        return self._installations.component_text(self._listing.place(row))

    def row_of(self, key: object) -> int | None:
        """The row in which the installation with this component stands; None while it is not shown."""
        place = self._installations.place_of(str(key))
        return None if place is None else self._listing.row_of(place)

    def put(self, rows: Sequence[Installation]) -> None:
        """Take in installations that are new or have changed. What they are now is what the registry holds."""
        self.put_keys([row.component for row in rows])

    def put_keys(self, components: Iterable[str]) -> None:
        """The same of the installations with these components: of many, no record need be made for that."""
        found = map(self._installations.place_of, components)
        places = sorted({place for place in found if place is not None})
        if not places:
            return
        self.settle()
        self._made = None
        self._listing.call_anew(self._index.words(self._text))  # there may be people and stations that were not
        if len(places) <= _MANY:
            for place in places:
                self._put_one(place)
            return
        self.beginResetModel()
        self._listing.change_many(places, max(self.total, places[-1] + 1))
        self.endResetModel()

    def rename(self) -> None:
        """Products are called otherwise: any number of rows may show it, be found by it or be ordered by it."""
        self.narrow(self._text, hides_faint=self._hides)
        self._sort_by(self._order_of(self._sort_column))

    # -- order and filter --------------------------------------------------------------------------------------------

    def narrow(self, text: str, *, hides_faint: bool) -> None:
        """Show only the installations in which each word of the text stands; the first of them are shown at once."""
        self._searching.stop()
        self._text, self._hides = text, hides_faint
        self.beginResetModel()
        self._listing.look_for(self._index.words(text), hides=hides_faint)
        self._gather()
        self._listing.add()
        self.endResetModel()
        if self.is_searching:
            self._searching.start(self._rest())

    def settle(self) -> None:
        """Find now what the filter has yet to find."""
        if self._searching.is_busy:
            self._searching.stop()
            self._listing.gather(lambda: False)
            self._append()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 is the order of assignment."""
        self._is_descending = order == Qt.SortOrder.DescendingOrder
        if column != self._sort_column:
            self._sort_column = column
            self._sort_by(self._order_of(column))
        elif not self.is_sorting:
            self._rearrange()

    # -- Qt ----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._listing)

    # -- searching ---------------------------------------------------------------------------------------------------

    def _gather(self) -> None:
        """Search for one turn, or until there is a screen to show; to the end where that is near."""
        listing, until = self._listing, perf_counter() + TURN_S
        wanted = _SCREEN if len(listing) < _SCREEN else self.total

        def is_enough() -> bool:
            return listing.found >= wanted or perf_counter() > until

        listing.gather(is_enough if self.total > _FEW else lambda: False)

    def _rest(self) -> Iterator[None]:
        """The first screen as soon as it is found, then the rest at once: each time the whole view is drawn anew."""
        while self._listing.is_looking:
            self._gather()
            if self._listing.found and len(self._listing) < _SCREEN:
                self._append()
            yield
        self._append()

    def _append(self) -> None:
        """Have what was found as the last rows."""
        rows, found = len(self._listing), self._listing.found
        if found:
            self.beginInsertRows(NOWHERE, rows, rows + found - 1)
        self._listing.add()
        if found:
            self.endInsertRows()
        if not self.is_searching:
            self.searched.emit()

    # -- sorting -----------------------------------------------------------------------------------------------------

    def _order_of(self, column: int) -> Order:
        return self._orders[column]() if column >= 0 else ByPlace()

    def _sort_by(self, order: Order) -> None:
        self._sorting.start(self._sorted(order))
        is_soon_done = isinstance(order, ByPlace) and isinstance(self._listing.order, ByPlace)
        if is_soon_done or self.total <= _FEW:
            self.settle()
            self._sorting.finish()

    def _sorted(self, order: Order) -> Generator[None, None, None]:
        self._rearrange((yield from self._listing.sorting(order)))

    def _rearrange(self, arrangement: Arrangement | None = None) -> None:
        """Have the rows in another order, or the other way round; what is marked stays marked."""
        self.settle()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [self._listing.place(index.row()) for index in before]
        if arrangement is not None:
            self._listing.adopt(arrangement)
        self._listing.is_from_the_end = self._is_descending
        after = [self._cell(place, index.column()) for place, index in zip(places, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _cell(self, place: int, column: int) -> QModelIndex:
        row = self._listing.row_of(place)
        return QModelIndex() if row is None else self.index(row, column)

    # -- one installation --------------------------------------------------------------------------------------------

    def _put_one(self, place: int) -> None:
        change = self._listing.change(place)
        _, before, after = self._listing.rows(change)
        if before is None and after is not None:
            self.beginInsertRows(NOWHERE, after, after)
            self._listing.carry_out(change)
            self.endInsertRows()
        elif before is not None and after is None:
            self.beginRemoveRows(NOWHERE, before, before)
            self._listing.carry_out(change)
            self.endRemoveRows()
        elif before is not None and after is not None:
            if before != after:
                self.beginMoveRows(NOWHERE, before, before, NOWHERE, after + (after > before))
                self._listing.carry_out(change)
                self.endMoveRows()
            self.dataChanged.emit(self.index(after, 0), self.index(after, len(self.columns) - 1))
