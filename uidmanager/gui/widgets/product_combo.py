"""The choice of a product, by name; the first item is that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from uidmanager.core.records import State
from uidmanager.core.texts import visible
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.records import Product

_LEAST_CHARACTERS = 14


class ProductCombo(QComboBox):
    """Offers the products in use, in the order of their numbers."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, "Product")
        self.setMinimumContentsLength(_LEAST_CHARACTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def chosen(self) -> str | None:
        """The number of the chosen product, as drafts name it; None for “No product”."""
        number = self.currentData()
        return None if number is None else str(number)

    def offer(self, products: Iterable[Product], keep: int | None) -> None:
        """Offer these products as far as they are in use, and the one to keep whatever its state, which is chosen."""
        was_blocked = self.blockSignals(True)
        self.clear()
        self.addItem("No product", None)
        for product in sorted(products, key=lambda product: product.number):
            if product.state is State.ACTIVE or product.number == keep:
                self.addItem(visible(product.name), str(product.number))
        self.setCurrentIndex(max(0, self.findData(None if keep is None else str(keep))))
        self.blockSignals(was_blocked)
