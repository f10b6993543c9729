"""The page a newcomer sees: found a registry, open one that is there, or try the sample."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from uidmanager import settings
from uidmanager.app.sample import make_sample
from uidmanager.app.service import Service
from uidmanager.core.errors import CancelledError, LedgerMissingError, Severity, UidManagerError, ViewingOnlyError
from uidmanager.gui.forms.found_form import FoundForm
from uidmanager.gui.forms.import_card import ImportCard
from uidmanager.gui.forms.open_card import OpenCard
from uidmanager.gui.forms.sample_card import SampleCard
from uidmanager.gui.jobs import Jobs
from uidmanager.gui.theme import AIR, GAP, ROOM
from uidmanager.gui.widgets.card import Card, heading, sentence
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from uidmanager.app.ports import Desk, Progress
    from uidmanager.core.drafts import FoundRegistry
    from uidmanager.gui.jobs import Job
    from uidmanager.gui.widgets.problem_list import ProblemList

_TITLE_SCALE: Final = 1.8
_WIDEST: Final = 1160


class WelcomePage(QWidget):
    """Four ways into a registry.

    Signals:
        registry_opened(Service): this registry is founded and read; show it
        mend_asked(str): lay the ledger at this place beside its copies
        import_asked(str): import a registry into a new ledger, which may lie at this place
    """

    registry_opened = Signal(object)
    mend_asked = Signal(str)
    import_asked = Signal(str)
    title = "Welcome"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "welcome_page")
        self._desk = desk
        self._jobs = Jobs(self)
        self._job: Job[Service] | None = None
        place = str(settings.free_place())
        # A registry that is not founded yet, to preview the founding on; its ledger is never touched.
        self._unfounded = Service(desk.ledger_at(place), desk.world)
        self.found_form = FoundForm(self._unfounded.preview, place)
        self.open_card = OpenCard()
        self.import_card = ImportCard()
        self.sample_card = SampleCard()
        self.progress = ProgressStrip("welcome_progress")
        self._told = self.open_card.problems
        self._lay_out()
        self._connect()
        self._show_recent()
        refused = self._unfounded.ledger.refused()
        if isinstance(refused, ViewingOnlyError):
            self.found_form.bar(str(refused))

    def focus_first(self) -> None:
        """Begin with the organisation, or with the ledgers of before where there are any."""
        first = self.open_card.recent if self.open_card.recent.count() else self.found_form.organisation_edit
        first.setFocus()

    def shut(self) -> None:
        """Stop what is under way and wait until it has; the page is not used any more."""
        self._jobs.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A page that is closed leaves nothing running."""
        self.shut()
        super().closeEvent(event)

    # -- the page ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        columns = QGridLayout()
        columns.setHorizontalSpacing(AIR)
        columns.setVerticalSpacing(AIR)
        columns.setColumnStretch(0, 3)
        columns.setColumnStretch(1, 2)
        columns.addLayout(_greeting(), 0, 0, 1, 2)
        columns.addWidget(self._found_card(), 1, 0, 4, 1, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self.open_card, 1, 1)
        columns.addWidget(self.import_card, 2, 1)
        columns.addWidget(self.sample_card, 3, 1)
        columns.setRowStretch(4, 1)
        inner = QWidget(maximumWidth=_WIDEST)
        inner.setLayout(columns)
        holder = QWidget()
        around = QHBoxLayout(holder)
        around.setContentsMargins(AIR, AIR, AIR, AIR)
        around.addStretch(1)
        around.addWidget(inner, 1000)
        around.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.progress)
        self.progress.setContentsMargins(AIR, GAP, AIR, ROOM)

    def _found_card(self) -> Card:
        card = Card("Found a registry")
        card.body.addWidget(
            sentence(
                "Once for your organisation, under the root that was granted to it. All its numbers start with it."
            )
        )
        card.body.addSpacing(GAP)
        card.body.addWidget(self.found_form)
        return card

    def _connect(self) -> None:
        self.found_form.asked.connect(self._found)
        self.open_card.place_chosen.connect(self.open_place)
        self.open_card.mend_asked.connect(self.mend_asked)
        self.import_card.asked.connect(self._ask_to_import)
        self.sample_card.asked.connect(self._try_sample)
        self.progress.cancel_asked.connect(self._cancel)

    def _show_recent(self) -> None:
        places = settings.read_preferences().recent
        self.open_card.show_recent(places)
        if places:  # a place may be on a network that is slow to answer
            self._jobs.start(lambda _progress: _are_there(places), self._tell_missing, self._forget)

    def _tell_missing(self, is_there: dict[str, bool]) -> None:
        self.open_card.recent.tell_missing(is_there)
        self._rest()

    def _forget(self, _error: Exception) -> None:
        """Whether a ledger is there could not be told; opening it will tell."""
        self._rest()

    # -- the ways in -------------------------------------------------------------------------------------------------

    @Slot(object, str)
    def _found(self, draft: FoundRegistry, place: str) -> None:
        """Found the registry behind the window."""
        where = _whole_place(place)

        def work(_progress: Progress) -> Service:
            service = Service(self._desk.ledger_at(where), self._desk.world)
            service.found(draft)
            return service

        self._begin("Founding the registry", work, self.found_form.problems)

    @Slot(str)
    def open_place(self, place: str) -> None:
        """Open the ledger at a place."""
        where = _whole_place(place)

        def work(progress: Progress) -> Service:
            service = Service(self._desk.ledger_at(where), self._desk.world)
            service.open(progress)
            return service

        self._begin("Reading the ledger", work, self.open_card.problems)

    @Slot()
    def _ask_to_import(self) -> None:
        self.import_asked.emit(self.found_form.place)

    @Slot()
    def _try_sample(self) -> None:
        """Make a new sample each time: who tries things wants to begin anew."""

        def work(progress: Progress) -> Service:
            folder = Path(tempfile.mkdtemp(prefix="uidmanager-sample-"))
            service = Service(self._desk.ledger_at(str(folder / "sample-registry.jsonl")), self._desk.world)
            make_sample(service, progress)
            return service

        self._begin("Making the sample registry", work, self.sample_card.problems)

    # -- work behind the window --------------------------------------------------------------------------------------

    def _begin(self, message: str, work: Callable[[Progress], Service], told: ProblemList) -> None:
        if self._job is not None:
            return  # a second press while the first is under way
        for problems in (self.open_card.problems, self.sample_card.problems):
            problems.show_problems(())
        self.open_card.offer_mending("")
        self._told = told
        self.progress.begin(message)
        self._job = self._jobs.start(work, self._opened, self._failed, self.progress.show_progress)

    @Slot()
    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        """The work that was begun is over."""
        self._job = None
        self.progress.end()
        self._rest()

    def _rest(self) -> None:
        """Keep no thread while there is nothing to do: the page may be left without a word."""
        if self._jobs.is_busy:
            return
        self._jobs.close()
        self._jobs.deleteLater()
        self._jobs = Jobs(self)

    def _opened(self, service: Service) -> None:
        self._end()
        with service.look() as registry:
            is_founded = registry.is_founded
        if is_founded:
            self.registry_opened.emit(service)
        else:
            self._told.show_sentence(str(service.trouble or "There is nothing in this file. Choose another."))
            self.open_card.offer_mending(service.trouble.where if service.trouble is not None else "")

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, CancelledError):
            self._told.show_sentence(str(error), Severity.NOTICE)
        elif isinstance(error, UidManagerError):
            self._told.show_sentence(str(error))
            if isinstance(error, LedgerMissingError):
                self.open_card.offer_mending(error.where)
        else:  # a fault of ours: told here, and raised for whoever watches over the program
            self._told.show_sentence(f"This did not work, and the fault is the program's: {error!r}.")
            raise error


def _greeting() -> QVBoxLayout:
    lines = QVBoxLayout()
    lines.setSpacing(GAP)
    lines.addWidget(heading("Welcome to UID Manager", _TITLE_SCALE))
    lines.addWidget(sentence("Every release and every piece of equipment gets its number here: each once, with proof."))
    return lines


def _are_there(places: tuple[str, ...]) -> dict[str, bool]:
    return {place: Path(place).exists() for place in places}


def _whole_place(place: str) -> str:
    """The place as a whole path, as it is told and remembered."""
    return str(Path(place).expanduser().absolute())
