"""The choice of a print run: those that are open, the last one first, found behind the window."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from uidmanager.core import events as e
from uidmanager.core.print_runs import open_runs, print_run
from uidmanager.core.reports.labels import run_row
from uidmanager.core.texts import visible
from uidmanager.gui.jobs import Latest
from uidmanager.gui.times import local_time
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.events import Entry
    from uidmanager.core.print_runs import PrintRun
    from uidmanager.core.registry import Registry
    from uidmanager.gui.session import Session

MOST_OFFERED: Final = 200


class Offer(Struct, frozen=True):
    """A print run, and how it is called in the list."""

    entry: int
    words: str


class RunCombo(QComboBox):
    """Offers the open runs; the one that was chosen stays there when it is complete.

    Signals:
        run_chosen(int): the number of its entry
        none_open(): there is nothing to be checked
        failed(Exception): they could not be found
    """

    run_chosen = Signal(int)
    none_open = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, wanted: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "print_run_combo", "Print run")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(40)
        self._session = session
        self._wanted = wanted
        self._is_over = False
        self._finding = Latest(session.reading)
        self.currentIndexChanged.connect(self._tell)
        session.took_in.connect(self._take_in)
        self.look()

    @property
    def chosen(self) -> int | None:
        """The number of the entry of the run that is chosen."""
        chosen = self.currentData()
        return chosen if isinstance(chosen, int) else None

    @Slot()
    def look(self) -> None:
        """Look for them anew."""
        if self._is_over:
            return
        registry, wanted = self._session.still(), self.chosen or self._wanted

        def work(progress: Progress) -> list[Offer]:
            return list(_offers(registry, wanted, progress))

        self._finding.start(work, self._offer, self.failed.emit)

    def stop(self) -> None:
        """Nobody waits for them any more."""
        self._is_over = True
        self._finding.stop()

    def _offer(self, offers: list[Offer]) -> None:
        chosen = self.chosen
        kept = self._wanted if chosen is None else chosen
        self.blockSignals(True)  # what is chosen is told once, below
        self.clear()
        for offer in offers:
            self.addItem(offer.words, offer.entry)
        at = self.findData(kept) if kept is not None else 0
        self.setCurrentIndex(max(at, 0) if offers else -1)
        self.blockSignals(False)
        self.setEnabled(bool(offers))
        if not offers:
            self.none_open.emit()
        elif self.chosen != chosen:
            self._tell()

    @Slot()
    def _tell(self) -> None:
        if self.chosen is not None:
            self.setToolTip(self.currentText())
            self.run_chosen.emit(self.chosen)

    @Slot(object)
    def _take_in(self, entries: Sequence[Entry]) -> None:
        """Labels were printed: there is another run. How far the others are is said elsewhere."""
        if any(isinstance(event, e.LabelPrinted) for entry in entries for event in entry.events):
            self.look()


def _offers(registry: Registry, wanted: int | None, progress: Progress) -> Iterator[Offer]:
    for number, run in enumerate(islice(open_runs(registry), MOST_OFFERED)):
        progress("Looking for print runs", number / MOST_OFFERED)
        if run.entry == wanted:
            wanted = None
        yield Offer(run.entry, _words(registry, run))
    chosen = None if wanted is None else print_run(registry, wanted)
    if chosen is not None:
        yield Offer(chosen.entry, _words(registry, chosen))


def _words(registry: Registry, run: PrintRun) -> str:
    row = run_row(registry, run)
    labels = "1 label" if row["printed"] == 1 else f"{row['printed']:,} labels"
    when = f"{local_time(str(row['at']))} by {row['by']}"
    return visible(f"Entry {run.entry}: {labels} on {row['template']}, {when}")
