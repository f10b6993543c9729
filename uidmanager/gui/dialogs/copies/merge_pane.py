"""Merging two histories: rehearsed anew at each decision, done only when nothing is undecided and a reason is given."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from uidmanager.gui.dialogs.copies.clashes import ClashesPane
from uidmanager.gui.dialogs.copies.merge_terms import MergeTerms
from uidmanager.gui.dialogs.copies.standing import OWN_COPY, entries
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.tables.merging import CHANGES, GIVEN_UP, changes_of
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.theme import GAP, fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from uidmanager.app.ports import Desk, Merging
    from uidmanager.core.errors import LedgerError
    from uidmanager.core.merging.terms import Choice, Surrendered
    from uidmanager.gui.dialogs.copies.errands import Errands
    from uidmanager.gui.tables.merging import MergedRow

_TABS: Final = ("Clashes", "Changes of the other", "Numbers given up")


class _Wish(NamedTuple):
    """What is wanted of a merge, held still for the work behind the window."""

    other: str | None
    reason: str
    choices: dict[str, Choice]
    onto_other: bool | None
    leave_out: bool


class MergePane(QWidget):
    """Shows what the merge that is wanted comes to.

    Signals:
        rehearsed(): there is something to show
        merged(Merging): it is done
        left(): all stays as it is
        copied(str): a sentence that says what was copied
    """

    rehearsed = Signal()
    merged = Signal(object)
    left = Signal()
    copied = Signal(str)

    def __init__(self, desk: Desk, where: str, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "merge_pane")
        self._desk = desk
        self._where = where
        self._errands = errands
        self._other: str | None = None
        self._barred: LedgerError | None = None
        self._choices: dict[str, Choice] = {}
        self._rehearsed: Merging | None = None
        self.terms = MergeTerms()
        self.sentence = SignedSentence("merge_sentence", "What the merge comes to")
        self.clashes = ClashesPane()
        self.changes: RecordTableModel[MergedRow] = RecordTableModel(CHANGES, _key_of_change, fixed_font())
        self.given_up: RecordTableModel[Surrendered] = RecordTableModel(GIVEN_UP, _key_of_number, fixed_font())
        self._tabs = named(QTabWidget(documentMode=True), "merge_tabs", "What the merge comes to, in full")
        self._lay_out()
        self._connect()

    def begin(self, other: str | None, barred: LedgerError | None) -> None:
        """Rehearse merging the ledger with this file, or with this station's own copy."""
        self._other, self._barred = other, barred
        self._choices.clear()
        self.terms.begin("The ledger", OWN_COPY if other is None else PurePath(other).name)
        self._rehearse()

    def focus_first(self) -> None:
        """Begin with what must be decided, or with the reason where nothing must."""
        (self.clashes.table if self.clashes.model.total else self.terms.reason_edit).setFocus()

    def _lay_out(self) -> None:
        changes = RecordTable(self.changes, "merge_changes_table", "Changes of the other history")
        given_up = RecordTable(self.given_up, "merge_given_up_table", "Numbers given up")
        for page in (self.clashes, changes, given_up):
            self._tabs.addTab(page, "")
            page.copied.connect(self.copied)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.sentence)
        column.addWidget(self._tabs, 1)
        column.addWidget(self.terms)

    def _connect(self) -> None:
        self.clashes.decided.connect(self._decide)
        self.terms.base_chosen.connect(self._begin_anew)
        self.terms.changed.connect(self._rehearse)
        self.terms.reason_changed.connect(self._judge)
        self.terms.agreed.connect(self._apply)
        self.terms.declined.connect(self.left)

    # -- rehearsing --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _decide(self, decided: dict[str, Choice | None]) -> None:
        for key, choice in decided.items():
            if choice is None:
                self._choices.pop(key, None)
            else:
                self._choices[key] = choice
        self._rehearse()

    @Slot()
    def _begin_anew(self) -> None:
        """What was decided was decided for the other base."""
        self._choices.clear()
        self._rehearse()

    @Slot()
    def _rehearse(self) -> None:
        """Say what the merge would come to, as things are decided now."""
        self._rehearsed = None
        self._judge()
        wish = self._wish()
        self._errands.look("Rehearsing the merge", lambda _progress: self._merge(wish, apply=False), self._show)

    def _show(self, found: Merging) -> None:
        self._rehearsed = found
        self.terms.show_base(is_ledger=Path(found.base) == Path(self._where).resolve())
        self.clashes.show_clashes(found.clashes)
        self.changes.replace(changes_of(found))
        self.given_up.replace(found.given_up)
        counts = (len(found.clashes), self.changes.total, self.given_up.total)
        for at, (title, count) in enumerate(zip(_TABS, counts, strict=True)):
            self._tabs.setTabText(at, f"{title} ({count:,})")
        self.sentence.tell(_sentence(found), Sign.CAUTION if found.undecided else Sign.NOTICE)
        self._judge()
        self.rehearsed.emit()

    @Slot()
    def _judge(self) -> None:
        """Let it be done when nothing is in the way, and say what is."""
        self.terms.show_hindrance(self._hindrance())

    def _hindrance(self) -> str:
        found = self._rehearsed
        if self._barred is not None:
            return str(self._barred)
        if found is None:
            return "It is being rehearsed."
        if not found.is_needed:
            return "There is nothing to merge."
        if found.undecided:
            return f"Decide {_clashes(len(found.undecided))} first."
        return "" if self.terms.reason else "Say why first."

    # -- doing it ----------------------------------------------------------------------------------------------------

    @Slot()
    def _apply(self) -> None:
        wish = self._wish()
        self._errands.change("Merging", lambda: self._merge(wish, apply=True), self.merged.emit)

    def _wish(self) -> _Wish:
        terms = self.terms
        return _Wish(self._other, terms.reason, dict(self._choices), terms.onto_other, terms.leaves_out)

    def _merge(self, wish: _Wish, *, apply: bool) -> Merging:
        """Behind the window."""
        return self._desk.keeper_at(self._where).merge(
            wish.other,
            reason=wish.reason,
            choices=wish.choices,
            onto_other=wish.onto_other,
            leave_out=wish.leave_out,
            apply=apply,
        )


def _sentence(found: Merging) -> str:
    """What the merge comes to."""
    parts = [f"{len(found.taken):,} taken over", f"{len(found.present):,} there already"]
    if found.left_out:
        parts.append(f"{len(found.left_out):,} not taken over")
    undecided = f" {_clashes(len(found.undecided))} to be decided." if found.undecided else ""
    given_up = len(found.given_up)
    return (
        f"Rehearsed, nothing is done yet. After the merge the ledger would hold {entries(found.entries)}. Of the "
        f"changes in the other history: {', '.join(parts)}. {given_up:,} {'number' if given_up == 1 else 'numbers'} "
        f"given up.{undecided} Both files are kept as they are."
    )


def _clashes(count: int) -> str:
    return f"{count:,} {'clash' if count == 1 else 'clashes'}"


def _key_of_change(row: MergedRow) -> int:
    return row.number


def _key_of_number(given_up: Surrendered) -> tuple[str, str, str]:
    return given_up.kind, given_up.number, given_up.meant
