"""The names of the UIDs that DICOM itself defines (PS3.6), read only when one of them is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from uidmanager.resources import resource_bytes


class _Definition(msgspec.Struct):
    """What the file tells of one UID and is of use here."""

    name: str


class DicomNames(Mapping[str, str]):
    """From a UID to its name."""

    @cached_property
    def _defined(self) -> dict[str, _Definition]:
        return msgspec.json.decode(resource_bytes("dicom_uids.json"), type=dict[str, _Definition])

    def __getitem__(self, uid: str) -> str:
        return self._defined[uid].name

    def __iter__(self) -> Iterator[str]:
        return iter(self._defined)

    def __len__(self) -> int:
        return len(self._defined)
