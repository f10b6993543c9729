"""What we send, made by pynetdicom. Nothing that a peer sent goes through it but AE titles, as the bytes they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydicom.uid import UID
from pynetdicom.dimse_messages import C_ECHO_RQ, C_ECHO_RSP
from pynetdicom.dimse_primitives import C_ECHO
from pynetdicom.pdu import (
    A_ABORT_RQ,
    A_ASSOCIATE_AC,
    A_ASSOCIATE_RJ,
    A_ASSOCIATE_RQ,
    A_RELEASE_RP,
    A_RELEASE_RQ,
    P_DATA_TF,
)
from pynetdicom.pdu_primitives import (
    A_ASSOCIATE,
    ImplementationClassUIDNotification,
    ImplementationVersionNameNotification,
    MaximumLengthNotification,
)
from pynetdicom.presentation import PresentationContext

from uidmanager.dicom.association.pdus import LONGEST_DATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pynetdicom.dimse_messages import DIMSEMessage

    from uidmanager.dicom.association.identity import Identity
    from uidmanager.dicom.association.pdus import Context

VERIFICATION: Final = "1.2.840.10008.1.1"
APPLICATION: Final = "1.2.840.10008.3.1.1.1"
TRANSFERS: Final = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2")
"""The transfer syntaxes that we offer and take, the best first. A command is encoded as in the first in any case."""
OUR_CONTEXT: Final = 1


def association_request(ours: Identity, calling: str, called: str) -> bytes:
    """An A-ASSOCIATE-RQ for Verification alone."""
    asked = PresentationContext()
    asked.context_id = OUR_CONTEXT
    asked.abstract_syntax = UID(VERIFICATION)
    asked.transfer_syntax = [UID(transfer) for transfer in TRANSFERS[:2]]
    primitive = _association(ours)
    primitive.calling_ae_title = calling
    primitive.called_ae_title = called
    primitive.presentation_context_definition_list = [asked]
    pdu = A_ASSOCIATE_RQ()
    pdu.from_primitive(primitive)
    return pdu.encode()


def association_acceptance(ours: Identity, titles: bytes, contexts: Iterable[Context]) -> bytes:
    """An A-ASSOCIATE-AC; ``titles`` are the 32 bytes that the request has there, which are to come back as they were.

    Of each context the result counts and, where it is accepted, the one transfer syntax.
    """
    primitive = _association(ours)
    primitive.calling_ae_title = primitive.called_ae_title = "-"
    primitive.presentation_context_definition_results_list = [_answered(context) for context in contexts]
    pdu = A_ASSOCIATE_AC()
    pdu.from_primitive(primitive)
    encoded = pdu.encode()
    return encoded[:10] + titles + encoded[10 + len(titles) :]


def association_rejection(result: int, source: int, reason: int) -> bytes:
    """An A-ASSOCIATE-RJ (PS3.8 table 9-21)."""
    pdu = A_ASSOCIATE_RJ()
    pdu.result, pdu.source, pdu.reason_diagnostic = result, source, reason
    return pdu.encode()


def release_request() -> bytes:
    """An A-RELEASE-RQ."""
    return A_RELEASE_RQ().encode()


def release_response() -> bytes:
    """An A-RELEASE-RP."""
    return A_RELEASE_RP().encode()


def abort() -> bytes:
    """An A-ABORT by the user of the service, who needs no reason (PS3.8 table 9-26)."""
    pdu = A_ABORT_RQ()
    pdu.source, pdu.reason_diagnostic = 0, 0
    return pdu.encode()


def echo_request(context: int, message: int) -> bytes:
    """A C-ECHO-RQ in a P-DATA-TF."""
    asked = C_ECHO()
    asked.AffectedSOPClassUID = UID(VERIFICATION)
    asked.MessageID = message
    return _data(C_ECHO_RQ(), asked, context)


def echo_response(context: int, message: int) -> bytes:
    """A C-ECHO-RSP that says success, in a P-DATA-TF."""
    answer = C_ECHO()
    answer.AffectedSOPClassUID = UID(VERIFICATION)
    answer.MessageIDBeingRespondedTo = message
    answer.Status = 0x0000
    return _data(C_ECHO_RSP(), answer, context)


def _association(ours: Identity) -> A_ASSOCIATE:
    """What a request and an acceptance have in common."""
    primitive = A_ASSOCIATE()
    primitive.application_context_name = UID(APPLICATION)
    length = MaximumLengthNotification()
    length.maximum_length_received = LONGEST_DATA
    class_uid = ImplementationClassUIDNotification()
    class_uid.implementation_class_uid = UID(ours.class_uid)
    primitive.user_information = [length, class_uid]
    if ours.version_name is not None:
        name = ImplementationVersionNameNotification()
        name.implementation_version_name = ours.version_name
        primitive.user_information.append(name)
    return primitive


def _answered(context: Context) -> PresentationContext:
    answered = PresentationContext()
    answered.context_id = context.number
    answered.result = context.result
    answered.transfer_syntax = [UID(transfer) for transfer in context.transfers or TRANSFERS[:1]]
    return answered


def _data(message: DIMSEMessage, primitive: C_ECHO, context: int) -> bytes:
    message.primitive_to_message(primitive)
    encoded = b""
    for data in message.encode_msg(context, LONGEST_DATA):
        pdu = P_DATA_TF()
        pdu.from_primitive(data)
        encoded += pdu.encode()
    return encoded
