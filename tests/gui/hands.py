"""How the tests of the window find and use its widgets: by their names, as assistive technology does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QToolButton,
    QWidget,
)

from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.gui.main_window import MainWindow


def edit(page: QWidget, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def combo(page: QWidget, name: str) -> QComboBox:
    found = page.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def pick(page: QWidget, name: str, text: str) -> None:
    """Choose the item with this text."""
    found = combo(page, name)
    assert found.findText(text) >= 0, [found.itemText(index) for index in range(found.count())]
    found.setCurrentIndex(found.findText(text))


def button(page: QWidget, name: str) -> QPushButton | QToolButton:
    found = page.findChild(QPushButton, name) or page.findChild(QToolButton, name)
    assert isinstance(found, QPushButton | QToolButton)
    return found


def rows(page: QWidget, name: str) -> list[list[str]]:
    table = page.findChild(QTableView, name)
    assert isinstance(table, QTableView)
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def problems(page: QWidget, name: str = "preview_problems") -> list[str]:
    found = page.findChild(ProblemList, name)
    assert isinstance(found, ProblemList)
    return [problem.code for problem in found.problems]


def said(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def act(page: QWidget, name: str) -> None:
    found = page.findChild(QAction, name)
    assert isinstance(found, QAction)
    assert found.isEnabled()
    found.trigger()


def type_in(widget: QWidget, text: str) -> None:
    """Type, key by key."""
    QTest.keyClicks(widget, text)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key."""
    QTest.keyClick(widget, key, modifier)


def click(widget: QWidget) -> None:
    """Click in the middle."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def page_in(stack: QStackedWidget) -> str:
    """The name of what a stack shows."""
    shown = stack.currentWidget()
    assert shown is not None
    return shown.objectName()


def sent_by(blocker: Any) -> Any:
    """What a signal that was waited for has carried."""
    assert blocker.args
    return blocker.args[0]


def open_in(qtbot: QtBot, window: MainWindow, where: Path) -> None:
    with qtbot.waitSignal(window.registry_shown):
        window.open_ledger(str(where))
