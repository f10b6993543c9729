"""Snippets are run by the toolkits that they are for, and the toolkit tells the UID that was given."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage
from pynetdicom import AE, evt
from pynetdicom.sop_class import Verification  # type: ignore[attr-defined]

from tests.snippets.facts import (
    CLASS_UID,
    HOSTILE_NAME,
    HOSTILE_WORDS,
    ROOT,
    installation,
    lines,
    release,
    snippet,
    without,
)
from tests.snippets.tools import header, program, run, run_python
from uidmanager.dicom.file_meta import Writer, writer_of

if TYPE_CHECKING:
    from pathlib import Path

    from pynetdicom.events import Event

NAMES = ["CT_4.5.0.3", HOSTILE_NAME]
FOR_DCMTK = "1.2.276.0.12.2.372"  # 18 characters: DCMTK's limit is 20, and SITE_UID_ROOT takes 4


def dataset() -> Dataset:
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.SOPClassUID = SecondaryCaptureImageStorage
    made.SOPInstanceUID = f"{ROOT}.1"
    return made


@pytest.mark.parametrize("name", NAMES)
def test_pydicom_writes_class_uid_and_version_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "some.dcm"
    exec(lines("pydicom", release(name, HOSTILE_WORDS)), {"ds": dataset(), "path": path})  # noqa: S102
    meta = dcmread(path).file_meta
    assert (meta.ImplementationClassUID, meta.ImplementationVersionName) == (CLASS_UID, name)
    assert writer_of(path) == Writer(CLASS_UID, name)  # and so does the release gate


def test_pydicom_makes_uids_under_the_root() -> None:
    names: dict[str, object] = {}
    exec(lines("pydicom", installation(product=HOSTILE_WORDS)), names)  # noqa: S102
    uid = str(names["uid"])
    assert uid.startswith(f"{ROOT}.")
    assert 50 < len(uid) <= 64


@pytest.mark.parametrize("name", NAMES)
def test_pynetdicom_sends_class_uid_and_version_name(name: str) -> None:
    heard: list[tuple[object, object]] = []
    established = threading.Event()

    def hear(event: Event) -> None:
        requestor = event.assoc.requestor
        heard.append((requestor.implementation_class_uid, requestor.implementation_version_name))
        established.set()

    there = AE()
    there.add_supported_context(Verification)
    server = there.start_server(("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_ESTABLISHED, hear)])
    assert server is not None
    try:
        ae = AE()
        ae.add_requested_context(Verification)
        exec(lines("pynetdicom", release(name, HOSTILE_WORDS)), {"ae": ae})  # noqa: S102
        association = ae.associate("127.0.0.1", server.server_address[1])
        assert association.is_established
        assert established.wait(30)
        association.release()
    finally:
        server.shutdown()
    assert heard == [(CLASS_UID, name)]


@pytest.mark.parametrize("name", NAMES)
def test_gdcm_takes_class_uid_and_version_name(tmp_path: Path, name: str) -> None:
    script = lines("gdcm-python", release(name, HOSTILE_WORDS))
    script += "meta = gdcm.FileMetaInformation\n"
    script += "print(meta.GetImplementationClassUID(), meta.GetImplementationVersionName(), sep='\\n')\n"
    assert run_python("gdcm", script, tmp_path).splitlines() == [CLASS_UID, name]


def test_gdcm_makes_uids_under_the_root(tmp_path: Path) -> None:
    script = lines("gdcm-python", installation(product=HOSTILE_WORDS)) + "print(uid)\n"
    assert run_python("gdcm", script, tmp_path).startswith(f"{ROOT}.")


WRITE_AN_IMAGE = """
import itk
image = itk.Image[itk.US, 2].New(Regions=itk.ImageRegion[2](itk.Size[2]([4, 4])))
image.Allocate(True)
writer = itk.ImageFileWriter[itk.Image[itk.US, 2]].New(Input=image, FileName="image.dcm")
"""


def test_itk_makes_uids_under_the_root_and_keeps_its_own_class_uid(tmp_path: Path) -> None:
    script = lines("itk-python", installation(product=HOSTILE_WORDS)) + WRITE_AN_IMAGE
    run_python("itk", f"{script}writer.SetImageIO(gdcm_io)\nwriter.Update()\n", tmp_path)
    written = dcmread(tmp_path / "image.dcm")
    assert str(written.SOPInstanceUID).startswith(f"{ROOT}.")
    assert str(written.SeriesInstanceUID).startswith(f"{ROOT}.")
    # That is what the snippet for a release says: the class UID is ITK's, and it cannot be set.
    assert str(written.file_meta.ImplementationClassUID).startswith("1.2.826.0.1.3680043.2.1143.")
    assert [problem.code for problem in snippet("itk-python", release()).problems] == ["snippet.cannot"]


def cpp_program(fragment: str, shown: str, *includes: str, times: int = 1) -> str:
    """A C++ program that runs the lines of a snippet so many times, and prints each time."""
    top = "".join(f"#include <{name}>\n" for name in (*includes, "iostream"))
    top += "".join(f"{line}\n" for line in fragment.splitlines() if line.startswith("#include"))
    body = f"{without(fragment, ['#include'])}\n{shown}"
    return f"{top}int main() {{\nfor (int i = 0; i < {times}; ++i) {{\n{body}\n}}\nreturn 0;\n}}\n"


def test_dcmtk_makes_uids_under_the_root(tmp_path: Path) -> None:
    header("dcmtk/config/osconfig.h", "dcmtk/dcmdata/dcuid.h")
    fragment = lines("dcmtk", installation(FOR_DCMTK, HOSTILE_WORDS))
    shown = "std::cout << uid << std::endl;"
    source = cpp_program(fragment, shown, "dcmtk/config/osconfig.h", times=20)
    (tmp_path / "main.cc").write_text(source, encoding="utf-8")
    run(program("g++"), "-o", "main", "main.cc", "-ldcmdata", "-loflog", "-lofstd", cwd=tmp_path)
    uids = run(tmp_path / "main", cwd=tmp_path).split()
    assert all(uid.startswith(f"{FOR_DCMTK}.") for uid in uids)
    assert len(set(uids)) == len(uids) == 20


CMAKE_PROJECT = """
cmake_minimum_required(VERSION 3.10)
project(site CXX)
add_executable(site main.cc)
target_link_libraries(site dcmdata oflog ofstd)
"""


def test_dcmtk_is_built_with_the_root(tmp_path: Path) -> None:
    """Our own small program stands for DCMTK's sources, which take as long to build as all other tests together."""
    header("dcmtk/config/osconfig.h", "dcmtk/dcmdata/dcuid.h")
    fragment = "char uid[100];\ndcmGenerateUniqueIdentifier(uid, SITE_INSTANCE_UID_ROOT);\n"
    shown = "std::cout << uid << std::endl;"
    source = cpp_program(fragment, shown, "dcmtk/config/osconfig.h", "dcmtk/dcmdata/dcuid.h")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "main.cc").write_text(source, encoding="utf-8")
    (tmp_path / "source" / "CMakeLists.txt").write_text(CMAKE_PROJECT, encoding="utf-8")
    (tmp_path / "configure.sh").write_text(lines("dcmtk-cmake", installation(FOR_DCMTK)), encoding="utf-8")
    build = tmp_path / "build"
    build.mkdir()
    run(program("sh"), "../configure.sh", cwd=build, DCMTK_SOURCE=str(tmp_path / "source"), PWD=str(build))
    run(program("cmake"), "--build", ".", cwd=build)
    assert run(build / "site", cwd=build).startswith(f"{FOR_DCMTK}.1.4.")


@pytest.mark.parametrize("name", NAMES)
def test_dcmtk_writes_class_uid_and_version_name(tmp_path: Path, name: str) -> None:
    header("dcmtk/config/osconfig.h", "dcmtk/dcmdata/dctk.h")
    fragment = 'DcmFileFormat fileformat;\nfileformat.getDataset()->putAndInsertString(DCM_SOPInstanceUID, "1.2.3");\n'
    fragment += f'fileformat.getDataset()->putAndInsertString(DCM_SOPClassUID, "{SecondaryCaptureImageStorage}");\n'
    fragment += lines("dcmtk", release(name, HOSTILE_WORDS))
    saved = 'std::cout << fileformat.saveFile("some.dcm", EXS_LittleEndianExplicit).text() << std::endl;'
    source = cpp_program(fragment, saved, "dcmtk/config/osconfig.h", "dcmtk/dcmdata/dctk.h")
    (tmp_path / "main.cc").write_text(source, encoding="utf-8")
    config = run(
        program("g++"), "-E", "-dM", "-include", "dcmtk/config/osconfig.h", "-x", "c++", "/dev/null", cwd=tmp_path
    )
    (version,) = (line.split()[2] for line in config.splitlines() if " PACKAGE_VERSION_NUMBER " in line)
    if int(version) < 370:
        pytest.skip(f"DCMTK {version} cannot be told a class UID; 3.7.0 is the first that can")
    run(program("g++"), "-o", "main", "main.cc", "-ldcmdata", "-loflog", "-lofstd", cwd=tmp_path)
    run(tmp_path / "main", cwd=tmp_path)
    assert writer_of(tmp_path / "some.dcm") == Writer(CLASS_UID, name)


def test_gdcm_tools_find_the_root_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / "uidroot.sh").write_text(lines("gdcm-tools", installation(product=HOSTILE_WORDS)), encoding="utf-8")
    shown = run(program("sh"), "-c", ". ./uidroot.sh; printenv GDCM_ROOT_UID", cwd=tmp_path)
    assert shown == f"{ROOT}\n"


DCMJS_DIMSE = """
exports.Implementation = {
  setImplementationClassUid(uid) { console.log(uid); },
  setImplementationVersion(name) { console.log(name); },
};
"""


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_for_dcmjs_dimse_are_javascript_that_calls_it(tmp_path: Path, name: str) -> None:
    """The package itself is not fetched; something with its two functions stands in its place."""
    package = tmp_path / "node_modules" / "dcmjs-dimse"
    package.mkdir(parents=True)
    (package / "index.js").write_text(DCMJS_DIMSE, encoding="utf-8")
    (tmp_path / "uids.cjs").write_text(lines("dcmjs-dimse", release(name, HOSTILE_WORDS)), encoding="utf-8")
    assert run(program("node"), "uids.cjs", cwd=tmp_path).splitlines() == [CLASS_UID, name]
