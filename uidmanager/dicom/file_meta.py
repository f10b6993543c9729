"""Who wrote a DICOM file: the two elements of its file meta information that say so (PS3.10 §7.1)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import UidManagerError

if TYPE_CHECKING:
    from pathlib import Path

    from pydicom.dataelem import DataElement, RawDataElement

_PREAMBLE: Final = 128
_PREFIX: Final = b"DICM"
_GROUP: Final = 2
_CLASS_UID: Final = 0x0002_0012
_VERSION_NAME: Final = 0x0002_0013
_LARGEST: Final = 1024 * 1024  # of a file meta information; it is some 200 bytes long


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
    values: dict[int, list[str]] = {_CLASS_UID: [], _VERSION_NAME: []}
    for tag, value in _elements(where, _meta_of(where)):
        values[tag].append(value)
    if any(len(found) > 1 for found in values.values()):
        raise DicomFileUnreadableError(where, "it has an element of the file meta information twice")
    return Writer(*(found[0] or None if found else None for found in values.values()))


def _meta_of(where: Path) -> bytes:
    """The file behind preamble and prefix, as far as it is looked at."""
    try:
        if not where.is_file():  # a pipe would be waited for
            raise DicomFileUnreadableError(where, "it is not a file" if where.exists() else "there is no such file")
        with where.open("rb") as file:
            content = file.read(_PREAMBLE + len(_PREFIX) + _LARGEST)
    except (OSError, ValueError) as error:
        raise DicomFileUnreadableError(where, getattr(error, "strerror", None) or str(error)) from error
    if content[_PREAMBLE : _PREAMBLE + len(_PREFIX)] != _PREFIX:
        raise DicomFileUnreadableError(where, "“DICM” does not stand at byte 128")
    return content[_PREAMBLE + len(_PREFIX) :]


def _elements(where: Path, meta: bytes) -> list[tuple[int, str]]:
    """The two elements, each as often as it is there. The group is always explicit VR, little endian."""
    from pydicom.filereader import data_element_generator  # noqa: PLC0415 (only a file that is named needs it)

    try:
        found = list(
            data_element_generator(
                BytesIO(meta),
                is_implicit_VR=False,
                is_little_endian=True,
                stop_when=lambda tag, _vr, _length: tag.group != _GROUP,
            )
        )
    except Exception as error:  # whatever pydicom raises, the file is what is wrong
        raise DicomFileUnreadableError(where, f"its file meta information is damaged: {error}") from error
    ours = [each for each in found if int(each.tag) in {_CLASS_UID, _VERSION_NAME}]
    if any(len(_bytes(each)) != getattr(each, "length", None) for each in ours):  # pydicom takes what is left of it
        raise DicomFileUnreadableError(where, "its file meta information is cut short")
    return [(int(each.tag), _bytes(each).decode("ascii", "backslashreplace").strip(" \0")) for each in ours]


def _bytes(element: RawDataElement | DataElement) -> bytes:
    """The value with its padding: a NUL behind a UID (PS3.5 §9.1), blanks around a name."""
    return element.value if isinstance(element.value, bytes) else b""
