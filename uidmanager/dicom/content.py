"""What files hold, as hashes: the bytes of the data set, without the file meta information before it."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from uidmanager.dicom.archives import PLAIN, members_of
from uidmanager.dicom.elements import EndsEarlyError, OddDataSetError
from uidmanager.dicom.headers import data_set_at
from uidmanager.dicom.sources import FileSource, NotPlainError, StreamSource, TooMuchInflatedError, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_AT_ONCE: Final = 1 << 20
LONGEST: Final = 8 << 30
"""Bytes of one data set that are read; two that agree so far count as the same."""

_UNREADABLE: Final = (
    BadZipFile,
    EOFError,
    IndexError,
    MemoryError,
    NotImplementedError,
    NotPlainError,
    OSError,
    RuntimeError,
    TooMuchInflatedError,
    ValueError,
    zlib.error,
)


def hashes_in(path: str, members: Sequence[int]) -> Iterator[tuple[int, str | None]]:
    """The hash of a file's data set, or of those of some members of an archive, by their places in it.

    None where it cannot be read any more. A plain file is asked for as member `PLAIN`.
    """
    try:
        with opened(path) as file:
            if list(members) == [PLAIN]:
                place = _place(FileSource(file))
                file.seek(place)
                yield PLAIN, _hash(file.read)
            else:
                with ZipFile(file) as archive:
                    yield from _in_archive(archive, members)
    except _UNREADABLE:
        yield from ((member, None) for member in members)


def _in_archive(archive: ZipFile, members: Sequence[int]) -> Iterator[tuple[int, str | None]]:
    infos = members_of(archive)
    for member in members:
        try:
            with archive.open(infos[member]) as stream:
                place = _place(StreamSource(stream.read, infos[member].file_size))
            with archive.open(infos[member]) as stream:
                stream.read(place)
                found = _hash(stream.read)
        except _UNREADABLE:
            found = None
        yield member, found


def _place(source: FileSource | StreamSource) -> int:
    """Where the data set begins; what is odd is taken from its start."""
    try:
        return data_set_at(source)[1]
    except (EndsEarlyError, OddDataSetError):
        return 0


def _hash(read: Callable[[int], bytes]) -> str:
    whole = sha256()
    left = LONGEST
    while left > 0 and (piece := read(min(_AT_ONCE, left))):
        whole.update(piece)
        left -= len(piece)
    return whole.hexdigest()
