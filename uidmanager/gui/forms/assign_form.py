"""Where serials are scanned or typed: the root appears at every keystroke, Enter assigns it, the next one can come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from uidmanager.core.batches import Terms
from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.errors import Problem, Severity, UidManagerError
from uidmanager.gui.dialogs.many import RangeAction, Wish
from uidmanager.gui.dialogs.take_over import TakeOverAction
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font
from uidmanager.gui.times import local_time
from uidmanager.gui.widgets.lights import ToolkitLights
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.product_combo import ProductCombo
from uidmanager.gui.widgets.result_line import ResultLine
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.service import Receipt
    from uidmanager.core.decision import Decision
    from uidmanager.core.events import Entry
    from uidmanager.core.records import Installation
    from uidmanager.gui.session import Session

_SERIAL_SCALE: Final = 1.15
_PATIENCE_MS: Final = 300  # a write that takes longer is spoken of


class AssignForm(QWidget):
    """Assigns one serial after the other. What is typed is lost only by being assigned.

    A scanner ends with CR and LF, which are two Enters; and it may scan on while a write is under way. So an Enter on
    an empty field does nothing, one during a write is refused, and what was submitted is selected, so that the next
    scan takes its place instead of being appended to it.

    Signals:
        assigned(Installation): it has its root now, or had it already; show it
    """

    assigned = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "assign_form")
        self._session = session
        self._under_way: AssignInstallations | None = None
        self.serial_edit = named(QLineEdit(), "serial_edit")
        self.serial_edit.setFont(fixed_font(_SERIAL_SCALE))
        self.serial_edit.setTextMargins(TIGHT, TIGHT // 2, TIGHT, TIGHT // 2)
        self.serial_edit.setPlaceholderText("Scan or type")
        self.product_combo = ProductCombo("installation_product_combo")
        self.note_edit = named(QLineEdit(), "installation_note_edit")
        self.note_edit.setPlaceholderText("Optional")
        self.assign_button = named(QPushButton("&Assign", autoDefault=False), "assign_button")
        self.range_action = RangeAction(session, self._begin_range, self)
        self.range_button = named(QPushButton("&Range…", autoDefault=False), "range_button")
        self.range_button.setToolTip(self.range_action.toolTip())
        self.import_action = TakeOverAction(session, self)
        self.import_button = named(QPushButton("I&mport…", autoDefault=False), "import_spreadsheet_button")
        self.import_button.setToolTip(self.import_action.toolTip())
        self.preview = UidPreview("The installation root appears here as you type.")
        self.lights = ToolkitLights()
        self.problems = ProblemList()
        self.result = ResultLine("assigned_result", "Last assigned")
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._lay_out()
        self._connect()
        self._offer_products()
        self._review()

    @property
    def draft(self) -> AssignInstallations:
        """What would be assigned as the fields stand."""
        return AssignInstallations(
            (self.serial_edit.text(),), self.product_combo.chosen, self.note_edit.text().strip() or None
        )

    def focus_first(self) -> None:
        """Be ready for the next serial."""
        self.serial_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the form ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(ROOM)
        fields.setVerticalSpacing(TIGHT)
        for column, (text, widget, stretch) in enumerate(
            (
                ("&Serial number", self.serial_edit, 5),
                ("&Product", self.product_combo, 3),
                ("&Note", self.note_edit, 5),
            )
        ):
            label = QLabel(text)
            label.setBuddy(widget)
            fields.addWidget(label, 0, column)
            fields.addWidget(widget, 1, column)
            fields.setColumnStretch(column, stretch)
        for button in (self.assign_button, self.range_button, self.import_button):
            fields.addWidget(button, 1, fields.columnCount())
        line = self.result.sizeHint().height()
        for widget in (self.problems, self.result, self.lights):
            widget.setMinimumHeight(line)  # the table below must not jump while one types
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(GAP)
        column_layout.addLayout(fields)
        column_layout.addWidget(self.preview)
        column_layout.addWidget(self.problems)
        column_layout.addWidget(self.result)
        column_layout.addWidget(self.lights)

    def _connect(self) -> None:
        for edit in (self.serial_edit, self.note_edit):
            edit.textChanged.connect(self._review)
            edit.returnPressed.connect(self.assign)
        self.product_combo.currentIndexChanged.connect(self._review)
        self.assign_button.clicked.connect(self.assign)
        self.range_button.clicked.connect(self.range_action.open)
        self.import_button.clicked.connect(self.import_action.open)
        self._patience.timeout.connect(self._speak_of_waiting)
        self._session.took_in.connect(self._take_in)
        self._session.trouble_found.connect(self._review)
        self._session.trouble_passed.connect(self._review)

    def _offer_products(self) -> None:
        """Offer the products as they are now; the one that is chosen stays chosen."""
        chosen = self.product_combo.chosen
        with self._session.service.look() as registry:
            self.product_combo.offer(registry.products, None if chosen is None else int(chosen))

    @Slot(object)
    def _take_in(self, entries: Sequence[Entry]) -> None:
        """Something was written, here or elsewhere: the products and the preview may be others now."""
        if any(not hasattr(event, "component") for entry in entries for event in entry.events):
            self._offer_products()
        if self._under_way is None:
            self._review()

    # -- the preview -------------------------------------------------------------------------------------------------

    @Slot()
    def _review(self) -> None:
        self._show(self._session.preview(self.draft))

    def _show(self, decision: Decision, *first: Problem) -> None:
        """The root as it would be, its lights, and what there is to say of it."""
        is_empty = not self.serial_edit.text().strip()
        self.preview.show_parts(() if is_empty else decision.breakdown)
        self.lights.show_root("" if is_empty else self.preview.uid)
        told = [problem for problem in decision.problems if not (is_empty and problem.field == "serial")]
        self.problems.show_problems((*first, *self._trouble(), *told, *decision.notices, *self._settled(decision)))
        self.result.setVisible(not self.problems.problems)  # they have the one line between them
        self.assign_button.setEnabled(self._session.trouble is None)

    def _trouble(self) -> tuple[Problem, ...]:
        """Why nothing can be assigned at all; the whole story stands across the top of the window."""
        if self._session.trouble is None:
            return ()
        return (Problem("", "", "Nothing can be assigned at the moment; the reason stands above."),)

    def _settled(self, decision: Decision) -> tuple[Problem, ...]:
        held = self._held(decision)
        if held is None or not decision.is_settled:
            return ()
        sentence = f"{held.serial} has this root already, since {local_time(held.origin.at)}."
        return (Problem("", "serial", sentence, None, Severity.NOTICE),)

    def _held(self, decision: Decision) -> Installation | None:
        """The installation that holds the previewed root, if one does."""
        if not decision.breakdown:
            return None
        with self._session.service.look() as registry:
            return registry.installation(decision.breakdown[-1].text)

    def _begin_range(self) -> Wish:
        """What a list of many serials begins with: whatever was typed for one."""
        draft = self.draft
        return Wish(draft.serials[0], Terms(draft.product, draft.note))

    # -- assigning ---------------------------------------------------------------------------------------------------

    @Slot()
    def assign(self) -> None:
        """Assign what stands in the fields, unless a write is under way or there is nothing in them."""
        draft = self.draft
        if not draft.serials[0].strip():
            return
        if self._under_way is not None:
            if draft != self._under_way:
                self._speak_of_waiting()
            return
        decision = self._session.preview(draft)
        self.serial_edit.selectAll()
        if decision.is_refused or self._session.trouble is not None:
            self._show(decision)
            return
        self._under_way = draft
        self._patience.start()
        self._session.submit(draft, decision, self._done, self._failed)

    @Slot()
    def _speak_of_waiting(self) -> None:
        if self._under_way is not None:
            serial = self._under_way.serials[0].strip()
            self._say(f"{serial} is still being written. Wait, then press Enter.", Severity.NOTICE)

    def _done(self, receipt: Receipt) -> None:
        draft = self._end()
        decision = receipt.decision
        if receipt.overtaken or decision.is_refused:
            sentence = (
                f"Meanwhile another station wrote to the ledger, and {draft.serials[0].strip()} was not assigned."
            )
            self._show(self._session.preview(self.draft), Problem("", "", f"{sentence} Look again.", None))
            return
        if self.draft == draft:
            self.serial_edit.clear()
            self.note_edit.clear()
        self._review()
        held = self._held(decision)
        if held is not None:
            said = "Assigned" if receipt.entry is not None else f"Assigned since {local_time(held.origin.at)}:"
            self.result.show_result(f"{said} {held.serial}", held.uid)
            self.assigned.emit(held)

    def _failed(self, error: Exception) -> None:
        draft = self._end()
        self._review()
        if not isinstance(error, UidManagerError):
            sentence = f"{draft.serials[0].strip()} was not assigned; the fault is the program's. It stays here."
            self._say(sentence)
            self._session.fault_found.emit(error)
            return
        self._say(str(error))

    def _say(self, sentence: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.show_sentence(sentence, severity)
        self.result.hide()

    def _end(self) -> AssignInstallations:
        """The write is over, whatever came of it; be ready for the next serial."""
        self._patience.stop()
        draft, self._under_way = self._under_way, None
        if draft is None:
            raise AssertionError("an outcome without a write")
        if self.assign_button.hasFocus() or self.note_edit.hasFocus():
            self.focus_first()
        return draft
