"""What a file tells of itself, as it stands there: who reads it judges nothing, who judges it reads nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct


class Outcome(StrEnum):
    """What became of reading a file."""

    DICOM = "dicom"
    NOT_DICOM = "not_dicom"
    UNREADABLE = "unreadable"
    SKIPPED = "skipped"


class Facts(Struct, frozen=True, gc=False, array_like=True):
    """The attributes of one file that say whose it is, as text without padding; empty where the file has none.

    ``fault`` is a sentence on what kept it from being read, or from being read whole. ``member`` is the name within an
    archive, and ``number`` the place there. The attributes are those of PS3.10 §7.1 (group 0002) and of the modules
    SOP Common, General Study, General Series, Frame of Reference and General Equipment (PS3.3).
    """

    outcome: Outcome = Outcome.DICOM
    fault: str = ""
    member: str = ""
    number: int = 0
    transfer_syntax: str = ""
    class_uid: str = ""
    version_name: str = ""
    media_storage_uid: str = ""
    sop_instance_uid: str = ""
    study_uid: str = ""
    series_uid: str = ""
    frame_of_reference_uid: str = ""
    creator_uid: str = ""
    device_serial: str = ""
    device_uid: str = ""
    manufacturer: str = ""
    software_versions: str = ""


class UidField(Struct, frozen=True):
    """An attribute that holds a UID.

    It ``tells_the_maker`` when whoever made the file gave it: a Study may come from a worklist, a Frame of Reference
    from the images that were worked on.
    """

    name: str
    called: str
    tells_the_maker: bool


CLASS_UID: Final = UidField("class_uid", "Implementation Class UID", tells_the_maker=True)
UID_FIELDS: Final = (
    CLASS_UID,
    UidField("sop_instance_uid", "SOP Instance UID", tells_the_maker=True),
    UidField("media_storage_uid", "Media Storage SOP Instance UID", tells_the_maker=True),
    UidField("creator_uid", "Instance Creator UID", tells_the_maker=True),
    UidField("device_uid", "Device UID", tells_the_maker=True),
    UidField("series_uid", "Series Instance UID", tells_the_maker=True),
    UidField("study_uid", "Study Instance UID", tells_the_maker=False),
    UidField("frame_of_reference_uid", "Frame of Reference UID", tells_the_maker=False),
)
"""In the order in which they are believed to name the equipment that a file comes from."""
