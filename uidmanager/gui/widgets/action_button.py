"""A button for an action that something else decides about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


def button_of(action: QAction) -> QToolButton:
    """A button that is there while the action can be done."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName(action.objectName().removesuffix("_action") + "_button")
    button.setVisible(False)
    action.enabledChanged.connect(button.setVisible)
    return button
