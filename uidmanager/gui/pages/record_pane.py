"""Half a page: the form that registers, the table of what is registered, the details of the chosen record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from uidmanager.core.errors import Severity
from uidmanager.gui.tables.details import DetailsPanel
from uidmanager.gui.tables.filter_bar import FilterBar
from uidmanager.gui.tables.nothing_found import NothingFound
from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.card import heading
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from uidmanager.app.service import Receipt
    from uidmanager.core.drafts import Draft
    from uidmanager.core.records import Record
    from uidmanager.gui.forms.registering import RegisteringForm
    from uidmanager.gui.session import Session
    from uidmanager.gui.table_models import RecordTableModel
    from uidmanager.gui.tables.record_table import RecordTable

_SHARES = (300, 220)  # of the table and of the details


class Wording(NamedTuple):
    """What a pane calls its things, and what it says while nothing is chosen."""

    things: str
    faint: str
    hint: str


class RecordPane(QWidget):
    """Puts the parts together; what is special about products and releases is said by the panes of each.

    Signals:
        record_chosen(object): the record on which the user stands now; None when there is none
        copied(str): a sentence that says what was copied
    """

    record_chosen = Signal(object)
    copied = Signal(str)

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.session = session
        self.wording = wording
        self.title = heading(wording.things.capitalize())
        self.title.setWordWrap(True)
        self.problems = ProblemList(f"{wording.things}_problems")
        self.stack = QStackedWidget()
        session.trouble_found.connect(self.review_actions)
        session.trouble_passed.connect(self.review_actions)

    def assemble(
        self,
        form: RegisteringForm,
        model: RecordTableModel[Any],
        table: RecordTable,
        actions: Sequence[QAction],
        empty: Sequence[QWidget],
        use: QAction | None = None,
    ) -> None:
        """Lay the parts out; ``empty`` are the pages that may stand in the table's place, ``use`` hands a UID on."""
        self.form = form
        self.model = model
        self.table = table
        self.filter_bar = FilterBar(model, self.wording.things, self.wording.faint)
        self.nothing_found = NothingFound(table, self.filter_bar, self.wording.things.removesuffix("s"))
        self.details = DetailsPanel(self.session, self.wording.hint, actions, use=use)
        for action in (*actions, *([] if use is None else [use])):
            table.addAction(action)
        for page in (table, *empty):
            self.stack.addWidget(page)
        lower = named(QSplitter(Qt.Orientation.Vertical), f"{self.wording.things}_splitter")
        lower.setChildrenCollapsible(False)
        lower.addWidget(self.stack)
        lower.addWidget(self.details)
        lower.setSizes(_SHARES)
        for index, share in enumerate(_SHARES):
            lower.setStretchFactor(index, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.title, form, self.filter_bar, self.problems):
            column.addWidget(widget)
        column.addWidget(lower, 1)
        self.filter_bar.left_downwards.connect(self.table.setFocus)
        table.record_chosen.connect(self._choose)
        for source in (table, self.details, form.result):
            source.copied.connect(self.copied)
        self.review_actions()

    @property
    def chosen(self) -> Any:
        """The record on which the user stands."""
        return self.table.chosen

    def show_row(self, key: Hashable, record: Record) -> bool:
        """Go to this record, whatever the filter hides; False when it is not in the table."""
        if not self.model.holds(key):
            return False
        if self.model.row_of(key) is None:
            self.filter_bar.reveal(record)
        return self.table.choose(key)

    def take_in(self, records: Sequence[Any]) -> None:
        """Some records are new or have changed."""
        self.model.put(records)
        if self.chosen is not None:
            self.details.show_record(self.chosen)
        self.review_page()

    def submit(self, draft: Draft) -> None:
        """Register a change of what is there; it was judged in the dialog that asked for it."""
        self.problems.show_problems(())
        self.session.submit(draft, self.session.preview(draft), self._done, self._failed)

    @Slot()
    def review_actions(self) -> None:
        """Offer only what can be done with the chosen record."""
        raise NotImplementedError

    def review_page(self) -> None:
        """Show the table, or what stands in its place while there is nothing."""
        raise NotImplementedError

    @Slot(object)
    def _choose(self, record: Record | None) -> None:
        self.problems.show_problems(())
        self.details.show_record(record)
        self.review_actions()
        self.record_chosen.emit(record)

    def _done(self, receipt: Receipt) -> None:
        if receipt.overtaken or receipt.decision.is_refused:
            sentence = "Somebody else changed this record meanwhile, and nothing was written. Look at it again."
            self.problems.show_sentence(sentence, Severity.CAUTION)

    def _failed(self, error: Exception) -> None:
        self.problems.show_failure(error, "Nothing was written; the fault is the program's.")


def action(name: str, text: str, parent: QWidget) -> QAction:
    """An action for the details panel and the context menu."""
    made = QAction(text, parent)
    made.setIconText(text)  # a button would drop the dots, which say that something is asked first
    made.setObjectName(f"{name}_action")
    return made
