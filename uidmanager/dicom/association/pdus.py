"""Reading what a peer sends while an association is negotiated (PS3.8 §9.3, PS3.7 Annex D). Any bytes may come.

Linear in the bytes and tolerant, but nothing that was cut off is taken for an answer: a class UID without its end could
be that of another release.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.announcements import Announcement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.dicom.association.line import Line

LONGEST_NEGOTIATION: Final = 256 * 1024
"""In bytes; 128 presentation contexts with twenty transfer syntaxes each come to less."""
LONGEST_DATA: Final = 16382
"""The largest P-DATA-TF that we ask for and take, in bytes."""
_HEAD: Final = 6
_FIXED: Final = 68
_AT_HAND: Final = 200


class PduKind(IntEnum):
    """The seven kinds of PDU."""

    ASSOCIATE_RQ = 1
    ASSOCIATE_AC = 2
    ASSOCIATE_RJ = 3
    DATA_TF = 4
    RELEASE_RQ = 5
    RELEASE_RP = 6
    ABORT = 7


class _Item(IntEnum):
    """Those items and sub-items that are looked at."""

    APPLICATION_CONTEXT = 0x10
    CONTEXT_RQ = 0x20
    CONTEXT_AC = 0x21
    ABSTRACT_SYNTAX = 0x30
    TRANSFER_SYNTAX = 0x40
    USER_INFORMATION = 0x50
    MAXIMUM_LENGTH = 0x51
    CLASS_UID = 0x52
    VERSION_NAME = 0x55


class Pdu(Struct, frozen=True):
    """A PDU without its head."""

    kind: PduKind
    body: bytes


class NotDicomError(Exception):
    """What came does not begin like a PDU. ``got`` is the beginning of it."""

    def __init__(self, got: bytes) -> None:
        super().__init__(got)
        self.got = got


class TooLongError(Exception):
    """A PDU says that it is longer than any we take; it was not read. ``length`` is what it says, in bytes."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


class Context(Struct, frozen=True):
    """A presentation context: as asked for with its transfer syntaxes, as answered with a result (0: accepted)."""

    number: int
    abstract: str = ""
    transfers: tuple[str, ...] = ()
    result: int = 0


class Negotiation(Struct, frozen=True):
    """An A-ASSOCIATE-RQ or -AC. ``titles`` are the 32 bytes of both AE titles as they came.

    Where it is not ``is_whole``, something in it ends before it should, comes twice or is missing; the rest holds.
    """

    announced: Announcement
    contexts: tuple[Context, ...]
    titles: bytes
    protocol: int
    application: str
    is_whole: bool


def next_pdu(line: Line, longest: int) -> Pdu:
    """The next PDU, which may have so many bytes. Raises `NotDicomError`, `TooLongError`, and as `Line.receive`."""
    head = line.receive(_HEAD)
    if head[0] not in set(PduKind):
        raise NotDicomError(head + line.at_hand(_AT_HAND))
    length = int.from_bytes(head[2:], "big")
    if length > longest:
        raise TooLongError(length)
    return Pdu(PduKind(head[0]), line.receive(length))


def read_negotiation(body: bytes) -> Negotiation | None:
    """What an A-ASSOCIATE-RQ or -AC says; None where not even its fixed part is there."""
    if len(body) < _FIXED:
        return None
    items = _Items(body[_FIXED:])
    contexts: list[Context] = []
    application: list[str] = []
    said: list[tuple[int, str]] = []
    for kind, data in items:
        if kind in {_Item.CONTEXT_RQ, _Item.CONTEXT_AC} and len(data) >= 4:  # noqa: PLR2004 (number, result, two reserved)
            inner = _Items(data[4:])
            contexts.append(_context(data, inner))
            items.is_whole &= inner.is_whole
        elif kind == _Item.USER_INFORMATION:
            inner = _Items(data)
            said += ((sub, _text(value)) for sub, value in inner)
            items.is_whole &= inner.is_whole
        elif kind == _Item.APPLICATION_CONTEXT:
            application.append(_text(data))
    uids = [text for kind, text in said if kind == _Item.CLASS_UID]
    names = [text for kind, text in said if kind == _Item.VERSION_NAME]
    announced = Announcement(
        uids[0] if uids else None,
        names[0] if names else None,
        calling=_text(body[20:36]).strip(" \x00"),
        called=_text(body[4:20]).strip(" \x00"),
    )
    is_whole = items.is_whole and len(set(uids)) <= 1 and len(set(names)) <= 1
    protocol = int.from_bytes(body[:2], "big")
    return Negotiation(announced, tuple(contexts), body[4:36], protocol, "".join(application[:1]), is_whole)


def _context(data: bytes, inner: _Items) -> Context:
    syntaxes = [(kind, _text(value)) for kind, value in inner]
    abstract = "".join([text for kind, text in syntaxes if kind == _Item.ABSTRACT_SYNTAX][:1])
    transfers = tuple(text for kind, text in syntaxes if kind == _Item.TRANSFER_SYNTAX)
    return Context(data[0], abstract, transfers, data[2])


class _Items:
    """The items in these bytes, those that are whole; afterwards whether there was nothing else."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.is_whole = True

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        at, end = 0, len(self._data)
        while at < end:
            begin = at + 4
            length = int.from_bytes(self._data[at + 2 : begin], "big")
            if begin + length > end:
                self.is_whole = False
                return
            yield self._data[at], self._data[begin : begin + length]
            at = begin + length


def _text(data: bytes) -> str:
    """ASCII as it stands; what is no ASCII as an escape, so that it can be shown and is never taken for a digit."""
    return data.decode("ascii", "backslashreplace")
