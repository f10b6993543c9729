"""What toolkits announce as long as whoever builds on them sets nothing of their own. Data, and the look-up in it.

A class UID that is still a toolkit's says nothing about the product that was built with it. ``source`` says where each
was read; repositories are named without their host.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from uidmanager.core.known_roots import Kind
from uidmanager.core.roots import whose
from uidmanager.core.uid import is_under


class ToolkitDefault(Struct, frozen=True):
    """A toolkit's own Implementation Class UID, and how its Implementation Version Name begins.

    With ``tells_version`` the numbers after ``class_uid`` are the toolkit's version. ``version_name`` is empty where
    it is not known; what follows it in an announced name is the version.
    """

    name: str
    class_uid: str
    version_name: str
    source: str
    tells_version: bool = False


class Toolkit(Struct, frozen=True):
    """A toolkit that is recognised by what it announces; the version is empty where that does not tell it."""

    name: str
    version: str = ""

    @property
    def label(self) -> str:
        """Its name with its version."""
        return f"{self.name} {self.version}".rstrip()


TOOLKIT_DEFAULTS: Final[tuple[ToolkitDefault, ...]] = (
    ToolkitDefault("OFFIS DCMTK", "1.2.276.0.7230010.3.0", "OFFIS_DCMTK_", "DCMTK/dcmtk dcuid.h", tells_version=True),
    ToolkitDefault(
        "pynetdicom",
        "1.2.826.0.1.3680043.9.3811",
        "PYNETDICOM_",
        "pydicom/pynetdicom pynetdicom/__init__.py",
        tells_version=True,
    ),
    ToolkitDefault("pydicom", "1.2.826.0.1.3680043.8.498.1", "PYDICOM ", "pydicom/pydicom src/pydicom/uid.py"),
    ToolkitDefault("dcm4che", "1.2.40.0.13.1.3", "dcm4che-", "dcm4che/dcm4che Implementation.java"),
    ToolkitDefault(
        "GDCM",
        "1.2.826.0.1.3680043.2.1143.107.104.103.115",
        "",
        "malaterre/GDCM gdcmFileMetaInformation.cxx",
        tells_version=True,
    ),
    ToolkitDefault("fo-dicom", "1.3.6.1.4.1.30071.8", "", "fo-dicom/fo-dicom DicomImplementation.cs"),
    ToolkitDefault("ClearCanvas", "1.3.6.1.4.1.25403.1.1.1", "", "ClearCanvas/ClearCanvas DicomImplementation.cs"),
    ToolkitDefault("PixelMed", "1.3.6.1.4.1.5962.99.2", "PIXELMEDJAVA", "mksgroup/pixelmed VersionAndConstants.java"),
)
_ITK_MARK: Final = ".111.124.113"  # ITK appends it to GDCM's class UID (itkGDCMImageIO.cxx)
_VERSION = re.compile(r"[0-9][0-9A-Za-z.]*")


def toolkit_of(class_uid: str, version_name: str) -> Toolkit | None:
    """The toolkit whose own class UID this is, or under whose root it lies; its version as far as it is told."""
    for default in TOOLKIT_DEFAULTS:
        if is_under(class_uid, default.class_uid):
            after = class_uid[len(default.class_uid) + 1 :]
            if default.tells_version:
                name = "ITK with GDCM" if after.endswith(_ITK_MARK) else default.name
                return Toolkit(name, after.removesuffix(_ITK_MARK))
            return Toolkit(default.name, _version_in(version_name, default.version_name))
    known = whose(class_uid)
    return Toolkit(known.owner) if known and known.kind is Kind.TOOLKIT else None


def toolkit_named(version_name: str) -> Toolkit | None:
    """The toolkit whose own Implementation Version Name this is."""
    for default in TOOLKIT_DEFAULTS:
        if default.version_name and version_name.startswith(default.version_name):
            return Toolkit(default.name)
    return None


def _version_in(version_name: str, beginning: str) -> str:
    if not beginning or not version_name.startswith(beginning):
        return ""
    found = _VERSION.fullmatch(version_name[len(beginning) :].strip())
    return found[0] if found else ""
