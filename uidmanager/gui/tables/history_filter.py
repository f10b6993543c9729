"""Above the history: filter by text, by who, by what, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QDate, QDateTime, QTime, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from uidmanager.core.texts import visible
from uidmanager.gui.tables.filter_bar import FilterBar
from uidmanager.gui.theme import GAP
from uidmanager.gui.times import local_time
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from uidmanager.gui.table_models import RecordTableModel
    from uidmanager.gui.tables.history_rows import HistoryRow

_ANYBODY: Final = "Anybody"
_ANYTHING: Final = "Anything"
_PERIODS: Final = (("At any time", None), ("Today", 1), ("Last 7 days", 7), ("Last 30 days", 30), ("From … to …", 0))
_UTC: Final = "yyyy-MM-ddTHH:mm:ss"
_DATE: Final = "yyyy-MM-dd"


class Choices(NamedTuple):
    """What occurs in some rows."""

    people: frozenset[str]
    kinds: frozenset[str]


def choices_in(rows: Iterable[HistoryRow]) -> Choices:
    """Who and what occurs in these rows."""
    pairs = {(row.entry.by, row.account.what) for row in rows}
    return Choices(frozenset(visible(who) for who, _ in pairs), frozenset(what for _, what in pairs))


class HistoryFilter(QWidget):
    """Narrows the model. ``now`` is the time (UTC, ISO 8601) from which “today” is reckoned."""

    def __init__(
        self, model: RecordTableModel[HistoryRow], now: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._model = model
        self.bar = FilterBar(model, "history")
        self.who = _combo("history_who_combo", "Who", _ANYBODY)
        self.what = _combo("history_what_combo", "What", _ANYTHING)
        self.period = named(QComboBox(), "history_period_combo", "When")
        for text, days in _PERIODS:
            self.period.addItem(text, days)
        self.first_day = _day("history_from_edit", "From")
        self.last_day = _day("history_to_edit", "To")
        self.days = QWidget()
        self._lay_out()
        for combo in (self.who, self.what, self.period):
            combo.currentIndexChanged.connect(self.apply)
        for day in (self.first_day, self.last_day):
            day.dateChanged.connect(self.apply)
        today = self._today()
        self.first_day.setDate(today.addMonths(-1))
        self.last_day.setDate(today)

    @property
    def is_choosing(self) -> bool:
        """Whether only some people, kinds of change or days are wanted."""
        return any(combo.currentIndex() for combo in (self.who, self.what, self.period))

    def offer(self, choices: Choices) -> None:
        """Offer these people and kinds of change as well."""
        _offer(self.who, choices.people)
        _offer(self.what, choices.kinds)

    @Slot()
    def apply(self) -> None:
        """Narrow the table to what is chosen."""
        self.days.setVisible(self.period.currentData() == 0)
        who = self.who.currentText() if self.who.currentIndex() else ""
        what = self.what.currentText() if self.what.currentIndex() else ""
        since, until = self._span()
        if not (who or what or since or until):
            self._model.require(None)
            return

        def is_wanted(row: HistoryRow) -> bool:
            return (
                (not who or visible(row.entry.by) == who)
                and (not what or row.account.what == what)
                and since <= row.entry.at
                and (not until or row.entry.at < until)
            )

        self._model.require(is_wanted)

    def _span(self) -> tuple[str, str]:
        """From when (inclusive) to when (exclusive), as the ledger writes times; empty where there is no bound."""
        days = self.period.currentData()
        if days is None:
            return "", ""
        if days:
            return _start_of(self._today().addDays(1 - days)), ""
        return _start_of(self.first_day.date()), _start_of(self.last_day.date().addDays(1))

    def _today(self) -> QDate:
        return QDate.fromString(local_time(self._now())[: len(_DATE)], _DATE)

    def _lay_out(self) -> None:
        span = QHBoxLayout(self.days)
        span.setContentsMargins(0, 0, 0, 0)
        span.setSpacing(GAP)
        for title, day in (("From", self.first_day), ("to", self.last_day)):
            label = QLabel(title)
            label.setBuddy(day)
            span.addWidget(label)
            span.addWidget(day)
        self.days.hide()
        choices = QHBoxLayout()
        choices.setSpacing(GAP)
        for widget in (self.who, self.what, self.period, self.days):
            choices.addWidget(widget)
        choices.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addLayout(choices)


def _combo(name: str, spoken: str, everything: str) -> QComboBox:
    combo = named(QComboBox(), name, spoken)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    combo.addItem(everything)
    return combo


def _day(name: str, spoken: str) -> QDateEdit:
    day = named(QDateEdit(), name, spoken)
    day.setCalendarPopup(True)
    day.setDisplayFormat(_DATE)
    return day


def _offer(combo: QComboBox, texts: Iterable[str]) -> None:
    """Add the texts that are not offered yet, in the order of the alphabet; what is chosen stays chosen."""
    offered = {combo.itemText(index) for index in range(1, combo.count())}
    for text in sorted(set(texts) - offered, key=str.casefold):
        later = (index for index in range(1, combo.count()) if combo.itemText(index).casefold() > text.casefold())
        combo.insertItem(next(later, combo.count()), text)


def _start_of(day: QDate) -> str:
    """When a day begins here, in UTC."""
    return QDateTime(day, QTime(0, 0)).toUTC().toString(_UTC)
