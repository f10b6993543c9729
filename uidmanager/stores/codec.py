"""Entries to the bytes of a line and back, strictly: an entry has exactly one spelling.

A line is read only when the chain holds, its shape is known to the last field, and writing the entry again gives the
same bytes: no key twice, nothing that another reader could take otherwise.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, get_args

import msgspec
from msgspec import Raw, structs

from uidmanager.core.events import FORMAT, FORMAT_VERSION, Entry, Event, NewEntry, RegistryFounded
from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.core.records import Scheme
from uidmanager.stores.chain import PREFIX_LENGTH, link, sealed
from uidmanager.stores.wording import shown

LONGEST_LINE: Final = 64 * 1024 * 1024
"""In bytes, with the newline. Nothing longer is written, and nothing longer is taken into memory."""

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_BEGINNING: Final = b'{"h":"'
_NUMBER: Final = re.compile(rb'"n":([0-9]{1,18}),')
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z")
_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(Entry).decode
_KINDS: Final = {str(kind.__struct_config__.tag): kind for kind in get_args(Event)}


class DamagedLineError(Exception):
    """These bytes are not the next entry of this ledger. The text says why."""


class ChangedBeginningError(DamagedLineError):
    """The hash of the line is right, but not what stands before it there: it was written whole and changed since."""


class NewerLineError(Exception):
    """The next entry, but a newer program wrote it: the text is what is not known here, ``known`` what is instead."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(found)
        self.known = known


def encode_line(new: NewEntry, n: int, before: str) -> tuple[Entry, bytes]:
    """The entry in its place after the one with the hash ``before``, and its line with the newline.

    Raises `ValueError` for an entry that could not be read back; the rules let none through.
    """
    draft = Entry(FIRST_HEAD, n, new.id, new.at, new.by, new.station, new.app, new.why, new.events)
    line = sealed(before, _encode(draft))
    try:
        entry = decode_line(line, n, before)
    except (DamagedLineError, NewerLineError) as fault:
        raise ValueError(f"entry {n} could not be read back: {fault}") from fault
    if entry != structs.replace(draft, h=entry.h):
        raise ValueError(f"entry {n} would be read back as another one")
    return entry, line + b"\n"


def decode_line(line: bytes, n: int, before: str) -> Entry:
    """Entry ``n`` from its line without the newline. Raises `DamagedLineError` or `NewerLineError`."""
    if line[6:70] != link(before, line).encode("ascii"):
        raise DamagedLineError(_what_happened_to(line, n))
    if not line.startswith(_BEGINNING):
        raise _changed_beginning(line)
    try:
        entry = _decode(line)
        spelled = _encode(entry)
    except (ValueError, RecursionError) as error:
        raise _stranger(line, f"its hash is right, but it is not an entry ({error})") from None
    if spelled != line:
        raise _stranger(line, "its hash is right, but it is not spelled as an entry is")
    fault = _misfit(entry, n)
    if fault is not None:
        raise fault
    return entry


def line_of(entry: Entry) -> bytes:
    """The one spelling of an entry that was verified, with the newline."""
    return _encode(entry) + b"\n"


def entry_in(line: bytes) -> Entry:
    """The entry in a line that was verified, which is not done again."""
    return _decode(line)


def _misfit(entry: Entry, n: int) -> DamagedLineError | NewerLineError | None:
    """Why a well-formed entry cannot stand at this place."""
    if entry.n != n:
        return DamagedLineError(f"it is numbered {entry.n} where {n} is due")
    if not entry.events:
        return DamagedLineError("nothing happens in it")
    if not _is_time(entry.at):
        return DamagedLineError("its time is not written as UTC with microseconds")
    if n == 1:
        return _not_a_founding(entry.events[0])
    return None


def _not_a_founding(event: Event) -> DamagedLineError | NewerLineError | None:
    """Why this event does not begin a ledger that can be read here."""
    if not isinstance(event, RegistryFounded) or event.format != FORMAT or event.version < 1:
        return DamagedLineError("no ledger of UID Manager begins like this")
    if event.version > FORMAT_VERSION:
        return _newer_format(event.version)
    return None


def _newer_format(version: int) -> NewerLineError:
    return NewerLineError(f"a ledger in version {version} of the format", f"version {FORMAT_VERSION}")


def _is_time(at: str) -> bool:
    """Whether it is UTC with microseconds, of a day that there is: just as it would be written."""
    if _TIME.fullmatch(at) is None:
        return False
    try:
        datetime.fromisoformat(at[:-1])
    except ValueError:
        return False
    return True


def _what_happened_to(line: bytes, n: int) -> str:
    """What a person can be told of a line whose hash does not fit."""
    if line.startswith(BYTE_ORDER_MARK):
        return "an editor put a byte order mark before it"
    if line.endswith(b"\r"):
        return "an editor changed the line ends (CR LF instead of LF)"
    if not line.startswith(_BEGINNING):
        return "no ledger of UID Manager begins like this" if n == 1 else "it is not an entry"
    number = _NUMBER.search(line, PREFIX_LENGTH, PREFIX_LENGTH + 40)
    if number and int(number[1]) != n:
        return f"it is entry {int(number[1])} where {n} is due: lines are missing, doubled or out of order"
    return "its hash does not fit, so it or a line before it was changed"


def _changed_beginning(line: bytes) -> DamagedLineError:
    """What to say where only the bytes that no hash covers are wrong. Zeros there are what a power cut leaves."""
    fault = "its hash is right, but what stands before the hash was changed"
    is_torn = b"\0" in line[: len(_BEGINNING)]
    return DamagedLineError(fault) if is_torn else ChangedBeginningError(fault)


def _stranger(line: bytes, otherwise: str) -> DamagedLineError | NewerLineError:
    """What to say of a line that the chain vouches for and that is none of our entries: newer, if something is new."""
    try:
        entry = msgspec.json.decode(line, type=dict[str, Raw])
        events = msgspec.json.decode(entry["events"], type=list[dict[str, Raw]])
        newer = next(filter(None, map(_news_in, events)), None) or _new_field(entry, set(Entry.__struct_fields__))
        app = msgspec.json.decode(entry["app"], type=str)
    except (ValueError, KeyError, RecursionError):
        return DamagedLineError(otherwise)
    if newer is None:
        return DamagedLineError(otherwise)
    return NewerLineError(f"{newer.args[0]}, written by UID Manager {shown(app)}", newer.known)


def _news_in(event: dict[str, Raw]) -> NewerLineError | None:
    """What this program does not know in an event."""
    kind = msgspec.json.decode(event["type"], type=str)
    if kind not in _KINDS:
        return NewerLineError(f"an event of the kind “{shown(kind)}”", "none of that name")
    known = {"type", *_KINDS[kind].__struct_encode_fields__}
    if kind == RegistryFounded.__struct_config__.tag:
        version = msgspec.json.decode(event["version"], type=int)
        if version > FORMAT_VERSION:
            return _newer_format(version)
        scheme = msgspec.json.decode(event["scheme"], type=dict[str, Raw])
        return _new_field(scheme, set(Scheme.__struct_fields__)) or _new_field(event, known)
    return _new_field(event, known)


def _new_field(found: dict[str, Raw], known: set[str]) -> NewerLineError | None:
    strange = sorted(set(found) - known)
    return NewerLineError(f"a field “{shown(strange[0])}”", "none of that name") if strange else None
