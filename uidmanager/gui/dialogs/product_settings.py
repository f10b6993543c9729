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


class _ProductDialog(DecisionDialog, Generic[_Draft]):
    """Asks for the change and for the reason; each kind says what is its own."""

    def __init__(self, session: Session, product: Product, title: str, sentence: str, parent: QWidget | None) -> None:
        super().__init__(title, sentence, "Correct", parent)
        self._session = session
        self._product = product
        self._is_begun = False
        self.reason_edit = named(QLineEdit(), "reason_edit", "Reason")
        self.reason_edit.setPlaceholderText("Kept with the change, for whoever reads the history")

    def draft(self) -> _Draft:
        """The change as the fields stand."""
        raise NotImplementedError

    def asked(self) -> _Draft | None:
        """The change; None when the user thought better of it."""
        try:
            return self.draft() if self.exec() == QDialog.DialogCode.Accepted else None
        finally:
            self.deleteLater()

    def begin(self, *edits: QLineEdit) -> None:
        """Ask for the reason below the fields, and watch all of them."""
        self.fields.addRow("&Reason", self.reason_edit)
        for edit in (*edits, self.reason_edit):
            edit.textChanged.connect(self.review)
        self._judge()
        self.problems.show_problems(())

    @Slot()
    def review(self) -> None:
        """Something was typed."""
        self._is_begun = True
        self._judge()

    def _judge(self) -> None:
        decision = self._session.preview(self.draft())
        is_begun = bool(self.reason_edit.text())
        told = [problem for problem in decision.problems if not is_told_at_the_field(problem.code)]
        self.show_verdict(decision.problems, decision.notices, is_begun=is_begun)
        shown = [problem for problem in self.problems.problems if problem in told or problem in decision.notices]
        self.problems.show_problems(shown)


class CorrectProductDialog(_ProductDialog[CorrectProduct]):
    """Another name or another note."""

    def __init__(self, session: Session, product: Product, parent: QWidget | None = None) -> None:
        sentence = (
            f"Product {product.number} keeps its number, and all UIDs under it stay as they are. What stood there "
            "before stays in the history."
        )
        super().__init__(session, product, f"Correct product {product.number}", sentence, parent)
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


class GtinDialog(_ProductDialog[SetProductGtin]):
    """The GTIN, another one, or none."""

    def __init__(self, session: Session, product: Product, parent: QWidget | None = None) -> None:
        sentence = (
            f"A scan of a code with its GTIN chooses “{product.name}”. An empty field takes it away; the first one "
            "needs no reason."
        )
        super().__init__(session, product, f"GTIN of product {product.number}", sentence, parent)
        self.gtin_edit = GtinEdit(product.gtin or "")
        self.fields.addRow("&GTIN", self.gtin_edit)
        self.fields.addRow(self.gtin_edit.told)
        self.begin(self.gtin_edit)

    def draft(self) -> SetProductGtin:
        """The GTIN as it is typed."""
        return SetProductGtin(str(self._product.number), self.gtin_edit.text(), self.reason_edit.text())


class SerialsDialog(_ProductDialog[SetProductSerials]):
    """What its serials are like from now on."""

    def __init__(self, session: Session, product: Product, parent: QWidget | None = None) -> None:
        sentence = (
            f"What the serials of “{product.name}” are like from now on. Every unit that has its root keeps it; the "
            "first rule needs no reason."
        )
        super().__init__(session, product, f"Serials of product {product.number}", sentence, parent)
        self.serials = SerialRuleFields(session, product.serials, self)
        self.serials.add_to(self.fields)
        self.serials.changed.connect(self.review)
        self.begin()

    def draft(self) -> SetProductSerials:
        """The rule as the fields stand."""
        return SetProductSerials(str(self._product.number), self.serials.rule, self.reason_edit.text())
