"""The facts in the header of one DICOM file, up to (0020,0052) and no further."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core.scanning.facts import Facts, Outcome
from uidmanager.dicom.elements import (
    BIG_ENDIAN,
    EXPLICIT,
    IMPLICIT,
    EndsEarlyError,
    Source,
    is_explicit_at,
    pick,
)
from uidmanager.dicom.sources import StreamSource

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSFER_SYNTAX: Final = 0x00020010
TAGS: Final = {
    "media_storage_uid": 0x00020003,
    "transfer_syntax": TRANSFER_SYNTAX,
    "class_uid": 0x00020012,
    "version_name": 0x00020013,
    "creator_uid": 0x00080014,
    "sop_instance_uid": 0x00080018,
    "manufacturer": 0x00080070,
    "device_serial": 0x00181000,
    "device_uid": 0x00181002,
    "software_versions": 0x00181020,
    "study_uid": 0x0020000D,
    "series_uid": 0x0020000E,
    "frame_of_reference_uid": 0x00200052,
}
"""The tag of each attribute that `Facts` holds."""

CHARACTER_SET: Final = 0x00080005
PREAMBLE: Final = 128
BEGINNING: Final = PREAMBLE + len(b"DICM")
_LAST_OF_META: Final = 0x0002FFFF
_LAST: Final = max(TAGS.values())
_WANTED: Final = frozenset((*TAGS.values(), CHARACTER_SET))
_BIG_ENDIAN_SYNTAX: Final = "1.2.840.10008.1.2.2"
_DEFLATED_SYNTAX: Final = "1.2.840.10008.1.2.1.99"
_PADDING: Final = b"\0 "
_UID_TAGS: Final = frozenset(tag for name, tag in TAGS.items() if name.endswith("_uid") or tag == TRANSFER_SYNTAX)
_FIRST_GROUPS: Final = frozenset((2, 4, 8))
_SURROUNDED: Final = 6


def begins_with_prefix(window: bytes) -> bool:
    """Whether it has the preamble and prefix of PS3.10 §7.1."""
    return window[PREAMBLE:BEGINNING] == b"DICM"


def may_begin_without(window: bytes) -> bool:
    """Whether it may be a file without preamble: it begins with an element of one of the groups that come first."""
    little, big = (int.from_bytes(window[:2], order) for order in ("little", "big"))
    return len(window) > _SURROUNDED and (little in _FIRST_GROUPS or (big in _FIRST_GROUPS and is_explicit_at(window)))


def data_set_at(source: Source) -> tuple[dict[int, bytes], int]:
    """The file meta information (PS3.10 §7.1), and the place where the data set begins.

    Raises `OddDataSetError` or `EndsEarlyError`.
    """
    window = source.window(0)
    place = BEGINNING if begins_with_prefix(window) else 0
    if window[place : place + 2] != b"\x02\0":
        return {}, place
    return pick(source, place, EXPLICIT, _WANTED, _LAST_OF_META)


def header_of(source: Source) -> Facts:
    """The facts of a file that begins as a DICOM file does. Raises `OddDataSetError` or `TooMuchInflatedError`."""
    meta: dict[int, bytes] = {}
    try:
        meta, place = data_set_at(source)
        syntax = _uid(meta.get(TRANSFER_SYNTAX, b""))
        if syntax == _DEFLATED_SYNTAX:
            source, place = StreamSource(_inflating(source, place), 1 << 62), 0
        values = meta | _main(source, place, syntax)
    except EndsEarlyError as early:
        return facts_of(meta | early.values, Outcome.UNREADABLE, str(early))
    except zlib.error:
        return facts_of(meta, Outcome.UNREADABLE, "Its data set is deflated, and damaged.")
    return facts_of(values)


def facts_of(values: dict[int, bytes], outcome: Outcome = Outcome.DICOM, fault: str = "") -> Facts:
    """The values as text."""
    encodings = values.get(CHARACTER_SET, b"")
    texts = {
        name: _uid(values[tag]) if tag in _UID_TAGS else _text(values[tag], encodings)
        for name, tag in TAGS.items()
        if tag in values
    }
    return structs.replace(Facts(outcome, fault), **texts)


def _main(source: Source, place: int, syntax: str) -> dict[int, bytes]:
    """What is wanted of the data set. Whether value representations are there is seen, whatever the syntax says."""
    window = source.window(place)
    encoded = EXPLICIT if is_explicit_at(window) else IMPLICIT
    if syntax == _BIG_ENDIAN_SYNTAX or (not syntax and window[:1] == b"\0"):
        encoded = BIG_ENDIAN
    values, _ = pick(source, place, encoded, _WANTED, _LAST)
    return values


def _inflating(source: Source, place: int) -> Callable[[int], bytes]:
    """Reads on in what is deflated from a place on (PS3.5 §A.5)."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    def read(count: int) -> bytes:
        nonlocal place
        made = b""
        while not made and not inflater.eof:
            packed = inflater.unconsumed_tail
            if not packed:
                packed = source.window(place)
                place += len(packed)
                if not packed:
                    raise EndsEarlyError({})
            made = inflater.decompress(packed, count)
        return made

    return read


def _uid(value: bytes) -> str:
    return value.strip(_PADDING).decode("ascii", "backslashreplace")


def _text(value: bytes, encodings: bytes) -> str:
    """Text in the character sets that the file names (PS3.5 §6.1)."""
    stripped = value.strip(_PADDING)
    if stripped.isascii() and b"\x1b" not in stripped:
        return stripped.decode("ascii")
    from uidmanager.dicom.library import decoded  # noqa: PLC0415 (pydicom is loaded for what is not plain only)

    return decoded(stripped, _uid(encodings))
