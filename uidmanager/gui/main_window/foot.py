"""The line at the window's foot: which ledger, how many entries up to which head, whether it is verified, who works."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel, QStatusBar, QToolButton, QWidget

from uidmanager.gui.theme import GAP
from uidmanager.gui.times import local_clock
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.app.ports import Person
    from uidmanager.gui.session import Session

MESSAGE_MS: Final = 5000
_SHOWN_OF_HEAD: Final = 12


class Foot(QStatusBar):
    """Tells the ledger's state at any time; passing messages stand to the left of it.

    Signals:
        copied(str): a sentence that says what was copied
    """

    copied = Signal(str)

    def __init__(self, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "foot")
        self.setSizeGripEnabled(False)
        self._session: Session | None = None
        self._head = ""
        self._read_at = ""
        self._ledger = named(QLabel(), "status_ledger", "Ledger")
        self._entries = named(QLabel(), "status_entries", "Entries")
        self._head_button = named(QToolButton(autoRaise=True), "status_head", "Head of the ledger")
        self._head_button.clicked.connect(self._copy_head)
        self._verified = named(QLabel(), "status_verified", "State of the ledger")
        self._person = named(QLabel(f"{person.name} · {person.station}"), "status_person", "User and station")
        self._person.setToolTip("Who works here, and at which station; every entry is written with both")
        for widget in (self._ledger, self._entries, self._head_button, self._verified, self._person):
            widget.setContentsMargins(GAP, 0, GAP, 0)
            self.addPermanentWidget(widget)
        self.follow(None, "")

    def say(self, sentence: str) -> None:
        """A message that passes."""
        self.showMessage(sentence, MESSAGE_MS)

    def follow(self, session: Session | None, read_at: str) -> None:
        """Tell of this session from now on; its ledger was read and checked at this time (UTC)."""
        self._session = session
        self._read_at = read_at
        for widget in (self._ledger, self._entries, self._head_button, self._verified):
            widget.setVisible(session is not None)
        if session is not None:
            where = session.service.ledger.name
            self._ledger.setText(PurePath(where).name)
            self._ledger.setToolTip(where)
            for changed in (session.took_in, session.trouble_found, session.trouble_passed):
                changed.connect(self._tell)
            session.verified.connect(self._tell_verified)
            self._tell()

    @Slot()
    def _tell(self) -> None:
        session = self._session
        if session is None:
            return
        with session.service.look() as registry:
            entries, self._head = registry.position, registry.head
        self._entries.setText(f"{entries:,} {'entry' if entries == 1 else 'entries'}")
        self._head_button.setText(self._head[:_SHOWN_OF_HEAD])
        self._head_button.setToolTip(
            f"The head of the ledger: {self._head}\nIt stands for all entries up to here. Click to copy it."
        )
        self._tell_state(session)

    @Slot()
    def _tell_verified(self) -> None:
        """The whole ledger was read anew, just now."""
        if self._session is not None:
            self._read_at = self._session.service.world.now()
            self._tell()

    def _tell_state(self, session: Session) -> None:
        if session.trouble is not None:
            self._verified.setText("⚠ not writable")
            self._verified.setToolTip(str(session.trouble))
            return
        found = session.verification
        if found is not None and found.trouble is not None:
            self._verified.setText("⚠ verification failed")
            self._verified.setToolTip(str(found.trouble))
            return
        self._verified.setText(f"✓ verified {local_clock(self._read_at)}")
        self._verified.setToolTip(
            "Every entry was checked against the chain when it was first read here, and stands there byte for byte "
            "as it did. Verify, on the History page, reads every one anew."
        )

    @Slot()
    def _copy_head(self) -> None:
        QApplication.clipboard().setText(self._head)
        self.copied.emit(f"Copied: {self._head}")
