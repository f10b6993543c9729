"""How the window looks: Fusion with a palette of our own, light and dark, following the system. Distances and tones."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

TIGHT: Final = 4
GAP: Final = 8
ROOM: Final = 16
AIR: Final = 24
PREVIEW_SCALE: Final = 1.4


class Appearance(StrEnum):
    """What the user chose under View → Appearance."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tones(NamedTuple):
    """Colours with a meaning; each is at least 4.5:1 on the window and on the base."""

    root: str
    arc: str
    value: str
    fits: str
    caution: str
    refused: str
    muted: str
    accent: str


LIGHT: Final = Tones("#57606A", "#0550AE", "#116329", "#116329", "#7A4B00", "#B42318", "#57606A", "#0550AE")
DARK: Final = Tones("#9DA7B3", "#79C0FF", "#7EE787", "#56D364", "#F0B232", "#FF7B72", "#9DA7B3", "#79C0FF")


class Grounds(NamedTuple):
    """What a message across the window stands on; text and the tone of its sign are at least 4.5:1 on it."""

    refused: str
    caution: str
    notice: str


LIGHT_GROUNDS: Final = Grounds("#FFEBE9", "#FFF4D6", "#DDEEFF")
DARK_GROUNDS: Final = Grounds("#3A1B1D", "#33270D", "#13273F")

_Role = QPalette.ColorRole
_LIGHT_PALETTE: Final = {
    _Role.Window: "#F6F8FA",
    _Role.WindowText: "#1F2328",
    _Role.Base: "#FFFFFF",
    _Role.AlternateBase: "#F6F8FA",
    _Role.Text: "#1F2328",
    _Role.PlaceholderText: "#6E7781",
    _Role.Button: "#EEF1F4",
    _Role.ButtonText: "#1F2328",
    _Role.BrightText: "#B42318",
    _Role.ToolTipBase: "#24292F",
    _Role.ToolTipText: "#F6F8FA",
    _Role.Highlight: "#0550AE",
    _Role.HighlightedText: "#FFFFFF",
    _Role.Accent: "#0550AE",
    _Role.Link: "#0550AE",
    _Role.LinkVisited: "#0550AE",
    _Role.Light: "#FFFFFF",
    _Role.Midlight: "#EAEEF2",
    _Role.Mid: "#D0D7DE",
    _Role.Dark: "#AFB8C1",
    _Role.Shadow: "#6E7781",
}
_DARK_PALETTE: Final = {
    _Role.Window: "#22272E",
    _Role.WindowText: "#E6EDF3",
    _Role.Base: "#161A20",
    _Role.AlternateBase: "#1B2027",
    _Role.Text: "#E6EDF3",
    _Role.PlaceholderText: "#8B949E",
    _Role.Button: "#363D47",
    _Role.ButtonText: "#E6EDF3",
    _Role.BrightText: "#FF7B72",
    _Role.ToolTipBase: "#E6EDF3",
    _Role.ToolTipText: "#161B22",
    _Role.Highlight: "#1F6FEB",
    _Role.HighlightedText: "#FFFFFF",
    _Role.Accent: "#79C0FF",
    _Role.Link: "#79C0FF",
    _Role.LinkVisited: "#79C0FF",
    _Role.Light: "#444C56",
    _Role.Midlight: "#373E47",
    _Role.Mid: "#444C56",
    _Role.Dark: "#5A636E",
    _Role.Shadow: "#010409",
}


def apply_theme(app: QApplication, appearance: Appearance) -> None:
    """Dress the application; asked again whenever the system's scheme or the user's choice changes."""
    app.setStyle("Fusion")
    app.setPalette(_palette(_DARK_PALETTE if _is_wanted_dark(app, appearance) else _LIGHT_PALETTE))


def tones(widget: QWidget) -> Tones:
    """The tones that go with the widget's palette."""
    return DARK if is_dark(widget) else LIGHT


def grounds(widget: QWidget) -> Grounds:
    """The grounds of messages that go with the widget's palette."""
    return DARK_GROUNDS if is_dark(widget) else LIGHT_GROUNDS


def is_dark(widget: QWidget) -> bool:
    """Whether the widget stands on a dark ground."""
    return _is_dark(widget.palette())


def fixed_font(scale: float = 1.0) -> QFont:
    """The system's fixed font, in which UIDs are set."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF() * scale)
    return font


def _is_wanted_dark(app: QApplication, appearance: Appearance) -> bool:
    """The system's scheme is seen by what Fusion makes of it: to ask for its name takes longer than an empty window."""
    if appearance is Appearance.SYSTEM:
        return _is_dark(app.style().standardPalette())
    return appearance is Appearance.DARK


def _is_dark(palette: QPalette) -> bool:
    return palette.color(_Role.Window).lightness() < 128  # noqa: PLR2004 (half of 255)


def _palette(colours: dict[QPalette.ColorRole, str]) -> QPalette:
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    faint = QColor(colours[_Role.PlaceholderText])
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(colours[_Role.Mid]))
    return palette
