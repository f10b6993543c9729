"""The window: its frame, its menus, the line at its foot; the pages are in it, what it remembers is beside it."""

from uidmanager.gui.main_window.state import WindowState
from uidmanager.gui.main_window.window import MainWindow

__all__ = ["MainWindow", "WindowState"]
