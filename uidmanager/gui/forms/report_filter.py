"""Which records a report is about: product, state, station, days, a text; what is wrong stands under its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QToolButton, QWidget

from uidmanager.core.records import State
from uidmanager.core.reports import Asked
from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, TIGHT
from uidmanager.gui.widgets.day_edit import DayEdit
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from uidmanager.core.errors import Problem

_FEWEST_CHARACTERS: Final = 7
_NARROWEST_TEXT: Final = 110
_NO_STATES: Final = "The rows of this report are in no state"
_PRODUCT, _STATE, _STATION, _SINCE, _UNTIL, _CONTAINING, _CLEAR = range(7)


class ReportFilter(QWidget):
    """A row of fields. It holds what a person asks for as text; what that comes to is decided by the core.

    Signals:
        changed(): something else is asked for, or a day that was begun is left as it is
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_changing = False
        self.product = _combo("report_product_combo", "Product", "Any product")
        self.state = _combo("report_state_combo", "State", "Any state")
        for state in State:
            self.state.addItem(state.value, state.value)
        self.station = _combo("report_station_combo", "Station", "Any station")
        self.since = DayEdit("report_since_edit", "First day, in UTC")
        self.until = DayEdit("report_until_edit", "Last day, in UTC")
        self.containing = named(QLineEdit(clearButtonEnabled=True), "report_filter_edit", "Only rows that contain")
        self.containing.setPlaceholderText("in any column")
        self.containing.setMinimumWidth(_NARROWEST_TEXT)
        self.clear_button = named(QToolButton(), "report_clear_button", "Ask for everything")
        self.clear_button.setText("C&lear")
        self.clear_button.setToolTip("Ask for everything again")
        self._problems = {
            field: ProblemList(f"report_{field}_problems") for field in ("product", "state", "since", "until")
        }
        self._lay_out()
        for combo in (self.product, self.state, self.station):
            combo.currentIndexChanged.connect(self._tell)
        for edit in (self.since, self.until, self.containing):
            edit.textChanged.connect(self._tell)
        for day in (self.since, self.until):
            day.left.connect(self.changed)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.setEnabled(False)

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody is just typing a day."""
        return self.since.is_unfinished or self.until.is_unfinished

    @property
    def asked(self) -> Asked:
        """What is asked for; a state only where the rows of the report are in one."""
        return Asked(
            product=str(self.product.currentData() or ""),
            since=self.since.text().strip(),
            until=self.until.text().strip(),
            state=str(self.state.currentData() or "") if self.state.isEnabled() else "",
            station=str(self.station.currentData() or ""),
            containing=self.containing.text().strip(),
        )

    def show_asked(self, asked: Asked) -> None:
        """Ask for this instead; a product or station that is not offered is offered from now on."""
        self._is_changing = True
        for combo, value in ((self.product, asked.product), (self.state, asked.state), (self.station, asked.station)):
            _choose(combo, value)
        for edit, text in ((self.since, asked.since), (self.until, asked.until), (self.containing, asked.containing)):
            edit.setText(text)
        self._is_changing = False
        self._tell()

    def offer(self, products: Mapping[int, str], stations: Sequence[str]) -> None:
        """Offer these products and stations; what is chosen stays chosen."""
        named_products = [(f"{number} {visible(name)}", str(number)) for number, name in sorted(products.items())]
        _offer(self.product, named_products)
        _offer(self.station, [(visible(station), station) for station in stations])

    def allow_states(self, *, are_there: bool) -> None:
        """Whether the rows of the report are in a state that can be asked for."""
        self.state.setEnabled(are_there)
        self.state.setToolTip("" if are_there else _NO_STATES)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show each under its field."""
        for field, shown in self._problems.items():
            shown.show_problems([problem for problem in problems if problem.field == field])

    @Slot()
    def clear(self) -> None:
        """Ask for everything."""
        self.show_asked(Asked())

    @Slot()
    def _tell(self) -> None:
        if self._is_changing:  # a field of several: one word is enough once all have changed
            return
        self.clear_button.setEnabled(self.asked != Asked())
        self.changed.emit()

    def _fields(self) -> tuple[QWidget, ...]:
        return (self.product, self.state, self.station, self.since, self.until, self.containing)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(TIGHT)
        titles = ("Pro&duct", "St&ate", "Stat&ion", "Fr&om (UTC)", "&Until (UTC)", "&Containing")
        for column, (title, field) in enumerate(zip(titles, self._fields(), strict=True)):
            label = QLabel(title)
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(self.clear_button, 1, _CLEAR)
        grid.setColumnStretch(_PRODUCT, 3)
        grid.setColumnStretch(_STATION, 2)
        grid.setColumnStretch(_CONTAINING, 3)
        under = {"product": _PRODUCT, "state": _STATE, "since": _SINCE, "until": _UNTIL}
        for row, (name, problems) in enumerate(self._problems.items(), 2):
            grid.addWidget(problems, row, under[name], 1, _CLEAR + 1 - under[name])


def _combo(name: str, spoken: str, everything: str) -> QComboBox:
    combo = named(QComboBox(), name, spoken)
    combo.setMinimumContentsLength(_FEWEST_CHARACTERS)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.addItem(everything, "")
    return combo


def _choose(combo: QComboBox, value: str) -> None:
    if combo.findData(value) < 0:
        combo.addItem(visible(value), value)
    combo.setCurrentIndex(combo.findData(value))


def _offer(combo: QComboBox, offered: Sequence[tuple[str, str]]) -> None:
    """Offer these after the first, which is that anything goes, and what is chosen in any case."""
    now = [(combo.itemText(index), str(combo.itemData(index))) for index in range(1, combo.count())]
    if now == list(offered):
        return
    chosen = str(combo.currentData() or "")
    blocker = QSignalBlocker(combo)
    while combo.count() > 1:
        combo.removeItem(1)
    for text, value in offered:
        combo.addItem(text, value)
    _choose(combo, chosen)
    del blocker
