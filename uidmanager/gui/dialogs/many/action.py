"""The action that opens the dialog for many serials, and keeps what was typed into it until it is assigned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from uidmanager.gui.dialogs.many.dialog import ManyDialog
from uidmanager.gui.dialogs.opening_action import OpeningAction

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from uidmanager.gui.dialogs.many.checking import Wish
    from uidmanager.gui.session import Session

_TIP: Final = "Assign many serials at once: a range, a list, the next fifty (Ctrl+R)"


class RangeAction(OpeningAction[ManyDialog]):
    """A dialog that is closed with something in it is opened with the same; ``proposed`` is what a new one begins with.

    Signals:
        assigned(list[Installation]): all of these have their roots now, those that had them before as well
    """

    assigned = Signal(object)

    def __init__(self, session: Session, proposed: Callable[[], Wish], parent: QWidget) -> None:
        super().__init__("Range…", "range", _TIP, parent)
        self._session = session
        self._parent = parent
        self._proposed = proposed
        self._kept: Wish | None = None

    def made(self) -> ManyDialog:
        """The dialog as it was left."""
        dialog = ManyDialog(self._session, self._kept or self._proposed(), self._parent)
        dialog.assigned.connect(self.assigned)
        return dialog

    def mind_closing(self, dialog: ManyDialog) -> None:
        """Keep what is not assigned yet."""
        self._kept = dialog.wish if dialog.wish.text.strip() else None
