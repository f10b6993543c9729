"""File → Copies and backup: the ledger beside its copies, backing up, restoring, repairing."""

from uidmanager.gui.dialogs.copies.dialog import CopiesDialog

__all__ = ["CopiesDialog"]
