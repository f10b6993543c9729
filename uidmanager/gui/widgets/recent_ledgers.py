"""The ledgers that were open before, each with its place; one that is not there any more says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PLACE = Qt.ItemDataRole.UserRole
_MOST_SHOWN = 6
_LINES = 2  # of text in each item
_AIR = 2  # around each item, in pixels


class RecentLedgers(QListWidget):
    """A list to choose from by double click or Enter.

    Signals:
        chosen(str): open the ledger at this place
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "recent_ledgers_list", "Ledgers that were open before")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setSpacing(_AIR)
        self.itemActivated.connect(self._choose)

    @property
    def current_place(self) -> str:
        """The place of the chosen ledger; empty when none is."""
        return str(self.currentItem().data(_PLACE)) if self.currentRow() >= 0 else ""

    def show_places(self, places: Sequence[str]) -> None:
        """Fill the list; the newest comes first and is chosen."""
        self.clear()
        for place in places:
            item = QListWidgetItem(_text(place, is_missing=False))
            item.setData(_PLACE, place)
            item.setToolTip(place)
            self.addItem(item)
        self.setCurrentRow(0 if places else -1)
        line = self.fontMetrics().lineSpacing() * _LINES + 2 * _AIR + 1
        self.setFixedHeight(line * max(1, min(len(places), _MOST_SHOWN)) + 2 * self.frameWidth())

    def tell_missing(self, is_there: Mapping[str, bool]) -> None:
        """Say of which places it is known that no ledger is there."""
        for row in range(self.count()):
            item = self.item(row)
            place = str(item.data(_PLACE))
            item.setText(_text(place, is_missing=not is_there.get(place, True)))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(_PLACE)))


def _text(place: str, *, is_missing: bool) -> str:
    path = Path(place)
    return f"{path.name}{' — not there any more' if is_missing else ''}\n{path.parent}"
