"""The action that opens the dialog of labels on the units that are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from uidmanager.gui.dialogs.opening_action import OpeningAction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from uidmanager.gui.dialogs.labels.dialog import LabelsDialog
    from uidmanager.gui.session import Session

_TIP: Final = "Print labels of the units chosen in the table (Ctrl+L)"


class LabelsAction(OpeningAction["LabelsDialog"]):
    """``chosen`` answers the components of the units, in the order in which they were assigned.

    Signals:
        check_asked(int): the labels printed in this entry are to be read back
    """

    check_asked = Signal(int)

    def __init__(self, session: Session, name: str, chosen: Callable[[], Sequence[str]], parent: QWidget) -> None:
        super().__init__("Labels…", name, _TIP, parent)
        self._session = session
        self._chosen = chosen
        self._parent = parent

    def made(self) -> LabelsDialog:
        """The dialog on what is chosen now."""
        from uidmanager.gui.dialogs.labels.dialog import LabelsDialog  # noqa: PLC0415 (fonts; most never print a label)

        dialog = LabelsDialog(self._session, self._chosen(), self._parent)
        dialog.check_asked.connect(self.check_asked)
        return dialog
