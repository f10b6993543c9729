"""The members of a ZIP archive. They are unpacked as they are read and only as far as a header goes; nothing is kept.

An archive within an archive is not opened. What hostile archives can do is bounded: how many members are looked at,
how much is unpacked of one, and of all.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from msgspec import structs

from uidmanager.core.scanning.facts import Facts, Outcome
from uidmanager.core.texts import in_whole_characters
from uidmanager.dicom.reading import facts_in, reason
from uidmanager.dicom.sources import LARGEST_INFLATED, StreamSource, TooMuchInflatedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO
    from zipfile import ZipInfo

PLAIN: Final = -1
"""The place of what is no member of an archive."""

MOST_MEMBERS: Final = 100_000
MOST_INFLATED: Final = 2 << 30
_BEGINNING_OF_ARCHIVE: Final = b"PK\x03\x04"
_DOCUMENTS: Final = ("[Content_Types].xml", "META-INF/", "mimetype")
_NOT_UNPACKED: Final = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TooMuchInflatedError,
    ValueError,
    zlib.error,
)


class _Allowance:
    """What may still be unpacked of one archive, in bytes."""

    def __init__(self) -> None:
        self.left = MOST_INFLATED


def read_archive(file: BinaryIO) -> Iterator[Facts]:
    """The facts of each member of an archive."""
    try:
        with ZipFile(file) as archive:
            yield from _members(archive)
    except _NOT_UNPACKED as failed:
        yield Facts(Outcome.UNREADABLE, f"It is an archive that cannot be read ({reason(failed)}).")


def members_of(archive: ZipFile) -> list[ZipInfo]:
    """The members that are files, in the order of the archive's directory."""
    return [member for member in archive.infolist() if not member.is_dir()]


def _members(archive: ZipFile) -> Iterator[Facts]:
    members = members_of(archive)
    if members and members[0].filename.startswith(_DOCUMENTS):
        yield Facts(Outcome.NOT_DICOM, "It is a document or program that is kept as an archive.")
        return
    if not members:
        yield Facts(Outcome.NOT_DICOM, "It is an archive without anything in it.")
    allowance = _Allowance()
    for number, member in enumerate(members):
        if number >= MOST_MEMBERS or allowance.left <= 0:
            sentence = f"The archive has {len(members) - number:,} members more than are looked at."
            yield Facts(Outcome.UNREADABLE, sentence)
            return
        facts = _member(archive, member, allowance)
        yield structs.replace(facts, member=in_whole_characters(member.filename), number=number)


def _member(archive: ZipFile, member: ZipInfo, allowance: _Allowance) -> Facts:
    try:
        with archive.open(member) as stream:

            def read(count: int) -> bytes:
                taken = stream.read(count)
                allowance.left -= len(taken)
                return taken

            source = StreamSource(read, member.file_size, min(LARGEST_INFLATED, allowance.left))
            if source.window(0).startswith(_BEGINNING_OF_ARCHIVE):
                return Facts(Outcome.UNREADABLE, "It is an archive within an archive, which is not opened.")
            return facts_in(source, lambda: _in_memory(archive, member, allowance))
    except _NOT_UNPACKED as failed:
        return Facts(Outcome.UNREADABLE, f"It cannot be unpacked ({reason(failed)}).")


def _in_memory(archive: ZipFile, member: ZipInfo, allowance: _Allowance) -> BinaryIO:
    """The beginning of a member, for a reader that jumps about."""
    with archive.open(member) as stream:
        content = stream.read(min(LARGEST_INFLATED, max(allowance.left, 0)))
    allowance.left -= len(content)
    return io.BytesIO(content)
