"""Where serials are scanned or typed: the root appears at every keystroke, Enter assigns it, the next one can come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from uidmanager.barcodes.reading import load
from uidmanager.core.barcodes import taken_words
from uidmanager.core.batches import Terms
from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.errors import Problem, Severity, UidManagerError
from uidmanager.core.events import InstallationAssigned, InstallationIndexed
from uidmanager.gui.dialogs.many import RangeAction, Wish
from uidmanager.gui.dialogs.scanner_action import ScannerAction
from uidmanager.gui.dialogs.take_over import TakeOverAction
from uidmanager.gui.forms.waiting import Waiting
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font
from uidmanager.gui.times import local_time
from uidmanager.gui.widgets.lights import ToolkitLights
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.product_combo import ProductCombo
from uidmanager.gui.widgets.result_line import ResultLine
from uidmanager.gui.widgets.scan_edit import ScanEdit
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.service import Receipt
    from uidmanager.core.decision import Decision
    from uidmanager.core.events import Entry
    from uidmanager.core.records import Installation
    from uidmanager.gui.session import Session

_SERIAL_SCALE: Final = 1.15
_ASSIGNED: Final = (InstallationAssigned, InstallationIndexed)
_OUR_FAULT: Final = "The fault is the program's."
_PATIENCE_MS: Final = 300  # a write that takes longer is spoken of


class AssignForm(QWidget):
    """Assigns one serial after the other. What is typed is lost only by being assigned.

    What a scanner sent is read first (`barcodes.reading`), and everything is about what was taken from it. It may scan
    on while a write is under way: then its scans wait for their turn. What was submitted is selected, so that the next
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
        self._waiting = Waiting()
        self._is_warm = False
        self.serial_edit = named(ScanEdit(), "serial_edit")
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
        self.scanner_button = named(QToolButton(), "try_scanner_button", "Try my scanner")
        self.scanner_button.setDefaultAction(ScannerAction("try_scanner_here", self))
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
        read, note = self.serial_edit.read, self.note_edit.text().strip() or None
        reads = (read,) if read.is_changed or read.problems else ()
        return AssignInstallations((read.serial,), self.product_combo.chosen, note, reads=reads)

    def focus_first(self) -> None:
        """Be ready for the next serial."""
        self.serial_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def take_over(self, scan: str) -> None:
        """Have this in the field for serials, as if it had been scanned there; Ctrl+Z brings back what was there."""
        self.serial_edit.selectAll()
        self.serial_edit.insert(scan)
        self.focus_first()

    # -- the form ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(ROOM)
        fields.setVerticalSpacing(TIGHT)
        for column, (text, widget, stretch) in enumerate(
            (
                ("&Serial number", self.serial_edit, 9),
                ("&Product", self.product_combo, 3),
                ("&Note", self.note_edit, 3),
            )
        ):
            label = QLabel(text)
            label.setBuddy(widget)
            fields.addWidget(label, 0, column)
            fields.addWidget(widget, 1, column)
            fields.setColumnStretch(column, stretch)
        for button in (self.assign_button, self.range_button, self.import_button, self.scanner_button):
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
        self.serial_edit.settings_changed.connect(self._review)
        self.serial_edit.escaped.connect(self._forget_missed)
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
            has_codes = any(product.gtin for product in registry.products)
        if has_codes and not self._is_warm:
            self._is_warm = True  # the first scan must not wait for what reads it
            self._session.reading.start(lambda _progress: load(), _nothing_to_do, self._session.fault_found.emit)

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
        is_empty = not self.serial_edit.read.scanned
        self.preview.show_parts(() if is_empty else decision.breakdown)
        self.lights.show_root("" if is_empty else self.preview.uid)
        told = [problem for problem in decision.problems if not (is_empty and problem.field == "serial")]
        notices = (*self._taken(decision), *decision.notices, *self._settled(decision))
        self.problems.show_problems((*first, *self._waiting.missed, *self._trouble(), *told, *notices))
        self.result.setVisible(not self.problems.problems)  # they have the one line between them
        self.assign_button.setEnabled(self._session.trouble is None)

    def _trouble(self) -> tuple[Problem, ...]:
        """Why nothing can be assigned at all; the whole story stands across the top of the window."""
        if self._session.trouble is None:
            return ()
        return (Problem("", "", "Nothing can be assigned at the moment; the reason stands above."),)

    def _taken(self, decision: Decision) -> tuple[Problem, ...]:
        """What was scanned and what was taken, where they differ; and the product that its GTIN chose."""
        read = self.serial_edit.read
        words = taken_words(read, next((event.serial for event in decision.events if isinstance(event, _ASSIGNED)), ""))
        if not words:
            return ()
        number = next((event.product for event in decision.events if isinstance(event, _ASSIGNED)), None)
        is_chosen = number is not None and read.gtin is not None and self.product_combo.chosen is None
        product = f", so product “{self._session.product_names[number]}”" if number is not None and is_chosen else ""
        return (Problem("", "serial", f"{words}{product}.", None, Severity.NOTICE),)

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
        _root, arc, number = (part.text for part in decision.breakdown)
        with self._session.service.look() as registry:
            is_indexed = arc == registry.indexed_arc
            return registry.installation(f"{arc}.{number}" if is_indexed else number)

    def _begin_range(self) -> Wish:
        """What a list of many serials begins with: whatever was typed for one."""
        draft = self.draft
        return Wish(self.serial_edit.text(), Terms(draft.product, draft.note))

    # -- assigning ---------------------------------------------------------------------------------------------------

    @Slot()
    def assign(self) -> None:
        """Assign what stands in the fields, or have it wait for its turn; nothing where nothing stands in them."""
        draft = self.draft
        if not self.serial_edit.read.scanned:
            return
        decision = self._session.preview(draft)
        self.serial_edit.selectAll()
        if decision.is_refused or self._session.trouble is not None:
            self._show(decision)
        elif self._under_way is None:
            self._submit(draft, decision)
        elif draft != self._under_way:
            self._waiting.add(draft)
            self._speak_of_waiting()

    def _submit(self, draft: AssignInstallations, decision: Decision) -> None:
        self._under_way = draft
        self._patience.start()
        self._session.submit(draft, decision, self._done, self._failed)

    def _go_on(self) -> None:
        """Whoever waits has its turn now."""
        has_missed = False
        while (draft := self._waiting.next()) is not None:
            decision = self._session.preview(draft)
            if not decision.is_refused:
                self._submit(draft, decision)
                return
            self._waiting.miss(_called(draft), decision.problems[0].message)
            has_missed = True
        if has_missed:
            self._review()

    @Slot()
    def _speak_of_waiting(self) -> None:
        if self._under_way is not None:
            serial = _called(self._under_way)
            self._say(f"{serial} is still being written. What you scan now waits for its turn.", Severity.NOTICE)

    @Slot()
    def _forget_missed(self) -> None:
        self._waiting.forget_missed()
        self._review()

    def _done(self, receipt: Receipt) -> None:
        draft = self._end()
        decision = receipt.decision
        if receipt.overtaken or decision.is_refused:
            self._tell_overtaken(draft)
            self._go_on()
            return
        self._waiting.settle(_called(draft))
        if self.draft == draft:
            self.serial_edit.clear()
            self.note_edit.clear()
        self._review()
        held = self._held(decision)
        if held is not None:
            said = "Assigned" if receipt.entry is not None else f"Assigned since {local_time(held.origin.at)}:"
            self.result.show_result(f"{said} {held.serial}", held.uid)
            self.assigned.emit(held)
        self._go_on()

    def _tell_overtaken(self, draft: AssignInstallations) -> None:
        """Others were faster: what is in the field is looked at again, what has left it was missed."""
        sentence = f"Meanwhile another station wrote to the ledger, and {_called(draft)} was not assigned."
        if self.draft == draft:
            self._show(self._session.preview(draft), Problem("", "", f"{sentence} Look again.", None))
        else:
            self._waiting.miss(_called(draft), "Meanwhile another station wrote to the ledger.")
            self._review()

    def _failed(self, error: Exception) -> None:
        draft = self._end()
        self.serial_edit.renew()
        if self.draft != draft:
            self._waiting.miss(_called(draft), str(error) if isinstance(error, UidManagerError) else _OUR_FAULT)
        while (waiting := self._waiting.next()) is not None:
            self._waiting.miss(_called(waiting), "It was not tried.")
        self._review()
        if not isinstance(error, UidManagerError):
            sentence = f"{_called(draft)} was not assigned; the fault is the program's. It stays here."
            self._say(sentence)
            self._session.fault_found.emit(error)
            return
        self._say(str(error))

    def _say(self, sentence: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.show_problems((Problem("", "", sentence, None, severity), *self._waiting.missed))
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


def _nothing_to_do(_nothing: None) -> None:
    """What was loaded is there."""


def _called(draft: AssignInstallations) -> str:
    """What a sentence calls the one unit of a draft."""
    return draft.serials[0].strip() or next((read.scanned for read in draft.reads if read is not None), "")
