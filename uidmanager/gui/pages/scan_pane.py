"""What a scan has found: its rows, filtered by weight and words; counts; the chosen file; a report of all of it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from uidmanager.core.errors import Severity
from uidmanager.core.reports.watching import watched
from uidmanager.core.scanning import scan_report
from uidmanager.core.texts import NOTE_LENGTH, tidy, visible
from uidmanager.gui.dialogs.seen_action import SeenAction
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.tables.filter_bar import FilterBar
from uidmanager.gui.tables.nothing_found import NothingFound
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.tables.scan_details import ScanDetails
from uidmanager.gui.tables.scan_model import ScanModel
from uidmanager.gui.tables.scanned import COLUMNS, COPIES, SUMMARY, installation_of, text_of
from uidmanager.gui.theme import GAP, fixed_font
from uidmanager.gui.widgets.kept_combo import KeptCombo
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.save_strip import Offer, SaveStrip
from uidmanager.writers.formats import FOR_PAPER

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Report, Row
    from uidmanager.dicom.scan import Scan
    from uidmanager.gui.session import Session
    from uidmanager.writers.formats import Format

_WEIGHTS: Final = {
    "": "All",
    "cautions": "Faults and cautions",
    "faults": "Faults",
}
_SEVERITIES: Final = {"": (), "cautions": (Severity.ERROR, Severity.CAUTION), "faults": (Severity.ERROR,)}
_SHARES: Final = (720, 340)
_SIDE_SHARES: Final = (220, 320)


class ScanPane(QWidget):
    """Shows one scan that has ended, whole or not. It does not close it.

    Signals:
        opened(object): show this record on its own page
        copied(str): a sentence that says what was copied
    """

    opened = Signal(object)
    copied = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "scan_pane")
        self._session = session
        self.model = ScanModel(COLUMNS, fixed_font())
        self.table = RecordTable(self.model, "scan_table", "Files and what they are", COPIES)
        self.table.setSortingEnabled(False)  # the rows lie in the order in which they were found
        self.table.horizontalHeader().setSectionsClickable(False)
        self.filter = FilterBar(self.model, "files")
        self.weight_combo = KeptCombo("scan_weight_combo", "Which files are shown")
        for weight, words in _WEIGHTS.items():
            self.weight_combo.addItem(words, weight)
        self._summary_model = RecordTableModel(SUMMARY, _key_of_summary, fixed_font())
        self.summary = RecordTable(self._summary_model, "scan_summary_table", "How often each was met")
        self._seen = SeenAction(session, "scan_seen", self)
        self._seen.noted.connect(self.copied)
        self.details = ScanDetails(session, (self._seen,))
        self.save_strip = SaveStrip(session, name="scan")
        NothingFound(self.table, self.filter, "file", lambda: bool(self.weight_combo.chosen))
        self._lay_out()
        self.weight_combo.currentIndexChanged.connect(self._weigh)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.table.record_chosen.connect(self.details.show_row)
        self.table.record_chosen.connect(self._offer_note)
        self.table.activated.connect(self.details.open_record)
        self.table.copied.connect(self.copied)
        self.summary.copied.connect(self.copied)
        self.details.copied.connect(self.copied)
        self.details.opened.connect(self.opened)

    def show_scan(self, scan: Scan | None) -> None:
        """Show what this scan has found; None lets go of what was shown."""
        self.model.show_spool(None if scan is None else scan.spool)
        summary = [] if scan is None else scan.summary()
        self._summary_model.adopt(self._summary_model.stock(summary))
        self.save_strip.forget()
        if scan is None:
            self.save_strip.withdraw("Nothing was scanned")
        else:
            self.save_strip.offer_making(Offer("scan", "Files against the registry", _maker(scan)))
            self.table.selectRow(0)

    @Slot(object)
    def _offer_note(self, row: Row | None) -> None:
        """Where a file names an installation, that it was met there may be noted."""
        with self._session.service.look() as registry:
            met = None if row is None else installation_of(registry, row)
        if row is None or met is None:
            self._seen.offer(None)
        else:
            where = tidy(visible(str(PurePath(text_of(row, "path")).parent)))
            self._seen.offer(met.component, where[:NOTE_LENGTH], tidy(text_of(row, "what"))[:NOTE_LENGTH])

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        label = QLabel("Sho&w")
        label.setBuddy(self.weight_combo)
        above = QHBoxLayout()
        above.setSpacing(GAP)
        above.addWidget(label)
        above.addWidget(self.weight_combo)
        above.addWidget(self.filter, 1)
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addLayout(above)
        rows.addWidget(self.table, 1)
        side = named(QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False), "scan_side_splitter")
        side.addWidget(self.summary)
        side.addWidget(self.details)
        side.setSizes(_SIDE_SHARES)
        parts = named(QSplitter(childrenCollapsible=False), "scan_splitter")
        parts.addWidget(left)
        parts.addWidget(side)
        parts.setSizes(_SHARES)
        parts.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(parts, 1)
        column.addWidget(self.save_strip)

    @Slot()
    def _weigh(self) -> None:
        self.model.weigh([severity.value for severity in _SEVERITIES[self.weight_combo.chosen]])


def _key_of_summary(row: Row) -> Hashable:
    return row["section"], row["what"], row["state"]


def _maker(scan: Scan) -> Callable[[Format, Progress], Report]:
    """What makes the report of a scan, all its rows, behind the window."""

    def make(form: Format, progress: Progress) -> Report:
        rows = tuple(watched(scan.spool.rows(), scan.spool.count(), "Gathering the rows", progress))
        return scan_report(scan.registry, rows, scan.paths, for_paper=form in FOR_PAPER, is_whole=scan.is_whole)

    return make
