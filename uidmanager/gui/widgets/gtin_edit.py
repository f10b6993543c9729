"""A field for a GTIN, which says while it is typed whether the check digit fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from uidmanager.core.barcodes import check_gtin, read_gtin
from uidmanager.gui.theme import fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class GtinEdit(QLineEdit):
    """``told`` says that it is a GTIN, or what is wrong with it; whoever has the field lays it out."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "gtin_edit", "GTIN")
        self.setFont(fixed_font())
        self.setPlaceholderText("8, 12, 13 or 14 digits")
        self.setToolTip("Global Trade Item Number: a scan of it chooses the product")
        self.told = SignedSentence("gtin_told", "Whether this is a GTIN")
        self.textChanged.connect(self._check)
        self.setText(text)

    @Slot()
    def _check(self) -> None:
        gtin = self.text().strip()
        problems = check_gtin(gtin) if gtin else ()
        if problems:
            self.told.tell(problems[0].message, Sign.REFUSED)
        elif gtin:
            self.told.tell(f"The check digit fits: {read_gtin(gtin)}.", Sign.FITS)
        else:
            self.told.hide()


def is_told_at_the_field(code: str) -> bool:
    """Whether a problem with this code stands beside the field already."""
    return code in {"gtin.form", "gtin.check_digit"}
