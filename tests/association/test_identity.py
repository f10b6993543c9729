from __future__ import annotations

import pytest
from pynetdicom import PYNETDICOM_IMPLEMENTATION_UID, PYNETDICOM_IMPLEMENTATION_VERSION

import uidmanager
from uidmanager.core.rules.version_names import check_form
from uidmanager.core.toolkits import toolkit_named, toolkit_of
from uidmanager.core.uid import check_uid
from uidmanager.dicom.association.identity import Identity, identity_of


def test_what_this_version_announces_never_changes() -> None:
    assert identity_of("0.2.0") == Identity("2.25.103211810041998850777381360430137212507", "UIDMANAGER_0.2.0")


@pytest.mark.parametrize("version", ["0.2.0", "0.2.1", "0.10.0", "1.0.0rc1", uidmanager.__version__])
def test_each_version_announces_what_the_rules_allow_and_nobody_else_has(version: str) -> None:
    ours = identity_of(version)
    assert check_uid(ours.class_uid) == ()
    assert ours.version_name is None or check_form(ours.version_name) == ()
    assert toolkit_of(ours.class_uid, ours.version_name or "") is None
    assert toolkit_named(ours.version_name or "") is None
    assert ours.class_uid != PYNETDICOM_IMPLEMENTATION_UID
    assert ours.version_name != PYNETDICOM_IMPLEMENTATION_VERSION


def test_two_versions_announce_two_class_uids() -> None:
    assert identity_of("0.2.0").class_uid != identity_of("0.2.1").class_uid


def test_a_name_that_would_be_too_long_is_left_out_and_not_cut() -> None:
    assert identity_of("0.10.0").version_name is None
