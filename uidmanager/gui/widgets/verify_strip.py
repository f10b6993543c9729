"""Verifies the whole ledger and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from uidmanager.core.errors import CancelledError, Problem, Severity, UidManagerError
from uidmanager.gui.theme import GAP, TIGHT, tones
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.service import Verification
    from uidmanager.gui.session import Session

_SHOWN_OF_HEAD: Final = 12


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
        self.button = named(QPushButton("Verif&y", autoDefault=False), "verify_button", "Verify the whole ledger")
        self.button.setToolTip("Reads the whole ledger anew and checks every entry against the chain")
        self._sign = QLabel("✓")
        self._label = named(QLabel("Not verified in this window yet"), "verify_result", "Result of the verification")
        self._copy = named(QToolButton(), "copy_head_button", "Copy the head of the ledger")
        self._copy.setText("Copy head")
        self._problems = ProblemList("verify_problems")
        self._progress = ProgressStrip("verify_progress")
        self._lay_out()
        self.button.clicked.connect(self.verify)
        self._copy.clicked.connect(self._copy_head)
        self._progress.cancel_asked.connect(self._ask_to_stop)
        if session.verification is not None:
            self._show(session.verification)

    @Slot()
    def verify(self) -> None:
        """Begin, unless it is under way."""
        if self._cancel is not None:
            return
        self._problems.show_problems(())
        self._row.hide()
        self._progress.begin("Verifying")
        self._cancel = self._session.verify(self._done, self._failed, self._progress.show_progress)

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
        if isinstance(error, CancelledError):
            self._problems.show_sentence("Stopped; what was not read is not verified.", Severity.NOTICE)
        elif isinstance(error, UidManagerError):
            self._problems.show_sentence(str(error))
        else:
            self._problems.show_sentence("The ledger could not be verified; the fault is the program's.")
            raise error

    def _end(self) -> None:
        self._cancel = None
        self._progress.end()
        self._row.show()

    def _show(self, found: Verification) -> None:
        is_good = found.trouble is None
        self._head = found.head
        many = f"{found.entries:,} {'entry' if found.entries == 1 else 'entries'}"
        said = f"All {many} verified" if is_good else f"Only {many} can be trusted"
        self._label.setText(f"{said}, head {found.head[:_SHOWN_OF_HEAD]}…")
        self._label.setToolTip(found.head)
        self._sign.setVisible(is_good)
        self._copy.show()
        problems = [Problem("", "", remark, None, Severity.NOTICE) for remark in found.remarks]
        if found.trouble is not None:
            problems.insert(0, Problem("", "", str(found.trouble)))
        self._problems.show_problems(problems)
        self._colour()

    @Slot()
    def _copy_head(self) -> None:
        QApplication.clipboard().setText(self._head)
        self.copied.emit(f"Copied: {self._head}")

    def _colour(self) -> None:
        self._sign.setText(f'<span style="color:{tones(self).fits}">✓</span>')

    def _lay_out(self) -> None:
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (self.button, self._sign, self._label, self._copy):
            row.addWidget(widget)
        row.addStretch(1)
        self._sign.hide()
        self._copy.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        for part in (self._row, self._progress, self._problems):
            column.addWidget(part)
