"""How fast keys come: nobody types as a scanner does."""

from __future__ import annotations

from typing import Final

_AVERAGE_MS: Final = 35  # scanners need 1 to 20; a person who rolls over the keys 60, and never often in a row
_LONGEST_MS: Final = 150  # a computer under load keeps a key waiting now and then
_HELD_MS: Final = 15  # a key that is held down comes again more slowly than this
_LEAST: Final = 4


class Pace:
    """A run of characters, of which each came soon after the one before.

    It goes by the times that key events bear, so that a window that was busy for a moment is not fooled. Events
    without a time, as programs make them, are no scanner's.
    """

    def __init__(self) -> None:
        self._first = 0
        self._last = 0
        self.length = 0

    @property
    def is_fast(self) -> bool:
        """Whether more than one came, and on average at a scanner's speed."""
        return self.length > 1 and self._last - self._first <= _AVERAGE_MS * (self.length - 1)

    def note(self, at: int, *, is_repeat: bool = False) -> bool:
        """A character was typed; whether it goes on with the run before it.

        Qt calls a key repeated, as if it were held down, also where a scanner pressed it twice in a row (on X11).
        """
        goes_on = self._is_near(at) and not (is_repeat and at - self._last > _HELD_MS)
        if not goes_on:
            self._first, self.length = at, 0
        self._last = at
        self.length += 1
        return goes_on

    def is_scan(self, at: int) -> bool:
        """Whether a key that comes now belongs to a run which only a scanner can have typed."""
        return self.length >= _LEAST and self.is_fast and self._is_near(at)

    def end(self) -> None:
        """Whatever comes next is a new run."""
        self._first = self._last = self.length = 0

    def _is_near(self, at: int) -> bool:
        return bool(at and self._last) and 0 <= at - self._last <= _LONGEST_MS
