"""Reports: choose what is listed, see the rows as they will be, save them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from uidmanager.core.errors import CancelledError, Severity
from uidmanager.core.reports import TITLES, Kind, read_filter, report, stations_in
from uidmanager.core.reports.filters import STATELESS
from uidmanager.gui.forms.presets_row import PresetsRow
from uidmanager.gui.forms.report_filter import ReportFilter
from uidmanager.gui.forms.report_foot import ReportFoot
from uidmanager.gui.jobs import Latest
from uidmanager.gui.tables.report_view import ReportView
from uidmanager.gui.theme import GAP, ROOM
from uidmanager.gui.widgets.elided_label import ElidedLabel
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.save_strip import SaveStrip
from uidmanager.settings.presets import StationPresets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from uidmanager.app.ports import Progress
    from uidmanager.core.records import Record
    from uidmanager.core.reports import Filter, Preset, Report
    from uidmanager.gui.session import Session

_PURPOSES: Final = {
    Kind.IDENTIFIERS: "Every UID that was ever assigned, whatever became of it",
    Kind.INSTALLATIONS: "The installation roots, by serial",
    Kind.RELEASES: "Class UID and version name of each release, by product",
    Kind.PRODUCTS: "The products, with how much is registered of each",
    Kind.HISTORY: "What happened, with the old and the new value, who, when, where and why",
    Kind.LABELS: "Print runs, how far their labels are read back, and by whom",
    Kind.EXCEPTIONS: "What is void, retired, withdrawn or was never given, with the reason",
    Kind.SUMMARY: "The figures of the registry, with pictures",
}
_PAUSE_MS: Final = 150
_PATIENCE_MS: Final = 400


class _Made(NamedTuple):
    """A report, and what its filter can be chosen from."""

    report: Report
    stations: Sequence[str]


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
        self.kind_combo = named(QComboBox(), "report_kind_combo", "Report")
        for kind in Kind:
            self.kind_combo.addItem(TITLES[kind], kind.value)
        self.kind_combo.setMaxVisibleItems(len(Kind))
        self.purpose = named(ElidedLabel(), "report_purpose", "What this report lists")
        self.filter = ReportFilter()
        with session.service.look() as registry:
            self.presets = PresetsRow(registry.founding.registry, StationPresets())
        self.view = ReportView()
        self.progress = ProgressStrip("report_progress")
        self.problems = ProblemList("report_problems")
        self.foot = ReportFoot(session)
        self.save_strip = SaveStrip(session)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._lay_out()
        self._connect()
        self._choose_kind()

    @property
    def kind(self) -> Kind:
        """What is listed."""
        return Kind(self.kind_combo.currentData())

    def focus_first(self) -> None:
        """Choose what is listed."""
        self.kind_combo.setFocus()

    def show_record(self, _record: Record) -> bool:
        """No record lives on this page."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Make the report anew whenever it is looked at again."""
        super().showEvent(event)
        self.presets.read()
        self._review()

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin nothing more while nobody looks."""
        super().hideEvent(event)
        self._pause.stop()

    # -- the page ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        label = QLabel("Repor&t")
        label.setBuddy(self.kind_combo)
        choices = QHBoxLayout()
        choices.setSpacing(GAP)
        choices.addWidget(label)
        choices.addWidget(self.kind_combo)
        choices.addWidget(self.purpose, 1)
        choices.addSpacing(ROOM - GAP)
        choices.addWidget(self.presets)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addLayout(choices)
        above: tuple[QWidget, ...] = (self.presets.undo_line, self.presets.problems, self.filter)
        below: tuple[QWidget, ...] = (self.progress, self.problems, self.foot, self.save_strip)
        for widget in above:
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        for widget in below:
            column.addWidget(widget)

    def _connect(self) -> None:
        self.kind_combo.currentIndexChanged.connect(self._choose_kind)
        self.presets.chosen.connect(self._take_preset)
        self.filter.changed.connect(self._mind_choice)
        self._pause.timeout.connect(self._review)
        self._patience.timeout.connect(self._show_progress)
        self.progress.cancel_asked.connect(self._making.cancel)
        self.foot.outdated.connect(self._review)
        self._session.took_in.connect(self._mind_news)
        self._session.trouble_found.connect(self._mind_news)

    # -- what is asked for -------------------------------------------------------------------------------------------

    @Slot()
    def _choose_kind(self) -> None:
        self.purpose.tell(_PURPOSES[self.kind])
        self.filter.allow_states(are_there=self.kind not in STATELESS)
        self._mind_choice()
        if self.isVisible():
            self._review()

    @Slot(object)
    def _take_preset(self, preset: Preset) -> None:
        self.kind_combo.setCurrentIndex(list(Kind).index(preset.kind))
        self.filter.show_asked(preset.asked)
        self._review()

    @Slot()
    def _mind_choice(self) -> None:
        """What is shown is not what is asked for any more, until it is made."""
        self.presets.show_present(self.kind, self.filter.asked)
        self.save_strip.forget()
        self.save_strip.withdraw("The rows are being made")
        if self.isVisible():
            self._pause.start()

    @Slot()
    def _mind_news(self) -> None:
        if self.isVisible():
            self._pause.start()

    # -- making it ---------------------------------------------------------------------------------------------------

    @Slot()
    def _review(self) -> None:
        """Make the report, if what is asked for can be meant; else say why not."""
        self._pause.stop()
        if self.filter.is_unfinished:
            self._stop_making()
            return
        with self._session.service.look() as registry:
            wanted, problems = read_filter(registry, self.kind, self.filter.asked)
        self.filter.show_problems(problems)
        if problems:
            self._stop_making()
            self.save_strip.withdraw("Put the filter right first; what is wrong stands under its field")
        else:
            self._make(wanted)

    def _make(self, wanted: Filter) -> None:
        """Make the report behind the window."""
        registry, kind = self._session.still(), self.kind

        def work(progress: Progress) -> _Made:
            return _Made(report(registry, kind, wanted, progress=progress), stations_in(registry))

        self._patience.start()
        self._making.start(work, self._show, self._failed, self.progress.show_progress)

    def _show(self, made: _Made) -> None:
        self._end_progress()
        self.problems.show_problems(())
        shown = made.report
        self.filter.offer(self._session.product_names, made.stations)
        self.view.show_report(shown)
        self.foot.tell(shown)
        if self.foot.is_in_trouble:
            self.save_strip.withdraw("The ledger is in trouble, and a file would not tell that it is not all")
        else:
            self.save_strip.offer(shown)

    def _failed(self, error: Exception) -> None:
        self._end_progress()
        if not isinstance(error, CancelledError):
            self.problems.show_sentence("The report could not be made; the fault is the program's.")
            raise error
        self.save_strip.withdraw("The rows are not those that are asked for")
        sentence = "Stopped; the rows above are not those that are asked for. Choose again to make them."
        self.problems.show_sentence(sentence, Severity.CAUTION)

    def _stop_making(self) -> None:
        self._making.stop()
        self._end_progress()

    @Slot()
    def _show_progress(self) -> None:
        if self._making.is_busy:
            self.progress.begin("Making the report")

    def _end_progress(self) -> None:
        self._patience.stop()
        self.progress.end()
