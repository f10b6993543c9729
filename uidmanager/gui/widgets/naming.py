"""Names of widgets: one by which tests find them, one that assistive technology speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_Widget = TypeVar("_Widget", bound="QWidget")


def named(widget: _Widget, name: str, spoken: str = "") -> _Widget:
    """The same widget with its object name (snake_case) and the name that is read aloud."""
    widget.setObjectName(name)
    if spoken:
        widget.setAccessibleName(spoken)
    return widget
