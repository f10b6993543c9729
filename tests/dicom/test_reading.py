from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pydicom
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.config import disable_value_validation
from pydicom.data import get_testdata_files

from tests.dicom.planting import CLASS, GE, KEYWORDS, PLANS, UNIT, Plan, written
from uidmanager.core.scanning.facts import Facts, Outcome
from uidmanager.dicom import library, reading
from uidmanager.dicom.headers import header_of
from uidmanager.dicom.reading import read_file
from uidmanager.dicom.sources import FileSource, StreamSource, opened

LAYOUTS = range(0, 7 * len(PLANS), len(PLANS))
COLLECTION = sorted({Path(name) for name in get_testdata_files() if Path(name).is_file()})


def whole(number: int = 0, **changes: str) -> bytes:
    with disable_value_validation():
        return written(number, Plan("", changes))


def facts(path: Path, content: bytes) -> Facts:
    path.write_bytes(content)
    (only,) = read_file(str(path))
    return only


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.dcm"


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: object) -> Facts:
        raise AssertionError("read by pydicom")

    monkeypatch.setattr(library, "read_patiently", fail)


# -- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", LAYOUTS)
def test_each_layout_is_read_without_the_library(file: Path, number: int, no_library: None) -> None:
    found = facts(file, whole(number, software_versions="1.2\\3"))
    has_header = number != LAYOUTS[-1]
    assert found.outcome is Outcome.DICOM
    assert found.class_uid == (CLASS if has_header else "")
    assert found.sop_instance_uid == f"{UNIT}.1.{number}"
    assert (found.creator_uid, found.device_uid, found.frame_of_reference_uid) == (UNIT, UNIT, f"{UNIT}.3")
    assert (found.device_serial, found.manufacturer, found.software_versions) == ("0372764", "Acme", "1.2\\3")


@pytest.mark.filterwarnings("ignore")  # of pydicom, on its own files
@pytest.mark.parametrize("path", COLLECTION, ids=lambda path: path.name)
def test_pydicoms_own_collection_is_read_as_pydicom_reads_it(path: Path) -> None:
    (found,) = read_file(str(path))
    if found.outcome is not Outcome.DICOM:
        with pytest.raises(pydicom.errors.InvalidDicomError):
            pydicom.dcmread(path, stop_before_pixels=True)
        return
    data_set = pydicom.dcmread(path, stop_before_pixels=True, force=True)
    for name, keyword in KEYWORDS.items():
        value = data_set.get(keyword) or data_set.file_meta.get(keyword) or ""
        text = value if isinstance(value, str) else "\\".join(value)
        assert getattr(found, name) == text.strip(" \0"), name


@pytest.mark.parametrize(
    ("encodings", "raw", "text"),
    [
        pytest.param(b"", "Grün".encode("latin-1"), "Grün", id="none is named"),
        pytest.param(b"ISO_IR 100", "Grün".encode("latin-1"), "Grün", id="Latin-1"),
        pytest.param(b"ISO_IR 192", "東芝".encode(), "東芝", id="UTF-8"),
        pytest.param(b"\\ISO 2022 IR 87", b"\x1b$B;3ED\x1b(B", "山田", id="Japanese"),
        pytest.param(b"NONSENSE", b"\xff", "ÿ", id="nonsense"),
    ],
)
def test_text_is_read_in_its_character_set(encodings: bytes, raw: bytes, text: str) -> None:
    assert library.decoded(raw, encodings.decode()) == text


def test_odd_text_in_a_header_is_read_by_the_library(file: Path) -> None:
    content = bytes(128) + b"DICM\x08\0\x05\0CS\n\0ISO_IR 100\x08\0\x18\0UI\x04\x001.23\x08\0\x70\0LO\x04\0Gr\xfcn"
    assert facts(file, content).manufacturer == "Grün"


def test_what_pydicom_cannot_read_either_says_so() -> None:
    cut = b"\x08\0\x18\0UI\x08\x001.2"
    assert library.read_patiently(io.BytesIO(cut)).outcome in {Outcome.DICOM, Outcome.UNREADABLE}
    assert library.read_patiently(io.BytesIO(b"")).outcome in {Outcome.DICOM, Outcome.UNREADABLE}


@pytest.mark.parametrize("raised", [EOFError(), RecursionError(), MemoryError()])
def test_whatever_the_library_raises_is_a_fact_of_the_file(raised: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise raised

    monkeypatch.setattr(library, "dcmread", fail)
    assert library.read_patiently(io.BytesIO(b"")).outcome is Outcome.UNREADABLE


@pytest.mark.skipif(shutil.which("dcmconv") is None, reason="DCMTK is not installed here")
@pytest.mark.parametrize(
    "options",
    [["+te"], ["+ti"], ["+tb"], ["+td"], ["+te", "-e"], ["+ti", "-F"], ["+tb", "-F"], ["+te", "-F"]],
    ids=" ".join,
)
def test_what_dcmtk_writes_is_read(file: Path, options: list[str], no_library: None) -> None:
    """Undefined lengths and defined ones, with and without a meta header, in each syntax."""
    file.write_bytes(whole(device_uid=f"{UNIT}.4"))
    made = file.with_name("made")
    subprocess.run(["dcmconv", *options, str(file), str(made)], check=True)  # noqa: S607 (a program of the system's)
    (found,) = read_file(str(made))
    assert (found.outcome, found.sop_instance_uid) == (Outcome.DICOM, f"{UNIT}.1.0")
    assert (found.device_uid, found.device_serial, found.study_uid) == (
        f"{UNIT}.4",
        "0372764",
        f"{GE}.1",
    )
    assert found.class_uid.startswith("" if "-F" in options else "1.2.276.0.7230010.3.0.")


def test_text_whose_character_set_cannot_be_had_is_text_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_names: object) -> None:
        raise LookupError

    monkeypatch.setattr("pydicom.charset.convert_encodings", fail)
    assert library.decoded(b"Gr\xfcn", "ISO_IR 100") == "Grün"


# -- what is not DICOM -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        pytest.param(b"", Outcome.NOT_DICOM, id="empty"),
        pytest.param(b"\x08", Outcome.NOT_DICOM, id="one byte"),
        pytest.param(b"GIF89a" + bytes(200), Outcome.NOT_DICOM, id="an image"),
        pytest.param(bytes(5000), Outcome.NOT_DICOM, id="zeros"),
        pytest.param(b"\x08\0\x18\0" + b"\xff" * 300, Outcome.NOT_DICOM, id="begins with a group only"),
        pytest.param(b"\x08\0\x05\0CS\n\0ISO_IR 100", Outcome.NOT_DICOM, id="a data set without any UID"),
        pytest.param(bytes(128) + b"DICM", Outcome.DICOM, id="a preamble alone"),
        pytest.param(bytes(128) + b"DICM" + b"\xff" * 100, Outcome.DICOM, id="nothing that is wanted behind it"),
        pytest.param(bytes(128) + b"DICM\x02\0\0\0UL", Outcome.UNREADABLE, id="the beginning of an element"),
    ],
)
def test_what_begins_otherwise(file: Path, content: bytes, outcome: Outcome) -> None:
    assert facts(file, content).outcome is outcome


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(whole())
    (tmp_path / "link").symlink_to(tmp_path / "file")
    outcomes = {name: next(read_file(str(tmp_path / name))).outcome for name in ("pipe", "link", "nowhere", "file")}
    assert outcomes == {
        "pipe": Outcome.SKIPPED,
        "link": Outcome.UNREADABLE,
        "nowhere": Outcome.UNREADABLE,
        "file": Outcome.DICOM,
    }
    assert next(read_file("a\0b")).outcome is Outcome.UNREADABLE
    assert next(read_file(str(tmp_path))).outcome in {Outcome.SKIPPED, Outcome.UNREADABLE}


def test_a_file_that_the_system_makes_up_is_not_read() -> None:
    for name in ("/proc/kmsg", "/proc/self/environ"):
        if Path(name).exists():
            (found,) = read_file(name)
            assert found.outcome in {Outcome.NOT_DICOM, Outcome.UNREADABLE}


def test_a_file_that_takes_too_much_memory_is_a_row(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> Facts:
        raise MemoryError

    monkeypatch.setattr(reading, "facts_in", fail)
    assert "memory" in facts(file, whole()).fault


# -- hostile files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", LAYOUTS)
def test_a_file_cut_off_anywhere_is_a_row_that_does_not_pass_for_whole(file: Path, number: int) -> None:
    content = whole(number)
    of_all = facts(file, content)
    for length in range(len(content)):
        found = facts(file, content[:length])
        # Between two elements it may have been meant to end; no element is of odd length.
        assert found.outcome is not Outcome.DICOM or found == of_all or length % 2 == 0, length


@pytest.mark.parametrize("number", LAYOUTS)
def test_flipped_bytes_make_a_row_and_nothing_else(file: Path, number: int) -> None:
    dice, content = random.Random(number), whole(number)  # noqa: S311 (the same flips every time)
    for _ in range(150):
        flipped = bytearray(content)
        for _ in range(dice.choice((1, 2, 8))):
            flipped[dice.randrange(len(flipped))] ^= 1 << dice.randrange(8)
        assert isinstance(facts(file, bytes(flipped)), Facts)


@given(content=st.binary(max_size=400), begins=st.sampled_from([b"", bytes(128) + b"DICM", b"\x08\0", b"PK\x03\x04"]))
def test_any_bytes_make_rows(tmp_path_factory: pytest.TempPathFactory, content: bytes, begins: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.dcm"
    path.write_bytes(begins + content)
    assert all(isinstance(found, Facts) for found in read_file(str(path)))


@given(content=st.binary(max_size=300))
def test_the_patient_reader_never_raises(content: bytes) -> None:
    assert isinstance(library.read_patiently(io.BytesIO(b"\x08\0\x18\0" + content)), Facts)


def test_sequences_without_end_are_not_followed_for_ever(file: Path) -> None:
    open_ones = (b"\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff" + b"\xfe\xff\0\xe0\xff\xff\xff\xff") * 100_000
    assert facts(file, bytes(128) + b"DICM" + open_ones).outcome is Outcome.UNREADABLE


def test_a_value_that_says_it_is_huge_is_not_asked_for(file: Path) -> None:
    content = bytes(128) + b"DICM\x08\0\x18\0UI\x40\0" + b"1.2"
    assert facts(file, content).outcome is Outcome.UNREADABLE
    huge = bytes(128) + b"DICM\x08\0\x01\0UN\0\0\xf0\xff\xff\xff"
    assert facts(file, huge).outcome is Outcome.UNREADABLE


def deflated(data_set: bytes) -> bytes:
    meta = b"\x02\0\x10\0UI\x16\x001.2.840.10008.1.2.1.99"
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return bytes(128) + b"DICM" + meta + packer.compress(data_set) + packer.flush()


def test_a_deflated_file_is_unpacked_no_further_than_a_header_takes(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    element = b"\x08\0\x01\0OB\0\0\0\0\x40\0" + bytes(0x400000) + b"\x08\0\x18\0UI\x04\x001.23"
    assert facts(file, deflated(element)).sop_instance_uid == "1.23"
    monkeypatch.setattr(StreamSource.__init__, "__defaults__", (1 << 20,))
    found = facts(file, deflated(element))
    assert (found.outcome, "unpacks to more" in found.fault) == (Outcome.UNREADABLE, True)


def test_what_is_deflated_and_damaged_says_so(file: Path) -> None:
    found = facts(file, deflated(b"\x08\0\x18\0UI\x04\x001.23" * 50)[:-20] + b"\xff" * 20)
    assert found.outcome is Outcome.UNREADABLE


# -- archives --------------------------------------------------------------------------------------------------------


def archive(path: Path, members: dict[str, bytes]) -> list[Facts]:
    with ZipFile(path, "w", ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return list(read_file(str(path)))


def test_the_members_of_an_archive_are_read(file: Path, no_library: None) -> None:
    found = archive(file, {"a/": b"", "a/1": whole(0), "a/2": b"text", "b": whole(LAYOUTS[3])})
    assert [(each.member, each.number, each.outcome.value) for each in found] == [
        ("a/1", 0, "dicom"),
        ("a/2", 1, "not_dicom"),
        ("b", 2, "dicom"),
    ]
    assert [each.sop_instance_uid for each in found] == [f"{UNIT}.1.0", "", f"{UNIT}.1.{LAYOUTS[3]}"]


def test_an_odd_member_is_read_by_the_library(file: Path) -> None:
    odd = bytes(128) + b"DICM\x08\0\x18\0UI\x04\x001.23\x09\0\x10\0UN\0\0\xff\xff\xff\xff\xfe\xff\xdd\xe0\0\0\0\0"
    assert archive(file, {"odd": odd})[0].sop_instance_uid == "1.23"


def test_an_archive_within_an_archive_is_not_opened(file: Path) -> None:
    inner = io.BytesIO()
    with ZipFile(inner, "w") as made:
        made.writestr("a", whole())
    (found,) = archive(file, {"inner.zip": inner.getvalue()})
    assert (found.outcome, "within an archive" in found.fault) == (Outcome.UNREADABLE, True)


@pytest.mark.parametrize("first", ["[Content_Types].xml", "META-INF/MANIFEST.MF", "mimetype"])
def test_a_document_that_is_kept_as_an_archive_is_one_row(file: Path, first: str) -> None:
    (found,) = archive(file, {first: b"x", "word/document.xml": b"y"})
    assert found.outcome is Outcome.NOT_DICOM


def test_an_empty_archive_is_one_row(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04")
    assert next(read_file(str(file))).outcome is Outcome.UNREADABLE
    (found,) = archive(file, {"folder/": b""})
    assert found.outcome is Outcome.NOT_DICOM


def test_an_archive_is_unpacked_to_so_much_and_no_further(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.dicom.archives.MOST_INFLATED", 5000)
    bomb = bytes(128) + b"DICM\x08\0\x01\0OB\0\0\0\0\x10\0" + bytes(0x100000)
    found = archive(file, {str(n): bomb for n in range(5)})
    assert all(each.outcome is Outcome.UNREADABLE for each in found)
    assert "4 members more" in found[-1].fault
    assert len(found) == 2


def test_no_more_members_are_looked_at_than_so_many(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.dicom.archives.MOST_MEMBERS", 2)
    found = archive(file, {str(n): whole() for n in range(5)})
    assert [each.outcome.value for each in found] == ["dicom", "dicom", "unreadable"]
    assert "3 members more" in found[-1].fault


def test_what_cannot_be_unpacked_is_a_row_among_the_others(file: Path) -> None:
    archive(file, {"a": whole(), "b": whole(), "c": whole()})
    content = bytearray(file.read_bytes())
    second = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 1)
    content[second + 8] |= 1  # says that it is encrypted
    file.write_bytes(content)
    assert [each.outcome.value for each in read_file(str(file))] == ["dicom", "unreadable", "dicom"]


def test_a_cut_off_or_flipped_archive_makes_rows(file: Path) -> None:
    archive(file, {"a": whole(), "b": whole(1)})
    content, dice = file.read_bytes(), random.Random(1)  # noqa: S311 (the same flips every time)
    for length in range(4, len(content), 13):
        file.write_bytes(content[:length])
        assert all(each.outcome is Outcome.UNREADABLE for each in read_file(str(file)))
    for _ in range(300):
        flipped = bytearray(content)
        flipped[dice.randrange(4, len(flipped))] ^= 1 << dice.randrange(8)
        file.write_bytes(flipped)
        assert all(isinstance(each, Facts) for each in read_file(str(file)))


# -- sources ---------------------------------------------------------------------------------------------------------


def test_a_stream_is_read_as_a_file_is(file: Path) -> None:
    content = whole()
    file.write_bytes(content)
    with opened(str(file)) as stream:
        of_file = header_of(FileSource(stream))
    in_drops = io.BytesIO(content)
    assert header_of(StreamSource(lambda count: in_drops.read(min(count, 7)), len(content))) == of_file


def test_a_stream_that_ends_gives_no_more() -> None:
    source = StreamSource(io.BytesIO(bytes(100)).read, 100)
    assert len(source.window(40)) == 60
    assert source.window(200) == b""


def test_nothing_is_changed_by_reading(file: Path) -> None:
    file.write_bytes(whole())
    before = file.stat()
    list(read_file(str(file)))
    after = file.stat()
    assert (before.st_mtime_ns, before.st_ctime_ns, before.st_size) == (
        after.st_mtime_ns,
        after.st_ctime_ns,
        after.st_size,
    )
