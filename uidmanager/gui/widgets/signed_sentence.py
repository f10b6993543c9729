"""A sentence with a sign before it, so that colour is not the only one; with a way to the file it speaks of."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, tones
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.folder_button import FolderButton
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence


class Sign(Enum):
    """What stands before the sentence: all is well, mind this, this cannot be, for your information."""

    FITS = "✓"
    CAUTION = "◐"
    REFUSED = "✕"
    NOTICE = "ℹ"


class SignedSentence(QWidget):
    """Hidden until there is something to say. Long paths in it go on in the next line, and are whole when copied."""

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Sign.NOTICE
        self._sentence = ""
        self._mark = QLabel()
        self._words = named(BreakableLabel(), name, spoken)
        self._words.let_keys_select()
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._folder = FolderButton(f"{name}_folder_button")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._folder, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._sentence

    @property
    def sign(self) -> Sign:
        """What stands before it."""
        return self._sign

    def tell(self, sentence: str, sign: Sign, places: Sequence[str] = (), file: str | None = None) -> None:
        """Say this instead of what was said before.

        ``places`` are the paths in it, ``file`` the one whose folder can be shown.
        """
        self._sentence, self._sign = visible(sentence), sign
        self._folder.file = None if file is None else Path(file)
        words = self._sentence
        for place in sorted(set(places), key=len, reverse=True):
            words = words.replace(visible(place), breakable(visible(place)))
        self._words.setText(words)
        self._words.setAccessibleDescription(self._sentence)
        self._folder.setVisible(file is not None)
        self._mark.setText(sign.value)
        self._colour()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._words, QAccessible.Event.DescriptionChanged))

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        tone = tones(self)
        colours = {
            Sign.FITS: tone.fits,
            Sign.CAUTION: tone.caution,
            Sign.REFUSED: tone.refused,
            Sign.NOTICE: tone.muted,
        }
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours[self._sign]))
        self._mark.setPalette(palette)
