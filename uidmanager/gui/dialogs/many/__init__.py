"""Many at once: one list of serials, a preview of every row, one entry for all of them."""

from uidmanager.gui.dialogs.many.action import RangeAction
from uidmanager.gui.dialogs.many.checking import Wish
from uidmanager.gui.dialogs.many.dialog import ManyDialog

__all__ = ["ManyDialog", "RangeAction", "Wish"]
