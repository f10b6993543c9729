"""Check labels: scan each label after printing; see at once whether it is the right one, and which are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.drafts import VoidInstallation
from uidmanager.core.errors import Severity
from uidmanager.gui.dialogs.check_labels.keeping import serials_of
from uidmanager.gui.dialogs.check_labels.lists import MissingModel, PlainTable, ScansModel
from uidmanager.gui.dialogs.check_labels.runs import RunCombo
from uidmanager.gui.dialogs.check_labels.verdict import VerdictCard
from uidmanager.gui.dialogs.decision import ReasonDialog
from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.scan_edit import ScanEdit
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from uidmanager.app.service import Receipt
    from uidmanager.gui.dialogs.check_labels.keeping import Keeping, OpenChecks
    from uidmanager.gui.session import Session

_SIZE: Final = (820, 680)
_COUNTER_SCALE: Final = 1.3
_SHARES: Final = (560, 220)
_SCAN_A_LABEL: Final = "Scan a label. What it is stands here."
_SCAN_A_UNIT: Final = "Scan a unit, then the label on it."
_NONE_OPEN: Final = "No label waits to be checked. Print some first: choose units in the table, then Labels."
_NOT_WRITTEN: Final = (
    "What was scanned is kept in this window and tried again. Close once more to leave all the same: it stays kept as "
    "long as the program runs."
)


class CheckLabelsDialog(QDialog):
    """Works on one print run at a time; ``checks`` outlives it, with all that is not written yet."""

    def __init__(
        self, session: Session, checks: OpenChecks, entry: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, "check_labels_dialog")
        self.setWindowTitle("Check labels")
        self.resize(*_SIZE)
        self._session = session
        self._checks = checks
        self._keeping: Keeping | None = None
        self._is_leaving = False
        self._may_leave = False
        self.runs = RunCombo(session, entry)
        self.units_first = named(QCheckBox("Scan the &unit first, then its label"), "units_first_check")
        self.scan_edit = named(ScanEdit(), "label_scan_edit", "Scan a label")
        self.verdict = VerdictCard()
        self.counter = SignedSentence("check_counter", "How far the check is")
        self.bar = named(QProgressBar(textVisible=False), "check_bar", "Labels that need not be scanned any more")
        self.problems = ProblemList("check_problems")
        self._scans = ScansModel(self)
        self._missing = MissingModel(self)
        self.scans = PlainTable(self._scans, "scans_table", "Scans, the last one first")
        self.missing = PlainTable(self._missing, "missing_table", "Units whose label is missing")
        self.void_button = named(QPushButton("Vo&id…", autoDefault=False), "void_missing_button", "Void the unit")
        self.void_button.setToolTip("Void the unit chosen under Missing: its root was assigned by mistake")
        self.close_button = named(QPushButton("Close", autoDefault=False), "dialog_close_button")
        self._lay_out()
        self._connect()
        self._show_run()

    def shut(self) -> None:
        """Close without asking anything: the window goes."""
        self._may_leave = True
        self.close()

    # -- the dialog --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.scan_edit.setPlaceholderText("Scan here; what a scanner sends ends with Enter")
        fields = QFormLayout()
        fields.setSpacing(GAP)
        fields.addRow("&Print run", self.runs)
        fields.addRow("", self.units_first)
        fields.addRow("&Scan", self.scan_edit)
        lists = named(QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False), "check_splitter")
        lists.addWidget(self.scans)
        lists.addWidget(self.missing)
        lists.setSizes(list(_SHARES))
        lists.setStretchFactor(0, 1)
        for section, width in enumerate((56, 190)):
            self.scans.setColumnWidth(section, width)
        self.bar.setMaximumHeight(GAP)
        font = self.counter.font()
        font.setPointSizeF(font.pointSizeF() * _COUNTER_SCALE)
        self.counter.setFont(font)
        buttons = QDialogButtonBox()
        buttons.addButton(self.void_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(GAP)
        column.addLayout(fields)
        column.addWidget(self.verdict)
        for widget in (self.counter, self.bar, self.problems):
            column.addWidget(widget)
        column.addWidget(lists, 1)
        column.addWidget(buttons)
        self.scan_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.runs.run_chosen.connect(self._choose_run)
        self.runs.none_open.connect(self._show_run)
        self.runs.failed.connect(self._tell_failure)
        self.units_first.toggled.connect(self._set_units_first)
        self.scan_edit.returnPressed.connect(self._take)
        self.missing.selectionModel().currentRowChanged.connect(self._review_void)
        self.void_button.clicked.connect(self._void)
        self.close_button.clicked.connect(self.reject)
        self._session.trouble_found.connect(self._review_void)
        self._session.trouble_passed.connect(self._review_void)
        for table in (self.scans, self.missing):
            table.installEventFilter(self)

    # -- the run -----------------------------------------------------------------------------------------------------

    @Slot(int)
    def _choose_run(self, entry: int) -> None:
        """Go to another run; what was scanned of the one before is written."""
        keeping = self._checks.of_run(entry)
        if keeping is self._keeping or keeping is None:
            return
        if self._keeping is not None:
            self._keeping.write()
            self._keeping.disconnect(self)
        self._keeping = keeping
        keeping.kept.connect(self._kept)
        keeping.failed.connect(self._tell_trouble)
        keeping.changed.connect(self._show_far)
        keeping.checking.units_first = self.units_first.isChecked()
        self._show_run()
        self.scan_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_run(self) -> None:
        self.problems.show_problems(())
        self.scan_edit.setEnabled(self._keeping is not None)
        self.units_first.setEnabled(self._keeping is not None)
        self._scans.show_scans([] if self._keeping is None else self._keeping.checking.scans)
        self._show_far()
        if self._keeping is None:
            self.verdict.show_ready(_NONE_OPEN if self.runs.isEnabled() is False else "Looking for print runs…")
            self.counter.hide()
        else:
            self._invite()

    def _invite(self) -> None:
        self.verdict.show_ready(_SCAN_A_UNIT if self.units_first.isChecked() else _SCAN_A_LABEL)

    @Slot()
    def _show_far(self) -> None:
        """How far the run is, and which labels are missing, as the registry has it now."""
        if self._keeping is None:
            self._missing.show_units((), {})
            return
        missing = self._keeping.checking.missing
        with self._session.service.look() as registry:
            serials = serials_of(registry, missing)
        self._missing.show_units(missing, serials)
        self._count()
        self._review_void()

    def _count(self) -> None:
        if self._keeping is None:
            return
        far = self._keeping.checking.standing
        self.bar.setMaximum(far.printed)
        self.bar.setValue(far.printed - far.missing)
        if far.missing:
            self.counter.tell(far.words, Sign.NOTICE)
        else:
            self.counter.tell(f"Complete: {far.words}.", Sign.FITS)

    # -- scans -------------------------------------------------------------------------------------------------------

    @Slot()
    def _take(self) -> None:
        """Take in what stands in the field: one scan."""
        text, read = self.scan_edit.text(), self.scan_edit.read
        self.scan_edit.clear()
        if self._keeping is None:
            return
        scan = self._keeping.take(read.scanned or text, read)  # with separators for what stands for them
        if scan is None:
            return
        self._may_leave = False
        self.verdict.show_scan(scan)
        self._scans.catch_up()
        if scan.is_match and scan.component is not None:
            self._missing.take_off(scan.component)
        self._count()

    @Slot(bool)
    def _set_units_first(self, units_first: bool) -> None:  # noqa: FBT001 (Qt's signature)
        if self._keeping is not None:
            self._keeping.checking.units_first = units_first
            self._keeping.checking.put_down()
            self._invite()
        self.scan_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lays the unit in hand aside before it closes the dialog."""
        held = None if self._keeping is None else self._keeping.checking.in_hand
        if event.key() == Qt.Key.Key_Escape and held is not None and self._keeping is not None:
            self._keeping.checking.put_down()
            self._invite()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a scanner types while a list has the focus goes into its field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _is_typed(event):
            self.scan_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scan_edit.insert(event.text())
            return True
        return super().eventFilter(watched, event)

    # -- a unit whose label is missing -------------------------------------------------------------------------------

    @Slot()
    def _review_void(self) -> None:
        self.void_button.setEnabled(self._chosen_serial() is not None and self._session.trouble is None)

    def _chosen_serial(self) -> str | None:
        index = self.missing.currentIndex()
        if not index.isValid():
            return None
        component = self._missing.component(index.row())
        with self._session.service.look() as registry:
            return serials_of(registry, [component])[component]

    @Slot()
    def _void(self) -> None:
        """Void the unit that is chosen among the missing, after asking why."""
        serial = self._chosen_serial()
        if serial is None:
            return
        reason = ReasonDialog.ask(
            self,
            f"Void {serial}",
            f"The root of serial {serial} was assigned by mistake. It stays taken and is not given again.",
            "Void",
            lambda text: self._session.preview(VoidInstallation(serial, text)),
        )
        if reason is not None:
            draft = VoidInstallation(serial, reason)
            self._session.submit(draft, self._session.preview(draft), self._voided, self._tell_failure)
        self.scan_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _voided(self, receipt: Receipt) -> None:
        if receipt.overtaken or receipt.decision.is_refused:
            self.problems.show_sentence("Another station changed this meanwhile; nothing was written. Look again.")

    # -- writing, and the end ----------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Close, once all is written."""
        if self._may_leave or self._checks.are_kept:
            super().reject()
            return
        self._is_leaving = True
        self.problems.show_sentence("Writing what was scanned…", Severity.NOTICE)
        self._checks.write()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The same where the frame's own button closes it."""
        self.reject()
        event.setAccepted(self.isHidden())

    def done(self, result: int) -> None:
        """Nothing is looked for any more."""
        self.runs.stop()
        if self._keeping is not None:
            self._keeping.disconnect(self)
            self._keeping = None
        super().done(result)

    @Slot()
    def _kept(self) -> None:
        self.problems.show_problems(())
        if self._is_leaving and self._checks.are_kept:
            self._is_leaving = False
            super().reject()

    @Slot(str)
    def _tell_trouble(self, trouble: str) -> None:
        self.problems.show_sentence(f"{trouble} {_NOT_WRITTEN}" if self._is_leaving else trouble)
        self._may_leave = self._is_leaving
        self._is_leaving = False

    def _tell_failure(self, error: Exception) -> None:
        self.problems.show_failure(error, "Nothing was written; the fault is the program's.")


def _is_typed(event: QKeyEvent) -> bool:
    """Whether a key types a character that may be part of a scan."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return bool(event.text()) and event.text().isprintable() and not held
