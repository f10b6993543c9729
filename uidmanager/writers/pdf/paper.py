"""The sheets that a report can be printed on."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """A sheet by its name."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it stands upright, in points of 1/72 inch."""
        return (595.28, 841.89) if self is Paper.A4 else (612.0, 792.0)
