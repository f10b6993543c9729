"""One association that a device asked for: what it announced is noted, C-ECHO is answered, nothing else is taken."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core.fleet import Contact
from uidmanager.dicom.association import messages, troubles
from uidmanager.dicom.association.commands import ECHO_RQ, BadCommandError, Commands
from uidmanager.dicom.association.line import HungUpError
from uidmanager.dicom.association.pdus import (
    LONGEST_DATA,
    LONGEST_NEGOTIATION,
    Context,
    Negotiation,
    PduKind,
    next_pdu,
    read_negotiation,
)

if TYPE_CHECKING:
    from uidmanager.core.devices import Device
    from uidmanager.core.errors import Problem
    from uidmanager.dicom.association.identity import Identity
    from uidmanager.dicom.association.line import Line

MOST_ECHOES: Final = 1000
_ACCEPTED: Final = 0
_NO_SUCH_SERVICE: Final = 3
_NO_SUCH_SYNTAX: Final = 4
_NO_REASON: Final = (1, 1, 1)
_OTHER_APPLICATION: Final = (1, 1, 2)
_OTHER_PROTOCOL: Final = (1, 2, 2)
FULL: Final = (2, 3, 2)
"""For a rejection: for now, by the presentation part, as many associations as are taken (PS3.8 table 9-21)."""


def answer(caller: Device, line: Line, ours: Identity) -> Contact:
    """See an association through to its end. Raises `CancelledError` when the bell rings."""
    try:
        pdu = next_pdu(line, LONGEST_NEGOTIATION)
    except troubles.LINE_ERRORS as error:
        return Contact(caller, trouble=troubles.of_caller(caller.address, error, line.limit.seconds))
    if pdu.kind is not PduKind.ASSOCIATE_RQ:
        _say(line, messages.abort())
        return Contact(caller, trouble=troubles.of_kind(caller.address, pdu.kind))
    asked = read_negotiation(pdu.body)
    if asked is not None and asked.announced.class_uid is not None:
        caller = structs.replace(caller, title=asked.announced.calling)
    refusal = _refusal(asked)
    if asked is None or refusal is not None:
        _say(line, messages.association_rejection(*refusal or _NO_REASON))
        announced = asked.announced if asked and (asked.is_whole or asked.announced.class_uid) else None
        return Contact(caller, announced, troubles.of_negotiation(caller.address))
    return _accepted(caller, line, ours, asked)


def _refusal(asked: Negotiation | None) -> tuple[int, int, int] | None:
    """Why a request cannot be accepted, in the numbers of PS3.8 table 9-21; None if it can."""
    if asked is None or not asked.is_whole:
        return _NO_REASON
    if not asked.protocol & 1:
        return _OTHER_PROTOCOL
    return None if asked.application == messages.APPLICATION else _OTHER_APPLICATION


def _accepted(caller: Device, line: Line, ours: Identity, asked: Negotiation) -> Contact:
    answers = tuple(map(_answer_to, asked.contexts))
    visit = _Visit(caller, line, frozenset(context.number for context in answers if context.result == _ACCEPTED))
    trouble = visit.see_through(messages.association_acceptance(ours, asked.titles, answers))
    others = tuple(dict.fromkeys(c.abstract for c in asked.contexts if c.abstract != messages.VERIFICATION))
    return Contact(caller, asked.announced, trouble, visit.echoes, others)


def _answer_to(asked: Context) -> Context:
    """Verification is accepted in the first of our transfer syntaxes that is offered, nothing else is."""
    if asked.abstract != messages.VERIFICATION:
        return Context(asked.number, result=_NO_SUCH_SERVICE)
    shared = tuple(transfer for transfer in messages.TRANSFERS if transfer in asked.transfers)
    return Context(asked.number, transfers=shared[:1], result=_ACCEPTED if shared else _NO_SUCH_SYNTAX)


class _Visit:
    """An association from its acceptance on. ``echoes`` counts the C-ECHO that were answered."""

    def __init__(self, caller: Device, line: Line, taken: frozenset[int]) -> None:
        self._where = caller.address
        self._line = line
        self._taken = taken
        self._commands = Commands()
        self.echoes = 0

    def see_through(self, acceptance: bytes) -> Problem | None:
        """To its end; what went wrong, if anything did."""
        try:
            self._line.send(acceptance)
            while True:
                pdu = next_pdu(self._line, LONGEST_DATA)
                match pdu.kind:
                    case PduKind.RELEASE_RQ:
                        self._line.send(messages.release_response())
                        return None
                    case PduKind.ABORT:
                        return troubles.of_abort(self._where, pdu.body)
                    case PduKind.DATA_TF:
                        trouble = self._answered(pdu.body)
                    case _:
                        trouble = troubles.of_kind(self._where, pdu.kind)
                if trouble is not None:
                    _say(self._line, messages.abort())
                    return trouble
        except troubles.LINE_ERRORS as error:
            if isinstance(error, HungUpError) and not error.got:
                return None  # to hang up without a farewell is rude, but it is how some devices end it
            _say(self._line, messages.abort())
            return troubles.of_caller(self._where, error, self._line.limit.seconds)

    def _answered(self, body: bytes) -> Problem | None:
        """Answer each C-ECHO in a P-DATA-TF; what else was in it, if anything was."""
        try:
            commands = self._commands.take(body)
        except BadCommandError as error:
            return troubles.of_command(self._where, str(error))
        for command in commands:
            if command.field != ECHO_RQ or command.has_data or command.context not in self._taken:
                return troubles.of_command(self._where, command.name)
            if self.echoes == MOST_ECHOES:
                return troubles.of_command(self._where, f"more than {MOST_ECHOES:,} C-ECHO")
            self._line.send(messages.echo_response(command.context, command.message))
            self.echoes += 1
        return None


def _say(line: Line, last_words: bytes) -> None:
    """Before hanging up; whether they are heard makes no difference."""
    with suppress(*troubles.LINE_ERRORS):
        line.send(last_words)
