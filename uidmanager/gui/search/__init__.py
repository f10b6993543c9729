"""Ctrl+K: one line that finds any record and any command, from anywhere."""

from uidmanager.gui.search.palette import SearchPalette

__all__ = ["SearchPalette"]
