"""A choice that the window remembers from one start to the next."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from uidmanager.gui.widgets.naming import named


class KeptCombo(QComboBox):
    """Items are told apart by their data, a text; one that is no longer offered is not chosen."""

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, spoken)

    @property
    def chosen(self) -> str:
        """The data of the item that is chosen; empty while there are no items."""
        return str(self.currentData() or "")

    def choose(self, chosen: str) -> None:
        """Choose the item with this data, if it is offered."""
        index = self.findData(chosen)
        if index >= 0:
            self.setCurrentIndex(index)
