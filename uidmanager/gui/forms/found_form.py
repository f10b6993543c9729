"""Founding a registry: organisation, root and where the ledger will lie; the root is judged at every keystroke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.drafts import FoundRegistry
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.known_roots import Kind
from uidmanager.core.records import Scheme
from uidmanager.core.roots import whose
from uidmanager.core.rules.arcs import USUAL_ARC
from uidmanager.core.scheme import installation_root_parts
from uidmanager.gui.forms.open_card import LEDGERS
from uidmanager.gui.forms.registering import label_for
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font
from uidmanager.gui.widgets.card import sentence
from uidmanager.gui.widgets.lights import ToolkitLights
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.root_help import RootHelp
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.core.decision import Decision

EXAMPLE_SERIAL = "372764"
_ARC_WIDTH: Final = 96
_LETTERS: Final = (
    "Each such serial gets the next number there, its index: SN-A17 the first, SN-B2 the second. The arc can be opened "
    "later as well."
)
_FOR_EVER = "The root is fixed for ever once the registry is founded; another root is another registry."


class FoundForm(QWidget):
    """Asks for what a registry needs to begin; founding it is the page's business.

    Signals:
        asked(FoundRegistry, str): found this registry, in a ledger at this place
    """

    asked = Signal(object, str)

    def __init__(
        self, preview: Callable[[FoundRegistry], Decision], proposed_place: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._preview = preview
        self._barred: tuple[Problem, ...] = ()
        self.organisation_edit = named(QLineEdit(placeholderText="for instance Acme Imaging"), "organisation_edit")
        self.root_edit = named(QLineEdit(placeholderText="for instance 1.2.826.0.1.3680043.2.50"), "root_edit")
        self.root_edit.setFont(fixed_font())
        self.ledger_path_edit = named(QLineEdit(proposed_place), "ledger_path_edit")
        self.letters_check = named(QCheckBox("&Serials with letters, under arc"), "letters_check")
        self.arc_edit = named(QLineEdit(USUAL_ARC), "arc_edit", "Indexed arc")
        self.arc_edit.setMaximumWidth(_ARC_WIDTH)
        self.arc_edit.setFont(fixed_font())
        self.arc_edit.setEnabled(False)
        self.browse_button = named(QPushButton("&Browse…", autoDefault=False), "browse_button")
        self.owner_label = named(QLabel(wordWrap=True), "root_owner_label", "Whose root this is")
        self.example = UidPreview("Type your root to see what the equipment would get.")
        self.lights = ToolkitLights()
        self.problems = ProblemList()
        self.found_button = named(QPushButton("Fou&nd registry", autoDefault=False), "found_button")
        self._lay_out()
        self.letters_check.toggled.connect(self.arc_edit.setEnabled)
        self.letters_check.toggled.connect(self._show_preview)
        for edit in (self.organisation_edit, self.root_edit, self.ledger_path_edit, self.arc_edit):
            edit.textChanged.connect(self._show_preview)
            edit.returnPressed.connect(self._ask)
        self.browse_button.clicked.connect(self._browse)
        self.found_button.clicked.connect(self._ask)
        self._show_preview()

    @property
    def draft(self) -> FoundRegistry:
        """What the fields hold."""
        arc = self.arc_edit.text() if self.letters_check.isChecked() else None
        return FoundRegistry(self.root_edit.text(), self.organisation_edit.text(), indexed_arc=arc)

    @property
    def place(self) -> str:
        """Where the ledger is to lie."""
        return self.ledger_path_edit.text().strip()

    def bar(self, message: str) -> None:
        """Say why nothing can be founded here at all, and let nobody try; the preview goes on."""
        self._barred = (Problem("", "", message, None, Severity.CAUTION),)
        self.found_button.setEnabled(False)
        self._show_preview()

    def show_failure(self, message: str) -> None:
        """Say why the registry was not founded."""
        self.problems.show_sentence(message)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        place = QHBoxLayout()
        place.setSpacing(GAP)
        place.addWidget(self.ledger_path_edit, 1)
        place.addWidget(self.browse_button)
        fields = (("&Organisation:", self.organisation_edit), ("&Root:", self.root_edit))
        for row, (title, edit) in enumerate(fields):
            grid.addWidget(label_for(title, edit), row, 0)
            grid.addWidget(edit, row, 1)
        grid.addWidget(self.owner_label, 2, 1)
        grid.addWidget(label_for("Le&dger:", self.ledger_path_edit), 3, 0)
        grid.addLayout(place, 3, 1)
        grid.addLayout(self._letters(), 4, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(grid)
        column.addSpacing(GAP)
        column.addWidget(sentence(f"The installation root of serial {EXAMPLE_SERIAL} would be, for example:"))
        column.addWidget(self.example)
        column.addWidget(self.lights)
        column.addWidget(self.problems)
        column.addSpacing(GAP)
        last = QHBoxLayout()
        last.setSpacing(ROOM)
        last.addWidget(self.found_button)
        last.addWidget(sentence(_FOR_EVER), 1)
        column.addLayout(last)
        help_ = RootHelp()
        help_.root_chosen.connect(self._take_root)
        column.addWidget(help_)

    def _letters(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.letters_check)
        line.addWidget(self.arc_edit)
        line.addStretch(1)
        both = QVBoxLayout()
        both.setSpacing(TIGHT)
        both.addLayout(line)
        both.addWidget(sentence(_LETTERS))
        return both

    @Slot()
    def _show_preview(self) -> None:
        decision = self._preview(self.draft)
        empty = {"root"} if not self.root_edit.text().strip() else set()
        if not self.organisation_edit.text().strip():
            empty.add("organisation")
        told = [problem for problem in (*decision.problems, *decision.notices) if problem.field not in empty]
        self.problems.show_problems((*self._barred, *told))  # a form that nobody has filled in yet does not scold
        root = decision.uids[0]
        is_root_good = "root" not in {problem.field for problem in decision.problems}
        parts = installation_root_parts(root, Scheme(), EXAMPLE_SERIAL) if is_root_good else ()
        self.example.show_parts(parts)
        self.lights.show_root(".".join(part.text for part in parts))
        is_told = any(problem.field == "root" for problem in decision.notices)
        self.owner_label.setText(owner_sentence(root) if is_root_good and not is_told else "")
        self.owner_label.setVisible(bool(self.owner_label.text()))

    @Slot()
    def _ask(self) -> None:
        if self._barred:
            return
        decision = self._preview(self.draft)
        if decision.is_refused:
            self.problems.show_problems(decision.problems)
            self._focus_on(decision.problems[0].field)
        elif not self.place:
            self.problems.show_sentence("Say where the ledger is to lie: the file that will hold all numbers given.")
            self.ledger_path_edit.setFocus()
        else:
            self.asked.emit(self.draft, self.place)

    def _focus_on(self, field: str) -> None:
        {"organisation": self.organisation_edit, "arc": self.arc_edit}.get(field, self.root_edit).setFocus()

    @Slot()
    def _browse(self) -> None:
        place, _ = QFileDialog.getSaveFileName(
            self,
            "Where the ledger is to lie",
            self.place,
            LEDGERS,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if place:
            self.ledger_path_edit.setText(place)

    @Slot(str)
    def _take_root(self, root: str) -> None:
        self.root_edit.setText(root)
        self.root_edit.setFocus()


def owner_sentence(root: str) -> str:
    """Whose root this is, as far as the program knows."""
    known = whose(root)
    if known is None:
        return "No owner of this root is known here. Keep the letter or contract that says it is yours."
    if known.kind is Kind.REGISTRAR:
        return f"Below {known.prefix}, given out by {known.owner}. Keep their letter: it is your proof."
    return f"Below {known.prefix}, {known.owner}."
