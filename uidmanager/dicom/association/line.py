"""A connection on which every wait ends: at the time limit, when the peer hangs up, when somebody wants it to stop."""

from __future__ import annotations

import ssl
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final, Self, TypeVar

from uidmanager.dicom.association.limits import READABLE, WRITABLE, TimeUpError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from uidmanager.dicom.association.limits import Limit

_Outcome = TypeVar("_Outcome")
_PIECE: Final = 16384


class HungUpError(Exception):
    """The peer closed the connection. ``got`` is what had arrived of what was waited for."""

    def __init__(self, got: bytes = b"") -> None:
        super().__init__(got)
        self.got = got


class TlsFailedError(Exception):
    """The connection could not be made safe, or is not any more; the text says why."""


class Line:
    """One connected socket. Belongs to one thread; `close` lets go of it."""

    def __init__(self, connected: socket.socket, limit: Limit) -> None:
        connected.setblocking(False)
        self._socket = connected
        self.limit = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def start_tls(self, context: ssl.SSLContext, name: str | None, *, is_server: bool = False) -> None:
        """Go on in TLS; ``name`` is what the peer's certificate must be for, where the context checks it.

        Raises:
            TlsFailedError: the peer speaks no TLS, or one of the two does not accept the other.
            HungUpError: the peer closed the connection.
            TimeUpError: it did not come to an end in time.
        """
        try:
            # A name that TLS cannot ask for would cost the socket, which nobody could close any more: so try it first.
            context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=is_server, server_hostname=name)
            self._socket = safe = context.wrap_socket(
                self._socket, server_side=is_server, server_hostname=name, do_handshake_on_connect=False
            )
        except ssl.SSLError as error:
            raise TlsFailedError(_reason(error)) from error
        except ValueError as error:
            raise TlsFailedError(str(error)) from error
        except OSError as error:
            raise HungUpError from error
        self._when_ready(safe.do_handshake, READABLE)

    def send(self, data: bytes) -> None:
        """Send all of it. Raises as `receive` does."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._when_ready(partial(self._socket.send, rest), WRITABLE) :]

    def receive(self, count: int) -> bytes:
        """Exactly so many bytes.

        Raises:
            HungUpError: the peer closed the connection before.
            TimeUpError: they did not all come in time.
            TlsFailedError: what came is not what TLS promises.
            CancelledError: somebody wants it to stop.
        """
        got = bytearray()
        try:
            while len(got) < count:
                got += self._piece(min(count - len(got), _PIECE))
        except (HungUpError, TimeUpError) as error:
            error.got = bytes(got)
            raise
        return bytes(got)

    def at_hand(self, most: int) -> bytes:
        """What has arrived already, without waiting for it."""
        with suppress(OSError):
            return self._socket.recv(most)
        return b""

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._socket.close()

    def _piece(self, most: int) -> bytes:
        """What comes next, at least one byte of it."""
        piece = self._when_ready(partial(self._socket.recv, most), READABLE)
        if not piece:
            raise HungUpError
        return piece

    def _when_ready(self, step: Callable[[], _Outcome], events: int) -> _Outcome:
        """Do a step that does not wait; where it would have to, wait within the limit and do it again."""
        while True:
            self.limit.check()  # who never stops sending never makes us wait
            try:
                return step()
            except (BlockingIOError, InterruptedError):
                awaited = events
            except ssl.SSLWantReadError:
                awaited = READABLE
            except ssl.SSLWantWriteError:
                awaited = WRITABLE
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError) as error:
                raise HungUpError from error
            except ssl.SSLError as error:
                raise TlsFailedError(_reason(error)) from error
            except OSError as error:  # reset by the peer, and whatever else ends a connection
                raise HungUpError from error
            self.limit.wait(self._socket, awaited)


def _reason(error: ssl.SSLError) -> str:
    """Why TLS failed, as far as OpenSSL has words for it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted: {error.verify_message}"
    return (error.reason or str(error)).replace("_", " ").lower()
