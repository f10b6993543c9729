"""Asking devices what they are: an association for Verification with each, a C-ECHO if one is wished for.

`ask_all` is what the faces call.
"""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.app.ports import no_progress
from uidmanager.core.devices import OUR_TITLE
from uidmanager.core.fleet import Contact
from uidmanager.dicom.association import messages, troubles
from uidmanager.dicom.association.commands import ECHO_RSP, SUCCESS, BadCommandError, Command, Commands
from uidmanager.dicom.association.connecting import NoLineError, connect
from uidmanager.dicom.association.identity import Identity
from uidmanager.dicom.association.limits import Bell, Limit
from uidmanager.dicom.association.pdus import (
    LONGEST_DATA,
    LONGEST_NEGOTIATION,
    Negotiation,
    Pdu,
    PduKind,
    next_pdu,
    read_negotiation,
)
from uidmanager.dicom.association.tls import TlsTerms, calling_context

if TYPE_CHECKING:
    import ssl
    from collections.abc import Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.announcements import Announcement
    from uidmanager.core.devices import Device
    from uidmanager.core.errors import Problem
    from uidmanager.dicom.association.line import Line

AT_ONCE: Final = 16
SECONDS: Final = 10.0
_FAREWELL_S: Final = 2.0
_LOOK_S: Final = 0.25
_ECHO_MESSAGE: Final = 1


class Terms(Struct, frozen=True):
    """How devices are asked: as whom, with a C-ECHO or without, for how long each, in TLS or not.

    ``calling`` is our AE title towards those that do not know us by another one.
    """

    ours: Identity
    calling: str = OUR_TITLE
    echo: bool = False
    seconds: float = SECONDS
    tls: TlsTerms | None = None


def ask_all(devices: Sequence[Device], terms: Terms, progress: Progress = no_progress) -> list[Contact]:
    """What became of asking each device, in their order; up to `AT_ONCE` are asked at a time.

    ``progress`` is told how many have answered, several times a second, and may stop it all. What a device does, or
    does not, is in its contact and never raised.

    Raises:
        TlsUnusableError: a file of certificates cannot be used; no device was asked.
        CancelledError: somebody stopped it.
    """
    context = None if terms.tls is None else calling_context(terms.tls)
    with Bell() as bell, ThreadPoolExecutor(max(1, min(AT_ONCE, len(devices))), thread_name_prefix="ask") as pool:
        asked = [pool.submit(ask, device, terms, bell, context) for device in devices]
        waiting = set(asked)
        try:
            while waiting:
                _, waiting = wait(waiting, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
                progress("Asking devices", 1 - len(waiting) / len(asked))
        except BaseException:  # also Ctrl-C: nobody is to wait for the devices
            bell.ring()
            pool.shutdown(cancel_futures=True)
            raise
        return [each.result() for each in asked]


def ask(device: Device, terms: Terms, bell: Bell, context: ssl.SSLContext | None) -> Contact:
    """What became of asking one device. Raises `CancelledError` when the bell rings."""
    limit = Limit(terms.seconds, bell)
    tls_name = terms.tls.name if terms.tls else ""
    try:
        line = connect(device, limit, context, tls_name)
    except NoLineError as error:
        return Contact(device, trouble=error.problem)
    with line:
        try:
            line.send(messages.association_request(terms.ours, device.calling or terms.calling, device.title))
            pdu = next_pdu(line, LONGEST_NEGOTIATION)
        except troubles.LINE_ERRORS as error:
            return Contact(device, trouble=troubles.of_line(device.address, error, terms.seconds))
        if pdu.kind is not PduKind.ASSOCIATE_AC:
            return Contact(device, trouble=_instead(device, pdu))
        return _accepted(device, terms, line, pdu)


def _accepted(device: Device, terms: Terms, line: Line, pdu: Pdu) -> Contact:
    """The association came about: what was announced in it, and the C-ECHO."""
    negotiation = read_negotiation(pdu.body)
    if negotiation is None or not negotiation.is_whole:
        return Contact(device, _as_far_as_read(negotiation), troubles.of_negotiation(device.address))
    trouble = None
    echoes = None
    if terms.echo:
        trouble = _echo(device, line, negotiation)
        echoes = 0 if trouble else 1
    _take_leave(line)
    return Contact(device, negotiation.announced, trouble, echoes)


def _as_far_as_read(negotiation: Negotiation | None) -> Announcement | None:
    """What was announced, if the class UID was read whole; without it nothing is to be said of the rest."""
    if negotiation is None or negotiation.announced.class_uid is None:
        return None
    return negotiation.announced


def _echo(device: Device, line: Line, negotiation: Negotiation) -> Problem | None:
    """Send a C-ECHO and wait for its answer; what went wrong, if anything did."""
    where = device.address
    if not any(context.number == messages.OUR_CONTEXT and context.result == 0 for context in negotiation.contexts):
        return troubles.of_verification(where)
    try:
        line.send(messages.echo_request(messages.OUR_CONTEXT, _ECHO_MESSAGE))
        return _answer_to_echo(device, line)
    except troubles.LINE_ERRORS as error:
        return troubles.of_echo_line(where, error, line.limit.seconds)


def _answer_to_echo(device: Device, line: Line) -> Problem | None:
    commands = Commands()
    while True:
        pdu = next_pdu(line, LONGEST_DATA)
        if pdu.kind is not PduKind.DATA_TF:
            return _instead(device, pdu)
        try:
            complete = commands.take(pdu.body)
        except BadCommandError as error:
            return troubles.of_echo(device.address, f"it sent {error}")
        for command in complete:
            return _echo_verdict(device, command)


def _echo_verdict(device: Device, command: Command) -> Problem | None:
    if command.field != ECHO_RSP or command.message != _ECHO_MESSAGE:
        return troubles.of_echo(device.address, f"it sent {command.name} for message {command.message}")
    if command.status != SUCCESS:
        return troubles.of_echo(device.address, f"its status is 0x{command.status & 0xFFFF:04X}, not 0x0000")
    return None


def _take_leave(line: Line) -> None:
    """End the association as is proper, but do not wait long: what was asked for is known."""
    line.limit = line.limit.at_most(_FAREWELL_S)
    try:
        line.send(messages.release_request())
        next_pdu(line, LONGEST_DATA)
    except troubles.LINE_ERRORS:
        return


def _instead(device: Device, pdu: Pdu) -> Problem:
    """Of a PDU that came instead of the one that was hoped for."""
    match pdu.kind:
        case PduKind.ASSOCIATE_RJ:
            return troubles.of_rejection(device.address, pdu.body)
        case PduKind.ABORT:
            return troubles.of_abort(device.address, pdu.body)
        case _:
            return troubles.of_kind(device.address, pdu.kind)
