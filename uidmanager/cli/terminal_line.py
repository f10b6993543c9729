"""A line on a terminal that is written over and over, and gone at the end."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


class TerminalLine:
    """Where stderr is a terminal; see `on_stderr`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._width = 0

    @classmethod
    def on_stderr(cls) -> TerminalLine | None:
        """None where nobody would see it."""
        return cls(sys.stderr) if sys.stderr is not None and sys.stderr.isatty() else None

    def show(self, text: str) -> None:
        """Show this instead of what was there."""
        self._write(f"\r{text:<{self._width}}")
        self._width = max(self._width, len(text))

    def wipe(self) -> None:
        """Leave nothing of it."""
        if self._width:
            self._write(f"\r{' ' * self._width}\r")

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()
