from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uidmanager.dicom.file_meta import DicomFileUnreadableError, Writer, writer_of

if TYPE_CHECKING:
    from pathlib import Path

UID = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
BEHIND = struct.pack("<HH2sH", 8, 0x16, b"UI", 4) + b"1.2\0"


def element(number: int, vr: bytes, value: bytes) -> bytes:
    return struct.pack("<HH2sH", 2, number, vr, len(value)) + value


def file_with(*elements: bytes, behind: bytes = BEHIND) -> bytes:
    return bytes(128) + b"DICM" + b"".join(elements) + behind


CLASS = element(0x12, b"UI", UID.encode())
NAME = element(0x13, b"SH", b"CT_4.5.0.3")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "some.dcm"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (file_with(CLASS, NAME), Writer(UID, "CT_4.5.0.3")),
        (file_with(element(0x10, b"UI", b"1.2.840.10008.1.2.1\0"), CLASS, NAME), Writer(UID, "CT_4.5.0.3")),
        (file_with(element(0x12, b"UI", b"1.2.3\0"), element(0x13, b"SH", b"A B ")), Writer("1.2.3", "A B")),
        (file_with(CLASS), Writer(UID, None)),
        (file_with(NAME), Writer(None, "CT_4.5.0.3")),
        (file_with(), Writer(None, None)),
        (file_with(element(0x12, b"UI", b""), NAME), Writer(None, "CT_4.5.0.3")),
        (file_with(element(0x12, b"UI", b"\xff1"), NAME), Writer("\\xff1", "CT_4.5.0.3")),
        (file_with(CLASS, NAME, behind=b""), Writer(UID, "CT_4.5.0.3")),
        (file_with(CLASS, NAME, behind=b"\xfe\xff" * 1000), Writer(UID, "CT_4.5.0.3")),
    ],
    ids=range(10),
)
def test_who_wrote_a_file(file: Path, content: bytes, expected: Writer) -> None:
    file.write_bytes(content)
    assert writer_of(file) == expected


@pytest.mark.parametrize(
    ("content", "tells"),
    [
        (b"", "“DICM” does not stand at byte 128"),
        (b"not DICOM at all" * 20, "“DICM” does not stand at byte 128"),
        (file_with(CLASS, NAME, CLASS), "damaged: an element stands twice"),
        (file_with(CLASS[:-1], behind=b""), "cut short"),
        (file_with(CLASS, NAME[:9], behind=b""), "cut short"),
        (file_with(CLASS, NAME[:6], behind=b""), "cut short"),
        (bytes(128) + b"DICM" + struct.pack("<HH2sHI", 2, 0x12, b"UN", 0, 0xFFFFFFFF), "damaged"),
    ],
    ids=range(7),
)
def test_what_cannot_be_read_is_told_with_the_reason(file: Path, content: bytes, tells: str) -> None:
    file.write_bytes(content)
    with pytest.raises(DicomFileUnreadableError, match=tells) as told:
        writer_of(file)
    assert str(file) in str(told.value)


def test_what_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DicomFileUnreadableError, match="there is no such file"):
        writer_of(tmp_path / "absent.dcm")
    with pytest.raises(DicomFileUnreadableError, match="it is not a file"):
        writer_of(tmp_path)
    with pytest.raises(DicomFileUnreadableError, match="cannot be read"):
        writer_of(tmp_path / "a\0b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.dcm")
    with pytest.raises(DicomFileUnreadableError, match="it is not a file"):
        writer_of(tmp_path / "pipe.dcm")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tail=st.binary(max_size=200),
    begins=st.sampled_from([b"", CLASS, CLASS + NAME, b"\x02\x00\x12\x00SQ\0\0\xff\xff\xff\xff"]),
)
def test_any_bytes_get_an_answer_or_a_sentence(file: Path, tail: bytes, begins: bytes) -> None:
    file.write_bytes(file_with(begins, behind=tail))
    try:
        found = writer_of(file)
    except DicomFileUnreadableError:
        return
    assert isinstance(found, Writer)
