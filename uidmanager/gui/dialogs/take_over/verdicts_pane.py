"""The third step: a verdict on each row, what is left out, why it is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import structs
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.takeover.judging import Outcome
from uidmanager.core.takeover.reporting import takeover_report
from uidmanager.gui.tables.filter_bar import FilterBar
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.tables.verdict_rows import COPIES
from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.save_strip import Offer, SaveStrip
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence
from uidmanager.writers.formats import Format

if TYPE_CHECKING:
    from uidmanager.core.takeover.judging import Judgement, Verdict
    from uidmanager.gui.dialogs.take_over.work import Judged
    from uidmanager.gui.session import Session

_MOST_TOLD: Final = 6
_TITLE: Final = "Rows of a spreadsheet"


class VerdictsPane(QWidget):
    """Shows what was judged, and says whether it can be imported as the boxes stand.

    Signals:
        changed(): it can be imported now, or no longer
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "takeover_verdicts_pane")
        self._judged: Judged | None = None
        self.table: RecordTable | None = None
        self.filter: FilterBar | None = None
        self.summary = SignedSentence("takeover_summary", "What the rows come to")
        self.problems = ProblemList("takeover_problems")
        self.only_good_box = named(QCheckBox(), "takeover_only_good_box", "Import only the good rows")
        self.reason_edit = named(QLineEdit(), "takeover_reason_edit", "Reason")
        self.reason_edit.setPlaceholderText("why, if you want to say so; kept in the history")
        self.save_strip = SaveStrip(session, name="takeover")
        self.save_strip.form_combo.choose(Format.XLSX.value)
        self.details = ProblemList("takeover_row_problems", most=_MOST_TOLD)
        self._below = QVBoxLayout()
        self._below.setSpacing(GAP)
        self._lay_out()
        self.only_good_box.toggled.connect(self.changed)

    @property
    def reason(self) -> str | None:
        """Why it is imported, if that was said."""
        return self.reason_edit.text().strip() or None

    @property
    def is_ready(self) -> bool:
        """Whether something can be imported as the boxes stand."""
        judgement = self._judged.judgement if self._judged is not None else None
        if judgement is None or not judgement.is_possible or not judgement.count(Outcome.NEW):
            return False
        return not judgement.count(Outcome.REFUSED) or self.only_good_box.isChecked()

    @property
    def must_save(self) -> bool:
        """Whether rows are left out of which no report was saved yet."""
        judged = self._judged
        has_left_out = judged is not None and judged.judgement.count(Outcome.REFUSED) > 0
        return has_left_out and self.save_strip.saved.isHidden()

    def show_judged(self, judged: Judged) -> None:
        """Show these verdicts instead of those before."""
        judgement = self._judged_now(judged)
        refused = judgement.count(Outcome.REFUSED)
        self.summary.tell(*_told(judgement))
        self.problems.show_problems(judgement.problems)
        self.only_good_box.setChecked(False)
        self.only_good_box.setVisible(bool(refused) and judgement.is_possible)
        rows = "row" if refused == 1 else "rows"
        self.only_good_box.setText(f"&Leave the {refused:,} refused {rows} out; save the report on them first")
        self.save_strip.forget()
        self.save_strip.offer_making(
            Offer("import", _TITLE, lambda _form, _progress: takeover_report(judged.registry, judged.table, judgement))
        )
        self.changed.emit()

    def show_problem(self, *problems: Problem) -> None:
        """Say why it was not imported."""
        self.problems.show_problems(problems)

    def ask_to_save(self) -> None:
        """Say that the report comes first, and be ready to save it."""
        sentence = "Save the report on the rows that are left out first; then import the others."
        self.problems.show_problems((Problem("", "", sentence, None, Severity.CAUTION),))
        self.save_strip.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _judged_now(self, judged: Judged) -> Judgement:
        """Put the rows into a table of their own: which columns it has depends on what was taken."""
        self._judged = judged
        judged.model.adopt(judged.stock)
        for old in (self.filter, self.table):
            if old is not None:
                old.hide()
                old.setParent(None)  # at once, so that nobody finds two of a name
                old.deleteLater()
        self.filter = FilterBar(judged.model, "rows", "rows that need no look")
        self.table = RecordTable(judged.model, "takeover_table", "Rows with their verdicts", COPIES)
        self.filter.left_downwards.connect(self._go_down)
        self.table.record_chosen.connect(self._show_details)
        if judged.model.faint_total == judged.model.total:
            self.filter.show_faint()
        self._below.addWidget(self.filter)
        self._below.addWidget(self.table, 1)
        self._show_details(None)
        if judged.model.rowCount():
            self.table.choose(judged.model.key_at(0))
        return judged.judgement

    @Slot(object)
    def _show_details(self, verdict: Verdict | None) -> None:
        """All there is to be said of the row that is chosen."""
        if verdict is None:
            self.details.show_problems(())
            return
        row = f"Row {verdict.line:,}: "
        self.details.show_problems([structs.replace(p, message=row + p.message) for p in verdict.problems])

    @Slot()
    def _go_down(self) -> None:
        table: Any = self.table
        if table is not None and table.model().rowCount():
            if not table.currentIndex().isValid():
                table.selectRow(0)
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        label = QLabel("&Reason")
        label.setBuddy(self.reason_edit)
        why = QHBoxLayout()
        why.setSpacing(GAP)
        why.addWidget(label)
        why.addWidget(self.reason_edit, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.summary)
        column.addLayout(self._below, 1)
        column.addWidget(self.details)
        column.addWidget(self.save_strip)
        column.addWidget(self.only_good_box)
        column.addLayout(why)
        column.addWidget(self.problems)


def _told(judgement: Judgement) -> tuple[str, Sign]:
    """What the rows come to, in a sentence."""
    counts = {outcome: judgement.count(outcome) for outcome in Outcome}
    cautions = judgement.cautions
    parts = [f"{counts[Outcome.NEW]:,} new"]
    if counts[Outcome.THERE]:
        parts.append(f"{counts[Outcome.THERE]:,} there already")
    if cautions:
        parts.append(f"{cautions:,} of them with a caution")
    parts.append(f"{counts[Outcome.REFUSED]:,} refused" if counts[Outcome.REFUSED] else "none refused")
    sign = Sign.REFUSED if counts[Outcome.REFUSED] else Sign.CAUTION if cautions else Sign.FITS
    rest = _what_to_do(counts)
    return f"{len(judgement.verdicts):,} rows: {', '.join(parts)}. {rest}", sign


def _what_to_do(counts: dict[Outcome, int]) -> str:
    if counts[Outcome.REFUSED] and counts[Outcome.NEW]:
        return "Nothing is written yet. Put the refused rows right in the spreadsheet, or leave them out."
    if counts[Outcome.REFUSED]:
        return "Nothing can be imported as it stands."
    return "All of them go into one entry." if counts[Outcome.NEW] else "There is nothing to be written."
