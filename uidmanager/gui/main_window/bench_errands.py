"""What the menus do at the bench: many serials at once, labels, and reading them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from uidmanager.gui.pages.installations import InstallationsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.gui.main_window.registry_view import RegistryView


class BenchErrands(QObject):
    """Opens the dialogs of the page of installations. ``view_shown`` brings the registry that is open to the front."""

    def __init__(self, view_shown: Callable[[], RegistryView | None], parent: QObject) -> None:
        super().__init__(parent)
        self._view_shown = view_shown

    @Slot()
    def assign_many(self) -> None:
        """Many serials at once."""
        page = self._page()
        if page is not None:
            page.form.range_action.open()

    @Slot()
    def print_labels(self) -> None:
        """Labels of the units that are chosen; the dialog says so where none is."""
        page = self._page()
        if page is not None:
            page.labels.open()

    @Slot()
    def check_labels(self) -> None:
        """Labels are read back."""
        page = self._page()
        if page is not None:
            page.check_labels.open()

    def _page(self) -> InstallationsPage | None:
        view = self._view_shown()
        return None if view is None else view.show_page(InstallationsPage)
