"""Verifies the whole ledger and says what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QEvent, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.anchors import Anchor
from uidmanager.core.errors import Problem, Severity, UidManagerError
from uidmanager.gui.theme import GAP, TIGHT, tones
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.gui.widgets.saved_line import SavedLine
from uidmanager.writers.anchor_file import AnchorUnreadableError, encoded_anchor, read_anchor
from uidmanager.writers.files import write_file
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Verification
    from uidmanager.gui.session import Session

_SHOWN_OF_HEAD: Final = 12
_ANCHORS: Final = "Anchors (*.anchor);;All files (*)"


class VerifyStrip(QWidget):
    """A button, the progress while it lasts, then the result with the head to be copied.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cancel: Callable[[], None] | None = None
        self._head = ""
        self._anchor: Anchor | None = None
        self._measure: Anchor | None = None
        self.button = named(QPushButton("Verif&y", autoDefault=False), "verify_button", "Verify the whole ledger")
        self.button.setToolTip("Reads the whole ledger anew and checks every entry against the chain")
        self._sign = QLabel("✓")
        self._label = named(QLabel("Not verified in this window yet"), "verify_result", "Result of the verification")
        self._copy = named(QToolButton(), "copy_head_button", "Copy the head of the ledger")
        self._copy.setText("Copy head")
        self._compare = named(QPushButton("Verify against an anchor…", autoDefault=False), "verify_anchor_button")
        self._compare.setToolTip("Verifies, and compares with a head that was written down earlier")
        self._write = named(QPushButton("Write an anchor…", autoDefault=False), "write_anchor_button")
        self._write.setToolTip("Writes down the verified head, to be kept where the ledger is not")
        self.saved = SavedLine()
        self._problems = ProblemList("verify_problems")
        self._progress = ProgressStrip("verify_progress")
        self._lay_out()
        self.button.clicked.connect(self.verify)
        self._copy.clicked.connect(self._copy_head)
        self._compare.clicked.connect(self._choose_anchor)
        self._write.clicked.connect(self._choose_where_to)
        self._progress.cancel_asked.connect(self._ask_to_stop)
        if session.verification is not None:
            self._show(session.verification)

    @Slot()
    def verify(self) -> None:
        """Begin, unless it is under way."""
        self._begin(None)

    def verify_against(self, where: Path) -> None:
        """Begin, with the anchor in a file as a measure; what is no anchor is said."""
        try:
            anchor = read_anchor(where)
        except AnchorUnreadableError as error:
            self._problems.show_sentence(str(error))
        else:
            self._begin(anchor)

    def _begin(self, anchor: Anchor | None) -> None:
        if self._cancel is not None:
            return
        self._anchor = anchor
        self._problems.show_problems(())
        self._row.hide()
        self._progress.begin("Verifying")
        self._cancel = self._session.verify(self._done, self._failed, self._progress.show_progress, anchor)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    @Slot()
    def _ask_to_stop(self) -> None:
        if self._cancel is not None:
            self._cancel()

    def _done(self, verification: Verification) -> None:
        self._end()
        self._show(verification)

    def _failed(self, error: Exception) -> None:
        self._end()
        ours = "The ledger could not be verified; the fault is the program's."
        self._problems.show_failure(error, ours, "Stopped; what was not read is not verified.")

    def _end(self) -> None:
        self._cancel = None
        self._progress.end()
        self._row.show()

    def _show(self, found: Verification) -> None:
        is_good = found.trouble is None
        self._head = found.head
        many = f"{found.entries:,} {'entry' if found.entries == 1 else 'entries'}"
        said = f"All {many} verified" if is_good else f"Only {many} can be trusted"
        held = " and extend the anchor" if is_good and self._anchor is not None else ""
        self._label.setText(f"{said}{held}, head {found.head[:_SHOWN_OF_HEAD]}…")
        self._label.setToolTip(found.head)
        self._sign.setVisible(is_good)
        self._copy.show()
        self._write.setVisible(is_good)
        self._measure = Anchor(found.head, found.entries, found.registry) if is_good else None
        problems = [Problem("", "", remark, None, Severity.NOTICE) for remark in found.remarks]
        if found.trouble is not None:
            problems.insert(0, Problem("", "", str(found.trouble)))
        self._problems.show_problems(problems)
        self._colour()

    @Slot()
    def _copy_head(self) -> None:
        QApplication.clipboard().setText(self._head)
        self.copied.emit(f"Copied: {self._head}")

    @Slot()
    def _choose_anchor(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Verify against an anchor", QDir.homePath(), _ANCHORS)
        if chosen:
            self.verify_against(Path(chosen))

    @Slot()
    def _choose_where_to(self) -> None:
        if self._measure is None:
            return
        proposed = str(Path(QDir.homePath()) / f"{self._measure.entries}-entries.anchor")
        chosen, _ = QFileDialog.getSaveFileName(self, "Write an anchor", proposed, _ANCHORS)
        if not chosen:
            return
        where = Path(chosen)
        content = encoded_anchor(self._measure, stamp_of(self._session.service.world))

        def work(_progress: Progress) -> None:
            write_file(where, content, replace=True)  # the dialog has asked

        def told(_nothing: None) -> None:
            self.saved.tell(f"Anchor written to {where}. Keep it where the ledger is not.", where)

        def failed(error: Exception) -> None:
            if not isinstance(error, UidManagerError):
                raise error
            self._problems.show_sentence(str(error))

        self._session.reading.start(work, told, failed)

    def _colour(self) -> None:
        self._sign.setText(f'<span style="color:{tones(self).fits}">✓</span>')

    def _lay_out(self) -> None:
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (self.button, self._compare, self._sign, self._label, self._copy, self._write):
            row.addWidget(widget)
        row.addStretch(1)
        self._sign.hide()
        self._copy.hide()
        self._write.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        for part in (self._row, self._progress, self.saved, self._problems):
            column.addWidget(part)
