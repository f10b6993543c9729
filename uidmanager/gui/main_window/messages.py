"""What stands across the top of the window: trouble with the ledger, a remark, a fault of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from uidmanager.core.errors import (
    LedgerChangedError,
    LedgerDamagedError,
    LedgerMissingError,
    LedgerWentBackError,
    Severity,
    ViewingOnlyError,
)
from uidmanager.core.texts import visible
from uidmanager.gui.widgets.banner import Banner

if TYPE_CHECKING:
    from uidmanager.core.errors import LedgerError, UidManagerError
    from uidmanager.gui.main_window.fault_report import FaultReport

_MENDED_BY_COPIES: Final = (LedgerChangedError, LedgerDamagedError, LedgerMissingError, LedgerWentBackError)


class Messages(QWidget):
    """Three banners, one under the other, each hidden while it has nothing to say.

    Signals:
        other_asked(): open another ledger
        again_asked(): read the ledger again
        back_asked(): go back to the registry that is open
        mend_asked(str): lay the ledger at this place beside its copies
        copied(str): a sentence that says what was copied
    """

    other_asked = Signal()
    again_asked = Signal()
    back_asked = Signal()
    mend_asked = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = ""
        self._fault = Banner("fault_banner")
        self._trouble = Banner("trouble_banner")
        self._remark = Banner("remark_banner")
        self._open_other = self._action("Open another ledger…", "open_other")
        self._open_other.triggered.connect(self.other_asked)
        self._again = self._action("Read it again", "read_again")
        self._again.triggered.connect(self.again_asked)
        self._back = self._action("Back to it", "back_to_registry")
        self._back.triggered.connect(self.back_asked)
        self._mend = self._action("Compare and mend…", "compare_and_mend")
        self._mend_unopened = self._action("Compare and mend…", "compare_and_mend_unopened")
        for mend in (self._mend, self._mend_unopened):
            mend.triggered.connect(self._ask_to_mend)
        self._copy = self._action("Copy report", "copy_report")
        self._copy.triggered.connect(self._copy_report)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for banner in (self._fault, self._trouble, self._remark):
            column.addWidget(banner)

    def tell_fault(self, fault: BaseException, report: FaultReport) -> None:
        """Say calmly that the program has a fault; nothing that was typed is touched."""
        self._report = report.text
        noted = f" The log tells of it as well: {report.log_file}" if report.log_file else ""
        sentence = (
            "UID Manager met a fault of its own. What was acknowledged is on the disk, and what you typed is still "
            f"here. If it comes again, please report it: {type(fault).__name__}: {visible(str(fault))}.{noted}"
        )
        self._fault.tell(sentence, Severity.ERROR, (self._copy,))

    @Slot(object)
    def tell_trouble(self, trouble: LedgerError) -> None:
        """Say why nothing can be written; it stays until that is over."""
        is_wanted = isinstance(trouble, ViewingOnlyError)
        weight = Severity.NOTICE if is_wanted else Severity.ERROR
        mends = self._mending(self._mend, trouble)
        self._trouble.tell(str(trouble), weight, (*mends, self._again, self._open_other), is_closable=False)

    @Slot()
    def end_trouble(self) -> None:
        """The ledger can be written again."""
        self._trouble.hide()

    @Slot(str)
    def tell_remark(self, sentence: str) -> None:
        """Something about the ledger that should be read once."""
        self._remark.tell(sentence, Severity.NOTICE)

    @Slot(str)
    def tell_caution(self, sentence: str) -> None:
        """Something should be seen to, though what was wanted came about."""
        self._remark.tell(sentence, Severity.CAUTION)

    def tell_unopened(self, error: UidManagerError) -> None:
        """The ledger that was wanted could not be opened."""
        self._remark.tell(str(error), Severity.CAUTION, self._mending(self._mend_unopened, error))

    def tell_still_open(self, organisation: str) -> None:
        """While another registry is looked for, the one before is not lost."""
        self._remark.tell(f"The registry of {visible(organisation)} is still open.", Severity.NOTICE, (self._back,))

    def end_all_but_faults(self) -> None:
        """What was said was about a registry that is not shown any more."""
        self._trouble.hide()
        self._remark.hide()

    def end_remark(self) -> None:
        """What was remarked is settled."""
        self._remark.hide()

    def _action(self, text: str, name: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(f"{name}_action")
        return action

    @staticmethod
    def _mending(action: QAction, error: UidManagerError) -> tuple[QAction, ...]:
        """The action that leads to the copies of the ledger in trouble, where these can help."""
        if not isinstance(error, _MENDED_BY_COPIES):
            return ()
        action.setData(error.where)
        return (action,)

    @Slot()
    def _ask_to_mend(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.mend_asked.emit(str(action.data()))

    @Slot()
    def _copy_report(self) -> None:
        QApplication.clipboard().setText(self._report)
        self.copied.emit("Copied the report")
