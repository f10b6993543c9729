"""Peers that speak something else, too much, too slowly or not at all: each is bounded and gets its sentence."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.association.conftest import OURS, SHORT_S, ask_one, code_of
from uidmanager.dicom.association.messages import association_acceptance, association_rejection, release_response
from uidmanager.dicom.association.pdus import LONGEST_NEGOTIATION, Context

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    Act = Callable[[socket.socket, threading.Event], None]

ACCEPTANCE = association_acceptance(OURS, b" " * 32, [Context(1)])
HUGE = b"\x02\0\xff\xff\xff\xff"


def sends(data: bytes) -> Act:
    """Hears the request, says something and hangs up."""

    def act(connected: socket.socket, _over: threading.Event) -> None:
        connected.recv(65536)
        connected.sendall(data)

    return act


def sends_and_waits(data: bytes) -> Act:
    """The same, but the line stays open as long as the test lasts."""

    def act(connected: socket.socket, over: threading.Event) -> None:
        connected.sendall(data)
        over.wait(20)

    return act


def trickles(data: bytes) -> Act:
    """Sends byte by byte and never comes to an end."""

    def act(connected: socket.socket, over: threading.Event) -> None:
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in data:
            connected.sendall(bytes([byte]))
            if over.wait(0.002):
                return
        over.wait(20)

    return act


def floods(data: bytes) -> Act:
    """Never stops sending."""

    def act(connected: socket.socket, over: threading.Event) -> None:
        while not over.is_set():
            connected.sendall(data)

    return act


@pytest.mark.parametrize(
    ("act", "code", "words"),
    [
        pytest.param(sends(b""), "device.closed", "instead of answering", id="hangs up at once"),
        pytest.param(sends(ACCEPTANCE[:30]), "device.closed", "in the middle", id="hangs up in the middle"),
        pytest.param(sends(b"\x02\0"), "device.closed", "in the middle", id="hangs up in the head"),
        pytest.param(sends(b"SSH-2.0-OpenSSH_9.2\r\n"), "device.not_dicom", "an SSH server", id="an SSH server"),
        pytest.param(sends(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "device.not_dicom", "a web server", id="a web server"),
        pytest.param(sends(b"\x15\x03\x03\0\x02\x02\x28"), "device.not_dicom", "--tls", id="wants TLS"),
        pytest.param(sends(b"220 mail ready\r\n"), "device.not_dicom", "a mail or file server", id="a mail server"),
        pytest.param(sends(b"\x1b]0;owned\x07\xff\xfe"), "device.not_dicom", "begins with “\\x1b", id="a terminal's"),
        pytest.param(sends(b"\0" * 64), "device.not_dicom", "begins with", id="zeros"),
        pytest.param(sends(HUGE), "device.too_long", "4,294,967,295 bytes", id="a length of four gigabytes"),
        pytest.param(
            sends(b"\x02\0" + (LONGEST_NEGOTIATION + 1).to_bytes(4, "big")),
            "device.too_long",
            "not read",
            id="too long",
        ),
        pytest.param(sends(release_response()), "device.unexpected", "RELEASE-RP", id="a release"),
        pytest.param(sends(b"\x02\0\0\0\0\x04abcd"), "device.malformed", "not well formed", id="an acceptance of 4"),
        pytest.param(sends(b"\x03\0\0\0\0\0"), "device.rejected", "does not say why", id="an empty rejection"),
        pytest.param(sends(association_rejection(2, 3, 2)), "device.rejected", "Ask again later", id="overloaded"),
        pytest.param(sends(b"\x03\0\0\0\0\x04\0\x09\x08\x07"), "device.rejected", "result 9", id="odd numbers"),
        pytest.param(sends(b"\x07\0\0\0\0\0"), "device.aborted", "does not say why", id="an empty abort"),
        pytest.param(sends(b"\x07\0\0\0\0\x04\0\0\x02\x01"), "device.aborted", "did not recognise", id="an abort"),
        pytest.param(sends(b"\x07\0\0\0\0\x04\0\0\x02\x63"), "device.aborted", "gives no reason", id="an odd abort"),
        pytest.param(sends(b"\x07\0\0\0\0\x04\0\0\0\0"), "device.aborted", "its application", id="its application's"),
    ],
)
def test_what_is_not_an_answer_gets_its_sentence(scripted: Callable[..., int], act: Act, code: str, words: str) -> None:
    contact = ask_one(scripted(act))
    assert code_of(contact) == code
    assert contact.announced is None
    assert contact.trouble is not None
    assert words in contact.trouble.message
    assert contact.trouble.message.isprintable()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        pytest.param(sends_and_waits(b""), "device.silent", id="never says anything"),
        pytest.param(sends_and_waits(ACCEPTANCE[:-1]), "device.too_slow", id="keeps the last byte back"),
        pytest.param(sends_and_waits(HUGE[:5]), "device.too_slow", id="stops in the head"),
        pytest.param(trickles(b"\x02\0\0\0\xea\x60" + b"\0" * 5000), "device.too_slow", id="one byte at a time"),
    ],
)
def test_who_does_not_come_to_an_end_is_left(scripted: Callable[..., int], act: Act, code: str) -> None:
    assert code_of(ask_one(scripted(act), seconds=SHORT_S)) == code


def test_who_never_stops_sending_is_left_at_the_time_limit(scripted: Callable[..., int]) -> None:
    """A fragment of no bytes after the other: no limit of size is ever reached, and no wait ever begins."""
    empty = b"\x04\0\0\0\0\x06" + b"\0\0\0\x02\x01\x01"

    def act(connected: socket.socket, over: threading.Event) -> None:
        connected.recv(65536)
        connected.sendall(ACCEPTANCE)
        floods(empty * 1000)(connected, over)

    contact = ask_one(scripted(act), seconds=SHORT_S, echo=True)
    assert code_of(contact) == "device.echo_failed"
    assert contact.announced is not None


@pytest.mark.parametrize("act", [sends_and_waits(ACCEPTANCE), trickles(ACCEPTANCE + b"\x06")], ids=["wait", "trickle"])
def test_who_does_not_release_is_not_waited_for_long(
    scripted: Callable[..., int], act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uidmanager.dicom.association.asking._FAREWELL_S", 0.1)
    contact = ask_one(scripted(act), seconds=3600.0)
    assert contact.trouble is None
    assert contact.announced is not None


def test_what_is_read_whole_of_a_broken_acceptance_is_told(scripted: Callable[..., int]) -> None:
    broken = bytearray(ACCEPTANCE + b"\x99\0\0\x07")
    broken[2:6] = (len(broken) - 6).to_bytes(4, "big")
    contact = ask_one(scripted(sends(bytes(broken))), echo=True)
    assert code_of(contact) == "device.malformed"
    assert contact.announced is not None
    assert contact.announced.class_uid == OURS.class_uid


def test_pynetdicom_does_not_speak_for_us(
    scripted: Callable[..., int], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    for data in (b"\x1b[31mred", ACCEPTANCE.replace(b"2.25.", b"\xff\x1b[9"), ACCEPTANCE):
        ask_one(scripted(sends(data)), echo=True)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records
