"""One row of the history in full: the whole text, the time in UTC, the entry's id and its hash in the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QWidget

from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font
from uidmanager.gui.times import exact_time
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.gui.tables.history_rows import HistoryRow

_NARROWEST: Final = 260
_IN_FIXED_FONT: Final = frozenset({"UID", "Id", "Hash"})


class EntryDetails(QScrollArea):
    """Shows a row of the history."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "entry_details", "Details of the chosen entry")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(_NARROWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._facts = QFormLayout(inner)
        self._facts.setContentsMargins(ROOM, 0, GAP, GAP)
        self._facts.setHorizontalSpacing(ROOM)
        self._facts.setVerticalSpacing(TIGHT)
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.setWidget(inner)
        self.show_row(None)

    def show_row(self, row: HistoryRow | None) -> None:
        """Show this row; None: what to do to see one."""
        while self._facts.rowCount():
            self._facts.removeRow(0)
        if row is None:
            self._facts.addRow(QLabel("Choose a line to see all of it.", wordWrap=True))
            return
        for name, value in _facts_of(row):
            if value:
                label = QLabel(name)
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
                self._facts.addRow(label, _value(name, value))


def _facts_of(row: HistoryRow) -> tuple[tuple[str, str | None], ...]:
    entry, account = row.entry, row.account
    many = f"{entry.n}, change {row.number + 1:,} of {len(entry.events):,}"
    return (
        ("What", account.what),
        ("Subject", account.subject),
        ("UID", account.uid),
        ("Old value", account.old),
        ("New value", None if account.new == account.uid else account.new),
        ("Why", entry.why),
        ("Who", f"{entry.by} at {entry.station}"),
        ("Time", exact_time(entry.at)),
        ("Entry", many if len(entry.events) > 1 else str(entry.n)),
        ("Id", entry.id),
        ("Hash", entry.h),
        ("Program", f"UID Manager {entry.app}"),
    )


def _value(name: str, value: str) -> QLabel:
    is_fixed = name in _IN_FIXED_FONT
    shown = visible(value)
    label = BreakableLabel(breakable(shown) if is_fixed else shown)
    label.let_keys_select()
    if is_fixed:
        label.setFont(fixed_font())
    return named(label, "entry_" + name.lower().replace(" ", "_"), name)
