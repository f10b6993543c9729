"""Files as the field has them, written by pydicom, of which it is known what each must come to."""

from __future__ import annotations

import io
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile

from pydicom import dcmwrite
from pydicom.config import disable_value_validation
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import (
    CTImageStorage,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGBaseline8Bit,
)

from uidmanager.core import drafts as d

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROOT: Final = "1.2.826.0.1.3680043.2.50"
CLASS: Final = f"{ROOT}.1.1.4.5.0"
NAME: Final = "CT_4.5"
UNIT: Final = f"{ROOT}.2.372764"
GE: Final = "1.2.840.113619.2.55.3"
HEADERS: Final = frozenset(("class_uid", "version_name", "media_storage_uid"))
KEYWORDS: Final = {
    "class_uid": "ImplementationClassUID",
    "version_name": "ImplementationVersionName",
    "media_storage_uid": "MediaStorageSOPInstanceUID",
    "sop_instance_uid": "SOPInstanceUID",
    "study_uid": "StudyInstanceUID",
    "series_uid": "SeriesInstanceUID",
    "frame_of_reference_uid": "FrameOfReferenceUID",
    "creator_uid": "InstanceCreatorUID",
    "device_serial": "DeviceSerialNumber",
    "device_uid": "DeviceUID",
    "manufacturer": "Manufacturer",
    "software_versions": "SoftwareVersions",
}
FOUNDING: Final = d.FoundRegistry(ROOT, "Acme Imaging")
REGISTRY: Final[tuple[d.Draft, ...]] = (
    d.RegisterProduct("CT Console", code="CT"),
    d.RegisterRelease("1", "4.5.0", version_name=NAME),
    d.RegisterRelease("1", "4.6.0", version_name="CT_4.6"),
    d.RegisterRelease("1", "3.0.0", version_name="CT_3"),
    d.WithdrawRelease("1", "3.0.0", "recall"),
    d.AssignInstallations(("0372764", "5", "6", "7"), product="1"),
    d.RetireInstallation("6", "scrapped"),
    d.VoidInstallation("7", "scanned twice"),
)
"""What is registered where these files come from."""

SYNTAXES: Final = (
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    ExplicitVRBigEndian,
    DeflatedExplicitVRLittleEndian,
    JPEGBaseline8Bit,
)


@dataclass
class Plan:
    """A kind of file: what it must come to, and what it has that a good file has not."""

    verdicts: str
    changes: dict[str, str] = field(default_factory=dict)
    content: Callable[[bytes], bytes] = bytes


PLANS: Final = {
    "good": Plan("consistent"),
    "good, without a version name": Plan("consistent", {"version_name": ""}),
    "a rogue class UID": Plan("never_issued", {"class_uid": f"{ROOT}.1.1.9.9", "version_name": "CT_9.9"}),
    "a rogue instance": Plan("never_issued", {"series_uid": f"{ROOT}.2.8.1"}),
    "another release's name": Plan("version_name", {"version_name": "CT_4.6"}),
    "another machine's serial": Plan("serial", {"device_serial": "4711"}),
    "a toolkit's class UID": Plan(
        "toolkit_root", {"class_uid": "1.2.826.0.1.3680043.8.498.1", "version_name": "PYDICOM 3.0.2"}
    ),
    "DCMTK's series": Plan("toolkit_root", {"series_uid": "1.2.276.0.7230010.3.1.3.4711.1"}),
    "somebody else's": Plan(
        "not_ours",
        {
            "class_uid": f"{GE}.1",
            "version_name": "GE_1",
            "sop_instance_uid": f"{GE}.2.{{n}}",
            "series_uid": f"{GE}.3",
            "frame_of_reference_uid": f"{GE}.4",
            "creator_uid": "",
            "device_uid": "",
            "device_serial": "",
        },
    ),
    "a leading zero": Plan("breaks_rule", {"study_uid": f"{GE}.007"}),
    "too long": Plan("breaks_rule", {"series_uid": f"{UNIT}.{'1' * 40}"}),
    "a withdrawn release": Plan("consistent, withdrawn", {"class_uid": f"{ROOT}.1.1.3.0.0", "version_name": "CT_3"}),
    "a retired machine": Plan("consistent, retired", {"study_uid": f"{ROOT}.2.6.1"}),
    "a void root": Plan("consistent, void", {"study_uid": f"{ROOT}.2.7.1"}),
    "text": Plan("not_dicom", content=lambda _whole: b"Dear all,\n" * 30),
    "nothing": Plan("not_dicom", content=lambda _whole: b""),
    "cut off": Plan("unreadable", content=lambda whole: whole[:301]),
}
"""Of each kind as many are planted as of any other."""


TWINS: Final = "duplicate"
COPIES: Final = "consistent"
LINKS: Final = "skipped"
_PER_FOLDER: Final = 500
_LAYOUTS: Final = len(SYNTAXES) + 2  # without a preamble, without any header


def plant(folder: Path, files: int, pixels: int = 64) -> Counter[str]:
    """Fill a folder with about so many files; answers how often each verdict must be told.

    Every tenth folder is an archive. Beside them stand pairs with one SOP Instance UID, of different content and of
    the same, and links: one in a circle, one to a folder elsewhere, and a pipe.
    """
    told: Counter[str] = Counter()
    plans = list(PLANS.values())
    with disable_value_validation():
        for start in range(0, files, _PER_FOLDER):
            numbers = range(start, min(files, start + _PER_FOLDER))
            made = ((n, plans[n % len(plans)], written(n, plans[n % len(plans)], pixels)) for n in numbers)
            told.update(plan.verdicts for _, plan, _ in _put(folder, start // _PER_FOLDER, made))
        told.update(_pairs(folder, max(1, files // 100)))
    told.update(_links(folder))
    return told


def _put(folder: Path, part: int, made: Iterator[tuple[int, Plan, bytes]]) -> Iterator[tuple[int, Plan, bytes]]:
    if part % 10 == 1:
        with ZipFile(folder / f"{part:03}.zip", "w", ZIP_DEFLATED) as archive:
            for each in made:
                archive.writestr(f"images/{each[0]:06}.dcm", each[2])
                yield each
        return
    (folder / f"{part:03}").mkdir()
    for each in made:
        (folder / f"{part:03}" / f"{each[0]:06}.dcm").write_bytes(each[2])
        yield each


def _pairs(folder: Path, count: int) -> Iterator[str]:
    for n in range(count):
        changes = {"sop_instance_uid": f"{UNIT}.88.{n}"}
        first, other = written(n, Plan("", changes), 64), written(n, Plan("", changes), 66)
        copied = written(n, Plan("", {"sop_instance_uid": f"{UNIT}.77.{n}"}), 64)
        for name, content in {"twin-a": first, "twin-b": other, "copy-a": copied, "copy-b": copied}.items():
            (folder / f"{name}-{n}").write_bytes(content)
        yield from (TWINS, TWINS, COPIES, COPIES)


def _links(folder: Path) -> Iterator[str]:
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "elsewhere").symlink_to(folder.parent, target_is_directory=True)
    os.mkfifo(folder / "pipe")
    yield from (LINKS, LINKS, LINKS)


def written(number: int, plan: Plan, pixels: int = 64) -> bytes:
    """A whole file. The number chooses how it is encoded: in which syntax, without a preamble, without any header."""
    layout = number // len(PLANS) % _LAYOUTS
    has_header = layout <= len(SYNTAXES) or bool(HEADERS & set(plan.changes))
    syntax = SYNTAXES[layout] if layout < len(SYNTAXES) else ImplicitVRLittleEndian
    data_set = _data_set(number, plan.changes, pixels, is_encapsulated=syntax.is_encapsulated)
    stream = io.BytesIO()
    if has_header:
        data_set.file_meta.TransferSyntaxUID = syntax
        data_set.preamble = b"" if layout == len(SYNTAXES) else bytes(128)
        dcmwrite(stream, data_set)
    else:
        data_set.file_meta = FileMetaDataset()
        dcmwrite(stream, data_set, implicit_vr=True, little_endian=True)
    return plan.content(stream.getvalue())


def _data_set(number: int, changes: dict[str, str], pixels: int, *, is_encapsulated: bool) -> Dataset:
    values = {
        "class_uid": CLASS,
        "version_name": NAME,
        "sop_instance_uid": f"{UNIT}.1.{number}",
        "study_uid": f"{GE}.1",
        "series_uid": f"{UNIT}.1",
        "frame_of_reference_uid": f"{UNIT}.3",
        "creator_uid": UNIT,
        "device_serial": "0372764",
        "device_uid": UNIT,
        "manufacturer": "Acme",
        **changes,
    }
    values["sop_instance_uid"] = values["sop_instance_uid"].replace("{n}", str(number))
    values.setdefault("media_storage_uid", values["sop_instance_uid"])
    data_set = Dataset()
    data_set.file_meta = FileMetaDataset()
    for name, value in values.items():
        if value:
            setattr(data_set.file_meta if name in HEADERS else data_set, KEYWORDS[name], value)
    data_set.file_meta.MediaStorageSOPClassUID = data_set.SOPClassUID = CTImageStorage
    data_set.StudyDescription = "Nothing to see in here. " * 20
    data_set.ReferencedImageSequence = Sequence([_reference(number, depth=2)])
    data_set["ReferencedImageSequence"].is_undefined_length = number % 2 == 0
    data_set.Rows, data_set.Columns, data_set.BitsAllocated = 1, pixels, 8
    data_set.PixelData = encapsulate([bytes(pixels)]) if is_encapsulated else bytes(pixels)
    data_set["PixelData"].VR = "OB"
    return data_set


def _reference(number: int, depth: int) -> Dataset:
    """An item that holds tags of the same names, and a sequence within it."""
    item = Dataset()
    item.ReferencedSOPInstanceUID = f"{GE}.{number}"
    item.InstanceCreatorUID = item.StudyInstanceUID = f"{ROOT}.9.9"
    item.is_undefined_length_sequence_item = number % 3 == 0
    if depth:
        item.PurposeOfReferenceCodeSequence = Sequence([_reference(number, depth - 1)])
        item["PurposeOfReferenceCodeSequence"].is_undefined_length = number % 2 == 0
    return item
