"""Labels are chosen, seen as they will be, and printed: into a file, by the system's printers, by a label printer.

The dialog loads what draws codes and fonts; so it is loaded when it is first opened.
"""

from uidmanager.gui.dialogs.labels.action import LabelsAction

__all__ = ["LabelsAction"]
