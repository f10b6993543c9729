"""What one file in a folder comes to: facts, whatever it is. Nothing that a file holds makes this raise."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from uidmanager.core.scanning.facts import Facts, Outcome
from uidmanager.dicom.elements import OddDataSetError
from uidmanager.dicom.headers import begins_with_prefix, header_of, may_begin_without
from uidmanager.dicom.sources import FileSource, NotPlainError, TooMuchInflatedError, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from uidmanager.dicom.elements import Source

_ARCHIVE: Final = b"PK\x03\x04"
_NO_BEGINNING: Final = "It does not begin as a DICOM file does."
_NO_IDENTITY: Final = "It has no preamble, and none of the UIDs that a DICOM file has."


def read_file(path: str) -> Iterator[Facts]:
    """The facts of a file; of an archive those of each member."""
    try:
        with opened(path) as file:
            source = FileSource(file)
            if source.window(0).startswith(_ARCHIVE):
                from uidmanager.dicom.archives import read_archive  # noqa: PLC0415 (loaded for archives only)

                yield from read_archive(file)
            else:
                yield facts_in(source, lambda: _from_the_start(file))
    except NotPlainError:
        yield Facts(Outcome.SKIPPED, "It is no plain file.")
    except MemoryError:
        yield Facts(Outcome.UNREADABLE, "It takes more memory than one file may.")
    except (OSError, ValueError) as failed:
        yield Facts(Outcome.UNREADABLE, f"It cannot be read ({reason(failed)}).")


def facts_in(source: Source, again: Callable[[], BinaryIO]) -> Facts:
    """The facts of what lies in a source; ``again`` gives it from its start, for a more patient reader."""
    try:
        window = source.window(0)
        if not window:
            return Facts(Outcome.NOT_DICOM, "It is empty.")
        has_prefix = begins_with_prefix(window)
        if not has_prefix and not may_begin_without(window):
            return Facts(Outcome.NOT_DICOM, _NO_BEGINNING)
        facts = header_of(source)
    except TooMuchInflatedError:
        return Facts(Outcome.UNREADABLE, "It is packed, and unpacks to more than a header takes.")
    except OddDataSetError:
        from uidmanager.dicom.library import read_patiently  # noqa: PLC0415 (pydicom is loaded for odd files only)

        facts = read_patiently(again())
    return facts if has_prefix or _has_identity(facts) else Facts(Outcome.NOT_DICOM, _NO_IDENTITY)


def reason(failed: Exception) -> str:
    """Why something failed, as short as it can be said."""
    number = getattr(failed, "errno", None)
    return os.strerror(number) if isinstance(number, int) else str(failed)


def _from_the_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _has_identity(facts: Facts) -> bool:
    """Whether one of its UIDs looks like one, without which anything could be taken for a data set."""
    uids = (facts.sop_instance_uid, facts.media_storage_uid, facts.study_uid, facts.class_uid)
    return any(uid[:2] in {"0.", "1.", "2."} and uid.replace(".", "").isdigit() for uid in uids)
