"""What the last scan was, so large that it is read at arm's length; and how far the run is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from uidmanager.core.label_checks import LabelVerdict
from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, ROOM, TIGHT, Tones, tones
from uidmanager.gui.widgets.breakable import BreakableLabel
from uidmanager.gui.widgets.card import Card
from uidmanager.gui.widgets.glyphs import drawn
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.core.checking import Scan

_SCALE: Final = 2.2
_SENTENCE_SCALE: Final = 1.2


class Look(NamedTuple):
    """How a verdict is shown: a sign, a word, and the tone of both."""

    sign: str
    word: str
    tone: Callable[[Tones], str]


LOOKS: Final[dict[LabelVerdict | None, Look]] = {
    LabelVerdict.MATCH: Look("✓", "Match", lambda tone: tone.fits),
    LabelVerdict.WRONG_UNIT: Look("✕", "Wrong unit", lambda tone: tone.refused),
    LabelVerdict.NOT_IN_BATCH: Look("✕", "Not in this batch", lambda tone: tone.refused),
    LabelVerdict.TWICE: Look("◐", "Twice", lambda tone: tone.caution),
    None: Look("→", "Now its label", lambda tone: tone.arc),
}
_READY: Final = Look("ℹ", "Ready", lambda tone: tone.muted)


class VerdictCard(Card):
    """Shows one scan, or what to do while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        named(self, "verdict_card")
        self._look = _READY
        self._sign = _large(QLabel(), _SCALE)
        self._word = _large(named(QLabel(), "verdict_word", "Verdict"), _SCALE)
        self._words = _large(named(BreakableLabel(), "verdict_sentence", "What the scan was"), _SENTENCE_SCALE)
        row = QHBoxLayout()
        row.setSpacing(ROOM)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(TIGHT)
        column.addWidget(self._word)
        column.addWidget(self._words)
        row.addLayout(column, 1)
        self.body.setContentsMargins(ROOM, GAP, ROOM, GAP)
        self.body.addLayout(row)
        lines = 2 * self._words.fontMetrics().lineSpacing()
        self._words.setMinimumHeight(lines)  # nothing below must jump from scan to scan
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_scan(self, scan: Scan) -> None:
        """Say what a scan was."""
        self._show(LOOKS[scan.verdict], scan.sentence)

    def show_ready(self, sentence: str) -> None:
        """Say what to do."""
        self._show(_READY, sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _show(self, look: Look, sentence: str) -> None:
        self._look = look
        self._sign.setText(look.sign)
        self._word.setText(look.word)
        self._words.setText(drawn(visible(sentence)))
        self._word.setAccessibleDescription(f"{look.word}. {visible(sentence)}")
        self._colour()
        QAccessible.updateAccessibility(QAccessibleEvent(self._word, QAccessible.Event.DescriptionChanged))

    def _colour(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(self._look.tone(tones(self))))
        for label in (self._sign, self._word):
            label.setPalette(palette)


def _large(label: BreakableLabel | QLabel, scale: float) -> QLabel:
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(scale > _SENTENCE_SCALE)
    label.setFont(font)
    return label
