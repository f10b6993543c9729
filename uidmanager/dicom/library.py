"""What needs pydicom: data sets that are not encoded as they should be, and text in other character sets.

It is loaded only for files that need it. Whatever it says of one is a fact about that file and stops nothing.
"""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING, Final

from pydicom import charset, dcmread
from pydicom.errors import InvalidDicomError

from uidmanager.core.scanning.facts import Facts, Outcome
from uidmanager.core.texts import in_whole_characters
from uidmanager.dicom.headers import CHARACTER_SET, TAGS, facts_of

if TYPE_CHECKING:
    from typing import BinaryIO

    from pydicom.dataset import Dataset

_LONGEST: Final = 1024
_LAST: Final = max(TAGS.values())
logging.getLogger("pydicom").setLevel(logging.CRITICAL)


def read_patiently(file: BinaryIO) -> Facts:
    """The facts of a file that begins as a DICOM file may, read by pydicom; unreadable where that fails as well."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data_set = dcmread(file, stop_before_pixels=True, force=True, specific_tags=[CHARACTER_SET, *TAGS.values()])
            values = _values(data_set.file_meta) | _values(data_set)
    except (InvalidDicomError, EOFError):
        return Facts(Outcome.UNREADABLE, "The file is damaged, or ends within its header.")
    except Exception as fault:  # noqa: BLE001 (pydicom raises of everything on hostile files; the file is the cause)
        return Facts(Outcome.UNREADABLE, f"The file is damaged: pydicom ended with {type(fault).__name__}.")
    return facts_of(values)


def decoded(text: bytes, encodings: str) -> str:
    """Text in the character sets named, several with backslashes between; what does not fit is escaped."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            names = charset.convert_encodings(encodings.split("\\") if encodings else ["ISO_IR 6"])
            plain = charset.decode_bytes(text, names, {ord("\\")})
    except (LookupError, ValueError):
        plain = text.decode("latin-1")
    return in_whole_characters(plain)


def _values(data_set: Dataset) -> dict[int, bytes]:
    """The raw values of the wanted tags; what pydicom has made text of already is encoded again."""
    values: dict[int, bytes] = {}
    for tag in (CHARACTER_SET, *TAGS.values()):
        if tag in data_set:
            raw = data_set.get_item(tag)
            value = raw.value
            values[tag] = value[:_LONGEST] if isinstance(value, bytes) else str(value or "").encode("utf-8")[:_LONGEST]
    return values
