"""Registering a product: its name, the number that it will have, and what else can be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from uidmanager.core.drafts import RegisterProduct
from uidmanager.core.errors import Problem
from uidmanager.core.rules.products import HIGHEST_NUMBER
from uidmanager.core.scheme import show_text
from uidmanager.gui.forms.product_more import ProductMore
from uidmanager.gui.forms.registering import RegisteringForm, label_for, text_or_none
from uidmanager.gui.theme import GAP, TIGHT, fixed_font
from uidmanager.gui.widgets.gtin_edit import is_told_at_the_field
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.session import Session

_MOST_DIGITS: Final = len(str(HIGHEST_NUMBER))
_MOST_QUOTED: Final = 20
_NARROWEST: Final = 60


class ProductForm(RegisteringForm):
    """The number is proposed here, and fixed when the product is registered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "product", "Register &product", parent)
        self.name_edit = named(QLineEdit(placeholderText="CT Console"), "product_name_edit")
        self.code_edit = named(QLineEdit(placeholderText="optional"), "product_code_edit")
        self.code_edit.setToolTip("Begins the Implementation Version Names that are proposed: CT for CT_4.5.0.3")
        self.number_edit = named(QLineEdit(), "product_number_edit")
        self.number_edit.setFont(fixed_font())
        self.number_edit.setToolTip("Leave it empty for the proposed number. Another free one takes over an old list")
        self.number_label = named(QLabel(wordWrap=True), "product_number_label", "The product's number")
        self.more_button = named(QToolButton(), "product_more_button")
        self.more_button.setCheckable(True)
        self.more_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more = ProductMore(session)
        self._lay_out()
        fields = {"name": self.name_edit, "code": self.code_edit, "number": self.number_edit, **self.more.fields}
        self.watch(fields, "name")
        self.more.changed.connect(self._unfold)
        self.more.serials.changed.connect(self.review)
        self.more_button.toggled.connect(self._unfold)
        self.registered.connect(self.more.clear)
        self._unfold()
        self.review()

    def draft(self) -> Draft | None:
        """The product as it is typed."""
        number = self.number_edit.text().strip()
        more = self.more
        return RegisterProduct(
            self.name_edit.text(),
            int(number) if _is_number(number) else None,
            text_or_none(self.code_edit),
            gtin=text_or_none(more.gtin_edit),
            serials=more.serials.rule,
            note=text_or_none(more.note_edit),
        )

    def own_problems(self) -> tuple[Problem, ...]:
        """A number that is none cannot stand in a draft."""
        number = self.number_edit.text().strip()
        if not number or _is_number(number):
            return ()
        sentence = (
            f"{show_text(number[:_MOST_QUOTED])} is no product number. Choose one from 0 to {HIGHEST_NUMBER}, or leave "
            "it to the registry."
        )
        return (Problem("product.number_range", "number", sentence),)

    def show_decision(self, draft: Draft | None, decision: Decision | None) -> None:
        """Say which number it will be."""
        if not isinstance(draft, RegisterProduct) or decision is None:
            return
        if draft.number is None:
            self.number_edit.setPlaceholderText(str(decision.number))
        asked = "Proposed number" if draft.number is None else "Number"
        arc = ".".join(part.text for part in decision.breakdown[1:])
        self.number_label.setText(f"{asked} {decision.number}: arc {arc} under the root")

    def told_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """What is wrong with a GTIN stands beside it."""
        return tuple(problem for problem in problems if not is_told_at_the_field(problem.code))

    @Slot()
    def _unfold(self) -> None:
        """Show what else can be said when it is asked for, and as long as something is filled in there."""
        is_open = self.more_button.isChecked() or self.more.is_filled
        self.more.setVisible(is_open)
        self.more_button.setEnabled(not self.more.is_filled)
        self.more_button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)

    def told_result(self, decision: Decision, *, is_new: bool) -> tuple[str, str]:
        """The number that it has now. A product is never registered twice: the rules refuse it."""
        verb = "Registered" if is_new else "Registered already:"
        return f"{verb} product {decision.number}", ".".join(part.text for part in decision.breakdown)

    def overtaken_sentence(self, decision: Decision) -> str:
        """The number went to another product in the last moment."""
        if decision.is_refused:
            return "Somebody else wrote to the ledger meanwhile, and this was not registered. Look again."
        return f"The number was given to another product meanwhile; {decision.number} is proposed now. Press again."

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(TIGHT)
        fields = (("Product &name", self.name_edit, 4), ("C&ode", self.code_edit, 2), ("Num&ber", self.number_edit, 2))
        for column, (title, edit, stretch) in enumerate(fields):
            grid.addWidget(label_for(title, edit), 0, column)
            grid.addWidget(edit, 1, column)
            grid.setColumnStretch(column, stretch)
            edit.setMinimumWidth(_NARROWEST)
        last = QHBoxLayout()
        last.setSpacing(GAP)
        last.addWidget(self.number_label, 1)
        last.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.more_button.setText("&More: GTIN, serials, note")
        self.more_button.setAutoRaise(True)
        grid.addWidget(self.more_button, 2, 0, 1, len(fields), Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.more, 3, 0, 1, len(fields))
        grid.addLayout(last, 4, 0, 1, len(fields))
        for row, widget in enumerate((self.problems, self.result), 5):
            grid.addWidget(widget, row, 0, 1, len(fields))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
