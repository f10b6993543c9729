from __future__ import annotations

import pytest

from uidmanager.core.known_roots import Kind
from uidmanager.core.roots import whose
from uidmanager.core.toolkits import TOOLKIT_DEFAULTS, Toolkit, ToolkitDefault, toolkit_named, toolkit_of
from uidmanager.core.uid import is_uid


@pytest.mark.parametrize(
    ("class_uid", "version_name", "label"),
    [
        pytest.param("1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367", "OFFIS DCMTK 3.6.7", id="DCMTK"),
        pytest.param("1.2.276.0.7230010.3.0.3.6.7", "", "OFFIS DCMTK 3.6.7", id="DCMTK without its name"),
        pytest.param("1.2.276.0.7230010.3.0", "", "OFFIS DCMTK", id="DCMTK without its version"),
        pytest.param("1.2.276.0.7230010.3.9.1", "", "OFFIS (DCMTK)", id="elsewhere under OFFIS's root"),
        pytest.param("1.2.826.0.1.3680043.9.3811.3.0.4", "PYNETDICOM_304", "pynetdicom 3.0.4", id="pynetdicom"),
        pytest.param("1.2.826.0.1.3680043.8.498.1", "PYDICOM 3.0.2", "pydicom 3.0.2", id="pydicom"),
        pytest.param("1.2.826.0.1.3680043.8.498.1", "", "pydicom", id="pydicom without its name"),
        pytest.param("1.2.826.0.1.3680043.8.498.1", "PYDICOM and more", "pydicom", id="a name that tells no version"),
        pytest.param("1.2.826.0.1.3680043.8.498.1", "CT_1", "pydicom", id="the name of another"),
        pytest.param("1.2.40.0.13.1.3", "dcm4che-5.35.0", "dcm4che 5.35.0", id="dcm4che"),
        pytest.param("1.2.826.0.1.3680043.2.1143.107.104.103.115.3.0.24", "", "GDCM 3.0.24", id="GDCM"),
        pytest.param(
            "1.2.826.0.1.3680043.2.1143.107.104.103.115.3.2.6.111.124.113", "", "ITK with GDCM 3.2.6", id="ITK"
        ),
        pytest.param("1.3.6.1.4.1.30071.8", "fo-dicom 5.1", "fo-dicom", id="one whose name is not known"),
    ],
)
def test_a_toolkit_is_recognised(class_uid: str, version_name: str, label: str) -> None:
    toolkit = toolkit_of(class_uid, version_name)
    assert toolkit is not None
    assert toolkit.label == label


@pytest.mark.parametrize("class_uid", ["1.2.3.4.5", "1.2.276.0.7230010.30.1", "1.2.840.113619.1", "1.2.840.10008.1.1"])
def test_others_are_none(class_uid: str) -> None:
    assert toolkit_of(class_uid, "OFFIS_DCMTK_367") is None


def test_a_name_alone_tells_the_toolkit() -> None:
    assert toolkit_named("OFFIS_DCMTK_367") == Toolkit("OFFIS DCMTK")
    assert toolkit_named("CTCONSOL_4.5.0.3") is None
    assert toolkit_named("") is None


@pytest.mark.parametrize("default", TOOLKIT_DEFAULTS, ids=lambda default: default.name)
def test_the_table_agrees_with_the_known_roots(default: ToolkitDefault) -> None:
    known = whose(default.class_uid)
    assert is_uid(default.class_uid)
    assert known is not None
    assert known.kind is Kind.TOOLKIT
    assert default.source
