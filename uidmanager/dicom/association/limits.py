"""How long a wait may last: until a time limit is reached, or until somebody wants it to stop."""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from time import monotonic
from typing import Final, Self

from uidmanager.core.errors import CancelledError

READABLE: Final = selectors.EVENT_READ
WRITABLE: Final = selectors.EVENT_WRITE
_LONGEST_WAIT_S: Final = 1.0  # on Windows Ctrl-C is heard only between two waits


class TimeUpError(Exception):
    """The time limit was reached. ``got`` is what had arrived of what was waited for."""

    def __init__(self, got: bytes = b"") -> None:
        super().__init__(got)
        self.got = got


class Bell:
    """Rung on one thread, heard on another one while it waits for a socket."""

    def __init__(self) -> None:
        self._ear, self._clapper = socket.socketpair()
        self._ear.setblocking(False)
        self._clapper.setblocking(False)
        self.is_rung = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def fileno(self) -> int:
        """What a selector waits for."""
        return self._ear.fileno()

    def ring(self) -> None:
        """Wake whoever waits. May be done from any thread, as often as one likes."""
        self.is_rung = True
        with suppress(OSError):  # nobody needs to be woken twice, nor after the end
            self._clapper.send(b"!")

    def hush(self) -> None:
        """What was rung for has been seen to."""
        self.is_rung = False
        with suppress(OSError):
            self._ear.recv(4096)

    def close(self) -> None:
        """Let go of it."""
        self._ear.close()
        self._clapper.close()


class Limit:
    """An end for all waits that belong together, ``seconds`` from now. The bell ends them at once."""

    def __init__(self, seconds: float, bell: Bell) -> None:
        self.seconds = seconds
        self.bell = bell
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """How many seconds are left; never below zero."""
        return max(self._end - monotonic(), 0.0)

    def at_most(self, seconds: float) -> Limit:
        """The same limit, or one that ends earlier."""
        return Limit(min(seconds, self.left), self.bell)

    def check(self) -> None:
        """Raises `TimeUpError` when nothing is left, `CancelledError` when the bell was rung."""
        if self.bell.is_rung:
            raise CancelledError
        if not self.left:
            raise TimeUpError

    def wait(self, file: socket.socket | Bell, events: int) -> None:
        """Until the file is ready. Raises `TimeUpError`, and `CancelledError` when the bell rings."""
        with selectors.DefaultSelector() as selector:
            selector.register(file, events)
            selector.register(self.bell, READABLE)
            while True:
                self.check()
                if any(key.fileobj is file for key, _ in selector.select(min(self.left, _LONGEST_WAIT_S))):
                    return
