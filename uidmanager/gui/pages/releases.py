"""Products on the left, the releases of the chosen one on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from uidmanager.core.records import Product, Release
from uidmanager.gui.pages.products_pane import ProductsPane
from uidmanager.gui.pages.releases_pane import ReleasesPane
from uidmanager.gui.theme import AIR, ROOM
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.events import Entry
    from uidmanager.core.records import Record
    from uidmanager.gui.session import Session

_SHARES = (360, 640)  # of the products and of the releases


class ReleasesPage(QWidget):
    """Products and their releases.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)
    title = "Releases"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "releases_page")
        self._session = session
        self.products = ProductsPane(session)
        self.releases = ReleasesPane(session)
        halves = named(QSplitter(childrenCollapsible=False, handleWidth=AIR), "releases_page_splitter")
        halves.addWidget(self.products)
        halves.addWidget(self.releases)
        halves.setSizes(_SHARES)
        for index, share in enumerate(_SHARES):
            halves.setStretchFactor(index, share)
        row = QHBoxLayout(self)
        row.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        row.addWidget(halves)
        for pane in (self.products, self.releases):
            pane.copied.connect(self.copied)
        self.products.record_chosen.connect(self._show_releases)
        session.took_in.connect(self._take_in)
        self._choose_first()

    def focus_first(self) -> None:
        """The version of the next release; the first product's name while there is none."""
        form = self.products.form if self.releases.product_number is None else self.releases.form
        form.focus_first()

    def show_record(self, record: Record) -> bool:
        """Go to a product or a release; False when it is an installation."""
        if isinstance(record, Product):
            return self.products.show_row(record.number, record)
        if not isinstance(record, Release):
            return False
        with self._session.service.look() as registry:
            product = registry.product(record.product)
        if product is None or not self.products.show_row(product.number, product):
            return False
        return self.releases.show_row(record.uid, record)

    @Slot(object)
    def _take_in(self, entries: Sequence[Entry]) -> None:
        records = self._session.records_besides_installations(entries)
        products = [record for record in records if isinstance(record, Product)]
        releases = [record for record in records if isinstance(record, Release)]
        if products or releases:
            self.products.take_in(products)
            self.releases.take_in(releases)

    @Slot(object)
    def _show_releases(self, product: Product | None) -> None:
        self.releases.show_product(product)

    def _choose_first(self) -> None:
        """Begin with the first product that is in use."""
        if self.products.model.rowCount():
            self.products.table.choose(self.products.model.key_at(0))
