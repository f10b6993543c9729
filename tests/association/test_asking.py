from __future__ import annotations

import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from pynetdicom import evt

from tests.association.conftest import HOST, OURS, SHORT_S, ask_one, code_of, pynetdicom_peer
from uidmanager.core.announcements import Announcement
from uidmanager.core.devices import Device
from uidmanager.core.errors import CancelledError
from uidmanager.dicom.association.asking import AT_ONCE, Terms, ask_all
from uidmanager.dicom.association.messages import (
    abort,
    association_acceptance,
    association_rejection,
    echo_request,
    echo_response,
)
from uidmanager.dicom.association.pdus import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pynetdicom.events import Event

CLASS_UID = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
NAME = "CT_4.5.0.3"
CT_IMAGES = "1.2.840.10008.5.1.4.1.1.2"


def test_what_a_peer_announces_is_read() -> None:
    with pynetdicom_peer(CLASS_UID, NAME) as port:
        contact = ask_one(port)
    assert contact.announced == Announcement(CLASS_UID, NAME, "UIDMANAGER", "ANY-SCP")
    assert (contact.trouble, contact.echoes) == (None, None)


def test_a_peer_without_a_version_name_announces_none() -> None:
    with pynetdicom_peer(CLASS_UID, None) as port:
        contact = ask_one(port)
    assert contact.announced is not None
    assert contact.announced.version_name is None


def test_what_we_announce_is_ours_and_not_pynetdicoms() -> None:
    heard: list[tuple[object, ...]] = []

    def note(event: Event) -> None:
        asked = event.assoc.requestor
        assert asked.primitive is not None
        heard.append((asked.implementation_class_uid, asked.implementation_version_name))
        heard.append((asked.primitive.calling_ae_title,))

    with pynetdicom_peer(CLASS_UID, NAME, handlers=[(evt.EVT_REQUESTED, note)]) as port:
        ask_one(port, calling="CALLER")
    assert heard == [(OURS.class_uid, OURS.version_name), ("CALLER",)]


def test_a_c_echo_is_answered() -> None:
    with pynetdicom_peer(CLASS_UID, NAME) as port:
        contact = ask_one(port, echo=True)
    assert (contact.trouble, contact.echoes) == (None, 1)


def test_the_association_is_released_and_not_broken_off() -> None:
    ends: list[str] = []
    ended = threading.Event()

    def note(event: Event) -> None:
        ends.append(event.event.name)
        ended.set()

    handlers = [(evt.EVT_RELEASED, note), (evt.EVT_ABORTED, note)]
    with pynetdicom_peer(CLASS_UID, NAME, handlers=handlers) as port:
        ask_one(port, echo=True)
        assert ended.wait(20)
    assert ends == ["EVT_RELEASED"]


def test_a_c_echo_that_fails_is_told_and_the_announcement_holds() -> None:
    def fail(_event: Event) -> int:
        return 0x0122

    with pynetdicom_peer(CLASS_UID, NAME, handlers=[(evt.EVT_C_ECHO, fail)]) as port:
        contact = ask_one(port, echo=True)
    assert (code_of(contact), contact.echoes) == ("device.echo_failed", 0)
    assert contact.announced is not None
    assert contact.trouble is not None
    assert "0x0122" in contact.trouble.message


def test_a_peer_without_verification_still_announces() -> None:
    with pynetdicom_peer(CLASS_UID, NAME, service=CT_IMAGES) as port:
        quiet, echoing = ask_one(port), ask_one(port, echo=True)
    assert quiet.trouble is None
    assert code_of(echoing) == "device.no_verification"
    assert quiet.announced == echoing.announced != None  # noqa: E711 (a chain of comparisons)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param({"require_calling_aet": ["CT1"]}, ["for good", "AE title that called it", "--calling"], id="us"),
        pytest.param({"require_called_aet": True}, ["for good", "not called by that AE title", "--called"], id="it"),
    ],
)
def test_a_rejection_is_told_in_words(settings: dict[str, Any], words: list[str]) -> None:
    with pynetdicom_peer(CLASS_UID, NAME, **settings) as port:
        contact = ask_one(port)
    assert code_of(contact) == "device.rejected"
    assert contact.announced is None
    assert contact.trouble is not None
    for word in words:
        assert word in contact.trouble.message


def test_the_title_it_is_called_by_counts() -> None:
    with pynetdicom_peer(CLASS_UID, NAME, require_called_aet=True) as port:
        assert ask_one(port, called="PEER").trouble is None


def test_an_ipv6_address_is_called() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as error:
        pytest.skip(f"there is no IPv6 here ({error})")
    with pynetdicom_peer(CLASS_UID, NAME, host="::1") as port:
        (contact,) = ask_all([Device("::1", port)], Terms(OURS))
    assert contact.announced is not None


def test_nobody_listens() -> None:
    with socket.create_server((HOST, 0)) as closed:
        port = closed.getsockname()[1]
    assert code_of(ask_one(port)) == "device.refused"


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 64 + ".invalid"])
def test_a_name_that_nobody_knows(host: str) -> None:
    (contact,) = ask_all([Device(host, 104)], Terms(OURS, seconds=20.0))
    assert code_of(contact) == "device.name_unknown"


def test_a_name_that_is_looked_up_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def look_up(*_args: object, **_named: object) -> list[object]:
        over.wait(20)
        return []

    monkeypatch.setattr("uidmanager.dicom.association.connecting.socket.getaddrinfo", look_up)
    try:
        assert code_of(ask_one(104, seconds=0.2)) == "device.name_unknown"
    finally:
        over.set()


def found_at(monkeypatch: pytest.MonkeyPatch, *found: tuple[int, object]) -> None:
    """Have every name lead to these addresses."""
    answers = [(family, socket.SOCK_STREAM, 0, "", address) for family, address in found]
    monkeypatch.setattr("uidmanager.dicom.association.connecting.socket.getaddrinfo", lambda *_a, **_n: answers)


def test_a_name_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    found_at(monkeypatch)
    assert code_of(ask_one(104)) == "device.name_unknown"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="a way that leads nowhere is made of a Unix socket")
def test_a_way_that_leads_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found_at(monkeypatch, (socket.AF_UNIX, str(tmp_path / "nowhere")))
    contact = ask_one(104)
    assert code_of(contact) == "device.unreachable"
    assert contact.trouble is not None
    assert "No such file" in contact.trouble.message


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port whose queue is full: Linux leaves whoever calls there without an answer."""
    if sys.platform != "linux":
        pytest.skip("only Linux is known to do so")
    with socket.create_server((HOST, 0), backlog=0) as server:
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(server.getsockname())
        yield server.getsockname()[1]
        for each in waiting:
            each.close()


def test_a_connection_that_does_not_come_about_in_time(deaf: int) -> None:
    contact = ask_one(deaf, seconds=SHORT_S)
    assert code_of(contact) == "device.unreachable"
    assert contact.trouble is not None
    assert "no answer within a second" in contact.trouble.message


def test_who_stops_it_does_not_wait_for_a_connection(deaf: int) -> None:
    def stop(_message: str, _fraction: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        ask_all([Device(HOST, deaf)], Terms(OURS, seconds=3600.0), stop)


def test_the_next_address_is_tried_where_the_first_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server((HOST, 0)) as closed:
        dead = closed.getsockname()[1]
    with pynetdicom_peer(CLASS_UID, NAME) as port:
        found_at(monkeypatch, (socket.AF_INET, (HOST, dead)), (socket.AF_INET, (HOST, port)))
        assert ask_one(104).trouble is None


def test_many_devices_come_back_in_their_order() -> None:
    uids = [f"1.2.826.0.1.3680043.2.50.1.{number}" for number in range(1, 4)]
    with (
        pynetdicom_peer(uids[0], None) as one,
        pynetdicom_peer(uids[1], None) as two,
        pynetdicom_peer(uids[2], None) as three,
    ):
        devices = [Device(HOST, port) for port in (three, one, two)] * AT_ONCE
        contacts = ask_all(devices, Terms(OURS, seconds=60.0))
    assert [contact.device for contact in contacts] == devices
    announced = [contact.announced.class_uid for contact in contacts if contact.announced]
    assert announced == [uids[2], uids[0], uids[1]] * AT_ONCE


def test_no_device_is_asked_where_there_is_none() -> None:
    assert ask_all([], Terms(OURS)) == []


def test_who_stops_it_does_not_wait_for_the_devices(scripted: Callable[..., int]) -> None:
    asked = threading.Event()

    def say_nothing(_connected: socket.socket, over: threading.Event) -> None:
        asked.set()
        over.wait(20)

    def stop(_message: str, _fraction: float) -> None:
        if asked.is_set():
            raise CancelledError

    port = scripted(say_nothing)
    with pytest.raises(CancelledError):
        ask_all([Device(HOST, port)] * 3, Terms(OURS, seconds=3600.0), stop)


def test_progress_is_told_to_its_end() -> None:
    told: list[float] = []
    with pynetdicom_peer(CLASS_UID, NAME) as port:
        ask_all([Device(HOST, port)] * 2, Terms(OURS), lambda _message, fraction: told.append(fraction))
    assert told[-1] == 1


def answering(*pdus: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """A peer that sends one PDU for each that it is sent; instead of an empty one it hangs up."""

    def act(connected: socket.socket, _over: threading.Event) -> None:
        for pdu in pdus:
            connected.recv(65536)
            if not pdu:
                return
            connected.sendall(pdu)
        connected.recv(65536)

    return act


ACCEPTANCE = association_acceptance(OURS, b" " * 32, [Context(1)])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(abort(), "device.aborted", id="an abort"),
        pytest.param(association_rejection(1, 1, 1), "device.rejected", id="a rejection"),
        pytest.param(ACCEPTANCE, "device.unexpected", id="a second acceptance"),
        pytest.param(b"\x04\0\0\0\0\x0a" + b"\0\0\0\x06\x01\x02" + b"\0" * 4, "device.echo_failed", id="a data set"),
        pytest.param(b"\x04\0\0\0\0\x06" + b"\0\0\0\x02\x01\x03", "device.echo_failed", id="an empty command"),
        pytest.param(echo_request(1, 1), "device.echo_failed", id="a C-ECHO of its own"),
        pytest.param(echo_response(1, 9), "device.echo_failed", id="the answer to another"),
        pytest.param(b"", "device.echo_failed", id="nothing"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2", "device.not_dicom", id="another protocol"),
    ],
)
def test_what_comes_instead_of_the_answer_to_a_c_echo(scripted: Callable[..., int], answer: bytes, code: str) -> None:
    contact = ask_one(scripted(answering(ACCEPTANCE, answer)), echo=True)
    assert code_of(contact) == code
    assert contact.announced is not None
    assert contact.echoes == 0
