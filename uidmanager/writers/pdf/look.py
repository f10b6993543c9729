"""How a page looks: distances and sizes in points, colours as the light window has them (gui/theme)."""

from __future__ import annotations

from typing import Final

SIDE: Final = 42.0
"""The margin on the left and on the right."""
TOP: Final = 42.0
BOTTOM: Final = 30.0
GAP: Final = 10.0
"""Between columns."""

TITLE: Final = 19.0
HEADING: Final = 10.5
TEXT: Final = 8.0
SMALL: Final = 7.0
LEADING: Final = 1.36
"""From one line of text to the next, as a share of its size."""

INK: Final = "#1F2328"
MUTED: Final = "#57606A"
ACCENT: Final = "#0550AE"
CAUTION: Final = "#7A4B00"
RULE: Final = "#EAEEF2"
STRONG_RULE: Final = "#AFB8C1"
GROUND: Final = "#F6F8FA"
BAR: Final = "#5E8CC9"
