"""Files from the field: whose they are, and what is wrong with them. Nothing is changed."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from uidmanager.core.errors import CancelledError, Problem, Severity, UidManagerError
from uidmanager.core.texts import visible
from uidmanager.gui.jobs import Latest
from uidmanager.gui.pages.scan_pane import ScanPane
from uidmanager.gui.theme import GAP, ROOM
from uidmanager.gui.widgets.elided_label import ElidedLabel
from uidmanager.gui.widgets.empty_page import EmptyPage
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.records import Record
    from uidmanager.dicom.scan import Scan
    from uidmanager.gui.session import Session

_EMPTY: Final = (
    "Drop files, folders or ZIP archives anywhere on the window, or choose them above. Each DICOM file is held against "
    "the registry. Nothing is changed, no link is followed."
)
_RUNNING: Final = (
    "The registry is taken as it was when this began. The files are listed here at the end, or once you cancel: what "
    "was found until then is kept."
)
_IN_TROUBLE: Final = (
    "The ledger is in trouble: numbers that were given may be missing here, so that files look rogue that are not."
)


class FilesPage(QWidget):
    """Scans files behind the window, one scan at a time; another one takes its place.

    Signals:
        opened(object): show this record on its own page
        copied(str): a sentence that says what was copied
    """

    opened = Signal(object)
    copied = Signal(str)
    title = "Files"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "files_page")
        self._session = session
        self._scanning = Latest(session.scanning)
        self._scan: Scan | None = None
        self._folder = QDir.homePath()
        self.files_button = named(QPushButton("Scan f&iles…", autoDefault=False), "scan_files_button")
        self.folder_button = named(QPushButton("Scan fol&der…", autoDefault=False), "scan_folder_button")
        self.heading = named(ElidedLabel(), "scan_heading", "What was scanned")
        self.progress = ProgressStrip("scan_progress")
        self.problems = ProblemList("scan_problems")
        self.pane = ScanPane(session)
        self.empty = named(EmptyPage("Whose files are these?", _EMPTY), "scan_empty_page")
        self.running = named(EmptyPage("Scanning", _RUNNING), "scan_running_page")
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """Be ready to choose files, or to look through what was found."""
        first = self.pane.table if self.stack.currentWidget() is self.pane else self.files_button
        first.setFocus()

    def show_record(self, _record: Record) -> bool:
        """No record lives on this page."""
        return False

    @Slot()
    def choose_files(self) -> None:
        """Ask for files, and scan them."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "Scan files", self._folder, "All files (*)")
        self._scan_chosen(chosen)

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder, and scan all that is in it."""
        chosen = QFileDialog.getExistingDirectory(self, "Scan a folder", self._folder)
        self._scan_chosen([chosen] if chosen else [])

    def scan(self, paths: Sequence[str]) -> bool:
        """Scan these files, folders and archives. Not while a scan, or a report of one, is under way: that is said.

        Answers whether it was begun.
        """
        if self._scanning.is_busy or self.pane.save_strip.is_busy:
            doing = "scan" if self._scanning.is_busy else "report of the last scan"
            sentence = f"A {doing} is under way. Wait for it or cancel it, then scan {_called(paths)}."
            self.problems.show_sentence(sentence, Severity.CAUTION)
            return False
        from uidmanager.dicom.scan import Scan  # noqa: PLC0415 (loaded when it is needed)

        self._let_go()
        try:
            scan = Scan(paths, self._session.still(), self._session.dicom_names)
        except UidManagerError as error:
            self.problems.show_sentence(str(error))
            return False
        self._begin(scan)
        return True

    # -- the page ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for page in (self.empty, self.running, self.pane):
            self.stack.addWidget(page)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.files_button)
        row.addWidget(self.folder_button)
        row.addWidget(self.heading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.problems)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.files_button.clicked.connect(self.choose_files)
        self.folder_button.clicked.connect(self.choose_folder)
        self.progress.cancel_asked.connect(self._scanning.cancel)
        self.pane.opened.connect(self.opened)
        self._session.closed.connect(self._let_go)

    # -- scanning ----------------------------------------------------------------------------------------------------

    def _scan_chosen(self, paths: Sequence[str]) -> None:
        if paths:
            self._folder = str(PurePath(paths[0]).parent)
            self.scan(paths)

    def _begin(self, scan: Scan) -> None:
        self._scan = scan
        self.problems.show_problems(())
        self.heading.tell(f"Scanning {_called(scan.paths)}")
        self.stack.setCurrentWidget(self.running)
        self._allow(is_allowed=False)
        self.progress.begin("Looking for files")

        def work(progress: Progress) -> None:
            scan.run(progress)

        self._scanning.start(work, self._done, self._failed, self.progress.show_progress)

    def _done(self, _nothing: None) -> None:
        self._end()
        if self._scan is not None:
            self._show(self._scan)

    def _failed(self, error: Exception) -> None:
        self._end()
        scan = self._scan
        if isinstance(error, CancelledError) and scan is not None:
            self._show(scan)
            return
        self._let_go()
        self.problems.show_failure(error, "The files could not be scanned; the fault is the program's.")

    def _show(self, scan: Scan) -> None:
        files, faulty = scan.tally.files, scan.tally.faulty
        found = f"{files:,} {'file' if files == 1 else 'files'}"
        wrong = f"{faulty:,} with faults" if faulty else "no faults"
        against = f"against entry {scan.registry.position:,}"
        self.heading.tell(f"{found} in {_called(scan.paths)}: {wrong}; {scan.seconds:,.1f} s, {against}")
        said = []
        if not scan.is_whole:
            said.append(f"Stopped after {scan.done:,} of {scan.found:,} files; what was found until then is shown. "
                        "Files were not compared with one another.")  # fmt: skip
        is_in_trouble = self._session.reading_trouble is not None
        if is_in_trouble:
            said.append(_IN_TROUBLE)
        self.problems.show_problems([Problem("", "", sentence, None, Severity.CAUTION) for sentence in said])
        self.pane.show_scan(scan)
        if is_in_trouble:
            self.pane.save_strip.withdraw("The ledger is in trouble, and a file would not tell that it is not all")
        self.stack.setCurrentWidget(self.pane)
        if self.isVisible():
            self.focus_first()

    def _end(self) -> None:
        self.progress.end()
        self._allow(is_allowed=True)

    def _allow(self, *, is_allowed: bool) -> None:
        for button in (self.files_button, self.folder_button):
            button.setEnabled(is_allowed)

    @Slot()
    def _let_go(self) -> None:
        """The rows of the last scan are not wanted any more."""
        scan, self._scan = self._scan, None
        self.pane.show_scan(None)
        self.heading.tell("")
        self.stack.setCurrentWidget(self.empty)
        if scan is not None:
            scan.close()


def _called(paths: Sequence[str]) -> str:
    """The paths in a sentence."""
    first = visible(paths[0])
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more"
