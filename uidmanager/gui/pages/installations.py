"""The page of manufacturing: assign above, all installations below, the chosen one with its history beside them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.drafts import ReinstateInstallation, RetireInstallation, StateDraft, VoidInstallation
from uidmanager.core.errors import Severity, UidManagerError
from uidmanager.core.events import ProductNameCorrected
from uidmanager.core.records import Installation
from uidmanager.core.rules.labels import MOST_LABELS
from uidmanager.gui.dialogs import CorrectInstallationDialog, ReasonDialog
from uidmanager.gui.dialogs.check_labels import CheckLabelsAction
from uidmanager.gui.dialogs.labels import LabelsAction
from uidmanager.gui.dialogs.seen_action import SeenAction
from uidmanager.gui.dialogs.use_action import UseAction
from uidmanager.gui.forms.assign_form import AssignForm
from uidmanager.gui.tables.details import DetailsPanel
from uidmanager.gui.tables.filter_bar import FilterBar
from uidmanager.gui.tables.installation_columns import ASSIGNED, columns_of
from uidmanager.gui.tables.installations_model import InstallationsModel
from uidmanager.gui.tables.nothing_found import NothingFound
from uidmanager.gui.tables.record_table import Copied, RecordTable
from uidmanager.gui.theme import GAP, ROOM, fixed_font
from uidmanager.gui.turns import Turns
from uidmanager.gui.widgets.empty_page import EmptyPage
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.scan_watch import ScanWatch
from uidmanager.gui.widgets.stray_scan import StrayScan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.service import Receipt
    from uidmanager.core.drafts import Draft
    from uidmanager.core.events import Entry
    from uidmanager.core.records import Record
    from uidmanager.gui.session import Session

_SIZES: Final = (840, 260)
_WHERE: Final = (
    "Each word is looked for in serials, roots, products, people, stations, states, labels and notes.\n"
    "A word with a dash or a colon, as in 2026-11 or 21:06, is looked for in dates and times as well."
)
_DEEDS: Final[tuple[tuple[type[StateDraft], str, str], ...]] = (
    (RetireInstallation, "Retire", "Serial {} goes out of service. Its root stays taken; it can be reinstated."),
    (VoidInstallation, "Void", "The root of serial {} was assigned by mistake. It stays taken and is not given again."),
    (ReinstateInstallation, "Reinstate", "Serial {} is {} and shall hold again, with the root it has."),
)


class InstallationsPage(QWidget):
    """Everything about pieces of equipment.

    Signals:
        opened(Record): show this record on the page it belongs to
    """

    opened = Signal(object)
    title = "Installations"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "installations_page")
        self._session = session
        self._preparing = Turns(self)
        self.model = self._made_model()
        self.table = RecordTable(
            self.model,
            "installations_table",
            "Installations",
            (Copied("Copy UID", _uid), Copied("Copy serial", _serial)),
        )
        self.table.sortByColumn(ASSIGNED, Qt.SortOrder.DescendingOrder)
        self.filter = FilterBar(self.model, "installations", "retired and void", _WHERE)
        self.nothing_found = NothingFound(self.table, self.filter, "installation")
        self.form = AssignForm(session)
        self.problems = ProblemList("installations_problems")
        self.stray = StrayScan()
        self._watch = ScanWatch(self._holds, self)
        self._use = UseAction(session, "use_installation", self)
        self.table.addAction(self._use)
        self._correct = self._action("Correct…", self._correct_chosen)
        self._seen = SeenAction(session, "seen_installation", self)
        self.table.addAction(self._seen)
        self.labels = LabelsAction(session, "labels", self._chosen_components, self)
        self.check_labels = CheckLabelsAction(session, "check_labels", self)
        self.table.addActions([self.labels, self.check_labels])
        self._deeds = [self._action(f"{verb}…", self._change_state) for _draft, verb, _sentence in _DEEDS]
        self.details = DetailsPanel(
            session,
            "Choose an installation to see its history.",
            (self._correct, *self._deeds),
            use=self._use,
            note=self._seen,
        )
        self._lay_out()
        self._connect()
        self._choose(None)
        self._show_table_or_hint()
        self._preparing.start(session.index.make(self.model.total))

    def focus_first(self) -> None:
        """Be ready for the next serial."""
        self.form.focus_first()

    def show_record(self, record: Record) -> bool:
        """Go to this installation, whatever the filter hides."""
        if not isinstance(record, Installation):
            return False
        if not self.table.choose(record.component):
            self.filter.reveal(record)
            self.table.choose(record.component)
        return True

    @Slot(object)
    def show_batch(self, batch: Sequence[Installation]) -> None:
        """Have all of these chosen, whatever the filter hides."""
        self.filter.edit.clear()
        self.table.choose_all([installation.component for installation in batch])

    # -- the page ----------------------------------------------------------------------------------------------------

    def _made_model(self) -> InstallationsModel:
        index, names = self._session.index, self._session.product_names
        with self._session.service.look() as registry:
            root = registry.founding.root
        return InstallationsModel(
            columns_of(index.installations, names, root), index, len(index.installations), fixed_font()
        )

    def _action(self, text: str, slot: object) -> QAction:
        action = QAction(text, self, iconText=text)
        action.setObjectName(f"{text.lower().rstrip('…')}_installation_action")
        action.triggered.connect(slot)
        self.table.addAction(action)
        return action

    def _lay_out(self) -> None:
        self._empty = EmptyPage(
            "No installation yet",
            "Scan or type the serial number of the first machine above. Its root appears at once, Enter assigns it. "
            "Machines that stand in a spreadsheet are imported from it.",
        )
        self._empty.setObjectName("installations_empty")
        below = QWidget()
        below_column = QVBoxLayout(below)
        below_column.setContentsMargins(0, 0, 0, 0)
        below_column.setSpacing(GAP)
        below_column.addLayout(self._above_the_table())
        below_column.addWidget(self.problems)
        self._splitter = named(QSplitter(Qt.Orientation.Horizontal), "installations_splitter")
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.details)
        self._splitter.setCollapsible(0, False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes(list(_SIZES))
        below_column.addWidget(self._splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(below)
        self._stack.addWidget(self._empty)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(self.palette().ColorRole.Mid)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.stray)
        column.addWidget(self.form)
        column.addWidget(line)
        column.addWidget(self._stack, 1)

    def _above_the_table(self) -> QHBoxLayout:
        """The filter, and what is done with labels."""
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.filter, 1)
        self._labels_button = named(QPushButton("&Labels…", autoDefault=False), "labels_button")
        self._check_button = named(QPushButton("Chec&k labels…", autoDefault=False), "check_labels_button")
        for action, button in ((self.labels, self._labels_button), (self.check_labels, self._check_button)):
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.open)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.form.assigned.connect(self.show_record)
        self._watch.strayed.connect(self._tell_stray)
        self.stray.taken.connect(self.form.take_over)
        self.form.range_action.assigned.connect(self.show_batch)
        self.labels.check_asked.connect(self._check_printed)
        self.form.import_action.taken_over.connect(self.details.copied)
        self._use.copied.connect(self.details.copied)
        self._seen.noted.connect(self.details.copied)
        self.filter.left_downwards.connect(self._go_down)
        self.table.record_chosen.connect(self._choose)
        self._session.took_in.connect(self._take_in)
        self._session.trouble_found.connect(self._enable_deeds)
        self._session.trouble_passed.connect(self._enable_deeds)
        for changed in (self.model.modelReset, self.model.rowsInserted):
            changed.connect(self._show_table_or_hint)

    @Slot()
    def _show_table_or_hint(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.total else 1)

    @Slot()
    def _go_down(self) -> None:
        if self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.choose(self.model.key_at(0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- a scan that went astray -------------------------------------------------------------------------------------

    def _holds(self, widget: QWidget) -> bool:
        """Whether this is a part of the page, be it in a popup; a dialog over it is none."""
        each: QWidget | None = widget
        while each is not None and each is not self:
            is_popup = each.windowType() == Qt.WindowType.Popup
            each = each.parentWidget() if is_popup or not each.isWindow() else None
        return each is self

    @Slot(str)
    def _tell_stray(self, scan: str) -> None:
        field = self._watch.watched
        self._watch.undo()
        self.stray.tell(scan, field if isinstance(field, QLineEdit) else None)

    # -- what is in the table ----------------------------------------------------------------------------------------

    @Slot(object)
    def _take_in(self, entries: Sequence[Entry]) -> None:
        events = (event for entry in entries for event in entry.events)
        self.model.put_keys({component for event in events if (component := getattr(event, "component", None))})
        if any(isinstance(event, ProductNameCorrected) for entry in entries for event in entry.events):
            self.model.rename()

    # -- labels ------------------------------------------------------------------------------------------------------

    def _chosen_components(self) -> list[str]:
        """The components of the units that are chosen, in the order in which they were assigned."""
        chosen = islice(self.table.chosen_records(), MOST_LABELS + 1)
        places = sorted(self._session.index.installations.place_of(unit.component) or 0 for unit in chosen)
        return [self._session.index.installations.component_text(place) for place in places]

    @Slot(int)
    def _check_printed(self, entry: int) -> None:
        self.check_labels.offer(entry)
        self.check_labels.open()

    # -- what can be done --------------------------------------------------------------------------------------------

    @Slot(object)
    def _choose(self, record: Installation | None) -> None:
        self.details.show_record(record)
        self._enable_deeds()

    @Slot()
    def _enable_deeds(self) -> None:
        """Offer what the registry would let happen to the chosen installation."""
        chosen = self.table.chosen
        self._use.show_record(chosen)
        self.labels.setEnabled(chosen is not None)
        self._labels_button.setEnabled(chosen is not None)
        is_possible = chosen is not None and self._session.trouble is None
        self._correct.setEnabled(is_possible)
        self._seen.offer(chosen.component if chosen is not None else None)
        for action, (draft, _verb, _sentence) in zip(self._deeds, _DEEDS, strict=True):
            action.setEnabled(is_possible and not self._session.preview(draft(chosen.serial, "-")).is_refused)

    @Slot()
    def _correct_chosen(self) -> None:
        chosen = self.table.chosen
        if chosen is not None:
            draft = CorrectInstallationDialog.ask(self, self._session, chosen)
            if draft is not None:
                self._submit(draft)

    @Slot()
    def _change_state(self) -> None:
        action, chosen = self.sender(), self.table.chosen
        if chosen is None or action not in self._deeds:
            return
        draft, verb, sentence = _DEEDS[self._deeds.index(action)]
        reason = ReasonDialog.ask(
            self,
            f"{verb} {chosen.serial}",
            sentence.format(chosen.serial, chosen.state),
            verb,
            lambda text: self._session.preview(draft(chosen.serial, text)),
        )
        if reason is not None:
            self._submit(draft(chosen.serial, reason))

    def _submit(self, draft: Draft) -> None:
        self._session.submit(draft, self._session.preview(draft), self._done, self._failed)

    def _done(self, receipt: Receipt) -> None:
        decision = receipt.decision
        if receipt.overtaken or decision.is_refused:
            self.problems.show_sentence("Another station changed this meanwhile; nothing was written. Look again.")
        else:
            self.problems.show_problems(())

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UidManagerError):
            self.problems.show_sentence(str(error), Severity.ERROR)
        else:
            self._session.fault_found.emit(error)


def _serial(installation: Installation) -> str:
    return installation.serial


def _uid(installation: Installation) -> str:
    return installation.uid
