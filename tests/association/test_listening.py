from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from pynetdicom import AE

from tests.association.conftest import HOST, OURS, SHORT_S, code_of
from uidmanager.core.errors import CancelledError
from uidmanager.dicom.association.listening import (
    LOOPBACK,
    MOST_AT_ONCE,
    CannotListenError,
    Listener,
    Patience,
)
from uidmanager.dicom.association.messages import (
    TRANSFERS,
    VERIFICATION,
    association_acceptance,
    association_request,
    echo_request,
    release_request,
)
from uidmanager.dicom.association.pdus import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.fleet import Contact

CT_IMAGES = "1.2.840.10008.5.1.4.1.1.2"
CLASS_UID = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
NAME = "CT_4.5.0.3"
REQUEST = association_request(OURS, "CT1", "UIDMANAGER")


class Serving:
    """A listener at work on another thread, and what it told."""

    def __init__(self, patience: Patience, seconds: float) -> None:
        self.listener = Listener(LOOPBACK, 0, OURS, seconds=seconds)
        self.port = int(self.listener.address.rpartition(":")[2])
        self.contacts: list[Contact] = []
        self.count: int | None = None
        self.stop = threading.Event()
        self._told = threading.Condition()
        self._thread = threading.Thread(target=self._serve, args=(patience,))
        self._thread.start()

    def _serve(self, patience: Patience) -> None:
        def take(contact: Contact) -> None:
            with self._told:
                self.contacts.append(contact)
                self._told.notify_all()

        def watch(_message: str, _fraction: float) -> None:
            if self.stop.is_set():
                raise CancelledError

        try:
            self.count = self.listener.serve(take, patience, watch)
        except CancelledError:
            self.count = -1

    def wait(self, contacts: int) -> list[Contact]:
        """Until so many were told of."""
        with self._told:
            assert self._told.wait_for(lambda: len(self.contacts) >= contacts, 20)
        return self.contacts

    def join(self) -> None:
        """Until it has ended by itself."""
        self._thread.join(20)
        assert not self._thread.is_alive()

    def close(self) -> None:
        self.stop.set()
        self.join()
        self.listener.close()


@contextmanager
def serving(patience: Patience | None = None, seconds: float = 20.0) -> Iterator[Serving]:
    made = Serving(patience or Patience(), seconds)
    try:
        yield made
    finally:
        made.close()


def caller(*services: str) -> AE:
    """A device of another make that calls."""
    made = AE("CT1")
    made.implementation_class_uid = CLASS_UID
    made.implementation_version_name = NAME
    for service in services:
        made.add_requested_context(service)
    return made


def exchange(port: int, *pieces: bytes) -> bytes:
    """Send these, each after something has come back for the one before; all that came."""
    came = b""
    with socket.create_connection((HOST, port), timeout=20) as line:
        for piece in pieces:
            line.sendall(piece)
            came += line.recv(65536)
    return came


def test_a_device_that_calls_is_told_of_and_its_echoes_are_answered() -> None:
    with serving() as here:
        line = caller(VERIFICATION).associate(HOST, here.port, ae_title="UIDMANAGER")
        assert line.is_established
        statuses = [line.send_c_echo().Status for _ in range(3)]
        assert line.acceptor.implementation_class_uid == OURS.class_uid
        assert line.acceptor.implementation_version_name == OURS.version_name
        line.release()
        (contact,) = here.wait(1)
    assert statuses == [0, 0, 0]
    assert contact.announced is not None
    assert (contact.announced.class_uid, contact.announced.version_name) == (CLASS_UID, NAME)
    assert (contact.device.title, contact.announced.called) == ("CT1", "UIDMANAGER")
    assert (contact.echoes, contact.trouble, contact.turned_down) == (3, None, ())


def test_other_services_are_turned_down_and_named() -> None:
    with serving() as here:
        line = caller(VERIFICATION, CT_IMAGES).associate(HOST, here.port)
        assert [context.abstract_syntax for context in line.accepted_contexts] == [VERIFICATION]
        assert [context.abstract_syntax for context in line.rejected_contexts] == [CT_IMAGES]
        line.release()
        (contact,) = here.wait(1)
    assert contact.turned_down == (CT_IMAGES,)
    assert contact.trouble is None


def test_a_transfer_syntax_that_nobody_needs_for_an_echo_is_turned_down() -> None:
    asked = AE("CT1")
    asked.add_requested_context(VERIFICATION, "1.2.840.10008.1.2.4.50")
    with serving() as here:
        line = asked.associate(HOST, here.port)
        assert not line.accepted_contexts
        line.abort()
        (contact,) = here.wait(1)
    assert contact.announced is not None


def test_an_abort_is_told() -> None:
    with serving() as here:
        caller(VERIFICATION).associate(HOST, here.port).abort()
        (contact,) = here.wait(1)
    assert code_of(contact) == "device.aborted"
    assert contact.announced is not None


def test_the_titles_of_the_request_come_back_as_they_were() -> None:
    odd = REQUEST[:10] + b"\xff\x1b" + REQUEST[12:]
    with serving() as here:
        came = exchange(here.port, odd)
        (contact,) = here.wait(1)
    assert came[10:42] == odd[10:42]
    assert came[0] == 2
    assert contact.announced is not None
    assert contact.announced.called.startswith("\\xff\x1b")


@pytest.mark.parametrize(
    "hostile", [b"GET / HTTP/1.1\r\n\r\n", b"\x01\0\xff\xff\xff\xff", b"\x05\0\0\0\0\x04abcd", b""]
)
def test_what_is_no_request_is_told_and_the_next_one_is_answered(hostile: bytes) -> None:
    with serving() as here:
        with socket.create_connection((HOST, here.port), timeout=20) as line:
            line.sendall(hostile)
        (contact,) = here.wait(1)
        assert contact.announced is None
        assert code_of(contact).startswith("device.")
        caller(VERIFICATION).associate(HOST, here.port).release()
        assert here.wait(2)[1].announced is not None


def test_a_request_that_is_not_whole_is_rejected_and_what_was_whole_is_told() -> None:
    broken = bytearray(REQUEST + b"\x99")
    broken[2:6] = (len(broken) - 6).to_bytes(4, "big")
    with serving() as here:
        came = exchange(here.port, bytes(broken))
        (contact,) = here.wait(1)
    assert came[0] == 3
    assert code_of(contact) == "device.malformed"
    assert contact.announced is not None
    assert contact.announced.class_uid == OURS.class_uid


@pytest.mark.parametrize(
    ("request_bytes", "rejection"),
    [
        pytest.param(REQUEST[:6] + b"\0\2" + REQUEST[8:], (1, 2, 2), id="another version of the protocol"),
        pytest.param(REQUEST.replace(b".3.1.1.1", b".3.1.1.2"), (1, 1, 2), id="another application"),
        pytest.param(b"\x01\0\0\0\0\x04abcd", (1, 1, 1), id="hardly anything"),
    ],
)
def test_what_cannot_be_agreed_on_is_rejected(request_bytes: bytes, rejection: tuple[int, int, int]) -> None:
    with serving() as here:
        came = exchange(here.port, request_bytes)
        (contact,) = here.wait(1)
    assert (came[0], tuple(came[7:10])) == (3, rejection)
    assert code_of(contact) == "device.malformed"


def store(context: int = 1) -> bytes:
    """A C-STORE-RQ without its data set."""
    command = b"\0\0\0\1\2\0\0\0\1\0"
    return (
        b"\x04\0"
        + (len(command) + 6).to_bytes(4, "big")
        + (len(command) + 2).to_bytes(4, "big")
        + bytes([context, 3])
        + command
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param(store(), "C-STORE", id="a C-STORE"),
        pytest.param(b"\x04\0\0\0\0\x08" + b"\0\0\0\x04\x01\x02xy", "a data set", id="a data set"),
        pytest.param(echo_request(5, 1), "C-ECHO", id="an echo in a context that was not agreed on"),
        pytest.param(b"\x04\0\xff\xff\xff\xff", "4,294,967,295 bytes", id="a message of four gigabytes"),
        pytest.param(REQUEST, "ASSOCIATE-RQ", id="a second request"),
    ],
)
def test_nothing_else_than_an_echo_is_taken(sent: bytes, words: str) -> None:
    with serving() as here:
        came = exchange(here.port, REQUEST, sent)
        (contact,) = here.wait(1)
    assert b"\x07\0\0\0\0\x04" in came
    assert contact.trouble is not None
    assert words in contact.trouble.message
    assert contact.announced is not None
    assert contact.echoes == 0


def test_echoes_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.dicom.association.answering.MOST_ECHOES", 3)
    with serving() as here, socket.create_connection((HOST, here.port), timeout=20) as line:
        line.sendall(REQUEST)
        line.recv(65536)
        line.sendall(echo_request(1, 1) * 4)
        (contact,) = here.wait(1)
    assert code_of(contact) == "device.other_command"
    assert contact.echoes == 3


def test_who_hangs_up_without_a_farewell_has_announced_all_the_same() -> None:
    with serving() as here:
        exchange(here.port, REQUEST, echo_request(1, 1))
        (contact,) = here.wait(1)
    assert (contact.trouble, contact.echoes) == (None, 1)


@pytest.mark.parametrize(("sent", "code"), [(b"", "device.silent"), (REQUEST[:-1], "device.too_slow")])
def test_who_does_not_come_to_an_end_is_hung_up_on(sent: bytes, code: str) -> None:
    with serving(seconds=SHORT_S) as here, socket.create_connection((HOST, here.port), timeout=20) as line:
        line.sendall(sent)
        (contact,) = here.wait(1)
        assert not line.recv(10).startswith(b"\x02")
    assert code_of(contact) == code


def test_an_association_that_never_ends_is_ended() -> None:
    with serving(seconds=SHORT_S) as here, socket.create_connection((HOST, here.port), timeout=20) as line:
        line.sendall(REQUEST)
        (contact,) = here.wait(1)
    assert code_of(contact) == "device.silent"
    assert contact.announced is not None


def test_only_so_many_are_heard_at_a_time() -> None:
    with serving() as here:
        lines = [socket.create_connection((HOST, here.port), timeout=20) for _ in range(MOST_AT_ONCE)]
        with socket.create_connection((HOST, here.port), timeout=20) as one_more:
            assert one_more.recv(100)[:1] == b"\x03"
        for line in lines:
            line.sendall(REQUEST)
            assert line.recv(65536)[:1] == b"\x02"
            line.sendall(release_request())
            assert line.recv(100)[:1] == b"\x06"
            line.close()
        assert len(here.wait(MOST_AT_ONCE)) == MOST_AT_ONCE
        assert here.listener.turned_away == 1


def test_it_ends_after_so_many_devices() -> None:
    with serving(Patience(devices=2)) as here:
        with socket.create_connection((HOST, here.port), timeout=20):
            here.wait(0)
        for _ in range(2):
            exchange(here.port, REQUEST, release_request())
        here.join()
        assert here.count == 2


def test_it_ends_after_so_long() -> None:
    with serving(Patience(seconds=0.1)) as here:
        here.join()
        assert here.count == 0


def test_it_ends_when_it_is_stopped_and_who_still_talks_is_hung_up_on() -> None:
    with serving(seconds=3600.0) as here, socket.create_connection((HOST, here.port), timeout=20) as line:
        line.sendall(REQUEST)
        assert line.recv(65536)[:1] == b"\x02"
        here.stop.set()
        here.join()
        assert line.recv(10) == b""
        assert here.count == -1


def test_it_listens_on_this_computer_only() -> None:
    with Listener(LOOPBACK, 0, OURS) as listener:
        assert listener.address.startswith("127.0.0.1:")


def test_it_listens_at_an_ipv6_address() -> None:
    try:
        listener = Listener("::1", 0, OURS)
    except CannotListenError as error:
        pytest.skip(f"there is no IPv6 here ({error})")
    with listener:
        port = int(listener.address.rpartition(":")[2])
        told: list[Contact] = []
        thread = threading.Thread(target=listener.serve, args=(told.append, Patience(devices=1, seconds=20)))
        thread.start()
        caller(VERIFICATION).associate("::1", port).release()
        thread.join(30)
        assert listener.address == f"[::1]:{port}"
    (contact,) = told
    assert contact.device.host == "::1"
    assert contact.announced is not None


def test_a_port_that_cannot_be_had_is_told() -> None:
    with Listener(LOOPBACK, 0, OURS) as listener:
        taken = int(listener.address.rpartition(":")[2])
        with pytest.raises(CannotListenError, match="Choose another port"):
            Listener(LOOPBACK, taken, OURS)
    with pytest.raises(CannotListenError):
        Listener("nobody.invalid", 0, OURS)


def test_a_fault_of_ours_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("uidmanager.dicom.association.listening.answer", fail)
    faults: list[BaseException] = []
    with Listener(LOOPBACK, 0, OURS) as listener:
        port = int(listener.address.rpartition(":")[2])

        def serve() -> None:
            try:
                listener.serve(lambda _contact: None, Patience())
            except ZeroDivisionError as fault:
                faults.append(fault)

        thread = threading.Thread(target=serve)
        thread.start()
        with socket.create_connection((HOST, port), timeout=20):
            thread.join(20)
    assert len(faults) == 1


def test_an_acceptance_that_we_send_is_one_to_pynetdicom() -> None:
    from pynetdicom.pdu import A_ASSOCIATE_AC  # noqa: PLC0415 (for this test only)

    encoded = association_acceptance(OURS, b"A" * 32, [Context(1, transfers=TRANSFERS[:1]), Context(3, result=3)])
    read = A_ASSOCIATE_AC()
    read.decode(encoded)
    assert len(read) == len(encoded)
    assert [context.result for context in read.presentation_context] == [0, 3]
