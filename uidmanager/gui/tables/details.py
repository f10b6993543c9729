"""Beside a table: what is known of the chosen record, what can be done with it, and its whole history."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.accounts import account_of, serial_rule_in_words
from uidmanager.core.events import BarcodeRead, InstallationSeen, LabelChecked, LabelPrinted
from uidmanager.core.print_runs import print_runs_of
from uidmanager.core.records import Installation, Product, Release, SerialRule
from uidmanager.core.subjects import subject_of_event, subject_of_record
from uidmanager.core.texts import visible
from uidmanager.gui.tables.installation_columns import label_words
from uidmanager.gui.theme import GAP, ROOM, TIGHT, fixed_font, tones
from uidmanager.gui.times import exact_time, local_time
from uidmanager.gui.widgets.breakable import BREAKABLE_DOT, BreakableLabel, breakable
from uidmanager.gui.widgets.glyphs import drawn
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtGui import QAction

    from uidmanager.core.events import Entry, Event
    from uidmanager.core.records import Record
    from uidmanager.core.registry import Registry
    from uidmanager.gui.session import Session

_SAYING_WHAT: Final = (BarcodeRead, InstallationSeen, LabelPrinted, LabelChecked)
_NARROWEST: Final = 260
_MOST_ENTRIES: Final = 200
_DOT_IN_A_UID: Final = re.compile(r"(?<=[0-9])\.(?=[0-9])")


class DetailsPanel(QScrollArea):
    """Shows one record; ``hint`` stands there while none is chosen. The actions become buttons above the history.

    ``use`` hands the record's UID on, and so stands beside the button that copies it; ``note`` adds to the history.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)

    def __init__(
        self,
        session: Session,
        hint: str,
        actions: Sequence[QAction] = (),
        parent: QWidget | None = None,
        *,
        use: QAction | None = None,
        note: QAction | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, "details_panel", "Details of the chosen row")
        self._session = session
        self._hint = hint
        self._record: Record | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(_NARROWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = named(QLabel(wordWrap=True), "details_title")
        self._copy = named(QToolButton(), "copy_uid_button", "Copy the UID of this record")
        self._copy.setText("Copy UID")
        self._copy.clicked.connect(self.copy_uid)
        self._facts = QFormLayout()
        self._buttons = [_button(action) for action in actions]
        self._use = [] if use is None else [_button(use)]
        self._note = [] if note is None else [_button(note)]
        for button in (*self._buttons, *self._use, *self._note):
            button.defaultAction().enabledChanged.connect(self._show_buttons)
        self._history = named(BreakableLabel(text_format=Qt.TextFormat.RichText), "details_history")
        self._history_title = QLabel("History")
        self._lay_out()
        self.show_record(None)

    @property
    def record(self) -> Record | None:
        """The record that is shown."""
        return self._record

    def show_record(self, record: Record | None) -> None:
        """Show this record as it stands in the registry now; None: the hint."""
        self._record = record
        while self._facts.rowCount():
            self._facts.removeRow(0)
        is_there = record is not None
        for widget in (self._copy, self._history, self._history_title):
            widget.setVisible(is_there)
        self._show_buttons()
        if record is None:
            self._title.setText(self._hint)
            return
        with self._session.service.look() as registry:
            title, facts = _facts_of(registry, record)
            entries = registry.history_of(record)
            told = list(_told(registry, record, entries[-_MOST_ENTRIES:]))
        self._title.setText(f"<b>{escape(visible(title))}</b>")
        self._copy.setVisible(not isinstance(record, Product))
        for name, value in facts:
            self._facts.addRow(_name(name), _value(name, visible(value)))
        self._told = told
        self._render_history()

    @Slot()
    def _show_buttons(self) -> None:
        """What cannot be done now is greyed in the menus, and not in the way here."""
        for button in (*self._buttons, *self._use, *self._note):
            button.setVisible(self._record is not None and button.defaultAction().isEnabled())

    @Slot()
    def copy_uid(self) -> None:
        """Copy the record's UID."""
        if isinstance(self._record, Release | Installation):
            QApplication.clipboard().setText(self._record.uid)
            self.copied.emit(f"Copied: {self._record.uid}")

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._record is not None:
            self._render_history()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("details_inner")
        self._facts.setHorizontalSpacing(ROOM)
        self._facts.setVerticalSpacing(TIGHT)
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        head = QHBoxLayout()
        head.setSpacing(TIGHT)
        head.addWidget(self._title, 1)
        for button in self._use:
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        deeds = QHBoxLayout()
        deeds.setSpacing(TIGHT)
        for button in self._buttons:
            deeds.addWidget(button)
        deeds.addStretch(1)
        past = QHBoxLayout()
        past.addWidget(self._history_title, 1)
        for button in self._note:
            past.addWidget(button)
        column = QVBoxLayout(inner)
        column.setContentsMargins(ROOM, 0, GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addLayout(self._facts)
        column.addLayout(deeds)
        column.addSpacing(GAP)
        column.addLayout(past)
        column.addWidget(self._history)
        column.addStretch(1)
        self.setWidget(inner)

    def _render_history(self) -> None:
        muted = tones(self).muted
        self._history.setText("".join(_paragraph(lines, muted) for lines in reversed(self._told)))


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName(action.objectName().removesuffix("_action") + "_button")
    return button


def _name(name: str) -> QLabel:
    label = QLabel(name)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def _value(name: str, value: str) -> QLabel:
    is_uid = name in {"UID", "Root"}
    label = BreakableLabel(breakable(value) if is_uid else value)
    if is_uid:
        label.setFont(fixed_font())
    return named(label, "fact_" + name.lower().replace(" ", "_"))


def _facts_of(registry: Registry, record: Record) -> tuple[str, list[tuple[str, str]]]:
    """The title of a record and what is known of it, without what is empty."""
    match record:
        case Product():
            title = f"Product {record.number}, {record.name}"
            serials = "" if record.serials == SerialRule() else serial_rule_in_words(record.serials)
            facts = [
                ("Code", record.code or ""),
                ("GTIN", record.gtin or ""),
                ("Serials", serials),
                ("Note", record.note or ""),
            ]
        case Release():
            product = registry.product(record.product)
            title = f"Release {product.name if product else record.product} {record.version}"
            facts = [("UID", record.uid), ("Version name", record.version_name), ("Note", record.note or "")]
        case Installation():
            product = None if record.product is None else registry.product(record.product)
            title = f"Serial {record.serial}"
            facts = [
                ("Root", record.uid),
                ("Product", product.name if product else ""),
                ("Note", record.note or ""),
                ("Scanned", drawn(", ".join(read.scanned for read in registry.reads_of(record)))),
            ]
    facts.append(("State", record.state.value))
    if isinstance(record, Installation):
        facts.append(("Label", _label_of(registry, record)))
    return title, [(name, value) for name, value in facts if value]


def _label_of(registry: Registry, installation: Installation) -> str:
    """How far its label is, how often labels of it were printed, and in which entries."""
    if not installation.prints:
        return f"{label_words(installation)}, none printed"
    entries = [str(n) for n in print_runs_of(registry, installation)]
    runs = "print run: entry " if len(entries) == 1 else "print runs: entries "
    return f"{label_words(installation)}; {runs}{', '.join(entries)}"


def _told(registry: Registry, record: Record, entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    """Each event about the record: what happened, the old value and the new one, why, when and by whom."""
    for entry in entries:
        for event in _about(record, entry.events):
            account = account_of(registry, event)
            is_change = account.old is not None or "corrected" in account.what or account.what.endswith(" set")
            change = f"{account.old or 'nothing'} → {account.new or 'nothing'}" if is_change else ""
            change = drawn(account.new or "") if isinstance(event, _SAYING_WHAT) else change
            why = f"“{entry.why}”" if entry.why else ""
            who = f"{local_time(entry.at)} by {entry.by} at {entry.station}, entry {entry.n}"
            yield account.what.capitalize(), change, why, who, exact_time(entry.at)


def _about(record: Record, events: Sequence[Event]) -> Iterator[Event]:
    """Those of an entry's events that speak of the record; an entry may hold a hundred thousand others."""
    if isinstance(record, Installation):
        component = record.component
        return (event for event in events if getattr(event, "component", None) == component)
    subject = subject_of_record(record)
    return (event for event in events if subject_of_event(event) == subject)


def _paragraph(lines: tuple[str, ...], muted: str) -> str:
    what, change, why, who, exact = (escape(visible(line)) for line in lines)
    change = _DOT_IN_A_UID.sub(BREAKABLE_DOT, change)
    middle = "".join(f"<br>{line}" for line in (change, why) if line)
    small = f'<span style="color:{muted}" title="{exact}">{who}</span>'
    return f'<p style="margin:0 0 {GAP}px 0">{what}{middle}<br>{small}</p>'
