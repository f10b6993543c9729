"""Bytes to a label printer in the network: port 9100, where it prints what comes and says nothing back."""

from __future__ import annotations

import re
import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.app.ports import no_progress
from uidmanager.core.errors import Problem, UidManagerError
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.app.ports import Progress

PORT: Final = 9100
TIME_LIMIT_S: Final = 10.0
_AT_A_TIME: Final = 16 * 1024
_HIGHEST_PORT: Final = 65535
_HOST: Final = r"\[(?P<six>[0-9A-Za-z:.%]+)\]|(?P<name>[^\s:\[\]/@]+)"
_ADDRESS = re.compile(rf"(?:{_HOST})(?::(?P<port>[0-9]{{1,5}}))?").fullmatch
_UNKNOWN: Final = (
    "How many labels came out is not known: look at the printer, and print those that are missing once more, with a "
    "reason."
)


class PrinterError(UidManagerError):
    """A printer that did not take the labels. ``has_begun`` says that some of them may have been printed."""

    code = "printer.failed"
    has_begun = False


class PrinterUnknownError(PrinterError):
    """Its name leads to no address."""

    code = "printer.unknown"

    def __init__(self, printer: Printer) -> None:
        super().__init__(f"No printer is known by the name {printer.host}. Nothing was sent; check the name.")


class PrinterRefusedError(PrinterError):
    """There is something at the address, and it takes no labels."""

    code = "printer.refused"

    def __init__(self, printer: Printer) -> None:
        super().__init__(
            f"{printer} refuses the connection. Nothing was sent; check the port, and whether the printer is ready."
        )


class PrinterSilentError(PrinterError):
    """Nothing answers at the address."""

    code = "printer.silent"

    def __init__(self, printer: Printer, seconds: float, reason: str) -> None:
        super().__init__(
            f"{printer} does not answer ({reason or f'nothing for {seconds:g} s'}). Nothing was sent; check that the "
            "printer is switched on, in the network, and at this address."
        )


class PrinterBrokeOffError(PrinterError):
    """The connection ended, or the printer took no more, in the middle."""

    code = "printer.broke_off"
    has_begun = True

    def __init__(self, printer: Printer, sent: int, total: int, reason: str) -> None:
        super().__init__(f"{printer} broke off after {sent:,} of {total:,} bytes ({reason}). {_UNKNOWN}")


class PrintingStoppedError(PrinterError):
    """Somebody stopped it in the middle."""

    code = "printer.stopped"
    has_begun = True

    def __init__(self, printer: Printer, sent: int, total: int) -> None:
        super().__init__(f"Stopped after {sent:,} of {total:,} bytes had been sent to {printer}. {_UNKNOWN}")


class Printer(Struct, frozen=True):
    """Where a printer is."""

    host: str
    port: int = PORT

    def __str__(self) -> str:
        """As people write it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_printer(text: str) -> tuple[Printer | None, tuple[Problem, ...]]:
    """The printer that is meant by ``HOST``, ``HOST:PORT``, ``[2001:db8::7]:PORT``; else why it is none."""
    found = _ADDRESS(text.strip())
    port = int(found["port"] or PORT) if found else 0
    if found is None or not 1 <= port <= _HIGHEST_PORT:
        sentence = f"“{excerpt(text.strip())}” is no address of a printer. Write HOST or HOST:PORT, as in zebra:9100."
        return None, (Problem("printer.address", "to", sentence),)
    return Printer(found["six"] or found["name"], port), ()


class Line:
    """An open connection to a printer."""

    def __init__(self, printer: Printer, connection: socket.socket) -> None:
        self._printer = printer
        self._connection = connection

    def send(self, content: bytes, progress: Progress = no_progress) -> None:
        """Hand over all of it. Raises `PrinterError`; if it `has_begun`, nobody knows what came out."""
        sent, total = 0, len(content)
        try:
            for start in range(0, total, _AT_A_TIME):
                self._watch(progress, sent, total)
                self._connection.sendall(content[start : start + _AT_A_TIME])
                sent = min(start + _AT_A_TIME, total)
            self._connection.shutdown(socket.SHUT_WR)
            self._see_it_end()
        except TimeoutError as error:
            raise PrinterBrokeOffError(self._printer, sent, total, "it took nothing more for too long") from error
        except OSError as error:
            raise PrinterBrokeOffError(self._printer, sent, total, error.strerror or str(error)) from error

    def _watch(self, progress: Progress, sent: int, total: int) -> None:
        try:
            progress("Sending to the printer", sent / total)
        except BaseException as stopped:
            if sent == 0:
                raise
            raise PrintingStoppedError(self._printer, sent, total) from stopped

    def _see_it_end(self) -> None:
        """Wait for the printer to hang up as well: one that resets the line now has not taken all. Many never do."""
        with suppress(TimeoutError):
            while self._connection.recv(_AT_A_TIME):
                pass


@contextmanager
def line_to(printer: Printer, seconds: float = TIME_LIMIT_S) -> Iterator[Line]:
    """An open line; raises `PrinterError` where there is none to be had. Each wait ends after so many seconds."""
    try:
        connection = socket.create_connection((printer.host, printer.port), seconds)
    except TimeoutError as error:
        raise PrinterSilentError(printer, seconds, "") from error
    except ConnectionRefusedError as error:
        raise PrinterRefusedError(printer) from error
    except (socket.gaierror, UnicodeError) as error:
        raise PrinterUnknownError(printer) from error
    except OSError as error:
        raise PrinterSilentError(printer, seconds, error.strerror or str(error)) from error
    with connection:
        yield Line(printer, connection)
