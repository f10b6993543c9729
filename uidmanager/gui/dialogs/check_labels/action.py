"""The action that opens the check of labels, and keeps what is not written yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.gui.dialogs.check_labels.dialog import CheckLabelsDialog
from uidmanager.gui.dialogs.check_labels.keeping import OpenChecks
from uidmanager.gui.dialogs.opening_action import OpeningAction

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from uidmanager.gui.session import Session

_TIP: Final = "Read labels back: scan each one, and see whether it is the right one (Ctrl+Shift+L)"


class CheckLabelsAction(OpeningAction[CheckLabelsDialog]):
    """Opens it on the print run that was told last, else on the last one that is open."""

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        super().__init__("Check labels…", name, _TIP, parent)
        self._session = session
        self._parent = parent
        self._entry: int | None = None
        self._checks = OpenChecks(session, self)

    def offer(self, entry: int | None) -> None:
        """Begin with this print run; None: with the last one that is open."""
        self._entry = entry

    def made(self) -> CheckLabelsDialog:
        """The dialog on that run."""
        return CheckLabelsDialog(self._session, self._checks, self._entry, self._parent)

    def mind_closing(self, _dialog: CheckLabelsDialog) -> None:
        """What is written need not be kept; the next run is another."""
        self._entry = None
        self._checks.let_go()
