"""Taking over a spreadsheet: the file, its columns, a verdict on each row, one entry."""

from uidmanager.gui.dialogs.take_over.action import TakeOverAction
from uidmanager.gui.dialogs.take_over.dialog import TakeOverDialog

__all__ = ["TakeOverAction", "TakeOverDialog"]
