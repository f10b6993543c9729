"""Peers on the loopback interface: those that pynetdicom makes, and those that send whatever a test wants."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from pynetdicom import AE

from uidmanager.core.devices import Device
from uidmanager.dicom.association.asking import Terms, ask_all
from uidmanager.dicom.association.identity import identity_of
from uidmanager.dicom.association.messages import VERIFICATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.core.fleet import Contact

HOST = "127.0.0.1"
OURS = identity_of("0.2.0")
SHORT_S = 1.0  # for peers that never come to an end: the test waits for it


def ask_one(port: int, **terms: Any) -> Contact:
    """Ask what listens on a port of this computer."""
    title = terms.pop("called", "ANY-SCP")
    (contact,) = ask_all([Device(HOST, port, title)], Terms(OURS, **{"seconds": 20.0, **terms}))
    return contact


def code_of(contact: Contact) -> str:
    assert contact.trouble is not None
    return contact.trouble.code


@contextmanager
def pynetdicom_peer(
    class_uid: str, version_name: str | None, *, service: str = VERIFICATION, **settings: Any
) -> Iterator[int]:
    """A peer of another make; its port. ``settings`` are those of its application entity."""
    handlers = settings.pop("handlers", [])
    host = settings.pop("host", HOST)
    tls = settings.pop("tls", None)
    peer = AE("PEER")
    peer.implementation_class_uid = class_uid
    peer.implementation_version_name = version_name
    peer.add_supported_context(service)
    for name, value in settings.items():
        setattr(peer, name, value)
    server = peer.start_server((host, 0), block=False, evt_handlers=handlers, ssl_context=tls)
    assert server is not None
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()


class Scripted:
    """A peer that does what it is told with each connection, on a thread of its own."""

    def __init__(self, act: Callable[[socket.socket, threading.Event], None]) -> None:
        self._act = act
        self._over = threading.Event()
        self._server = socket.create_server((HOST, 0))
        self.port: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while True:
            connected, _ = self._server.accept()
            with connected:
                if self._over.is_set():
                    return
                connected.settimeout(20)
                try:
                    self._act(connected, self._over)
                except OSError:  # it was hung up on, as it may be
                    continue

    def close(self) -> None:
        self._over.set()
        with socket.create_connection((HOST, self.port), timeout=20):
            self._thread.join(20)
        assert not self._thread.is_alive()
        self._server.close()


@pytest.fixture
def scripted() -> Iterator[Callable[[Callable[[socket.socket, threading.Event], None]], int]]:
    """Makes such a peer and answers its port."""
    peers: list[Scripted] = []

    def make(act: Callable[[socket.socket, threading.Event], None]) -> int:
        peers.append(Scripted(act))
        return peers[-1].port

    yield make
    for peer in peers:
        peer.close()
