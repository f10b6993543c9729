"""What is said of a product, put right: its name and note, its GTIN, what its serials are like. One entry each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from uidmanager.core.drafts import CorrectProduct, SetProductGtin, SetProductSerials
from uidmanager.gui.dialogs.decision import DecisionDialog
from uidmanager.gui.widgets.gtin_edit import GtinEdit, is_told_at_the_field
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.serial_rule import SerialRuleFields

if TYPE_CHECKING:
    from uidmanager.core.records import Product
    from uidmanager.gui.session import Session

_Draft = TypeVar("_Draft", CorrectProduct, SetProductGtin, SetProductSerials)


class ProductDialog(DecisionDialog, Generic[_Draft]):
    """Asks for the change and for the reason; each kind says what is its own."""

    def __init__(self, session: Session, product: Product, parent: QWidget | None = None) -> None:
        title, sentence = self.words(product)
        super().__init__(title, sentence, "Correct", parent)
        self._session = session
        self._product = product
        self.reason_edit = named(QLineEdit(), "reason_edit", "Reason")
        self.reason_edit.setPlaceholderText("Kept with the change, for whoever reads the history")

    @classmethod
    def ask(cls, parent: QWidget | None, session: Session, product: Product) -> _Draft | None:
        """The change; None when the user thought better of it."""
        dialog = cls(session, product, parent)
        try:
            return dialog.draft() if dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            dialog.deleteLater()

    @staticmethod
    def words(product: Product) -> tuple[str, str]:
        """The title, and what the dialog is for."""
        raise NotImplementedError

    def draft(self) -> _Draft:
        """The change as the fields stand."""
        raise NotImplementedError

    def begin(self, *edits: QLineEdit) -> None:
        """Ask for the reason below the fields, and watch all of them."""
        self.fields.addRow("&Reason", self.reason_edit)
        for edit in (*edits, self.reason_edit):
            edit.textChanged.connect(self.review)
        self.review()
        self.problems.show_problems(())  # nobody has typed anything yet

    @Slot()
    def review(self) -> None:
        """Something was typed: what the registry says to it."""
        decision = self._session.preview(self.draft())
        self.show_decision(decision, is_begun=bool(self.reason_edit.text()))
        told = (problem for problem in self.problems.problems if not is_told_at_the_field(problem.code))
        self.problems.show_problems(tuple(told))


class CorrectProductDialog(ProductDialog[CorrectProduct]):
    """Another name or another note."""

    @staticmethod
    def words(product: Product) -> tuple[str, str]:
        """The title, and what the dialog is for."""
        return f"Correct product {product.number}", (
            f"Product {product.number} keeps its number, and all UIDs under it stay as they are. What stood there "
            "before stays in the history."
        )

    def __init__(self, session: Session, product: Product, parent: QWidget | None = None) -> None:
        super().__init__(session, product, parent)
        self._note_before = product.note or ""
        self.name_edit = named(QLineEdit(product.name), "correct_name_edit", "Name")
        self.note_edit = named(QLineEdit(self._note_before), "correct_note_edit", "Note")
        self.fields.addRow("&Name", self.name_edit)
        self.fields.addRow("N&ote", self.note_edit)
        self.begin(self.name_edit, self.note_edit)

    def draft(self) -> CorrectProduct:
        """What was left alone is not touched."""
        name, note = self.name_edit.text(), self.note_edit.text()
        return CorrectProduct(
            str(self._product.number),
            None if name == self._product.name else name,
            self.reason_edit.text(),
            None if note == self._note_before else note,
        )


class GtinDialog(ProductDialog[SetProductGtin]):
    """The GTIN, another one, or none."""

    @staticmethod
    def words(product: Product) -> tuple[str, str]:
        """The title, and what the dialog is for."""
        return f"GTIN of product {product.number}", (
            f"A scan of a code with its GTIN chooses “{product.name}”. An empty field takes it away; the first one "
            "needs no reason."
        )

    def __init__(self, session: Session, product: Product, parent: QWidget | None = None) -> None:
        super().__init__(session, product, parent)
        self.gtin_edit = GtinEdit(product.gtin or "")
        self.fields.addRow("&GTIN", self.gtin_edit)
        self.fields.addRow(self.gtin_edit.told)
        self.begin(self.gtin_edit)

    def draft(self) -> SetProductGtin:
        """The GTIN as it is typed."""
        return SetProductGtin(str(self._product.number), self.gtin_edit.text(), self.reason_edit.text())


class SerialsDialog(ProductDialog[SetProductSerials]):
    """What its serials are like from now on."""

    @staticmethod
    def words(product: Product) -> tuple[str, str]:
        """The title, and what the dialog is for."""
        return f"Serials of product {product.number}", (
            f"What the serials of “{product.name}” are like from now on. Every unit that has its root keeps it; the "
            "first rule needs no reason."
        )

    def __init__(self, session: Session, product: Product, parent: QWidget | None = None) -> None:
        super().__init__(session, product, parent)
        self.serials = SerialRuleFields(session, product.serials, self)
        self.serials.add_to(self.fields)
        self.serials.changed.connect(self.review)
        self.begin()

    def draft(self) -> SetProductSerials:
        """The rule as the fields stand."""
        return SetProductSerials(str(self._product.number), self.serials.rule, self.reason_edit.text())
