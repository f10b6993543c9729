"""Every widget that takes the focus says its name, can be found by a test, and has no other's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QWidget

from uidmanager.gui.pages.files import FilesPage
from uidmanager.gui.pages.history import HistoryPage
from uidmanager.gui.pages.identify import IdentifyPage
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.pages.releases import ReleasesPage
from uidmanager.gui.pages.reports import ReportsPage
from uidmanager.gui.pages.welcome import WelcomePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Service
    from uidmanager.gui.session import Session

OF_THE_MENUS = {f"Alt+{key}" for key in "FEGVH"}
_INSIDE_OTHERS = (QComboBox, QAbstractSpinBox, QLineEdit)


def ours(page: QWidget) -> list[QWidget]:
    """The widgets that take the focus, but for Qt's own: inside a field, in a list that drops down."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is page
        and not isinstance(widget.parent(), _INSIDE_OTHERS)
        and not widget.objectName().startswith("qt_")
    ]


def check(page: QWidget) -> None:
    silent = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in ours(page)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert silent == []
    lost = [
        f"{type(widget).__name__} {getattr(widget, 'text', str)()}"
        for widget in ours(page)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and not widget.objectName()
    ]
    assert lost == []
    keys = mnemonics(page)
    assert not OF_THE_MENUS.intersection(keys), keys
    assert sorted(set(keys)) == sorted(keys)


def mnemonics(page: QWidget) -> list[str]:
    """The keys that go somewhere together with Alt. Two tables on a page may both show what they hide."""
    labels = [label.text() for label in page.findChildren(QLabel) if label.buddy() is not None]
    buttons = [b.text() for b in page.findChildren(QAbstractButton) if b.objectName() != "show_hidden_check"]
    return [key for text in (*labels, *buttons) if (key := QKeySequence.mnemonic(text).toString())]


def test_the_welcome_page(qtbot: QtBot, desk: Desk) -> None:
    page = WelcomePage(desk)
    qtbot.addWidget(page)
    page.show()
    page.found_form.root_edit.setText("1.2.826.0.1.3680043.2.50")
    check(page)


@pytest.mark.parametrize("kind", [InstallationsPage, ReleasesPage, IdentifyPage, HistoryPage, ReportsPage, FilesPage])
def test_a_page(qtbot: QtBot, stocked: Service, session: Session, kind: Callable[[Session], QWidget]) -> None:
    page = kind(session)
    qtbot.addWidget(page)
    page.show()
    check(page)
