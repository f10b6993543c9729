from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Final

import pynetdicom  # noqa: F401 (it adds to the dictionary what is newer than pydicom)
from pydicom._uid_dict import UID_dictionary

from uidmanager.core.roots import whose
from uidmanager.core.uid import is_uid, order_of

ROOT: Final = Path(__file__).parent.parent.parent
TEXT: Final = (ROOT / "resources" / "dicom_uids.json").read_text(encoding="utf-8")


def test_the_file_says_what_the_dictionary_says() -> None:
    expected = {
        uid: {"name": name, "type": kind, "retired": retired == "Retired"}
        for uid, (name, kind, _info, retired, _keyword) in UID_dictionary.items()
    }
    assert json.loads(TEXT) == expected


def test_the_file_is_what_the_script_writes() -> None:
    assert runpy.run_path(str(ROOT / "packaging" / "update_dicom_uids.py"))["rendered"]() == TEXT


def test_the_uids_are_sorted_and_all_of_them_dicoms() -> None:
    uids = list(json.loads(TEXT))
    assert uids == sorted(uids, key=order_of)
    assert all(is_uid(uid) for uid in uids)
    assert {known and known.prefix for known in map(whose, uids)} == {"1.2.840.10008"}
