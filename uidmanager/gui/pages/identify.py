"""A UID turned up in the field: whose is it? Any text with UIDs in it will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QVBoxLayout, QWidget

from uidmanager.core.mentions import asked
from uidmanager.core.records import Installation
from uidmanager.core.texts import visible
from uidmanager.gui.dialogs.seen_action import SeenAction
from uidmanager.gui.jobs import Latest
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.tables.findings import COLUMNS, COPIES, Sighting, asked_of_long, parts_of, sighting_of
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.theme import GAP, ROOM, fixed_font
from uidmanager.gui.widgets.answer_card import AnswerCard
from uidmanager.gui.widgets.empty_page import EmptyPage
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.paste_edit import PasteEdit

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.records import Record
    from uidmanager.gui.session import Session
    from uidmanager.gui.table_models import Stock

_AT_ONCE: Final = 8_000  # characters that are looked through at each keystroke; longer texts behind the window
_PAUSE_MS: Final = 150
_BATCH: Final = 200
_EDIT_LINES: Final = 4


class IdentifyPage(QWidget):
    """Looks up all UIDs in a text while it is typed.

    Signals:
        opened(object): show this record on its own page
        copied(str): a sentence that says what was copied
    """

    opened = Signal(object)
    copied = Signal(str)
    title = "Identify"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "identify_page")
        self._session = session
        self._search = Latest(session.reading)
        self.edit = named(PasteEdit(), "identify_edit", "UID, or any text with UIDs in it")
        self.edit.setPlaceholderText("Paste a UID, or any text with UIDs in it: a log, a DICOM dump, a list")
        self.edit.setFont(fixed_font())
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * _EDIT_LINES + ROOM)
        self.count = named(QLabel(), "identify_count", "What was found")
        self.seen = SeenAction(session, "seen_identified", self)
        self.card = AnswerCard((self.seen,))
        self._model = RecordTableModel(COLUMNS, lambda sighting: sighting.mention.given, fixed_font())
        self.table = RecordTable(self._model, "identify_result", "UIDs and what they are", COPIES)
        self.empty = named(
            EmptyPage("Whose UID is this?", "Paste it above, or press Ctrl+V anywhere on this page. The answer names "
                      "the release or the installation, and what the equipment appended."),
            "identify_empty_page",
        )  # fmt: skip
        self.table.addAction(self.seen)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """Be ready for the next UID: what is pasted takes the place of the last one."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def show_record(self, _record: Record) -> bool:
        """No record lives on this page."""
        return False

    def look_up(self, text: str) -> None:
        """Put this text into the field."""
        self.edit.replace_text(text)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addWidget(self.edit)
        column.addWidget(self.count)
        column.addWidget(self.card)
        column.addWidget(self.stack, 1)
        self.count.hide()

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._typed)
        self._pause.timeout.connect(self._look_through)
        self.table.activated.connect(self._open_row)
        self.table.copied.connect(self.copied)
        self.card.open_asked.connect(self.opened)
        self.table.record_chosen.connect(self._offer_note)
        self.seen.noted.connect(self.copied)
        self._session.trouble_found.connect(self._typed)
        self._session.trouble_passed.connect(self._typed)
        self._session.took_in.connect(self._typed)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)

    @Slot()
    def _paste(self) -> None:
        """The text on the clipboard takes the place of what is there."""
        self.edit.replace_text(QApplication.clipboard().text())
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- looking up --------------------------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        """A short text is looked through at once, a long one after a pause and behind the window."""
        self._search.stop()
        if self.edit.document().characterCount() <= _AT_ONCE:
            self._pause.stop()
            with self._session.service.look() as registry:
                names = self._session.dicom_names
                sightings = [sighting_of(registry, mention, names) for mention in asked(self._text())]
            self._show(self._model.stock(sightings))
        else:
            self._pause.start()
            self._tell("Looking for UIDs…")

    def _text(self) -> str:
        return self.edit.toPlainText()

    @Slot()
    def _look_through(self) -> None:
        text, model = self._text(), self._model
        registry, names = self._session.still(), self._session.dicom_names

        def work(progress: Progress) -> Stock[Sighting]:
            mentions = asked_of_long(text, progress)
            sightings: list[Sighting] = []
            for start in range(0, len(mentions), _BATCH):
                progress("Looking up", start / len(mentions))
                sightings.extend(sighting_of(registry, each, names) for each in mentions[start : start + _BATCH])
            return model.stock(sightings, lambda fraction: progress("Looking up", fraction))

        self._search.start(work, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self._tell("The text could not be looked through; the fault is the program's.")
        raise error

    # -- showing -----------------------------------------------------------------------------------------------------

    def _show(self, stock: Stock[Sighting]) -> None:
        sightings = stock.rows
        self._model.adopt(stock)
        only = sightings[0].finding if len(sightings) == 1 else None
        with self._session.service.look() as registry:
            self.card.show_finding(only, () if only is None else parts_of(registry, only))
        self._offer_note(sightings[0] if only is not None else self.table.chosen)
        self.stack.setCurrentWidget(self.table if sightings else self.empty)
        if sightings:
            self._tell("" if only else f"{len(sightings):,} different UIDs")
        else:
            is_empty = not self._text().strip()
            self._tell("" if is_empty else "No UID in this text: that is at least three numbers with dots between.")

    def _tell(self, sentence: str) -> None:
        self.count.setText(sentence)
        self.count.setVisible(bool(sentence))

    @Slot(QModelIndex)
    def _open_row(self, index: QModelIndex) -> None:
        record = self._model.record(index.row()).finding.record
        if record is not None:
            self.opened.emit(record)

    @Slot(object)
    def _offer_note(self, sighting: Sighting | None) -> None:
        """Let it be noted on the installation that a UID belongs to."""
        finding = sighting.finding if sighting is not None else None
        if finding is not None and isinstance(finding.record, Installation):
            self.seen.offer(finding.record.component, what=f"{visible(finding.uid)}: {visible(finding.sentence)}")
        else:
            self.seen.offer(None)
