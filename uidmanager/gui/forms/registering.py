"""What the forms that register something share: previewed at every keystroke, submitted once, overtaken or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from uidmanager.core.errors import Problem, Severity
from uidmanager.gui.forms.telling import worth_telling
from uidmanager.gui.theme import TIGHT
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.result_line import ResultLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.service import Receipt
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.session import Session


class RegisteringForm(QWidget):
    """A form with one draft; what is typed is lost only by being registered. Each kind of form says what is its own.

    Signals:
        registered(Decision): this stands in the ledger now, or stood there already; show it
    """

    registered = Signal(object)

    def __init__(self, session: Session, name: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_form")
        self.session = session
        self.problems = ProblemList("preview_problems" if name == "release" else f"{name}_problems")
        self.result = ResultLine(f"{name}_result", "Last registered")
        self.button = QPushButton(verb, autoDefault=False)
        self.button.setObjectName(f"register_{name}_button")
        self._fields: dict[str, QLineEdit] = {}
        self._needed = ""
        self._under_way: Draft | None = None
        policy = self.problems.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the table below must not jump while one types
        self.problems.setSizePolicy(policy)
        self.problems.setMinimumHeight(self.fontMetrics().height() + TIGHT)

    # -- what each form says for itself ------------------------------------------------------------------------------

    def draft(self) -> Draft | None:
        """What the fields hold; None while there is nothing to hold it for."""
        raise NotImplementedError

    def own_problems(self) -> tuple[Problem, ...]:
        """What keeps the fields from making a draft at all."""
        return ()

    def notices(self, decision: Decision) -> tuple[Problem, ...]:
        """What is to be said of what changes on the way."""
        return decision.notices

    def told_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Those of the problems that are told below the form, and not somewhere in it."""
        return tuple(problems)

    def show_decision(self, draft: Draft | None, decision: Decision | None) -> None:
        """Show what is special about this form; its problems are shown already."""
        raise NotImplementedError

    def told_result(self, decision: Decision, *, is_new: bool) -> tuple[str, str]:
        """What to say when it is registered, and the UID that came of it."""
        raise NotImplementedError

    def overtaken_sentence(self, decision: Decision) -> str:
        """What to say when others wrote meanwhile, and another outcome is due than the one that was shown."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Be ready for the next one."""
        self._fields[self._needed].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the preview -------------------------------------------------------------------------------------------------

    def watch(self, fields: dict[str, QLineEdit], needed: str) -> None:
        """Watch these fields, by the names that problems call them; ``needed`` is the one that cannot stay empty."""
        self._fields = fields
        self._needed = needed
        for edit in fields.values():
            edit.textChanged.connect(self.review)
            edit.returnPressed.connect(self.register)
        self.button.clicked.connect(self._press)
        self.session.took_in.connect(self._take_in)
        self.session.trouble_found.connect(self.review)
        self.session.trouble_passed.connect(self.review)

    @Slot()
    def review(self) -> None:
        """Preview the fields as they stand."""
        self._show()

    def _show(self, *first: Problem) -> None:
        draft = self.draft()
        decision = None if draft is None else self.session.preview(draft)
        told = () if decision is None else self.told_problems((*self.own_problems(), *decision.problems))
        problems = () if decision is None else (*told, *self.notices(decision))
        empty = () if self._has_needed() else (self._needed,)
        self.problems.show_problems((*first, *self._trouble(), *worth_telling(problems, empty)))
        self.show_decision(draft, decision)
        self.button.setEnabled(self.session.trouble is None)

    @Slot()
    def _take_in(self) -> None:
        """Something was written, here or elsewhere."""
        if self._under_way is None:
            self.review()

    # -- registering -------------------------------------------------------------------------------------------------

    @Slot()
    def register(self) -> None:
        """Register what stands in the fields, unless a write is under way or there is nothing in them."""
        draft = self.draft()
        if draft is None or self._under_way is not None or not self._has_needed():
            return
        decision = self.session.preview(draft)
        refusals = (*self.own_problems(), *decision.problems)
        if refusals or self.session.trouble is not None:
            self._show()
            self._go_to(refusals)
            return
        self._under_way = draft
        self.session.submit(draft, decision, self._done, self._failed)

    @Slot()
    def _press(self) -> None:
        """The button was pressed: on an empty form it says what is needed."""
        draft = self.draft()
        if draft is not None and not self._has_needed():
            problems = self.session.preview(draft).problems
            self.problems.show_problems(problems)
            self._go_to(problems)
        self.register()

    def _done(self, receipt: Receipt) -> None:
        draft, self._under_way = self._under_way, None
        decision = receipt.decision
        if receipt.overtaken or decision.is_refused:
            self._show(Problem("", "", self.overtaken_sentence(decision), None, Severity.CAUTION))
            return
        if self.draft() == draft:
            for edit in self._fields.values():
                edit.clear()
        self.review()
        self.focus_first()
        self.result.show_result(*self.told_result(decision, is_new=receipt.entry is not None))
        self.registered.emit(decision)

    def _failed(self, error: Exception) -> None:
        self._under_way = None
        self.review()
        self.problems.show_failure(error, "This was not registered; the fault is the program's. What was typed stays.")

    # -- inside ------------------------------------------------------------------------------------------------------

    def _has_needed(self) -> bool:
        return bool(self._fields[self._needed].text().strip())

    def _trouble(self) -> tuple[Problem, ...]:
        if self.session.trouble is None:
            return ()
        return (Problem("", "", "Nothing can be registered at the moment; the reason stands above."),)

    def _go_to(self, problems: Sequence[Problem]) -> None:
        """Put the focus into the first field that is at fault."""
        edit = next((self._fields[problem.field] for problem in problems if problem.field in self._fields), None)
        if edit is not None:
            edit.setFocus(Qt.FocusReason.OtherFocusReason)


def label_for(title: str, field: QWidget) -> QLabel:
    """A label that names a field, and takes one to it by its mnemonic."""
    label = QLabel(title)
    label.setBuddy(field)
    return label


def text_or_none(edit: QLineEdit) -> str | None:
    """What is typed, or None where nothing is."""
    return edit.text() if edit.text().strip() else None
