"""Labels are read back: each scan is judged at once, and what came of it is written to the ledger."""

from uidmanager.gui.dialogs.check_labels.action import CheckLabelsAction
from uidmanager.gui.dialogs.check_labels.dialog import CheckLabelsDialog

__all__ = ["CheckLabelsAction", "CheckLabelsDialog"]
