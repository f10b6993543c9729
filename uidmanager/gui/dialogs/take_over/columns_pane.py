"""The second step: which column is what."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from uidmanager.core.takeover.choosing import Source, words_of
from uidmanager.core.takeover.columns import FIELDS, TableKind, check_columns
from uidmanager.core.takeover.dates import DateForm
from uidmanager.core.takeover.judging import Choice
from uidmanager.core.takeover.table import letters_of
from uidmanager.core.texts import excerpt
from uidmanager.gui.theme import GAP, ROOM
from uidmanager.gui.widgets.elided_label import ElidedLabel
from uidmanager.gui.widgets.kept_combo import KeptCombo
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from uidmanager.core.takeover.columns import Field
    from uidmanager.core.takeover.table import Line, Table

_NONE: Final = "— not imported —"
_FORMS: Final = {
    "": "not decided: such a date is a problem",
    DateForm.DAY_FIRST.value: "3 April, the day first",
    DateForm.MONTH_FIRST.value: "4 March, the month first",
}
_WHENCE: Final = {
    Source.RECOGNISED: "The columns were recognised by their headings.",
    Source.REMEMBERED: "The columns are those that you chose the last time below these headings.",
    Source.GIVEN: "The columns are those that you chose.",
}
_SAMPLES: Final = 3
_LOOKED_AT: Final = 200
_LEAST_COMBO: Final = 240


class ColumnsPane(QWidget):
    """A choice of columns; what was chosen for each kind of rows is kept as long as the table is the same.

    Signals:
        changed(): another column was chosen
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "takeover_columns_pane")
        self._table: Table | None = None
        self._choice: Choice | None = None
        self._combos: dict[str, KeptCombo] = {}
        self._samples: dict[str, ElidedLabel] = {}
        self._source = named(QLabel(wordWrap=True), "takeover_source_label", "Where the choice of columns comes from")
        self.form_combo = KeptCombo("takeover_date_form_combo", "How 03/04/2019 is meant")
        for form, title in _FORMS.items():
            self.form_combo.addItem(title, form)
        self.form_combo.currentIndexChanged.connect(self._mind_change)
        self._form_label = QLabel("03/04/2019 is &understood as")
        self._form_label.setBuddy(self.form_combo)
        self.problems = ProblemList("takeover_columns_problems", most=8)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(ROOM)
        column.addWidget(self._source)
        column.addWidget(self.problems)
        column.addWidget(self._area, 1)

    @property
    def choice(self) -> Choice | None:
        """How the table is to be taken; None while there is none."""
        if self._choice is None:
            return None
        columns = {name: int(combo.chosen) for name, combo in self._combos.items() if combo.chosen}
        form = DateForm(self.form_combo.chosen) if self.form_combo.chosen else None
        return Choice(self._choice.kind, self._choice.heading, columns, form)

    @property
    def words(self) -> dict[str, str] | None:
        """The headings of the columns that are chosen, to be remembered."""
        choice = self.choice
        return None if choice is None else words_of(choice)

    @property
    def is_complete(self) -> bool:
        """Whether all that is needed has a column."""
        chosen = self.choice
        return chosen is not None and all(f.name in chosen.columns for f in FIELDS[chosen.kind] if f.is_needed)

    def offer(self, table: Table, choice: Choice, source: Source) -> None:
        """Offer the columns of this table; these are chosen to begin with."""
        self._table, self._choice = table, choice
        self._source.setText(_told(choice.kind, source, has_any=bool(choice.columns)))
        self.form_combo.blockSignals(True)
        self.form_combo.choose(choice.form.value if choice.form is not None else "")
        self.form_combo.blockSignals(False)
        self._build(choice)
        self._review()

    def focus_first(self) -> None:
        """Be ready to choose."""
        for combo in self._combos.values():
            combo.setFocus(Qt.FocusReason.OtherFocusReason)
            break

    # -- inside ------------------------------------------------------------------------------------------------------

    def _build(self, choice: Choice) -> None:
        for widget in (self._form_label, self.form_combo):
            widget.setParent(self)  # or they would go with the old fields
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(ROOM)
        grid.setVerticalSpacing(GAP)
        self._combos, self._samples = {}, {}
        for row, field in enumerate(FIELDS[choice.kind]):
            combo = self._combos[field.name] = self._combo_for(field, choice)
            sample = self._samples[field.name] = ElidedLabel()
            label = QLabel(f"{field.title}{'' if field.is_needed else ' (if any)'}")
            label.setBuddy(combo)
            grid.addWidget(label, row, 0)
            grid.addWidget(combo, row, 1)
            grid.addWidget(sample, row, 2)
        last = len(self._combos)
        grid.addWidget(self._form_label, last, 0)
        grid.addWidget(self.form_combo, last, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(last + 1, 1)
        self._area.setWidget(holder)
        for widget in (self._form_label, self.form_combo):
            widget.show()

    def _combo_for(self, field: Field, choice: Choice) -> KeptCombo:
        combo = KeptCombo(f"takeover_{field.name}_combo", f"Column of {field.title}")
        combo.setMinimumWidth(_LEAST_COMBO)
        combo.addItem(_NONE, "")
        for column in range(self._table.width if self._table is not None else 0):
            heading = choice.heading.text(column) if choice.heading is not None else ""
            letters = letters_of(column)
            combo.addItem(f"{letters}: {excerpt(heading)}" if heading else f"{letters}: no heading", str(column))
        combo.choose(str(choice.columns.get(field.name, "")))
        combo.currentIndexChanged.connect(self._mind_change)
        return combo

    @Slot()
    def _mind_change(self) -> None:
        self._review()
        self.changed.emit()

    def _review(self) -> None:
        choice, table = self.choice, self._table
        if choice is None or table is None:
            return
        first = 0 if choice.heading is None else choice.heading.number
        lines = tuple(islice((line for line in table.lines if line.number > first), _LOOKED_AT))
        for name, sample in self._samples.items():
            column = choice.columns.get(name)
            sample.tell("" if column is None else _sample(lines, column))
        self._form_label.setEnabled("date" in choice.columns)
        self.form_combo.setEnabled("date" in choice.columns)
        self.problems.show_problems(check_columns(table, choice.kind, choice.heading, choice.columns))


def _sample(lines: tuple[Line, ...], column: int) -> str:
    texts = dict.fromkeys(excerpt(text) for line in lines if (text := line.text(column)))
    shown = ", ".join(list(texts)[:_SAMPLES])
    return f"for instance {shown}" if shown else "nothing in it in the first rows"


def _told(kind: TableKind, source: Source, *, has_any: bool) -> str:
    if not has_any:
        return f"Nothing was recognised. Choose from which column each part of the {kind.value} comes."
    return f"{_WHENCE[source]} Check them, and change what is not right."
