"""How fast keys come: nobody types as a scanner does."""

from __future__ import annotations

from typing import Final

_GAP_MS: Final = 35  # scanners need 1 to 20; a person who rolls over the keys 60, and never often in a row
_LEAST: Final = 4


class Pace:
    """The run of characters that came at a scanner's speed.

    It goes by the times that key events bear, so that a window that was busy for a moment is not fooled. Events
    without a time, as programs make them, are no scanner's.
    """

    def __init__(self) -> None:
        self._last = 0
        self.length = 0

    def note(self, at: int) -> bool:
        """A character was typed; whether it goes on with the run before it."""
        goes_on = self._is_near(at)
        self.length = self.length + 1 if goes_on else 1
        self._last = at
        return goes_on

    def is_scan(self, at: int) -> bool:
        """Whether a key that comes now belongs to a run which only a scanner can have typed."""
        return self.length >= _LEAST and self._is_near(at)

    def end(self) -> None:
        """Whatever comes next is a new run."""
        self.length = 0
        self._last = 0

    def _is_near(self, at: int) -> bool:
        return bool(at and self._last) and 0 <= at - self._last <= _GAP_MS
