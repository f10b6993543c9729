"""A UID as it will be, large and in parts: the root, the arc, what is new; with the characters used and left."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from uidmanager.core.scheme import Meaning
from uidmanager.core.uid import MAX_LENGTH
from uidmanager.gui.theme import GAP, PREVIEW_SCALE, TIGHT, fixed_font, tones
from uidmanager.gui.widgets.breakable import BREAKABLE_DOT, BreakableLabel, breakable
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.scheme import Part
    from uidmanager.gui.theme import Tones


class UidPreview(QWidget):
    """Shows the parts of a UID in colour, says what they are, and copies the whole with one click."""

    def __init__(self, placeholder: str, name: str = "uid_preview", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self._parts: Sequence[Part] = ()
        self._uid = named(BreakableLabel(text_format=Qt.TextFormat.RichText), name, "UID")
        self._uid.let_keys_select()
        self._uid.setMinimumHeight(QFontMetrics(fixed_font(PREVIEW_SCALE)).height())  # nothing below it jumps
        self._meaning = named(QLabel(), "uid_meaning", "Parts and length of the UID")
        self._copy = named(QToolButton(), "copy_preview_button", "Copy the previewed UID")
        self._copy.setText("Copy")
        self._copy.setToolTip("Copy this UID")
        self._copy.clicked.connect(self._copy_uid)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self._uid, 1)
        line.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(line)
        column.addWidget(self._meaning)
        self.show_parts(())

    @property
    def uid(self) -> str:
        """The UID that is shown, as it would be copied; empty when there is none."""
        return ".".join(part.text for part in self._parts)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show another UID; no parts: show what to do."""
        self._parts = tuple(parts)
        self._uid.setFont(fixed_font(PREVIEW_SCALE) if parts else self.font())
        self._copy.setEnabled(bool(parts))
        self._uid.setAccessibleDescription(self.uid)
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()

    def _render(self) -> None:
        tone = tones(self)
        if not self._parts:
            self._uid.setText(_span(self._placeholder, tone.muted))
            self._meaning.setText(" ")
            return
        self._uid.setText(
            _span(BREAKABLE_DOT, tone.muted).join(
                _span(breakable(part.text), _colour(tone, part.meaning)) for part in self._parts
            )
        )
        used = len(self.uid)
        room = f"{MAX_LENGTH - used} left" if used <= MAX_LENGTH else f"{used - MAX_LENGTH} too many"
        has_index = self._parts[-1].meaning is Meaning.INDEX
        meanings = " · ".join(_span(_word(part, has_index), _colour(tone, part.meaning)) for part in self._parts)
        self._meaning.setText(meanings + _span(f" — {used} of {MAX_LENGTH} characters, {room}", tone.muted))

    def _copy_uid(self) -> None:
        QApplication.clipboard().setText(self.uid)


def _word(part: Part, has_index: bool) -> str:  # noqa: FBT001 (read at its one place)
    """What a part is; which arc it is that an index stands under is said, since it is not that of all the others."""
    return f"indexed arc {part.text}" if has_index and part.meaning is Meaning.ARC else part.meaning


def _colour(tone: Tones, meaning: Meaning) -> str:
    if meaning in {Meaning.ROOT, Meaning.SUFFIX}:  # what is around the part that we gave
        return tone.root
    return tone.arc if meaning is Meaning.ARC else tone.value


def _span(text: str, colour: str) -> str:
    return f'<span style="color:{colour}">{escape(text)}</span>'
