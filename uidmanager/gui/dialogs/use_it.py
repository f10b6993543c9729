"""Use it: the lines that hand the UID of a release, or the root of an installation, on to a toolkit or a build."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.errors import Problem, UidManagerError
from uidmanager.core.records import Installation, Release
from uidmanager.core.snippets.facts import facts_of_installation, facts_of_release
from uidmanager.core.snippets.rendering import Snippet, snippets_for
from uidmanager.core.texts import visible
from uidmanager.gui.jobs import Latest
from uidmanager.gui.theme import AIR, GAP, ROOM, fixed_font
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.snippet_list import SnippetList
from uidmanager.gui.widgets.snippet_view import SnippetView
from uidmanager.settings import snippets_folder
from uidmanager.writers.files import write_file
from uidmanager.writers.snippet_files import content_of
from uidmanager.writers.snippet_templates import read_templates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from uidmanager.app.ports import Progress
    from uidmanager.core.registry import Registry
    from uidmanager.core.snippets.facts import Facts
    from uidmanager.gui.session import Session

_SIZE: Final = (920, 580)


class _Shown(NamedTuple):
    """What there is for a record, and what is wrong with templates."""

    facts: Facts
    snippets: Sequence[Snippet]
    broken: Sequence[Problem]


class UseDialog(QDialog):
    """One snippet for each toolkit, made behind the window, and anew when the registry changes.

    ``name`` is that of the snippet to begin with; afterwards of the one that was looked at last.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)

    def __init__(self, session: Session, record: Release | Installation, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        named(self, "use_dialog")
        self.resize(*_SIZE)
        self._session = session
        self._record = record
        self._reading = Latest(session.reading)
        self.name = name
        self._snippets: Sequence[Snippet] = ()
        self._title = named(QLabel(), "use_title", "What the lines are for")
        self._uid = named(BreakableLabel(breakable(record.uid)), "use_uid", "UID")
        self._uid.let_keys_select()
        self._uid.setFont(fixed_font())
        self._list = SnippetList()
        self.view = SnippetView()
        self.broken = ProblemList("snippet_templates_problems")
        self._lay_out()
        self._list.currentRowChanged.connect(self._choose)
        self.view.save_asked.connect(self._save)
        self.view.copied.connect(self.copied)
        session.took_in.connect(self._read)
        self._read()

    def done(self, result: int) -> None:
        """Nothing is read for a dialog that is closed."""
        self._reading.stop()
        super().done(result)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        named(buttons.button(QDialogButtonBox.StandardButton.Close), "close_use_button").setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        parts = QHBoxLayout()
        parts.setSpacing(ROOM)
        parts.addWidget(self._list)
        parts.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(GAP)
        column.addWidget(self._title)
        column.addWidget(self._uid)
        column.addSpacing(GAP)
        column.addLayout(parts, 1)
        column.addWidget(self.broken)
        column.addWidget(buttons)

    @Slot()
    def _read(self) -> None:
        """Make the snippets of the record as it stands now."""
        registry, record = self._session.still(), self._record

        def work(_progress: Progress) -> _Shown:
            shelf = read_templates(snippets_folder())
            facts = _facts_of(registry, record)
            return _Shown(facts, snippets_for(shelf.templates, facts), tuple(shelf.broken.values()))

        self._reading.start(work, self._show, self._failed)

    def _show(self, shown: _Shown) -> None:
        what = shown.facts.values["what"]
        self.setWindowTitle(f"Use {visible(what)}")
        self._title.setText(f"<b>{escape(visible(what[:1].upper() + what[1:]))}</b>")
        self.broken.show_problems(shown.broken)
        self._snippets = shown.snippets
        self._list.show_snippets(shown.snippets, self.name)

    def _failed(self, error: Exception) -> None:
        self.broken.show_sentence("The lines could not be made; the fault is the program's.")
        raise error

    @Slot(int)
    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._snippets):
            self.name = self._snippets[row].template.name
            self.view.show_snippet(self._snippets[row])

    @Slot(object)
    def _save(self, where: Path) -> None:
        snippet = self.view.snippet
        if snippet is None:
            return
        content = content_of(snippet)

        def work(_progress: Progress) -> Path:
            write_file(where, content, replace=True)  # the dialog has asked
            return where

        self._session.reading.start(work, self.view.tell_saved, self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, UidManagerError):
            self.view.tell_unsaved("The file was not written; the fault is the program's.")
            raise error
        self.view.tell_unsaved(str(error))


def _facts_of(registry: Registry, record: Release | Installation) -> Facts:
    """What is known of the record now."""
    if isinstance(record, Installation):
        return facts_of_installation(registry, registry.installation(record.component) or record)
    now = (each for each in registry.releases_of(record.product) if each.uid == record.uid)
    return facts_of_release(registry, next(now, record))
