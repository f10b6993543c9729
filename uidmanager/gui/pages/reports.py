"""Reports: choose what is listed, see the rows as they will be, save them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.reports import Filter, Kind, report
from uidmanager.gui.forms.save_strip import SaveStrip
from uidmanager.gui.jobs import Latest
from uidmanager.gui.tables.report_table import ReportTable
from uidmanager.gui.theme import GAP, ROOM
from uidmanager.gui.times import local_time
from uidmanager.gui.widgets.empty_page import EmptyPage
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.report_model import ReportModel

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from uidmanager.app.ports import Progress
    from uidmanager.core.records import Record
    from uidmanager.core.reports import Report
    from uidmanager.gui.session import Session

_TITLES: Final = {
    Kind.INSTALLATIONS: "In&stallations",
    Kind.RELEASES: "Re&leases",
    Kind.PRODUCTS: "&Products",
    Kind.HISTORY: "His&tory",
    Kind.IDENTIFIERS: "All &identifiers",
    Kind.EXCEPTIONS: "&Exceptions",
    Kind.SUMMARY: "S&ummary",
}
_NO_ROWS: Final = (
    "Nothing of this kind is registered yet, or nothing contains the text above. The report can be saved all the same: "
    "it says that there is nothing."
)
_PAUSE_MS: Final = 150
_SHOWN_OF_HEAD: Final = 12
_LEAST_FILTER_WIDTH: Final = 220


class ReportsPage(QWidget):
    """Lists one kind of record, filtered. The rows are made behind the window, and saved exactly as they are shown.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)
    title = "Reports"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "reports_page")
        self._session = session
        self._making = Latest(session.reading)
        self.kinds = QButtonGroup(self)
        for number, kind in enumerate(Kind):
            button = named(QRadioButton(_TITLES[kind]), f"report_{kind}_button")
            self.kinds.addButton(button, number)
        self.kinds.button(list(Kind).index(Kind.INSTALLATIONS)).setChecked(True)
        self.filter_edit = named(QLineEdit(clearButtonEnabled=True), "report_filter_edit", "Only rows that contain")
        self.filter_edit.setPlaceholderText("Only rows that contain …")
        self.filter_edit.setMinimumWidth(_LEAST_FILTER_WIDTH)
        self.count = named(QLabel(), "report_count", "Number of rows")
        self.model = ReportModel(self)
        self.table = ReportTable(self.model)
        self.empty = named(EmptyPage("No rows", _NO_ROWS), "no_rows_page")
        self.stack = QStackedWidget()
        self.save_strip = SaveStrip(session)
        self.problems = ProblemList("report_problems")
        self.foot = named(QLabel(wordWrap=True), "report_foot", "State of the ledger in this report")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._connect()

    @property
    def kind(self) -> Kind:
        """What is listed."""
        return tuple(Kind)[self.kinds.checkedId()]

    def focus_first(self) -> None:
        """Choose what is listed."""
        self.kinds.button(self.kinds.checkedId()).setFocus()

    def show_record(self, _record: Record) -> bool:
        """No record lives on this page."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Make the report anew whenever it is looked at again."""
        super().showEvent(event)
        self._make()

    # -- the page ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(ROOM)
        for button in self.kinds.buttons():
            choices.addWidget(button)
        choices.addWidget(self.filter_edit, 1)
        choices.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addLayout(choices)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        column.addWidget(self.stack, 1)
        column.addWidget(self.foot)
        column.addWidget(self.problems)
        column.addWidget(self.save_strip)

    def _connect(self) -> None:
        self.kinds.idToggled.connect(self._choose)
        self.filter_edit.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._make)
        self._session.took_in.connect(self._mind_news)
        self._session.verified.connect(self._tell_state)

    # -- making it ---------------------------------------------------------------------------------------------------

    @Slot(int, bool)
    def _choose(self, _number: int, is_chosen: bool) -> None:  # noqa: FBT001 (Qt's signal)
        if is_chosen:
            self.save_strip.forget()
            self._make()

    @Slot()
    def _mind_news(self) -> None:
        if self.isVisible():
            self._pause.start()

    @Slot()
    def _make(self) -> None:
        """Make the report behind the window."""
        self._pause.stop()
        registry, kind, containing = self._session.still(), self.kind, self.filter_edit.text().strip()

        def work(progress: Progress) -> Report:
            progress("Making the report", 0.0)
            return report(registry, kind, Filter(containing=containing), progress=progress)

        self._making.start(work, self._show, self._failed)

    def _show(self, made: Report) -> None:
        before = self.model.report
        self.model.show_report(made)
        self.save_strip.offer(made)
        if before is None or before.kind is not made.kind:
            self.table.fit_columns()
        self.stack.setCurrentWidget(self.table if made.rows else self.empty)
        self.count.setText(f"{len(made.rows):,} {'row' if len(made.rows) == 1 else 'rows'}")
        self._tell_state()

    def _failed(self, error: Exception) -> None:
        self.problems.show_sentence("The report could not be made; the fault is the program's.")
        raise error

    @Slot()
    def _tell_state(self) -> None:
        """On which state of the ledger the rows stand, and who has checked it."""
        made, found = self.model.report, self._session.verification
        if made is None:
            return
        state = "every entry was checked when the ledger was opened"
        if found is not None and found.trouble is None:
            state = f"the whole ledger was verified up to entry {found.entries:,}"
        elif found is not None or self._session.reading_trouble is not None:
            state = "⚠ the ledger is in trouble; see the History page"
        now = local_time(self._session.service.world.now())
        self.foot.setText(
            f"{made.organisation}, root {made.root}. Report of {now}, entry {made.entries:,}, "
            f"head {made.head[:_SHOWN_OF_HEAD]}…; {state}."
        )
        self.foot.setToolTip(f"Head: {made.head}")
