"""Under a report: how many rows, on which state of the ledger they stand, and who has checked that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, TIGHT
from uidmanager.gui.times import local_time
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.service import Verification
    from uidmanager.core.reports import Report
    from uidmanager.gui.session import Session

_SHOWN_OF_HEAD: Final = 12


class ReportFoot(QWidget):
    """Says what will stand on the file, and offers to verify the ledger for it.

    Signals:
        outdated(): the ledger was verified further than the report goes, or found to be in trouble
    """

    outdated = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._report: Report | None = None
        self._made_at = ""
        self._cancel: Callable[[], None] | None = None
        self.count = named(QLabel(), "report_count", "Number of rows")
        self.words = named(QLabel(wordWrap=True), "report_foot", "State of the ledger in this report")
        self.verify_button = named(QPushButton("Verif&y now", autoDefault=False), "verify_report_button")
        self.verify_button.setToolTip("Reads the whole ledger anew, so that the report can say that it was verified")
        self.progress = ProgressStrip("verify_report_progress")
        self.problems = ProblemList("verify_report_problems")
        self._lay_out()
        self.verify_button.clicked.connect(self._verify)
        self.progress.cancel_asked.connect(self._ask_to_stop)
        session.verified.connect(self._mind_verification)

    @property
    def is_in_trouble(self) -> bool:
        """Whether a report would not tell all, or what cannot be trusted."""
        found = self._session.verification
        has_failed = found is not None and found.trouble is not None
        return has_failed or self._session.reading_trouble is not None

    def tell(self, report: Report) -> None:
        """These are the rows that are shown now."""
        self._report = report
        self._made_at = local_time(self._session.service.world.now())
        rows = len(report.rows)
        self.count.setText(f"{rows:,} {'row' if rows == 1 else 'rows'}")
        self.review()

    @Slot()
    def review(self) -> None:
        """Say how the ledger stands now."""
        report = self._report
        if report is None:
            return
        is_verified = self._session.has_verified(report)
        state = "not verified for this report"
        if self.is_in_trouble:
            state = "⚠ the ledger is in trouble; see the History page"
        elif is_verified:
            state = f"✓ the whole ledger was verified up to entry {report.entries:,}"
        self.words.setText(
            f"{visible(report.organisation)}, root {report.root}. Made {self._made_at}, entry {report.entries:,}, "
            f"head {report.head[:_SHOWN_OF_HEAD]}…; {state}."
        )
        self.words.setToolTip(f"Filter: {visible(report.asked)}\nHead: {report.head}")
        self.verify_button.setVisible(not is_verified and not self.is_in_trouble and self._cancel is None)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.count)
        row.addWidget(self.words, 1)
        row.addWidget(self.verify_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.problems)
        self.verify_button.hide()

    @Slot()
    def _verify(self) -> None:
        if self._cancel is None:
            self.problems.show_problems(())
            self.progress.begin("Verifying")
            self._cancel = self._session.verify(self._done, self._failed, self.progress.show_progress)
            self.review()

    @Slot()
    def _ask_to_stop(self) -> None:
        if self._cancel is not None:
            self._cancel()

    @Slot(object)
    def _mind_verification(self, found: Verification) -> None:
        self.review()
        if self._report is not None and (found.trouble is not None or found.head != self._report.head):
            self.outdated.emit()

    def _done(self, _found: Verification) -> None:
        self._end()

    def _failed(self, error: Exception) -> None:
        self._end()
        ours = "The ledger could not be verified; the fault is the program's."
        self.problems.show_failure(error, ours, "Stopped; what was not read is not verified.")

    def _end(self) -> None:
        self._cancel = None
        self.progress.end()
        self.review()
