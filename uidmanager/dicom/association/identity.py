"""What this program announces of itself.

pynetdicom's own class UID would be the very thing that we warn of. So each version of UID Manager has a class UID that
nobody else has: a UUID by name (X.667), made of a UUID that is this program's and of the version. PS3.5 §B.2 calls such
UIDs usually not appropriate as class UIDs, since a maker with a root has better ones; the program has no maker's root,
and the UID that it carries must not depend on whose registry it looks after. A maker may set another one.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from msgspec import Struct

_LONGEST_NAME: Final = 16
_THIS_PROGRAM: Final = UUID("8d4ae7c9-e005-4e50-9e86-9af9c02f65b0")


class Identity(Struct, frozen=True):
    """An Implementation Class UID, and an Implementation Version Name where one is sent (PS3.7 §D.3.3.2)."""

    class_uid: str
    version_name: str | None


def identity_of(version: str) -> Identity:
    """What UID Manager of this version announces. A name that would be too long is left out, never cut."""
    name = f"UIDMANAGER_{version}"
    class_uid = f"2.25.{uuid5(_THIS_PROGRAM, version).int}"
    return Identity(class_uid, name if len(name) <= _LONGEST_NAME else None)
