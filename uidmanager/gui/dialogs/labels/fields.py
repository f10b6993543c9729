"""What is asked about labels: on what, with which code, how many, from where on, why again, and to which printer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from uidmanager.core.errors import PreferencesError
from uidmanager.core.labels.contents import CodeWish
from uidmanager.core.labels.sheets import SheetOptions
from uidmanager.core.labels.templates import Template
from uidmanager.core.rules.labels import MOST_COPIES
from uidmanager.core.texts import NOTE_LENGTH
from uidmanager.gui.theme import GAP, TIGHT
from uidmanager.gui.widgets.kept_combo import KeptCombo
from uidmanager.gui.widgets.naming import named
from uidmanager.settings.label_printing import LabelPrinting, StationLabelPrinting
from uidmanager.writers.labels.zpl_pen import Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

_FARTHEST: Final = 20.0
_WIDTH: Final = 330
_CODES: Final = (
    (CodeWish.AUTO, "GS1 where there is a GTIN"),
    (CodeWish.PLAIN, "Plain: the serial only"),
    (CodeWish.GS1, "GS1 always"),
)


class Wish(Struct, frozen=True):
    """What labels are to be like, apart from where on the sheet they stand."""

    template: Template | None
    code: CodeWish


class LabelFields(QWidget):
    """The form.

    Signals:
        changed(): the labels themselves would be others now
        moved(): the same labels, elsewhere or more of them
        said(): reason or printer were typed
    """

    changed = Signal()
    moved = Signal()
    said = Signal()

    def __init__(self, templates: Sequence[Template], last: LabelPrinting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "label_fields")
        self.setFixedWidth(_WIDTH)
        self._templates = {template.name: template for template in templates}
        self._offsets = dict(last.offsets)
        self.template_combo = KeptCombo("label_template_combo", "Template")
        self.code_combo = KeptCombo("label_code_combo", "Code")
        self.copies_spin = named(QSpinBox(minimum=1, maximum=MOST_COPIES), "label_copies_spin", "Copies of each label")
        self.start_spin = named(QSpinBox(minimum=1), "label_start_spin", "The first label of the sheet to use")
        self.right_spin = _offset("label_right_spin", "Move right, in millimetres")
        self.down_spin = _offset("label_down_spin", "Move down, in millimetres")
        self.reason_edit = named(QLineEdit(maxLength=NOTE_LENGTH), "label_reason_edit", "Reason")
        self.printer_edit = named(QLineEdit(last.printer), "label_printer_edit", "Label printer in the network")
        self.dpi_combo = KeptCombo("label_dpi_combo", "Dots to the inch of the label printer")
        self._about = named(QLabel(wordWrap=True), "label_template_about", "About the template")
        self._fill(last)
        self._lay_out()
        self._connect()
        self._follow_template()

    @property
    def wish(self) -> Wish:
        """What labels are to be like."""
        return Wish(self._templates.get(self.template_combo.chosen), CodeWish(self.code_combo.chosen))

    @property
    def options(self) -> SheetOptions:
        """Where they stand, and how many of each."""
        return SheetOptions(
            self.start_spin.value(), self.copies_spin.value(), self.right_spin.value(), self.down_spin.value()
        )

    @property
    def reason(self) -> str | None:
        """Why they are printed, if that is said."""
        return self.reason_edit.text().strip() or None

    @property
    def resolution(self) -> Resolution:
        """Of the label printer."""
        return Resolution(int(self.dpi_combo.chosen))

    @property
    def printing(self) -> LabelPrinting:
        """What the next dialog shall begin with."""
        return LabelPrinting(
            self.template_combo.chosen,
            self.code_combo.chosen,
            {name: offset for name, offset in self._offsets.items() if offset != (0.0, 0.0)},
            self.printer_edit.text().strip(),
            int(self.resolution),
        )

    def ask_why(self, *, is_needed: bool) -> None:
        """Whether labels are printed again, so that a reason is needed."""
        self.reason_edit.setPlaceholderText("Why it is printed again" if is_needed else "Optional")

    # -- inside ------------------------------------------------------------------------------------------------------

    def _fill(self, last: LabelPrinting) -> None:
        for template in self._templates.values():
            self.template_combo.addItem(template.title, template.name)
        for wish, words in _CODES:
            self.code_combo.addItem(words, wish.value)
        for resolution in Resolution:
            self.dpi_combo.addItem(f"{int(resolution)} dpi", str(int(resolution)))
        self.template_combo.choose(last.template)
        self.code_combo.choose(last.wish)
        self.dpi_combo.choose(str(last.dpi))
        self.printer_edit.setPlaceholderText("zebra-3 or 192.168.0.17:9100")

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GAP)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.template_combo.setMinimumContentsLength(12)
        self.template_combo.setSizeAdjustPolicy(KeptCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        form.addRow("Temp&late", self.template_combo)
        form.addRow("", self._about)
        form.addRow("C&ode", self.code_combo)
        form.addRow("&Copies", self.copies_spin)
        form.addRow("&Start at label", self.start_spin)
        offset = QHBoxLayout()
        offset.setSpacing(TIGHT)
        offset.addWidget(self.right_spin, 1)
        offset.addWidget(self.down_spin, 1)
        form.addRow(_label("&Move by", self.right_spin), offset)
        form.addRow("&Reason", self.reason_edit)
        line = QHBoxLayout()
        line.setSpacing(TIGHT)
        line.addWidget(self.printer_edit, 1)
        line.addWidget(self.dpi_combo)
        form.addRow(_label("&Printer", self.printer_edit), line)

    def _connect(self) -> None:
        self.template_combo.currentIndexChanged.connect(self._follow_template)
        self.template_combo.currentIndexChanged.connect(self.changed)
        self.code_combo.currentIndexChanged.connect(self.changed)
        for number in (self.copies_spin, self.start_spin):
            number.valueChanged.connect(self.moved)
        for offset in (self.right_spin, self.down_spin):
            offset.valueChanged.connect(self._keep_offset)
            offset.valueChanged.connect(self.moved)
        for edit in (self.reason_edit, self.printer_edit):
            edit.textChanged.connect(self.said)

    @Slot()
    def _keep_offset(self) -> None:
        self._offsets[self.template_combo.chosen] = self.right_spin.value(), self.down_spin.value()

    @Slot()
    def _follow_template(self) -> None:
        """A template has so many labels, and an offset of its own."""
        template = self._templates.get(self.template_combo.chosen)
        if template is None:
            return
        self._about.setText(template.about)
        self._about.setVisible(bool(template.about))
        self.start_spin.setMaximum(template.cells)
        self.start_spin.setEnabled(template.cells > 1)
        right, down = self._offsets.get(template.name, (0.0, 0.0))
        with QSignalBlocker(self.right_spin), QSignalBlocker(self.down_spin):
            self.right_spin.setValue(right)
            self.down_spin.setValue(down)


def last_printing() -> LabelPrinting:
    """How labels were printed last; the usual where that cannot be read."""
    try:
        return StationLabelPrinting().last()
    except PreferencesError:
        return LabelPrinting()


def keep_printing(printing: LabelPrinting) -> None:
    """Begin with this the next time. That it cannot be kept is no reason to say that printing failed."""
    with suppress(PreferencesError):
        StationLabelPrinting().keep(printing)


def _offset(name: str, spoken: str) -> QDoubleSpinBox:
    spin = named(QDoubleSpinBox(), name, spoken)
    spin.setRange(-_FARTHEST, _FARTHEST)
    spin.setSingleStep(0.1)
    spin.setDecimals(1)
    spin.setSuffix(" mm")
    spin.setToolTip(f"{spoken}: what the printer is off, as the test page shows")
    return spin


def _label(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(field)
    return label
