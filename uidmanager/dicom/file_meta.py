"""Who wrote a DICOM file: the two elements of its file meta information that say so (PS3.10 §7.1)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import UidManagerError
from uidmanager.dicom.elements import EndsEarlyError, OddDataSetError
from uidmanager.dicom.headers import TAGS, begins_with_prefix, data_set_at
from uidmanager.dicom.sources import StreamSource

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST: Final = 1024 * 1024  # bytes in which the file meta information must end; it is some 200 bytes long


class DicomFileUnreadableError(UidManagerError):
    """What was named as a DICOM file is none, or cannot be read."""

    code = "dicom.unreadable"

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(f"{where} cannot be read as a DICOM file ({reason}). Name a file that the build wrote.")


class Writer(Struct, frozen=True):
    """The implementation that wrote a file: its class UID and version name, None where the file has none."""

    class_uid: str | None
    version_name: str | None


def writer_of(where: Path) -> Writer:
    """The implementation that wrote this file. Nothing behind the file meta information is read.

    Raises `DicomFileUnreadableError`.
    """
    content = _beginning_of(where)
    try:
        values, _ = data_set_at(StreamSource(BytesIO(content).read, len(content)))
    except EndsEarlyError as error:
        raise DicomFileUnreadableError(where, "its file meta information is cut short") from error
    except OddDataSetError as error:
        raise DicomFileUnreadableError(where, f"its file meta information is damaged: {error}") from error
    return Writer(*(_text(values.get(TAGS[name], b"")) or None for name in ("class_uid", "version_name")))


def _beginning_of(where: Path) -> bytes:
    """The file, as far as it is looked at."""
    try:
        if not where.is_file():  # a pipe would be waited for
            raise DicomFileUnreadableError(where, "it is not a file" if where.exists() else "there is no such file")
        with where.open("rb") as file:
            content = file.read(_LARGEST)
    except (OSError, ValueError) as error:
        raise DicomFileUnreadableError(where, getattr(error, "strerror", None) or str(error)) from error
    if not begins_with_prefix(content):
        raise DicomFileUnreadableError(where, "“DICM” does not stand at byte 128")
    return content


def _text(value: bytes) -> str:
    """The value without its padding: a NUL behind a UID (PS3.5 §9.1), blanks around a name."""
    return value.decode("ascii", "backslashreplace").strip(" \0")
