"""One light per toolkit: whether this root leaves it room, and the reason on hover and by keyboard."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from uidmanager.core.budget import Fit, lights
from uidmanager.gui.theme import ROOM, tones
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from uidmanager.core.budget import Light
    from uidmanager.gui.theme import Tones

SIGNS: Final = {Fit.FITS: "●", Fit.CAUTION: "◐", Fit.NO: "✕"}
_WORDS: Final = {Fit.FITS: "fits", Fit.CAUTION: "fits, with a caution", Fit.NO: "does not fit"}


class ToolkitLights(QWidget):
    """A row of lights for one installation root."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "toolkit_lights")
        self._lights: tuple[Light, ...] = ()
        self._labels: list[QLabel] = []
        self._all = QWidget()
        self._all.setObjectName("all_lights")
        self._all.hide()
        self._row = QHBoxLayout(self._all)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(ROOM)
        self._row.addStretch(1)
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._all)

    @property
    def shown(self) -> tuple[Light, ...]:
        """The lights as they are."""
        return self._lights

    def show_root(self, uid: str) -> None:
        """Show the lights of an installation root; an empty text puts them out."""
        shown = lights(uid) if uid else ()
        if shown != self._lights:
            self._lights = shown
            self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()

    def _render(self) -> None:
        tone = tones(self)
        while len(self._labels) < len(self._lights):
            label = QLabel(textFormat=Qt.TextFormat.RichText)
            label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.insertWidget(len(self._labels), label)
            self._labels.append(label)
        for label, light in zip(self._labels, self._lights, strict=False):
            colour = _colour(tone, light.fit)
            label.setText(f'<span style="color:{colour}">{SIGNS[light.fit]}</span>&nbsp;{escape(light.toolkit)}')
            label.setToolTip(f"<p>{escape(light.reason)}</p>")
            label.setAccessibleName(f"{light.toolkit}: {_WORDS[light.fit]}")
            label.setAccessibleDescription(light.reason)
        self._all.setVisible(bool(self._lights))  # one after the other, each would lay out the whole window


def _colour(tone: Tones, fit: Fit) -> str:
    if fit is Fit.FITS:
        return tone.fits
    return tone.caution if fit is Fit.CAUTION else tone.refused
