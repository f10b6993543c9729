from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from uidmanager.core.errors import Severity
from uidmanager.gui.theme import DARK, DARK_GROUNDS, LIGHT, LIGHT_GROUNDS, Appearance, Grounds, Tones, apply_theme
from uidmanager.gui.widgets.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

GROUNDS = (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.AlternateBase)


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, Appearance.LIGHT)


@pytest.mark.parametrize(("appearance", "tones"), [(Appearance.LIGHT, LIGHT), (Appearance.DARK, DARK)])
def test_every_tone_can_be_read_on_every_ground(qapp: QApplication, appearance: Appearance, tones: Tones) -> None:
    apply_theme(qapp, appearance)
    palette = qapp.palette()
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


@pytest.mark.parametrize(
    ("appearance", "tones", "grounds"),
    [(Appearance.LIGHT, LIGHT, LIGHT_GROUNDS), (Appearance.DARK, DARK, DARK_GROUNDS)],
)
def test_a_message_across_the_window_can_be_read(
    qapp: QApplication, appearance: Appearance, tones: Tones, grounds: Grounds
) -> None:
    apply_theme(qapp, appearance)
    text = qapp.palette().color(QPalette.ColorRole.WindowText)
    for ground, tone in (
        (grounds.refused, tones.refused),
        (grounds.caution, tones.caution),
        (grounds.notice, tones.arc),
    ):
        assert contrast(QColor(tone), QColor(ground)) >= 4.5
        assert contrast(text, QColor(ground)) >= 4.5


def test_a_message_that_stands_there_changes_with_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, Appearance.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    banner = Banner("some_banner", window)
    window.show()
    for severity in Severity:
        banner.tell("Look at this.", severity)
        light = ground_of(banner)
        apply_theme(qapp, Appearance.DARK)
        qtbot.waitUntil(lambda: contrast(light, ground_of(banner)) > 4.5)  # noqa: B023 (waited for at once)
        apply_theme(qapp, Appearance.LIGHT)
        qtbot.waitUntil(lambda: ground_of(banner) == light)  # noqa: B023


def ground_of(banner: Banner) -> QColor:
    return banner.palette().color(QPalette.ColorRole.Window)
