"""The place to look after a ledger's copies: all work is behind the window, and nothing is done unrehearsed."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uidmanager.gui.dialogs.copies.backup_rule import BackupRuleCard
from uidmanager.gui.dialogs.copies.comparison import LEDGERS, ComparisonPane
from uidmanager.gui.dialogs.copies.errands import Errands
from uidmanager.gui.dialogs.copies.looking import look
from uidmanager.gui.dialogs.copies.mend_card import MendCard
from uidmanager.gui.dialogs.copies.merge_pane import MergePane
from uidmanager.gui.dialogs.copies.standing import entries
from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign

if TYPE_CHECKING:
    from uidmanager.app.ports import Desk, History, Merging, Progress
    from uidmanager.gui.dialogs.copies.looking import Look

_SIZE: Final = (1120, 720)
_SHOWN_OF_HEAD: Final = 12
_BUSY: Final = "Wait until the work that is under way has ended."
_NOT_PARTED: Final = "Only two histories that have parted are merged"
_TIPS: Final = {
    "back_up_button": "Writes a copy into a folder, reads it back and compares; never over another file",
    "restore_button": "Shows first what would be put back from a backup; what lies there now is set aside",
    "repair_button": "Shows first what would be put back from this station's own copy",
    "merge_button": "Shows first what would be taken over from the other history",
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
        self._look: Look | None = None
        self._focus: QWidget | None = None
        self.comparison = ComparisonPane(where)
        self.backup_rule = BackupRuleCard(desk, where)
        self.errands = Errands(self)
        self.rehearsal = MendCard(desk, where, self.errands)
        self.merge = MergePane(desk, where, self.errands)
        self._panes = QStackedWidget()
        self.back_up_button = named(QPushButton("Back &up…", autoDefault=False), "back_up_button")
        self.restore_button = named(QPushButton("Re&store a backup…", autoDefault=False), "restore_button")
        self.repair_button = named(QPushButton("&Repair…", autoDefault=False), "repair_button")
        self.merge_button = named(QPushButton("&Merge…", autoDefault=False), "merge_button")
        self._actions = (self.back_up_button, self.restore_button, self.repair_button, self.merge_button)
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
        for action in self._actions:
            foot.addWidget(action)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        first = QWidget()
        page = QVBoxLayout(first)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(ROOM)
        page.addWidget(self.comparison, 1)
        page.addWidget(self.backup_rule)
        self._panes.addWidget(first)
        self._panes.addWidget(self.merge)
        column.addWidget(self._panes, 1)
        for part in (self.rehearsal, self.errands.strip, self.errands.outcome):
            column.addWidget(part)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.comparison.other_chosen.connect(self._compare)
        for pane in (self.comparison, self.merge):
            pane.copied.connect(self._say)
        self.back_up_button.clicked.connect(self._back_up)
        self.restore_button.clicked.connect(self._restore)
        self.repair_button.clicked.connect(self._repair)
        self.merge_button.clicked.connect(self._merge)
        self.merge.rehearsed.connect(self._show_merge)
        self.merge.merged.connect(self._tell_merged)
        self.merge.left.connect(self._leave)
        self.rehearsal.looked.connect(self._show_look)
        self.rehearsal.mended.connect(self._mind_change)
        self.rehearsal.declined.connect(self._leave)
        self.errands.began.connect(self._mind_work)
        self.errands.ended.connect(self._mind_work_ended)
        self.finished.connect(self.errands.close_down)
        self.finished.connect(self.backup_rule.close_down)

    # -- what is asked for -------------------------------------------------------------------------------------------

    @Slot()
    def _compare(self) -> None:
        """The user chose another copy."""
        self._clear()
        self._look_again()

    def _look_again(self) -> None:
        work = partial(look, self._desk, self._where, self.comparison.other)
        self.errands.look("Reading the ledger", work, self._show_look)

    @Slot()
    def _back_up(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Back up into a folder", QDir.homePath())
        if chosen:
            self.errands.look("Backing up", partial(self._copy_into, chosen), self._tell_backup)

    def _copy_into(self, folder: str, _progress: Progress) -> History:
        """Behind the window."""
        return self._desk.keeper_at(self._where).backup(folder)

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
        self._clear()
        self.comparison.choose_other(backup)
        self.rehearsal.rehearse(backup)

    @Slot()
    def _merge(self) -> None:
        """Rehearse merging with the copy that is compared."""
        if self._look is not None:
            self._clear()
            self.merge.begin(self.comparison.other, self._look.barred)

    @Slot()
    def _leave(self) -> None:
        self._clear()
        self._say("Nothing was changed.")

    def _clear(self) -> None:
        """Show both histories, and nothing of what was rehearsed or done before."""
        self.errands.outcome.hide()
        self.rehearsal.hide()
        self._panes.setCurrentIndex(0)

    # -- what came of it ---------------------------------------------------------------------------------------------

    @Slot(object)
    def _show_look(self, found: Look) -> None:
        self._look = found
        self.comparison.show_look(found)
        self._judge_merge()

    def _tell_backup(self, kept: History) -> None:
        many = f"{entries(len(kept.entries))}, head {kept.entries[-1].h[:_SHOWN_OF_HEAD]}…"
        sentence = f"Backed up to {kept.where} ({many}), read back, and found the same."
        self.errands.outcome.tell(sentence, Sign.FITS, (kept.where,), kept.where)

    @Slot()
    def _mind_change(self) -> None:
        """Another file lies there now."""
        self.ledger_changed.emit(self._where)
        self._look_again()

    @Slot()
    def _show_merge(self) -> None:
        if self._panes.currentWidget() is not self.merge:
            self._panes.setCurrentWidget(self.merge)
            self.merge.focus_first()

    @Slot(object)
    def _tell_merged(self, done: Merging) -> None:
        self._clear()
        kept = " and ".join(done.kept)
        sentence = f"Merged: the ledger holds {entries(done.entries)}. Both histories as they were lie at {kept}."
        self.errands.outcome.tell(sentence, Sign.FITS, done.kept, done.kept[0] if done.kept else None)
        self._mind_change()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.errands.outcome.tell(sentence, Sign.NOTICE)

    @Slot()
    def _mind_work(self) -> None:
        focus = self.focusWidget()
        self._focus = focus if focus in self._actions else self._focus
        for button in self._actions:
            button.setEnabled(False)
            button.setToolTip(_BUSY)

    @Slot()
    def _mind_work_ended(self) -> None:
        for button in self._actions:
            button.setEnabled(True)
            button.setToolTip(_TIPS[button.objectName()])
        self._judge_merge()
        if self._focus is not None:  # it was taken from the button when that was disabled
            self._focus.setFocus()
            self._focus = None

    def _judge_merge(self) -> None:
        have_parted = self._look is not None and self._look.have_parted
        self.merge_button.setEnabled(have_parted)
        self.merge_button.setToolTip(_TIPS["merge_button"] if have_parted else _NOT_PARTED)
