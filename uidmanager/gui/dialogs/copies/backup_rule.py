"""The rule by which a registry is backed up on this station: how often, into which folder, and the last good backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from uidmanager.app.backups import BackupRule, Period, backup_state, begin_rule
from uidmanager.app.service import Service
from uidmanager.core.errors import CancelledError, LedgerMissingError, UidManagerError
from uidmanager.gui.dialogs.copies.standing import entries
from uidmanager.gui.jobs import Jobs
from uidmanager.gui.theme import GAP
from uidmanager.gui.times import local_time
from uidmanager.gui.widgets.card import Card
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence
from uidmanager.settings import StationBackups

if TYPE_CHECKING:
    from uidmanager.app.backups import Backup, BackupState
    from uidmanager.app.ports import Desk, Progress

_CHOICES: Final = (
    ("Never", Period.NEVER),
    ("Each day in which something is written", Period.DAILY),
    ("Each week in which something is written", Period.WEEKLY),
    ("After a number of entries", None),
)
_PROPOSED: Final = 25
_MOST: Final = 999_999


class _Begun(NamedTuple):
    """What came of a rule: how it stands now, the backup that was made at once, whether its folder shares the disk."""

    state: BackupState
    made: Backup | None
    shares_disk: bool


class BackupRuleCard(Card):
    """Shows the rule as soon as the ledger is read; a rule is kept once a backup could be made by it."""

    def __init__(self, desk: Desk, where: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        named(self, "backup_rule_card")
        self._desk = desk
        self._where = where
        self._service = Service(desk.ledger_at(where), desk.world)
        self._book = StationBackups()
        self._jobs = Jobs(self, is_patient=True)
        self.when_combo = named(QComboBox(), "backup_when_combo", "When a backup is made")
        self.entries_spin = named(QSpinBox(minimum=1, maximum=_MOST), "backup_entries_spin", "After how many entries")
        self.folder_edit = named(QLineEdit(), "backup_folder_edit", "Folder for backups")
        self.choose_button = named(QPushButton("Choose…", autoDefault=False), "choose_backup_folder_button")
        self.keep_button = named(QPushButton("&Keep this rule", autoDefault=False), "keep_backup_rule_button")
        self.outcome = SignedSentence("backup_rule_outcome", "What is so with backups by rule")
        for text, when in _CHOICES:
            self.when_combo.addItem(text, when)
        self.entries_spin.setValue(_PROPOSED)
        self.folder_edit.setPlaceholderText("A folder on another disk")
        self.when_combo.currentIndexChanged.connect(self._mind_choice)
        self.choose_button.clicked.connect(self._choose)
        self.keep_button.clicked.connect(self._keep)
        self._lay_out()
        self._enable(is_enabled=False)
        self.outcome.tell("Reading the ledger…", Sign.NOTICE)
        self._jobs.start(self._read, self._show_read, self._failed)

    @property
    def is_busy(self) -> bool:
        """Whether the ledger is being read or a backup made."""
        return self._jobs.is_busy

    @Slot()
    def close_down(self) -> None:
        """Stop reading; a backup under way is waited for. Nobody is told any more."""
        self._jobs.close()

    def _lay_out(self) -> None:
        when, into = QLabel("Back u&p by rule"), QLabel("&into")
        when.setBuddy(self.when_combo)
        into.setBuddy(self.folder_edit)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for widget in (when, self.when_combo, self.entries_spin, into, self.folder_edit, self.choose_button):
            row.addWidget(widget, int(widget is self.folder_edit))
        row.addWidget(self.keep_button)
        self.body.addLayout(row)
        self.body.addWidget(self.outcome)

    def _read(self, progress: Progress) -> BackupState:
        """On the jobs' thread."""
        self._service.open(progress)
        with self._service.look() as registry:
            is_founded = registry.is_founded
        if not is_founded:
            raise self._service.trouble or LedgerMissingError(self._where)
        return backup_state(self._book, self._service)

    def _begin(self, rule: BackupRule) -> _Begun:
        """On the jobs' thread."""
        self._service.refresh()
        if self._service.trouble is not None:
            raise self._service.trouble
        keeper = self._desk.keeper_at(self._where)
        made = begin_rule(keeper, self._book, self._service, rule)
        shares = rule.when is not Period.NEVER and keeper.shares_disk(rule.folder)
        return _Begun(backup_state(self._book, self._service), made, shares)

    # -- what is asked for -------------------------------------------------------------------------------------------

    @Slot()
    def _choose(self) -> None:
        before = self.folder_edit.text().strip() or QDir.homePath()
        chosen = QFileDialog.getExistingDirectory(self, "Back up by rule into a folder", before)
        if chosen:
            self.folder_edit.setText(str(Path(chosen)))

    @Slot()
    def _keep(self) -> None:
        chosen = self.when_combo.currentData()
        when = self.entries_spin.value() if chosen is None else Period(chosen)
        folder = self.folder_edit.text().strip()
        if when is not Period.NEVER and not Path(folder).is_absolute():
            self.outcome.tell("Choose a folder, or write its whole path.", Sign.REFUSED)
            self.folder_edit.setFocus()
            return
        self._enable(is_enabled=False)
        self.outcome.tell("Trying the rule…", Sign.NOTICE)
        self._jobs.start(lambda _progress: self._begin(BackupRule(folder, when)), self._show_begun, self._failed)

    @Slot()
    def _mind_choice(self) -> None:
        self.entries_spin.setVisible(self.when_combo.currentData() is None)

    # -- what came of it ---------------------------------------------------------------------------------------------

    def _show_read(self, state: BackupState) -> None:
        if state.rule is not None:
            self._show_rule(state.rule)
        self._enable(is_enabled=True)
        self.outcome.tell(*_of_last(state))

    def _show_begun(self, begun: _Begun) -> None:
        self._enable(is_enabled=True)
        sentence, sign, places, file = _of_last(begun.state)
        if begun.made is not None:
            sentence = f"The rule is kept, and its first backup made. {sentence}"
        if begun.shares_disk:
            sentence += " The folder lies on the ledger's own disk: a backup there does not survive the disk."
            sign = Sign.CAUTION
        self.outcome.tell(sentence, sign, places, file)

    def _failed(self, error: Exception) -> None:
        self._enable(is_enabled=not isinstance(error, CancelledError) and self._service.trouble is None)
        if isinstance(error, UidManagerError):
            self.outcome.tell(str(error), Sign.REFUSED, (getattr(error, "where", ""),))
        else:
            self.outcome.tell("This did not work, and the fault is the program's.", Sign.REFUSED)
            raise error

    def _show_rule(self, rule: BackupRule) -> None:
        if isinstance(rule.when, Period):
            self.when_combo.setCurrentIndex(self.when_combo.findData(rule.when))
        else:
            self.when_combo.setCurrentIndex(self.when_combo.findData(None))
            self.entries_spin.setValue(min(rule.when, _MOST))
        self.folder_edit.setText(rule.folder)

    def _enable(self, *, is_enabled: bool) -> None:
        for widget in (self.when_combo, self.entries_spin, self.folder_edit, self.choose_button, self.keep_button):
            widget.setEnabled(is_enabled)
        self._mind_choice()


def _of_last(state: BackupState) -> tuple[str, Sign, tuple[str, ...], str | None]:
    """The last good backup in words, whether all is well, the path in it, the file."""
    if state.last is None:
        wanted = state.rule is not None and state.rule.when is not Period.NEVER
        return ("No backup was made by rule yet.", Sign.CAUTION if wanted else Sign.NOTICE, (), None)
    last = state.last
    due = " The next one is due." if state.is_due else ""
    sentence = f"Last backup: {local_time(last.at)}, {entries(last.entries)}, {last.file}.{due}"
    return sentence, Sign.CAUTION if state.is_due else Sign.FITS, (last.file,), last.file
