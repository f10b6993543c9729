"""What one UID turned out to be, large: in words, in parts, with the rules it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from uidmanager.core.identify import Answer
from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, PREVIEW_SCALE, fixed_font
from uidmanager.gui.widgets.action_button import button_of
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.card import Card, heading
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from uidmanager.core.identify import Finding
    from uidmanager.core.scheme import Part

ANSWERS: Final = {
    Answer.RELEASE: "Release",
    Answer.INSTALLATION: "Installation",
    Answer.PRODUCT_ARC: "Product",
    Answer.OUR_ROOT: "Ours",
    Answer.GIVEN_UP: "Given up",
    Answer.DICOM: "DICOM",
    Answer.KNOWN_ROOT: "Somebody else's",
    Answer.UNKNOWN: "Unknown",
    Answer.NOT_A_UID: "Not a UID",
}
_LONGEST_SHOWN: Final = 200


class AnswerCard(Card):
    """The answer for one UID; the actions are offered beside it while they can be done.

    Signals:
        open_asked(object): open this record on its own page
    """

    open_asked = Signal(object)

    def __init__(self, actions: Sequence[QAction] = (), parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        named(self, "answer_card")
        self._finding: Finding | None = None
        self._title = heading("")
        named(self._title, "answer_title", "What this UID is")
        self._title.setWordWrap(True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._parts = UidPreview("", "answer_preview")
        self._plain = named(BreakableLabel(), "answer_uid", "UID")
        self._plain.setFont(fixed_font(PREVIEW_SCALE))
        self._problems = ProblemList("answer_problems")
        self._open = named(QPushButton("&Open it", autoDefault=False), "open_record_button", "Open this record")
        self._open.clicked.connect(self._ask_to_open)
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(self._title, 1)
        for action in actions:
            first.addWidget(button_of(action), 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(first)
        for widget in (self._parts, self._plain, self._problems):
            self.body.addWidget(widget)
        self.hide()

    def show_finding(self, finding: Finding | None, parts: Sequence[Part] = ()) -> None:
        """Show what this UID is; ``parts`` where it is one of ours. None hides the card."""
        self._finding = finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        self._title.setText(visible(finding.sentence))
        self._open.setVisible(finding.record is not None)
        self._parts.setVisible(bool(parts))
        self._plain.setVisible(not parts)
        self._parts.show_parts(parts)
        self._plain.setText(breakable(finding.uid[:_LONGEST_SHOWN]))
        self._problems.show_problems(finding.problems)

    @Slot()
    def _ask_to_open(self) -> None:
        if self._finding is not None and self._finding.record is not None:
            self.open_asked.emit(self._finding.record)
