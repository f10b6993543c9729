"""What the serials of a product are like: the fields that say it, and a line in which serials are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit

from uidmanager.core.records import SerialRule
from uidmanager.core.rules.product_settings import check_serials, is_like, kept_rule
from uidmanager.core.texts import excerpt
from uidmanager.gui.theme import fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFormLayout

    from uidmanager.gui.session import Session

_MOST_TRIED: Final = 3
_DIGITS: Final = "Digits, which stand in the root"
_INDEXED: Final = "Letters as well: an index each"


class SerialRuleFields(QObject):
    """Fields for a form, which lays them out. Nothing is decided here: whoever has them asks the registry.

    Signals:
        changed(): the rule, or what is tried, is another one
    """

    changed = Signal()

    def __init__(self, session: Session, rule: SerialRule, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.kind_combo = named(QComboBox(), "serials_combo", "Serials")
        self.kind_combo.addItem(_DIGITS, False)
        self.kind_combo.addItem(_INDEXED, True)
        self.kind_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pattern_edit = named(QLineEdit(), "pattern_edit", "Pattern of the serials")
        self.pattern_edit.setPlaceholderText("optional, as in SN-[A-Z][0-9]+")
        self.pattern_edit.setToolTip("A regular expression that each serial must match as a whole")
        self.example_edit = named(QLineEdit(), "example_edit", "Example of a serial")
        self.example_edit.setPlaceholderText("a serial that fits, as in SN-A17")
        self.tried_edit = named(QLineEdit(), "tried_edit", "Serials to try")
        self.tried_edit.setPlaceholderText("others, to see what is caught")
        for edit in (self.pattern_edit, self.example_edit, self.tried_edit):
            edit.setFont(fixed_font())
        self.told = SignedSentence("tried_told", "What fits")
        self._show(rule)
        self.kind_combo.currentIndexChanged.connect(self._review)
        for edit in (self.pattern_edit, self.example_edit, self.tried_edit):
            edit.textChanged.connect(self._review)

    @property
    def rule(self) -> SerialRule:
        """What the fields say."""
        is_indexed = bool(self.kind_combo.currentData())
        return SerialRule(is_indexed, self.pattern_edit.text() or None, self.example_edit.text() or None)

    @property
    def is_filled(self) -> bool:
        """Whether anything is said that is not so of itself."""
        return kept_rule(self.rule) != SerialRule() or bool(self.tried_edit.text())

    def clear(self) -> None:
        """As of itself."""
        self._show(SerialRule())
        self.tried_edit.clear()

    def add_to(self, form: QFormLayout) -> None:
        """Lay the fields out below each other."""
        form.addRow("Seria&ls", self.kind_combo)
        form.addRow("Pattern", self.pattern_edit)
        form.addRow("E&xample", self.example_edit)
        form.addRow("Tr&y", self.tried_edit)
        form.addRow(self.told)

    def _show(self, rule: SerialRule) -> None:
        self.kind_combo.setCurrentIndex(int(rule.indexed))
        self.pattern_edit.setText(rule.pattern or "")
        self.example_edit.setText(rule.example or "")

    @Slot()
    def _review(self) -> None:
        self._try()
        self.changed.emit()

    def _try(self) -> None:
        """Say of the example and the others whether they fit, as soon as there is a pattern that says something."""
        rule = kept_rule(self.rule)
        serials = self.tried_edit.text().replace(",", " ").split()[:_MOST_TRIED]
        with self._session.service.look() as registry:
            is_sound = not check_serials(registry, rule)
        if not is_sound or not (rule.pattern or serials):
            self.told.hide()
            return
        tried = [(serial, is_like(rule, serial)) for serial in dict.fromkeys((*filter(None, [rule.example]), *serials))]
        words = ", ".join(f"{excerpt(serial)} {'fits' if fits else 'does not'}" for serial, fits in tried)
        self.told.tell(f"{words}.", Sign.FITS if all(fits for _, fits in tried) else Sign.NOTICE)
