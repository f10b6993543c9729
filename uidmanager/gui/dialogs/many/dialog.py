"""Many serials at once: a list above, what becomes of each of them below, one entry for all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QSplitter, QVBoxLayout, QWidget

from uidmanager.core.errors import CancelledError, Problem, UidManagerError
from uidmanager.gui.dialogs.many.checking import Checker
from uidmanager.gui.dialogs.many.fields import ListFields
from uidmanager.gui.dialogs.many.rows import RowsPane
from uidmanager.gui.dialogs.many.wording import button_text, summary_of
from uidmanager.gui.dialogs.many.writing import BatchWriter
from uidmanager.gui.jobs import Jobs
from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.events import Entry
    from uidmanager.gui.dialogs.many.checking import Checked, Wish
    from uidmanager.gui.dialogs.many.writing import Assigned
    from uidmanager.gui.session import Session

_SIZE: Final = (1080, 680)
_SHARES: Final = (220, 380)
_Button = QDialogButtonBox.StandardButton
_FAULT: Final = "Nothing was assigned; the fault is the program's. The list stays here."
_OVERTAKEN: Final = "Meanwhile another station wrote to the ledger, and nothing was assigned. Look at the rows again."


class ManyDialog(QDialog):
    """Assigns all serials of a list in one entry. It stays open; what is typed is lost only by being assigned.

    Signals:
        assigned(list[Installation]): all of these have their roots now, those that had them before as well
    """

    assigned = Signal(object)

    def __init__(self, session: Session, wish: Wish, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "many_dialog")
        self.setWindowTitle("Assign many serials")
        self.resize(*_SIZE)
        self._session = session
        self._checked: Checked | None = None
        self.fields = ListFields(session)
        self.rows = RowsPane(session)
        self.summary = SignedSentence("many_summary", "What the list comes to")
        self.outcome = SignedSentence("many_outcome", "What was done last")
        self.strip = ProgressStrip("many_progress")
        self.assign_button = named(QPushButton("&Assign", autoDefault=False), "many_assign_button")
        self.clear_button = named(QPushButton("Clea&r", autoDefault=False), "many_clear_button")
        self._jobs = Jobs(self)
        self._checker = Checker(session, self._jobs, self.rows.model, self._wish_now)
        self._writer = BatchWriter(session, self._jobs, self)
        self._lay_out()
        self._connect()
        self.fields.fill(wish)
        self.fields.list_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._review()

    @property
    def wish(self) -> Wish:
        """What stands in the fields."""
        return self.fields.wish()

    # -- how it looks ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(_Button.Close)
        close = buttons.button(_Button.Close)
        close.setObjectName("dialog_close_button")
        close.setAutoDefault(False)
        buttons.addButton(self.clear_button, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self.assign_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        parts = named(QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False), "many_splitter")
        parts.addWidget(self.fields)
        parts.addWidget(self.rows)
        parts.setSizes(list(_SHARES))
        parts.setStretchFactor(1, 1)
        said = QWidget()  # mostly one of them is there, and the rows above must not jump when it goes
        lines = QVBoxLayout(said)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        for line in (self.strip, self.summary, self.outcome):
            lines.addWidget(line)
        lines.addStretch(1)
        said.setMinimumHeight(self.strip.sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(GAP)
        column.addWidget(parts, 1)
        column.addWidget(said)
        column.addWidget(buttons)

    def _connect(self) -> None:
        fields, checker = self.fields, self._checker
        for changed in (
            fields.list_edit.textChanged,
            fields.product_combo.currentIndexChanged,
            fields.note_edit.textChanged,
        ):
            changed.connect(self._edited)
        fields.note_edit.returnPressed.connect(self.assign)
        checker.began.connect(self._show_checking)
        checker.progressed.connect(self.strip.show_progress)
        checker.checked.connect(self._show_checked)
        checker.failed.connect(self._could_not_check)
        self.strip.cancel_asked.connect(checker.cancel)
        self._writer.assigned.connect(self._tell_assigned)
        self._writer.overtaken.connect(self._tell_overtaken)
        self._writer.failed.connect(self._tell_failed)
        self.rows.table.activated.connect(self._go_to_list)
        self.rows.table.copied.connect(self._tell_copied)
        self.assign_button.clicked.connect(self.assign)
        self.clear_button.clicked.connect(self.clear)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.assign)
        session = self._session
        session.took_in.connect(self._take_in)
        session.trouble_found.connect(self._review)
        session.trouble_passed.connect(self._review)
        for ended in (self.finished, session.closed):
            ended.connect(self.rows.save_strip.stop)
            ended.connect(checker.stop)
            ended.connect(self._jobs.close)

    # -- the preview -------------------------------------------------------------------------------------------------

    @Slot()
    def _edited(self) -> None:
        """What was done last is no longer of interest."""
        self.outcome.hide()
        self._review()

    @Slot()
    def _review(self) -> None:
        """What was checked does not hold any more."""
        if self._writer.is_busy:
            return
        self._checked = None
        self.strip.end()
        self.assign_button.setText(button_text(None))
        self._allow()
        self._checker.check(self._length())

    def _length(self) -> int:
        return self.fields.list_edit.document().characterCount()

    def _wish_now(self) -> Wish | None:
        return None if self.fields.list_edit.is_taking_in else self.wish

    @Slot()
    def _show_checking(self) -> None:
        self.summary.hide()
        self.rows.save_strip.withdraw("The rows are being checked")
        self.strip.begin("Checking the serials")

    @Slot(object)
    def _show_checked(self, checked: Checked) -> None:
        """Every row with its verdict, and in a sentence what they come to."""
        self._checked = checked
        batch = checked.batch
        self.strip.end()
        self.rows.show_rows(checked.stock, batch)
        told = [problem for problem in batch.problems if problem.code != "serial.empty"]  # nobody is scolded for that
        self.fields.problems.show_problems((*self._trouble(), *told))
        if batch.rows:
            self.summary.tell(*summary_of(batch))
        else:
            self.summary.hide()
        self.assign_button.setText(button_text(batch))
        self._allow()

    @Slot(object)
    def _could_not_check(self, error: Exception) -> None:
        self.strip.end()
        if isinstance(error, CancelledError):
            self.summary.tell("Stopped: the list was not checked. Assign checks it again.", Sign.CAUTION)
        else:
            self.fields.problems.show_failure(error, "The list could not be checked; the fault is the program's.")

    def _trouble(self) -> tuple[Problem, ...]:
        """Why nothing can be assigned at all; the whole story stands across the top of the window."""
        if self._session.trouble is None:
            return ()
        return (Problem("", "", "Nothing can be assigned at the moment; the reason stands in the window."),)

    def _allow(self) -> None:
        is_empty = self.fields.list_edit.document().isEmpty()
        is_refused = self._checked is not None and self._checked.batch.is_refused
        is_free = not self._writer.is_busy
        self.assign_button.setEnabled(is_free and not is_empty and not is_refused and self._session.trouble is None)
        self.assign_button.setToolTip("Rows have problems" if is_refused else "All of them, in one entry (Ctrl+Enter)")
        self.clear_button.setEnabled(is_free and not is_empty)

    @Slot(object)
    def _take_in(self, entries: Sequence[Entry]) -> None:
        """Something was written, here or elsewhere: products and verdicts may be others now."""
        if any(not hasattr(event, "component") for entry in entries for event in entry.events):
            self.fields.offer_products(self.fields.product_combo.chosen)
        if not self._writer.is_busy:
            self._checker.check_again(self._length())

    @Slot(QModelIndex)
    def _go_to_list(self, index: QModelIndex) -> None:
        self.fields.show_place(self.rows.model.record(index.row()).listed)

    @Slot(str)
    def _tell_copied(self, sentence: str) -> None:
        self.outcome.tell(sentence, Sign.NOTICE)

    # -- assigning ---------------------------------------------------------------------------------------------------

    @Slot()
    def assign(self) -> None:
        """Assign all of them, if every row stands; while they are being checked, say so."""
        checked, is_free = self._checked, not self._writer.is_busy and self._session.trouble is None
        if not is_free or self.fields.list_edit.document().isEmpty():
            return
        if checked is None and self._checker.is_busy:
            self.outcome.tell("The rows are still being checked. Press Assign once they are there.", Sign.NOTICE)
        elif checked is None:
            self._edited()
        elif not checked.batch.is_refused:
            self.summary.hide()
            self.outcome.hide()
            self.strip.begin("Writing", can_stop=False)
            self._writer.write(checked)
            self._allow()

    @Slot()
    def clear(self) -> None:
        """Take the list away; Ctrl+Z in the list brings it back."""
        self.fields.list_edit.replace_text("")
        self.fields.list_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Close, unless it is just being written."""
        if not self._writer.is_busy:
            super().reject()

    @Slot(object)
    def _tell_assigned(self, assigned: Assigned) -> None:
        """What was assigned need not stand here any longer; what was typed meanwhile stays."""
        if self.wish == assigned.wish:
            self.fields.note_edit.clear()
            self.clear()
        self._end(assigned.sentence, Sign.FITS)
        self.assigned.emit(assigned.installations)

    @Slot()
    def _tell_overtaken(self) -> None:
        self._end(_OVERTAKEN, Sign.CAUTION)

    @Slot(object)
    def _tell_failed(self, error: Exception) -> None:
        is_ours = not isinstance(error, UidManagerError)
        self._end(_FAULT if is_ours else str(error), Sign.REFUSED)
        if is_ours:
            self._session.fault_found.emit(error)

    def _end(self, sentence: str, sign: Sign) -> None:
        """The write is over, whatever came of it."""
        self._review()
        self.outcome.tell(sentence, sign)
