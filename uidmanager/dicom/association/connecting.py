"""From a device's address to a line: the name is looked up, each of its addresses is tried, TLS is agreed on."""

from __future__ import annotations

import errno
import os
import socket
import threading
from typing import TYPE_CHECKING, Final

from uidmanager.dicom.association import troubles
from uidmanager.dicom.association.limits import READABLE, WRITABLE, Bell, TimeUpError
from uidmanager.dicom.association.line import HungUpError, Line, TlsFailedError

if TYPE_CHECKING:
    import ssl

    from uidmanager.core.devices import Device
    from uidmanager.core.errors import Problem
    from uidmanager.dicom.association.limits import Limit

_Address = tuple[socket.AddressFamily, tuple[object, ...]]
_UNDER_WAY: Final = {errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)}


class NoLineError(Exception):
    """There is no line to the device; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def connect(device: Device, limit: Limit, tls: ssl.SSLContext | None, tls_name: str) -> Line:
    """A line to the device. Raises `NoLineError`, and `CancelledError` when the bell rings.

    ``tls_name`` is what its certificate must be for, where the context checks it; empty for the device's host.
    """
    failure: OSError | TimeUpError = TimeUpError()
    for family, address in _addresses(device, limit):
        try:
            line = Line(_connected(family, address, limit), limit)
        except (OSError, TimeUpError) as error:
            failure = error
            continue
        return line if tls is None else _safe(line, device, tls, tls_name or device.host)
    raise NoLineError(troubles.of_connecting(device.address, failure, limit.seconds)) from failure


def _safe(line: Line, device: Device, tls: ssl.SSLContext, name: str) -> Line:
    try:
        line.start_tls(tls, name)
    except (TlsFailedError, HungUpError, TimeUpError) as error:
        line.close()
        raise NoLineError(troubles.of_line(device.address, error, line.limit.seconds)) from error
    except BaseException:
        line.close()
        raise
    return line


def _connected(family: socket.AddressFamily, address: tuple[object, ...], limit: Limit) -> socket.socket:
    """A connected socket. Raises `OSError`, `TimeUpError`, `CancelledError`."""
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        failed = made.connect_ex(address)
        if failed in _UNDER_WAY:
            limit.wait(made, WRITABLE)
            failed = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    except BaseException:
        made.close()
        raise
    if failed:
        made.close()
        raise OSError(failed, os.strerror(failed))
    return made


def _addresses(device: Device, limit: Limit) -> list[_Address]:
    """Where the name leads. The system's look-up knows no time limit, so another thread waits for it."""
    found: list[_Address] = []
    reasons: list[str] = []
    with Bell() as done:

        def look_up() -> None:
            try:
                answers = socket.getaddrinfo(device.host, device.port, type=socket.SOCK_STREAM)
                found.extend((family, address) for family, _, _, _, address in answers)
            except (OSError, UnicodeError) as error:  # UnicodeError: a label of a name that is too long
                reasons.append(getattr(error, "strerror", None) or str(error))
            done.ring()

        threading.Thread(target=look_up, name=f"look up {device.host}", daemon=True).start()
        try:
            limit.wait(done, READABLE)
        except TimeUpError as error:
            raise NoLineError(troubles.of_name(device.host, f"no answer within {limit.seconds:g} seconds")) from error
    if not found:
        raise NoLineError(troubles.of_name(device.host, *reasons[:1] or ("there is none",)))
    return found
