"""Waiting for devices that can only call: several at a time, each within limits, none of them trusted."""

from __future__ import annotations

import selectors
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, Self

from msgspec import Struct

from uidmanager.app.ports import no_progress
from uidmanager.core.devices import Device
from uidmanager.core.errors import CancelledError, UidManagerError
from uidmanager.core.fleet import Contact
from uidmanager.dicom.association import messages, troubles
from uidmanager.dicom.association.answering import FULL, answer
from uidmanager.dicom.association.limits import READABLE, Bell, Limit, TimeUpError
from uidmanager.dicom.association.line import HungUpError, Line, TlsFailedError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from uidmanager.app.ports import Progress
    from uidmanager.dicom.association.identity import Identity

LOOPBACK: Final = "127.0.0.1"
MOST_AT_ONCE: Final = 8
SECONDS_EACH: Final = 30.0
_LOOK_S: Final = 0.25
_FOR_EVER_S: Final = 10 * 365 * 86400.0
_BACKLOG: Final = 16


class CannotListenError(UidManagerError):
    """The port cannot be had."""

    code = "listen.port"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"Nobody can be waited for at {where} ({reason}). Choose another port, above 1023 where you are not the "
            "administrator, and an address of this computer."
        )


class Patience(Struct, frozen=True):
    """When waiting ends: after so many devices that announced something, after so many seconds; None for never."""

    devices: int | None = None
    seconds: float | None = None


class Listener:
    """A port that is listened on. ``turned_away`` counts those for whom there was no room."""

    def __init__(
        self, bind: str, port: int, ours: Identity, *, seconds: float = SECONDS_EACH, tls: ssl.SSLContext | None = None
    ) -> None:
        """Take the port; 0 for any that is free. Raises `CannotListenError`."""
        self._ours = ours
        self._seconds = seconds
        self._tls = tls
        self._wake = Bell()
        self._came: SimpleQueue[Contact | Exception] = SimpleQueue()
        self._under_way = 0
        self.turned_away = 0
        try:
            family, _, _, _, address = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM)[0]
            self._socket = socket.create_server(address, family=family, backlog=_BACKLOG)
        except (OSError, UnicodeError, OverflowError) as error:
            self._wake.close()
            reason = getattr(error, "strerror", None) or str(error)
            raise CannotListenError(Device(bind, port).address, reason) from error
        self._socket.setblocking(False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where it listens: ``HOST:PORT``."""
        host, port = self._socket.getsockname()[:2]
        return Device(host, port).address

    def close(self) -> None:
        """Let go of the port."""
        self._socket.close()
        self._wake.close()

    def serve(self, told: Callable[[Contact], None], patience: Patience, progress: Progress = no_progress) -> int:
        """Until patience ends; ``told`` of each contact as it ends, on this thread. How many announced something.

        ``progress`` is asked several times a second and may stop it. Whoever still talks at the end is hung up on.
        """
        announced = 0
        with Bell() as bell, ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="answer") as pool:
            limit = Limit(_FOR_EVER_S if patience.seconds is None else patience.seconds, bell)
            try:
                while limit.left and (patience.devices is None or announced < patience.devices):
                    progress("Waiting for devices", 0)
                    if self._is_called(min(limit.left, _LOOK_S)):
                        self._take_call(pool, bell)
                    announced += self._tell(told)
            finally:
                bell.ring()
        return announced + self._tell(told)

    def _is_called(self, seconds: float) -> bool:
        """Wait for a call or for the end of an association, whichever comes first; whether it is a call."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, READABLE)
            selector.register(self._wake, READABLE)
            ready = [key.fileobj for key, _ in selector.select(seconds)]
        if self._wake in ready:
            self._wake.hush()
        return self._socket in ready

    def _take_call(self, pool: ThreadPoolExecutor, bell: Bell) -> None:
        try:
            connected, (host, port, *_) = self._socket.accept()
        except OSError:  # gone again before it was taken
            return
        if self._under_way == MOST_AT_ONCE:
            self.turned_away += 1
            connected.setblocking(False)
            with suppress(OSError):
                connected.send(messages.association_rejection(*FULL))
            connected.close()
            return
        self._under_way += 1
        pool.submit(self._see_to, connected, Device(host, port, title=""), bell)

    def _see_to(self, connected: socket.socket, caller: Device, bell: Bell) -> None:
        """On another thread: one association, from the connection to its end."""
        try:
            with Line(connected, Limit(self._seconds, bell)) as line:
                self._came.put(self._answered(caller, line))
        except CancelledError:
            return
        except Exception as fault:  # noqa: BLE001 (handed over to the thread that serves, never swallowed)
            self._came.put(fault)
        finally:
            self._wake.ring()

    def _answered(self, caller: Device, line: Line) -> Contact:
        if self._tls is not None:
            try:
                line.start_tls(self._tls, None, is_server=True)
            except (TlsFailedError, HungUpError, TimeUpError) as error:
                return Contact(caller, trouble=troubles.of_caller(caller.address, error, self._seconds))
        return answer(caller, line, self._ours)

    def _tell(self, told: Callable[[Contact], None]) -> int:
        """Tell of those that have ended; how many of them announced something."""
        announced = 0
        while not self._came.empty():
            came = self._came.get()
            self._under_way -= 1
            if isinstance(came, Exception):
                raise came
            told(came)
            announced += came.announced is not None
        return announced
