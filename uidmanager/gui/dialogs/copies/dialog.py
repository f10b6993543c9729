"""The place to look after a ledger's copies: all work is behind the window, and nothing is done unrehearsed."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from uidmanager.core.errors import LedgerError
from uidmanager.gui.dialogs.copies.backup_rule import BackupRuleCard
from uidmanager.gui.dialogs.copies.comparison import LEDGERS, ComparisonPane
from uidmanager.gui.dialogs.copies.errands import Errands
from uidmanager.gui.dialogs.copies.looking import look
from uidmanager.gui.dialogs.copies.rehearsal import RehearsalCard
from uidmanager.gui.dialogs.copies.standing import entries
from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign

if TYPE_CHECKING:
    from uidmanager.app.ports import Desk, History, Keeper, Mending, Progress
    from uidmanager.gui.dialogs.copies.looking import Look

_SIZE: Final = (1120, 720)
_SHOWN_OF_HEAD: Final = 12
_BUSY: Final = "Wait until the work that is under way has ended."
_TIPS: Final = {
    "back_up_button": "Writes a copy into a folder, reads it back and compares; never over another file",
    "restore_button": "Shows first what would be put back from a backup; what lies there now is set aside",
    "repair_button": "Shows first what would be put back from this station's own copy",
}


class CopiesDialog(QDialog):
    """Looks as soon as it is made, and again after each change. Closing it stops what may be stopped.

    Signals:
        ledger_changed(str): another file lies in the ledger's place now; read it again
    """

    ledger_changed = Signal(str)

    def __init__(self, desk: Desk, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "copies_dialog")
        self.setWindowTitle(f"Copies and backup — {PurePath(where).name}")
        self.resize(*_SIZE)
        self._desk = desk
        self._where = where
        self._backup: str | None = None
        self.comparison = ComparisonPane(where)
        self.backup_rule = BackupRuleCard(desk, where)
        self.rehearsal = RehearsalCard()
        self.errands = Errands(self)
        self.back_up_button = named(QPushButton("Back &up…", autoDefault=False), "back_up_button")
        self.restore_button = named(QPushButton("Re&store a backup…", autoDefault=False), "restore_button")
        self.repair_button = named(QPushButton("&Repair…", autoDefault=False), "repair_button")
        self._lay_out()
        self._connect()
        self._look_again()

    def reject(self) -> None:
        """Close, unless a file is being put in the ledger's place: that is waited for."""
        if self.errands.must_finish:
            self.errands.outcome.tell(_BUSY, Sign.NOTICE)
        else:
            super().reject()

    def shut(self) -> None:
        """Close at once; a file that is being put in the ledger's place is waited for."""
        self.errands.close_down()
        self.backup_rule.close_down()
        self.done(QDialog.DialogCode.Rejected)

    def _lay_out(self) -> None:
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        button = named(close.button(QDialogButtonBox.StandardButton.Close), "dialog_close_button")
        button.setAutoDefault(False)
        close.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        for action in (self.back_up_button, self.restore_button, self.repair_button):
            foot.addWidget(action)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        column.addWidget(self.comparison, 1)
        for part in (self.backup_rule, self.rehearsal, self.errands.strip, self.errands.outcome):
            column.addWidget(part)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.comparison.other_chosen.connect(self._compare)
        self.comparison.copied.connect(self._say)
        self.back_up_button.clicked.connect(self._back_up)
        self.restore_button.clicked.connect(self._restore)
        self.repair_button.clicked.connect(self._repair)
        self.rehearsal.agreed.connect(self._apply)
        self.rehearsal.declined.connect(self._leave)
        self.errands.began.connect(self._mind_work)
        self.errands.ended.connect(self._mind_work_ended)
        self.finished.connect(self.errands.close_down)
        self.finished.connect(self.backup_rule.close_down)

    def _keeper(self) -> Keeper:
        return self._desk.keeper_at(self._where)

    # -- what is asked for -------------------------------------------------------------------------------------------

    @Slot()
    def _compare(self) -> None:
        """The user chose another copy."""
        self.errands.outcome.hide()
        self.rehearsal.hide()
        self._look_again()

    def _look_again(self) -> None:
        work = partial(look, self._desk, self._where, self.comparison.other)
        self.errands.look("Reading the ledger", work, self.comparison.show_look)

    @Slot()
    def _back_up(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Back up into a folder", QDir.homePath())
        if chosen:
            self.errands.look("Backing up", lambda _progress: self._keeper().backup(chosen), self._tell_backup)

    @Slot()
    def _restore(self) -> None:
        beside = str(Path(self._where).parent)
        chosen, _ = QFileDialog.getOpenFileName(self, "Restore a backup", beside, LEDGERS)
        if chosen:
            self._rehearse(chosen)

    @Slot()
    def _repair(self) -> None:
        self._rehearse(None)

    def _rehearse(self, backup: str | None) -> None:
        """Say what putting this back would do, beside what it holds; None: from this station's own copy alone."""
        self.errands.outcome.hide()
        self.rehearsal.hide()
        self._backup = backup
        self.comparison.choose_other(backup)

        def work(progress: Progress) -> tuple[Look, Mending | LedgerError]:
            seen = look(self._desk, self._where, backup, progress)
            progress("Rehearsing", 1.0)
            try:
                return seen, self._keeper().mend(backup, apply=False)
            except LedgerError as error:
                return seen, error

        self.errands.look("Rehearsing", work, self._show_rehearsal)

    @Slot()
    def _apply(self) -> None:
        backup = self._backup
        self.rehearsal.hide()
        self.errands.change("Putting it in place", lambda: self._keeper().mend(backup, apply=True), self._tell_mended)

    @Slot()
    def _leave(self) -> None:
        self.rehearsal.hide()
        self._say("Nothing was changed.")

    # -- what came of it ---------------------------------------------------------------------------------------------

    def _show_rehearsal(self, found: tuple[Look, Mending | LedgerError]) -> None:
        seen, rehearsed = found
        self.comparison.show_look(seen)
        if isinstance(rehearsed, LedgerError):
            self.errands.outcome.tell(str(rehearsed), Sign.REFUSED, (rehearsed.where,))
        elif not rehearsed.is_needed:
            copies = "this station's own copy" if self._backup is None else "the backup"
            self.errands.outcome.tell(f"Nothing to do: the ledger is whole and has all that {copies} has.", Sign.FITS)
        else:
            verb = "&Do the repair" if self._backup is None else "&Do the restore"
            self.rehearsal.show_rehearsal(verb, self._where, rehearsed, seen.barred)

    def _tell_backup(self, kept: History) -> None:
        many = f"{entries(len(kept.entries))}, head {kept.entries[-1].h[:_SHOWN_OF_HEAD]}…"
        sentence = f"Backed up to {kept.where} ({many}), read back, and found the same."
        self.errands.outcome.tell(sentence, Sign.FITS, (kept.where,), kept.where)

    def _tell_mended(self, done: Mending) -> None:
        if done.aside is None:
            self.errands.outcome.tell("Nothing was to be done any more: the ledger is whole.", Sign.FITS)
        else:
            back = f"{entries(done.added)} came back" if done.added else "no entry was missing"
            sentence = f"Done: the ledger holds {entries(done.entries)}; {back}. The old file lies at {done.aside}."
            self.errands.outcome.tell(sentence, Sign.FITS, (done.aside,), done.aside)
        self.ledger_changed.emit(self._where)
        self._look_again()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.errands.outcome.tell(sentence, Sign.NOTICE)

    @Slot()
    def _mind_work(self) -> None:
        for button in (self.back_up_button, self.restore_button, self.repair_button):
            button.setEnabled(False)
            button.setToolTip(_BUSY)

    @Slot()
    def _mind_work_ended(self) -> None:
        for button in (self.back_up_button, self.restore_button, self.repair_button):
            button.setEnabled(True)
            button.setToolTip(_TIPS[button.objectName()])
