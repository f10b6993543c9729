"""A printer in the network, played by sockets: one that takes all, refuses, is silent, breaks off, takes no more."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from uidmanager.core.errors import CancelledError
from uidmanager.writers.labels.sending import (
    Printer,
    PrinterBrokeOffError,
    PrinterRefusedError,
    PrinterSilentError,
    PrinterUnknownError,
    PrintingStoppedError,
    line_to,
    read_printer,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTENT = b"^XA^FDlabel^FS^XZ\n" * 200_000
RESET = struct.pack("ii", 1, 0)  # hang up with a reset, whatever was still under way


class Played:
    """A printer that does with its one connection what it is told; ``taken`` is what it got."""

    def __init__(self, listening: socket.socket, do: Callable[[socket.socket, Played], None]) -> None:
        self.taken = b""
        self.printer = Printer("127.0.0.1", listening.getsockname()[1])
        self.is_over = threading.Event()
        self._listening = listening
        self._do = do

    def run(self) -> None:
        connection, _ = self._listening.accept()
        with connection:
            self._do(connection, self)


@contextmanager
def printer(do: Callable[[socket.socket, Played], None]) -> Iterator[Played]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        played = Played(listening, do)
        thread = threading.Thread(target=played.run)
        thread.start()
        try:
            yield played
        finally:
            played.is_over.set()
            thread.join(30)
            assert not thread.is_alive()


def takes_all(connection: socket.socket, played: Played) -> None:
    while part := connection.recv(65536):
        played.taken += part


def takes_all_and_stays(connection: socket.socket, played: Played) -> None:
    takes_all(connection, played)
    played.is_over.wait(30)


def takes_nothing(_connection: socket.socket, played: Played) -> None:
    played.is_over.wait(30)


def takes_all_and_breaks_off(connection: socket.socket, played: Played) -> None:
    takes_all(connection, played)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


def breaks_off(connection: socket.socket, played: Played) -> None:
    played.taken = connection.recv(1000)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


def test_all_of_it_arrives() -> None:
    seen: list[float] = []
    with printer(takes_all) as played, line_to(played.printer) as line:
        line.send(CONTENT, lambda _message, fraction: seen.append(fraction))
    assert played.taken == CONTENT
    assert seen == sorted(seen)
    assert seen[0] == 0.0


def test_a_printer_that_never_hangs_up_has_taken_it_all_the_same() -> None:
    with printer(takes_all_and_stays) as played, line_to(played.printer, 0.3) as line:
        line.send(CONTENT[:1000])
    assert played.taken == CONTENT[:1000]


def test_one_that_takes_no_more_is_not_waited_for() -> None:
    with (
        printer(takes_nothing) as played,
        line_to(played.printer, 0.3) as line,
        pytest.raises(PrinterBrokeOffError, match="took nothing more for too long") as raised,
    ):
        line.send(CONTENT)
    assert "How many labels came out is not known" in str(raised.value)
    assert raised.value.has_begun


def test_one_that_breaks_off_leaves_it_open_how_many_came_out() -> None:
    with (
        printer(breaks_off) as played,
        line_to(played.printer) as line,
        pytest.raises(PrinterBrokeOffError, match=r"broke off after [0-9,]+ of 3,600,000 bytes"),
    ):
        line.send(CONTENT)


def test_one_that_resets_the_line_after_the_last_byte_has_not_taken_it() -> None:
    with (
        printer(takes_all_and_breaks_off) as played,
        line_to(played.printer) as line,
        pytest.raises(PrinterBrokeOffError),
    ):
        line.send(CONTENT[:2000] * 2)


def test_stopping_before_the_first_byte_sends_nothing() -> None:
    def stop(_message: str, _fraction: float) -> None:
        raise CancelledError

    with printer(takes_all) as played, line_to(played.printer) as line, pytest.raises(CancelledError):
        line.send(CONTENT, stop)
    assert played.taken == b""


def test_stopping_later_leaves_it_open_how_many_came_out() -> None:
    def stop(_message: str, fraction: float) -> None:
        if fraction > 0.1:
            raise CancelledError

    with (
        printer(takes_all) as played,
        line_to(played.printer) as line,
        pytest.raises(PrintingStoppedError, match="is not known"),
    ):
        line.send(CONTENT, stop)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = Printer("127.0.0.1", free.getsockname()[1])
    with pytest.raises(PrinterRefusedError, match=r"refuses the connection\. Nothing was sent"), line_to(address):
        pass


def test_nobody_has_that_name() -> None:
    unknown = Printer("no-such-printer.invalid")
    with pytest.raises(PrinterUnknownError, match=r"by the name no-such-printer\.invalid"), line_to(unknown):
        pass


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(*_address: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", wait)
    with pytest.raises(PrinterSilentError, match="nothing for 10 s"), line_to(Printer("192.0.2.1")):
        pass


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("zebra", "zebra", 9100),
        (" 192.168.0.17 ", "192.168.0.17", 9100),
        ("192.168.0.17:6101", "192.168.0.17", 6101),
        ("[2001:db8::7]", "2001:db8::7", 9100),
        ("[fe80::1%eth0]:9100", "fe80::1%eth0", 9100),
    ],
)
def test_addresses(text: str, host: str, port: int) -> None:
    found, problems = read_printer(text)
    assert (found, problems) == (Printer(host, port), ())
    assert read_printer(str(found)) == (found, ())


@pytest.mark.parametrize("text", ["", ":9100", "a:0", "a:65536", "a:b", "a b", "tcp://a", "2001:db8::7", "a:1:2"])
def test_what_is_no_address(text: str) -> None:
    found, [problem] = read_printer(text)
    assert found is None
    assert problem.code == "printer.address"
