"""A part that is shown before it is put into its page flashes up as a window, and takes the focus with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from uidmanager.gui.main_window.registry_view import RegistryView
from uidmanager.gui.pages.welcome import WelcomePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Service
    from uidmanager.gui.session import Session


class Watch(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched.objectName() or repr(watched))
        return False


def test_while_the_pages_are_made(
    qtbot: QtBot, qapp: QApplication, desk: Desk, stocked: Service, session: Session
) -> None:
    watch = Watch()
    qapp.installEventFilter(watch)
    view, welcome = RegistryView(session, []), WelcomePage(desk)
    qapp.removeEventFilter(watch)
    for page in (view, welcome):
        qtbot.addWidget(page)
    assert watch.shown == []
