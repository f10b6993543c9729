"""In the middle of a table that is empty because of what is looked for: what is so, and the way back."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QTextDocumentFragment
from PySide6.QtWidgets import QLabel

from uidmanager.core.texts import visible
from uidmanager.gui.theme import AIR
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.gui.tables.filter_bar import FilterBar
    from uidmanager.gui.tables.record_table import RecordTable

_LONGEST: Final = 40  # characters of the text that are repeated
_CLEAR: Final = "clear"
_SHOW: Final = "show"


class NothingFound(QLabel):
    """Stands in a table while there are records but none is shown. ``thing`` is what one of them is called.

    ``is_narrowed`` says whether anything but the line above the table keeps records out of sight. What can be done is a
    link, for mouse and keyboard.
    """

    def __init__(
        self, table: RecordTable, bar: FilterBar, thing: str, is_narrowed: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(table, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        named(self, f"no_{thing}_found", f"No {thing} found")
        self._model = bar.model
        self._bar = bar
        self._thing = thing
        self._is_narrowed = is_narrowed
        self._around = table.viewport()
        self._around.installEventFilter(self)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the table's own is asked for
        self.setContentsMargins(AIR, AIR, AIR, AIR)
        self.linkActivated.connect(self._go_back)
        model = self._model
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.searched):
            changed.connect(self._review)
        self.hide()
        self._review()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the table."""
        if watched is self._around and event.type() in {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show}:
            self.setGeometry(self._around.geometry())
        return super().eventFilter(watched, event)

    @Slot()
    def _review(self) -> None:
        model = self._model
        is_empty = not model.rowCount() and bool(model.total) and not model.is_searching
        words = f"{self._what_is_so()} {self._what_to_do()}" if is_empty else ""
        if words == self.text():
            return
        self.setText(words)
        self.setVisible(is_empty)
        if is_empty:
            self.setAccessibleName(QTextDocumentFragment.fromHtml(words).toPlainText())
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _what_is_so(self) -> str:
        typed = " ".join(self._bar.edit.text().split())
        if not typed:
            so = "is in use" if self._bar.hidden else "fits what is chosen above"
            return f"No {self._thing} {so}."
        shown = typed if len(typed) <= _LONGEST else f"{typed[:_LONGEST]}…"
        among = " that is in use" if self._bar.hidden else ""
        contains = "contains each word of" if " " in typed else "contains"
        return f"No {self._thing}{among} {contains} “{escape(visible(shown))}”."

    def _what_to_do(self) -> str:
        clear = _link(_CLEAR, "Clear the filter") if self._bar.is_filtering else ""
        total = f"{self._model.total:,}"
        if self._bar.hidden:
            hidden = f"what is {self._bar.faint_words} ({self._bar.hidden:,})"
            return f"{clear} or {_link(_SHOW, f'show {hidden}')}." if clear else f"{_link(_SHOW, f'Show {hidden}')}."
        if self._is_narrowed():
            return f"{clear} or choose more above." if clear else f"Choose more to see some of all {total}."
        return f"{clear} to see all {total}."

    @Slot(str)
    def _go_back(self, link: str) -> None:
        if link == _SHOW:
            self._bar.show_faint()
        else:
            self._bar.edit.clear()
        self._bar.focus()


def _link(what: str, words: str) -> str:
    return f'<a href="{what}">{words}</a>'
