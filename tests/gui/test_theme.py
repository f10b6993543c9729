from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette

from uidmanager.gui.theme import DARK, LIGHT, Appearance, Tones, apply_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

GROUNDS = (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.AlternateBase)


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("appearance", "tones"), [(Appearance.LIGHT, LIGHT), (Appearance.DARK, DARK)])
def test_every_tone_can_be_read_on_every_ground(qapp: QApplication, appearance: Appearance, tones: Tones) -> None:
    apply_theme(qapp, appearance)
    palette = qapp.palette()
    try:
        for name, tone in tones._asdict().items():
            for ground in GROUNDS:
                found = contrast(QColor(tone), palette.color(ground))
                assert found >= 4.5, f"{name} on {ground.name}: {found:.2f}"
        for text, ground in (
            (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
            (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
            (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
            (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
        ):
            assert contrast(palette.color(text), palette.color(ground)) >= 4.5, text.name
    finally:
        apply_theme(qapp, Appearance.LIGHT)
