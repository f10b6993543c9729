"""The products: registered, put right, retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot

from uidmanager.core.drafts import RetireProduct
from uidmanager.core.records import Product, State
from uidmanager.gui.dialogs.decision import ReasonDialog
from uidmanager.gui.dialogs.product_settings import CorrectProductDialog, GtinDialog, SerialsDialog
from uidmanager.gui.forms.product_form import ProductForm
from uidmanager.gui.pages.record_pane import RecordPane, Wording, action
from uidmanager.gui.table_models import Column, RecordTableModel
from uidmanager.gui.tables.record_table import Copied, RecordTable
from uidmanager.gui.theme import fixed_font
from uidmanager.gui.widgets.empty_page import EmptyPage
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.core.decision import Decision
    from uidmanager.gui.session import Session

_EMPTY_WIDTH: Final = 240
_FILTER_WIDTH: Final = 90
_COLUMNS: Final[tuple[Column[Product], ...]] = (
    Column("Number", lambda p: str(p.number), lambda p: p.number, is_fixed=True, width=6),
    Column("Name", lambda p: p.name, lambda p: p.name.casefold(), width=15),
    Column("Code", lambda p: p.code or "", width=5),
    Column("State", lambda p: p.state.value, width=6),
    Column("GTIN", lambda p: p.gtin or "", is_fixed=True, width=15),
    Column("Serials", lambda p: "indexed" if p.serials.indexed else "digits", width=7),
    Column("Note", lambda p: p.note or "", width=15),
)


class ProductsPane(RecordPane):
    """The products, by number."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, Wording("products", "retired", "Choose a product to see its history."), parent)
        named(self, "products_pane")
        self.correct_action = action("correct_product", "Correct…", self)
        self.gtin_action = action("product_gtin", "GTIN…", self)
        self.serials_action = action("product_serials", "Serials…", self)
        self.retire_action = action("retire_product", "Ret&ire…", self)
        self.correct_action.triggered.connect(self._correct)
        self.gtin_action.triggered.connect(self._set_gtin)
        self.serials_action.triggered.connect(self._set_serials)
        self.retire_action.triggered.connect(self._retire)
        model = RecordTableModel(_COLUMNS, lambda p: p.number, fixed_font(), lambda p: p.state is not State.ACTIVE)
        with session.service.look() as registry:
            model.replace(list(registry.products))
        table = RecordTable(model, "products_table", "Products", (Copied("Copy name", lambda p: p.name),))
        self.empty = named(
            EmptyPage("No product yet", "Type the name of what you make above. It gets the next number, under which "
                      "all its releases are numbered.", width=_EMPTY_WIDTH),
            "no_products_page",
        )  # fmt: skip
        form = ProductForm(session)
        actions = (self.correct_action, self.gtin_action, self.serials_action, self.retire_action)
        self.assemble(form, model, table, actions, (self.empty,))
        self.filter_bar.edit.setMinimumWidth(_FILTER_WIDTH)
        form.registered.connect(self._show_registered)
        self.review_page()

    def review_page(self) -> None:
        """The table, as soon as there is a product."""
        self.stack.setCurrentWidget(self.table if self.model.total else self.empty)

    def review_actions(self) -> None:
        """Only a product in use can be retired; nothing can while the ledger is in trouble."""
        product, is_well = self.chosen, self.session.trouble is None
        for each in (self.correct_action, self.gtin_action, self.serials_action):
            each.setEnabled(is_well and product is not None)
        self.retire_action.setEnabled(is_well and product is not None and product.state is State.ACTIVE)

    @Slot(object)
    def _show_registered(self, decision: Decision) -> None:
        """The new product is the chosen one: its releases come next."""
        self.table.choose(decision.number)

    @Slot()
    def _correct(self) -> None:
        self._ask(CorrectProductDialog)

    @Slot()
    def _set_gtin(self) -> None:
        self._ask(GtinDialog)

    @Slot()
    def _set_serials(self) -> None:
        self._ask(SerialsDialog)

    def _ask(self, kind: type[CorrectProductDialog | GtinDialog | SerialsDialog]) -> None:
        """Have something of the chosen product put right in a dialog of this kind."""
        product: Product | None = self.chosen
        draft = None if product is None else kind.ask(self, self.session, product)
        if draft is not None:
            self.submit(draft)

    @Slot()
    def _retire(self) -> None:
        product: Product | None = self.chosen
        if product is None:
            return

        def draft(reason: str) -> RetireProduct:
            return RetireProduct(str(product.number), reason)

        reason = ReasonDialog.ask(
            self,
            f"Retire {product.name}",
            f"Nothing new is registered under product {product.number} “{product.name}” any more. What is registered "
            "stays, and its number is never given again.",
            "Retire",
            lambda reason: self.session.preview(draft(reason)),
        )
        if reason is not None:
            self.submit(draft(reason))
