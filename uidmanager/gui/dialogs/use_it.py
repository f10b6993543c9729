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
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.errors import Problem, refusals
from uidmanager.core.records import Installation, Release
from uidmanager.core.reports.conformance import extract
from uidmanager.core.snippets.facts import facts_of_installation, facts_of_release
from uidmanager.core.snippets.rendering import Snippet, snippets_for
from uidmanager.core.texts import visible
from uidmanager.gui.jobs import Latest
from uidmanager.gui.theme import AIR, GAP, ROOM, fixed_font
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.conformance_view import ConformanceView
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.snippet_list import SnippetList
from uidmanager.gui.widgets.snippet_view import SnippetView
from uidmanager.settings import snippets_folder
from uidmanager.writers.files import write_file
from uidmanager.writers.snippet_files import content_of
from uidmanager.writers.snippet_templates import read_templates
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from uidmanager.app.ports import Progress, World
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports.conformance import Extract
    from uidmanager.core.snippets.facts import Facts
    from uidmanager.gui.session import Session
    from uidmanager.gui.widgets.told_line import ToldLine
    from uidmanager.writers.stamp import Stamp

_SIZE: Final = (920, 580)
_CONFORMANCE: Final = "Conformance statement"


class _Shown(NamedTuple):
    """What there is for a record, and what is wrong with templates."""

    facts: Facts
    snippets: Sequence[Snippet]
    broken: Sequence[Problem]
    conformance: tuple[Extract, Stamp] | None


class UseDialog(QDialog):
    """One snippet for each toolkit, made behind the window, and anew when the registry changes.

    For a release the rows of its conformance statement as well.

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
        self.conformance = ConformanceView()
        self._views = QStackedWidget()
        self.broken = ProblemList("snippet_templates_problems")
        self._lay_out()
        self._list.currentRowChanged.connect(self._choose)
        self.view.save_asked.connect(self._save)
        self.conformance.save_asked.connect(self._save_conformance)
        for view in (self.view, self.conformance):
            view.copied.connect(self.copied)
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
        self._views.addWidget(self.view)
        self._views.addWidget(self.conformance)
        parts.addWidget(self._views, 1)
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
        registry, record, world = self._session.still(), self._record, self._session.service.world

        def work(_progress: Progress) -> _Shown:
            shelf = read_templates(snippets_folder())
            facts = _facts_of(registry, record)
            rows = _statement_of(registry, record, facts, world)
            return _Shown(facts, snippets_for(shelf.templates, facts), tuple(shelf.broken.values()), rows)

        self._reading.start(work, self._show, self._failed)

    def _show(self, shown: _Shown) -> None:
        what = shown.facts.values["what"]
        self.setWindowTitle(f"Use {visible(what)}")
        self._title.setText(f"<b>{escape(visible(what[:1].upper() + what[1:]))}</b>")
        self.broken.show_problems(shown.broken)
        self._snippets = shown.snippets
        self.conformance.show_extract(shown.conformance, shown.facts.problems)
        self._list.show_snippets(shown.snippets, self.name, self._before)

    def _failed(self, error: Exception) -> None:
        self.broken.show_failure(error, "The lines could not be made; the fault is the program's.")

    @property
    def _before(self) -> tuple[str, ...]:
        """What is listed before the snippets."""
        return (_CONFORMANCE,) if isinstance(self._record, Release) else ()

    @Slot(int)
    def _choose(self, row: int) -> None:
        at = row - len(self._before)
        if row < 0 or at >= len(self._snippets):
            return
        self._views.setCurrentWidget(self.conformance if at < 0 else self.view)
        self.name = _CONFORMANCE if at < 0 else self._snippets[at].template.name
        if at >= 0:
            self.view.show_snippet(self._snippets[at])

    @Slot(object)
    def _save(self, where: Path) -> None:
        if self.view.snippet is not None:
            self._write(where, content_of(self.view.snippet), self.view.told)

    @Slot(object, object)
    def _save_conformance(self, where: Path, content: bytes) -> None:
        self._write(where, content, self.conformance.told)

    def _write(self, where: Path, content: bytes, told: ToldLine) -> None:
        """Write a file behind the window; the dialog has asked about one that is there."""

        def work(_progress: Progress) -> Path:
            write_file(where, content, replace=True)
            return where

        self._session.reading.start(work, told.tell_saved, told.tell_unsaved)


def _facts_of(registry: Registry, record: Release | Installation) -> Facts:
    """What is known of the record now."""
    if isinstance(record, Installation):
        return facts_of_installation(registry, registry.installation(record.component) or record)
    return facts_of_release(registry, _now(registry, record))


def _statement_of(
    registry: Registry, record: Release | Installation, facts: Facts, world: World
) -> tuple[Extract, Stamp] | None:
    """The rows for a conformance statement, if it is a release that may be built with."""
    if not isinstance(record, Release) or refusals(facts.problems):
        return None
    return extract(registry, _now(registry, record)), stamp_of(world)


def _now(registry: Registry, release: Release) -> Release:
    """The release as it stands now."""
    return next((each for each in registry.releases_of(release.product) if each.uid == release.uid), release)
