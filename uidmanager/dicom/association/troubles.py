"""What can go wrong with a device, each in its sentence: what is so, then what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import Problem
from uidmanager.core.texts import excerpt, visible
from uidmanager.dicom.association.limits import TimeUpError
from uidmanager.dicom.association.line import HungUpError, TlsFailedError
from uidmanager.dicom.association.pdus import NotDicomError, TooLongError
from uidmanager.dicom.association.words import abort_in_words, rejection_in_words

if TYPE_CHECKING:
    from uidmanager.dicom.association.pdus import PduKind

_BEGINNINGS: Final = (
    (b"SSH-", "an SSH server"),
    (b"HTTP/", "a web server"),
    (b"<", "a web server"),
    (b"\x15\x03", "a device that wants TLS (--tls)"),
    (b"220", "a mail or file server"),
    (b"GET ", "a web browser"),
    (b"POST ", "a web browser"),
    (b"\x16\x03", "a device that speaks TLS (--tls)"),
)
LINE_ERRORS: Final = (TimeUpError, HungUpError, TlsFailedError, NotDicomError, TooLongError)


def of_name(host: str, reason: str) -> Problem:
    """The name is not known."""
    sentence = f"No address is known for {host} ({reason}). Check how the name is written, or give the address."
    return Problem("device.name_unknown", "device", sentence)


def of_connecting(where: str, error: OSError | TimeUpError, seconds: float) -> Problem:
    """The connection could not be made."""
    if isinstance(error, ConnectionRefusedError):
        sentence = (
            f"Nothing listens at {where}: the connection was refused. Check the port, and that the device's DICOM "
            "service is on."
        )
        return Problem("device.refused", "device", sentence)
    late = f"no answer within {_seconds(seconds)}"
    reason = late if isinstance(error, TimeUpError) else error.strerror or str(error)
    sentence = f"{where} cannot be reached ({reason}). Check that it is switched on, and the network on the way to it."
    return Problem("device.unreachable", "device", sentence)


def of_line(where: str, error: Exception, seconds: float) -> Problem:
    """One of `LINE_ERRORS`, after the connection was made."""
    match error:
        case TimeUpError(got=b""):
            sentence = (
                f"{where} took the connection and said nothing within {_seconds(seconds)}. Check that a DICOM service "
                "listens on this port, and whether it must be called by TLS or under another AE title."
            )
            return Problem("device.silent", "device", sentence)
        case TimeUpError():
            sentence = (
                f"{where} did not come to the end of what it was sending within {_seconds(seconds)}. Give it more time "
                "(--timeout) if the way is slow; else its DICOM service is broken."
            )
            return Problem("device.too_slow", "device", sentence)
        case HungUpError(got=got):
            when = "in the middle of its answer" if got else "instead of answering"
            sentence = (
                f"{where} closed the connection {when}. Many devices do so to an AE title or an address that they do "
                "not know; look into its log."
            )
            return Problem("device.closed", "device", sentence)
        case TlsFailedError():
            sentence = (
                f"TLS with {where} failed: {visible(str(error))}. Check that this port speaks TLS, and the "
                "certificates on both sides."
            )
            return Problem("device.tls", "device", sentence)
        case NotDicomError(got=got):
            sentence = f"What {where} sent is not DICOM: {_looks_like(got)}. Check the port."
            return Problem("device.not_dicom", "device", sentence)
        case _:
            length = error.length if isinstance(error, TooLongError) else 0
            sentence = (
                f"{where} announced a message of {length:,} bytes, far more than belongs there; it was not read. "
                "Either this is not DICOM, or its DICOM service is broken."
            )
            return Problem("device.too_long", "device", sentence)


def of_caller(where: str, error: Exception, seconds: float) -> Problem:
    """One of `LINE_ERRORS` with somebody who called here."""
    match error:
        case TimeUpError(got=b""):
            sentence = f"{where} connected and said nothing more within {_seconds(seconds)}. It was hung up on."
            return Problem("device.silent", "device", sentence)
        case HungUpError(got=b""):
            sentence = f"{where} connected and hung up without a word, as who only looks whether a port is open."
            return Problem("device.closed", "device", sentence)
        case _:
            return of_line(where, error, seconds)


def of_rejection(where: str, body: bytes) -> Problem:
    """An A-ASSOCIATE-RJ."""
    sentence = f"{where} rejected the association {rejection_in_words(body)}"
    return Problem("device.rejected", "device", sentence)


def of_abort(where: str, body: bytes) -> Problem:
    """An A-ABORT."""
    sentence = f"{where} aborted the association {abort_in_words(body)}. Look into its log."
    return Problem("device.aborted", "device", sentence)


def of_kind(where: str, kind: PduKind) -> Problem:
    """A PDU that does not belong there."""
    name = kind.name.replace("_", "-")
    sentence = f"{where} sent {name} where the standard has no place for it. Its DICOM service is broken."
    return Problem("device.unexpected", "device", sentence)


def of_negotiation(where: str) -> Problem:
    """A request or an acceptance that is not whole."""
    sentence = (
        f"What {where} sent to negotiate the association is not well formed: it ends before it should, or says a thing "
        "twice. What could be read whole is shown. Its DICOM service is broken."
    )
    return Problem("device.malformed", "device", sentence)


def of_verification(where: str) -> Problem:
    """The association came about, but not for Verification."""
    sentence = f"{where} does not accept Verification, so that no C-ECHO could be sent. What it announced holds."
    return Problem("device.no_verification", "device", sentence)


def of_echo(where: str, what: str) -> Problem:
    """A C-ECHO that was not answered as it should be."""
    sentence = f"{where} did not answer the C-ECHO as it should: {what}. What it announced holds. Look into its log."
    return Problem("device.echo_failed", "device", sentence)


def of_echo_line(where: str, error: Exception, seconds: float) -> Problem:
    """One of `LINE_ERRORS` instead of the answer to a C-ECHO."""
    match error:
        case TimeUpError():
            return of_echo(where, f"no answer within {_seconds(seconds)}")
        case HungUpError():
            return of_echo(where, "it closed the connection")
        case _:
            return of_line(where, error, seconds)


def of_command(where: str, what: str) -> Problem:
    """A device that called and wanted something else than C-ECHO."""
    sentence = f"{where} sent {what}; only C-ECHO is answered here, and nothing else is taken. It was hung up on."
    return Problem("device.other_command", "device", sentence)


def _looks_like(got: bytes) -> str:
    what = next((what for beginning, what in _BEGINNINGS if got.startswith(beginning)), "")
    shown = excerpt(got[:60].decode("ascii", "backslashreplace").strip())
    return f"it looks like {what} (“{shown}”)" if what else f"it begins with “{shown}”"


def _seconds(seconds: float) -> str:
    return "a second" if seconds == 1 else f"{seconds:g} seconds"
